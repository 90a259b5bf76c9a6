import { ATTACKERS_INBOX, receives } from './attacks.ts';
import { dialAsLeaf, type HostileLeaf } from './hostile-leaf.ts';
import { type AcceptingScene, ATTACKER, BYSTANDER, flashSubject, VICTIM } from './hostile-scene.ts';

/** What the victim's server answers when it has stored something that the attacker published. */
export const PUBACK = '"stream":"INBOUND_LA_HOUAYXAY"';

/** As an honest server of another domain, and as one that claims to be of the victim's own. */
export const CLAIMS: readonly Readonly<Record<string, unknown>>[] = [{ domain: ATTACKER }, { domain: VICTIM }];

/** Dials the victim with a neighbour's real credentials for the time of `attack`. */
export async function withLeaf<T>(
  scene: AcceptingScene,
  as: typeof ATTACKER,
  claims: Readonly<Record<string, unknown>>,
  attack: (leaf: HostileLeaf) => Promise<T>,
): Promise<T> {
  const leaf = await dialAsLeaf(scene.leafPort, scene.credentialsOf(as), claims);
  try {
    if (as === ATTACKER) leaf.subscribe(`${ATTACKERS_INBOX}.>`);
    return await attack(leaf);
  } finally {
    leaf.close();
  }
}

/** Leaves the victim with a message of the bystander's that is being worked on: something to steal, to end and to purge. */
export async function leaveBystandersMessage(scene: AcceptingScene): Promise<void> {
  await withLeaf(scene, BYSTANDER, {}, async (bystander) => {
    bystander.subscribe(`_INBOX_${BYSTANDER}.>`);
    bystander.publish(flashSubject(BYSTANDER, VICTIM), 'from the bystander', { reply: `_INBOX_${BYSTANDER}.1` });
    await receives(bystander, '"seq":1');
    await scene.victim.inboundFrom(BYSTANDER).next();
  });
  await scene.victim.work('before the attack');
}
