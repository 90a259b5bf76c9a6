import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DiallingLink, newNkeyUser } from '../../../services/core/bus/index.ts';
import { type OfficeId, pairScope } from '../../../services/core/foundation/index.ts';
import { linkAccountOf } from '../../../services/core/subjects/index.ts';
import { eventually } from '../eventually.ts';
import { acceptAsHostileOffice, type HostileAcceptor, type HostileLeaf } from './hostile-leaf.ts';
import { ATTACKER, BYSTANDER, flashSubject, openVictim, VICTIM, type VictimInside } from './hostile-scene.ts';
import { testCertificate, tlsFiles } from './link-certificates.ts';
import { withSpies } from './spy.ts';
import { startOfficeServer } from './start-office-server.ts';

/** An office that has dialled the attacker and the bystander; both ends are ours to play. */
export interface DiallingScene {
  readonly victim: VictimInside;
  readonly attacker: HostileLeaf;
  readonly bystander: HostileLeaf;
  readonly stop: () => Promise<void>;
}

/** Starts the victim as shipped, or with its remote to the attacker bound to the office's own account. */
export async function startDiallingScene(
  strength: 'as shipped' | 'remote in the office account',
): Promise<DiallingScene> {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-hostile-'));
  const neighbours = [ATTACKER, BYSTANDER];
  const own = await testCertificate(VICTIM);
  const acceptors = new Map<OfficeId, HostileAcceptor>();
  const links: Omit<DiallingLink, 'publisherKey'>[] = [];
  for (const neighbour of neighbours) {
    const certificate = await testCertificate(neighbour);
    // Towards another domain than its own a server adds denials of its own accord; what is shipped must not rest on them.
    const acceptor = await acceptAsHostileOffice(certificate, own.authorityPem, VICTIM);
    acceptors.set(neighbour, acceptor);
    links.push({
      kind: 'dials',
      neighbour,
      peers: [{ office: neighbour, scopes: [pairScope(VICTIM, neighbour)] }],
      host: '127.0.0.1',
      port: acceptor.port,
      leafSeed: newNkeyUser().seed,
      tls: await tlsFiles(await mkdtemp(join(folder, 'tls-')), own, [certificate]),
      pinnedCerts: [certificate.fingerprint],
    });
  }
  const spies = withSpies(['OFFICE', 'SYS', ...neighbours.map(linkAccountOf)]);
  const office = await startOfficeServer({
    office: VICTIM,
    alter: (config) => spies.alter(strength === 'as shipped' ? config : weakened(config)),
    links: (publisherKey) => links.map((link) => ({ ...link, publisherKey: publisherKey(link.neighbour).publicKey })),
  });
  const victim = await openVictim(office, neighbours, spies.keys);
  const leafOf = (neighbour: OfficeId): Promise<HostileLeaf> =>
    eventually(() => {
      const leaf = acceptors.get(neighbour)?.leafs().at(-1);
      if (leaf === undefined) throw new Error(`${neighbour} was not dialled yet`);
      return leaf;
    });
  const scene: DiallingScene = {
    victim,
    attacker: await leafOf(ATTACKER),
    bystander: await leafOf(BYSTANDER),
    stop: async () => {
      await victim.close();
      await office.server.stop();
      for (const acceptor of acceptors.values()) await acceptor.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await eventually(() => {
    if (!scene.bystander.interest().some((subject) => subject.startsWith('cross.'))) throw new Error('no interest yet');
  });
  scene.bystander.publish(flashSubject(BYSTANDER, VICTIM), 'from the bystander', { reply: `_INBOX_${BYSTANDER}.1` });
  await victim.inboundFrom(BYSTANDER).next();
  await victim.work('before the attack');
  return scene;
}

function weakened(config: string): string {
  const account = linkAccountOf(ATTACKER);
  const altered = config
    .replace(new RegExp(`account: ${account}\\n`), 'account: OFFICE\n')
    .replaceAll(/deny_(?:im|ex)ports: .*\n/g, '');
  if (altered === config) throw new Error('the configuration has no such remote');
  return altered;
}
