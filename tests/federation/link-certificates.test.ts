import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type DiallingLink, newNkeyUser, readLeafs } from '../../services/core/bus/index.ts';
import { type OfficeId, pairScope } from '../../services/core/foundation/index.ts';
import { linkAccountOf } from '../../services/core/subjects/index.ts';
import { eventually } from '../support/eventually.ts';
import { dialAsLeaf } from '../support/nats/hostile-leaf.ts';
import { type TestCertificate, testCertificate, tlsFiles } from '../support/nats/link-certificates.ts';
import { startLink } from '../support/nats/start-link.ts';
import { officeId, startOfficeServer, type TestOffice } from '../support/nats/start-office-server.ts';

const th = officeId('th-chiang-khong');
const la = officeId('la-houayxay');
const mm = officeId('mm-tachileik');
const running: { stop: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.stop();
});

async function accountsWithLeafs(office: TestOffice): Promise<string[]> {
  return (await readLeafs({ monitorUrl: office.server.monitorUrl() })).map((leaf) => leaf.account).sort();
}

/** An office that accepts one neighbour and dials another, which accepts it; `pinned` are the dialled side's. */
async function startBetween(pinned: (dialled: TestCertificate) => readonly string[]): Promise<TestOffice> {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-certificates-'));
  running.push({ stop: () => rm(folder, { recursive: true, force: true }) });
  const certificates = { th: await testCertificate(th), la: await testCertificate(la), mm: await testCertificate(mm) };
  const files = async (own: TestCertificate, ...others: TestCertificate[]) =>
    tlsFiles(await mkdtemp(join(folder, 'tls-')), own, others);
  const leafKey = newNkeyUser();
  const peersOf = (one: OfficeId, other: OfficeId) => [{ office: other, scopes: [pairScope(one, other)] }];
  const accepting = await startOfficeServer({
    office: mm,
    listenerTls: await files(certificates.mm, certificates.th),
    links: (publisherKey) => [
      {
        kind: 'accepts',
        neighbour: th,
        peers: peersOf(mm, th),
        publisherKey: publisherKey(th).publicKey,
        leafKey: leafKey.publicKey,
        pinnedCerts: [certificates.th.fingerprint],
      },
    ],
  });
  running.push(accepting.server);
  const dial: Omit<DiallingLink, 'publisherKey'> = {
    kind: 'dials',
    neighbour: mm,
    peers: peersOf(th, mm),
    host: '127.0.0.1',
    port: accepting.server.ports().leaf,
    leafSeed: leafKey.seed,
    tls: await files(certificates.th, certificates.mm),
    pinnedCerts: pinned(certificates.mm),
  };
  const between = await startOfficeServer({
    office: th,
    listenerTls: await files(certificates.th, certificates.la),
    links: (publisherKey) => [
      {
        kind: 'accepts',
        neighbour: la,
        peers: peersOf(th, la),
        publisherKey: publisherKey(la).publicKey,
        leafKey: newNkeyUser().publicKey,
        pinnedCerts: [certificates.la.fingerprint],
      },
      { ...dial, publisherKey: publisherKey(mm).publicKey },
    ],
  });
  running.push(between.server);
  return between;
}

describe('certificates of a link', () => {
  it('are those that were pinned: another of the same authority, over another key, is refused', async () => {
    const link = await startLink({ accepting: th, dialling: la });
    running.push(link);
    const { accepting, dialling } = link.certificates;
    const another = await dialling.anotherOfSameAuthority();
    const dial = async (own: { certPem: string; keyPem: string }): Promise<boolean> => {
      const leaf = await dialAsLeaf(link.accepting.server.ports().leaf, {
        certPem: own.certPem,
        keyPem: own.keyPem,
        authorityPem: accepting.authorityPem,
        nkeySeed: link.leafKey.seed,
      });
      const admitted = !leaf.isClosed();
      leaf.close();
      return admitted;
    };
    expect(await dial(another)).toBe(false);
    expect(await dial(dialling)).toBe(true);
  }, 30_000);

  it('are checked by the dialling side: a server whose authority is another is not spoken to', async () => {
    const imposter = await testCertificate(th);
    const link = await startLink({ accepting: th, dialling: la, alterAccepting: (config) => config });
    running.push(link);
    await eventually(async () => expect(await accountsWithLeafs(link.dialling)).toEqual([linkAccountOf(th)]));
    const { files } = link;
    await tlsFiles(files.accepting.certFile.replace(/\/[^/]*$/, ''), imposter, [link.certificates.dialling]);
    await link.accepting.server.halt();
    await link.accepting.server.start();
    await eventually(async () => expect(await link.dialling.server.log()).toMatch(/tls|certificate/i), {
      withinMs: 15_000,
    });
    expect(await accountsWithLeafs(link.dialling)).toEqual([]);
    expect(await accountsWithLeafs(link.accepting)).toEqual([]);
  }, 40_000);

  it("of a dialled neighbour are held against the listener's list too: pinned, the link is up", async () => {
    const between = await startBetween((dialled) => [dialled.fingerprint]);
    await eventually(async () => expect(await accountsWithLeafs(between)).toEqual([linkAccountOf(mm)]), {
      withinMs: 15_000,
    });
  }, 40_000);

  it("of a dialled neighbour are held against the listener's list too: not pinned, the link stays down", async () => {
    const between = await startBetween(() => ['ab'.repeat(32)]);
    await eventually(async () => expect(await between.server.log()).toMatch(/pinned/i), { withinMs: 15_000 });
    expect(await accountsWithLeafs(between)).toEqual([]);
  }, 40_000);

  it('of a dialled neighbour are pinned without a listener as well', async () => {
    const link = await startLink({ accepting: th, dialling: la, alterDialling: withOtherPins });
    running.push(link);
    await eventually(async () => expect(await link.dialling.server.log()).toMatch(/pinned/i), { withinMs: 15_000 });
    expect(await accountsWithLeafs(link.dialling)).toEqual([]);
  }, 40_000);
});

function withOtherPins(config: string): string {
  const altered = config.replace(/pinned_certs: \[.*\]/, `pinned_certs: ["${'ab'.repeat(32)}"]`);
  if (altered === config) throw new Error('the configuration pins nothing');
  return altered;
}
