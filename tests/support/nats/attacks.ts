import { pairScope } from '../../../services/core/foundation/index.ts';
import { eventually } from '../eventually.ts';
import type { HostileLeaf, LeafMessage } from './hostile-leaf.ts';
import { ATTACKER, BYSTANDER, flashSubject, VICTIM, type VictimInside } from './hostile-scene.ts';

/** What an attack achieved inside the victim. */
export interface AttackOutcome {
  /** Accounts in which what was sent turned up, with the subject it had there. */
  readonly seen: readonly string[];
  readonly replies: readonly LeafMessage[];
  /** Whether any stream or consumer of the victim is not as it was. */
  readonly storeChanged: boolean;
}

/** The outcome of an attack that achieved nothing. */
export const NOTHING: AttackOutcome = { seen: [], replies: [], storeChanged: false };

/** Replies to the attacker come here: it may subscribe this much. */
export const ATTACKERS_INBOX = `_INBOX_${ATTACKER}`;

const bystandersStream = 'INBOUND_MM_TACHILEIK';

/** Subjects that a neighbour has no business with, with what it would send there. */
export function forbiddenPublications(serverId: string): readonly (readonly [subject: string, payload: string])[] {
  const scope = pairScope(ATTACKER, VICTIM);
  const api = [
    ['INFO', ''],
    ['STREAM.NAMES', ''],
    ['STREAM.LIST', ''],
    ['STREAM.INFO.LEDGER', ''],
    ['STREAM.CREATE.STOLEN', JSON.stringify({ name: 'STOLEN', subjects: ['stolen.>'], storage: 'file' })],
    [
      'STREAM.UPDATE.LEDGER',
      JSON.stringify({ name: 'LEDGER', subjects: ['ledger.record', 'stolen.>'], storage: 'file' }),
    ],
    ['STREAM.MSG.GET.LEDGER', JSON.stringify({ seq: 1 })],
    ['STREAM.MSG.DELETE.CONTENT', JSON.stringify({ seq: 1 })],
    ['DIRECT.GET.LEDGER', JSON.stringify({ seq: 1 })],
    ['DIRECT.GET.CONTENT', JSON.stringify({ last_by_subj: 'content.*.*' })],
    ['CONSUMER.NAMES.LEDGER', ''],
    [`CONSUMER.MSG.NEXT.${bystandersStream}.flash`, JSON.stringify({ batch: 1, no_wait: true })],
    [
      `CONSUMER.CREATE.LEDGER.spy`,
      JSON.stringify({
        stream_name: 'LEDGER',
        config: { name: 'spy', deliver_subject: `${ATTACKERS_INBOX}.spy`, ack_policy: 'none' },
      }),
    ],
  ] as const;
  const destructive = [
    [`STREAM.PURGE.${bystandersStream}`, ''],
    [`CONSUMER.DELETE.${bystandersStream}.flash`, ''],
    [`STREAM.DELETE.${bystandersStream}`, ''],
  ] as const;
  return [
    ['ledger.record', 'forged'],
    ['content.20291122.0123456789abcdef', 'forged'],
    ['office.request.submit', 'forged'],
    ['office.event.inbox', 'forged'],
    [flashSubject(BYSTANDER, VICTIM), "in the bystander's name"],
    [flashSubject(VICTIM, BYSTANDER), "in the victim's name"],
    [flashSubject(VICTIM, ATTACKER), "in the victim's name"],
    [`cross.op-naga.${ATTACKER}.${VICTIM}.flash`, 'in a scope that no agreement has'],
    [`cross.${scope}.${ATTACKER}.${VICTIM}.flash.more`, 'longer'],
    [`cross.${scope}.${ATTACKER}.${VICTIM}`, 'shorter'],
    [`region.mekong.drugs.${VICTIM}`, "in the victim's name"],
    [`region.mekong.drugs.${ATTACKER}.more`, 'longer'],
    [`hub.request.${VICTIM}`, "in the victim's name"],
    [`hub.request.${BYSTANDER}`, "in the bystander's name"],
    ['hub.log', 'forged'],
    [`hub.content.${'0'.repeat(64)}`, 'forged'],
    ['hub.directory.LA', 'forged'],
    [`hub.subscription.${VICTIM}.${'0'.repeat(64)}`, 'forged'],
    [`$JS.FC.${bystandersStream}.flash.x`, ''],
    ...api.map(([request, body]) => [`$JS.API.${request}`, body] as const),
    ...api.map(([request, body]) => [`$JS.${VICTIM}.API.${request}`, body] as const),
    ['$SYS.REQ.SERVER.PING', ''],
    ['$SYS.REQ.SERVER.PING.CONNZ', ''],
    ['$SYS.REQ.ACCOUNT.PING.CONNZ', ''],
    ['$SYS.REQ.ACCOUNT.PING.STATZ', ''],
    ['$SYS.REQ.ACCOUNT.OFFICE.CONNZ', ''],
    ['$SYS.REQ.USER.INFO', ''],
    [`$SYS.REQ.SERVER.${serverId}.RELOAD`, ''],
    [`$SYS.REQ.SERVER.${serverId}.KICK`, JSON.stringify({ cid: 1 })],
    ...destructive.map(([request, body]) => [`$JS.API.${request}`, body] as const),
    ...destructive.map(([request, body]) => [`$JS.${VICTIM}.API.${request}`, body] as const),
    ['$KV.state.key', 'forged'],
    ['$OBJ.files.M.name', 'forged'],
    [`_INBOX_${BYSTANDER}.forged`, 'forged'],
    [`_INBOX_${VICTIM}_customs.forged`, 'forged'],
    ['_INBOX.forged', 'forged'],
    ['$LDS.forged', 'forged'],
    ['$GR.forged', 'forged'],
  ];
}

/**
 * Subjects that the server lets through whatever a leaf user's permissions say; only the account keeps them in. The
 * number of an acknowledgement is that of the bystander's message.
 */
export const WAVED_THROUGH: readonly (readonly [subject: string, payload: string])[] = [
  [`$JS.ACK.${bystandersStream}.flash.1.1.1.1700000000000000000.0`, '+TERM'],
  [`$JS.ACK.${bystandersStream}.flash.1.1.1.1700000000000000000.0`, '+ACK'],
  [`$JS.ACK.${bystandersStream}.flash.1.1.1.1700000000000000000.0`, '-NAK'],
  [`$JS.ACK.${bystandersStream}.flash.1.1.1.1700000000000000000.0`, ''],
  ['_R_.forged', 'forged'],
];

/** Patterns under which somebody else's messages go by. */
export function forbiddenSubscriptions(): readonly string[] {
  return [
    '>',
    '*.>',
    'cross.>',
    `cross.*.*.${ATTACKER}.*`,
    `cross.*.${VICTIM}.*.*`,
    `cross.*.${BYSTANDER}.${VICTIM}.*`,
    'ledger.>',
    'content.>',
    'office.>',
    'region.>',
    'hub.>',
    '_INBOX_hub-mekong.>',
    '_INBOX.>',
    `_INBOX_${VICTIM}.>`,
    `_INBOX_${BYSTANDER}.>`,
    '_R_.>',
    '$JS.>',
    '$JS.API.>',
    '$JS.ACK.>',
    '$JS.EVENT.>',
    '$SYS.>',
    '$SYS.ACCOUNT.>',
    '$KV.>',
    '$OBJ.>',
  ];
}

/** Sends one message and looks for every trace of it. `allowedIn` is an account where it may be seen without harm. */
export async function outcomeOf(
  victim: VictimInside,
  leaf: HostileLeaf,
  send: (marker: string) => void,
  allowedIn: readonly string[] = [],
): Promise<AttackOutcome> {
  const marker = `marker-${process.hrtime.bigint()}`;
  const before = JSON.stringify(await victim.storeState());
  const repliesBefore = leaf.received().length;
  send(marker);
  await leaf.settle();
  for (const spy of victim.spies) await spy.settle();
  await victim.ledger.lastSeq();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const spies = victim.spies.filter((spy) => !allowedIn.includes(spy.account));
  return {
    seen: spies.flatMap((spy) => spy.sawMarker(marker).map((subject) => `${spy.account} ${subject}`)),
    replies: leaf.received().slice(repliesBefore),
    storeChanged: JSON.stringify(await victim.storeState()) !== before,
  };
}

/** Waits until the leaf has received a message whose payload contains `text`. */
export function receives(leaf: HostileLeaf, text: string): Promise<LeafMessage> {
  return eventually(() => {
    const found = leaf.received().find((message) => message.payload.includes(text));
    if (found === undefined) throw new Error(`nothing with ${text} yet`);
    return found;
  });
}
