import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EpochMs, utf8 } from '../../services/core/foundation/index.ts';
import { buildBundle } from '../../services/core/policy/index.ts';
import { createTrustStore, type TrustStore } from '../../services/core/trust/index.ts';
import { bundleKeeper } from '../../services/office/documents/bundle-keeper.ts';
import {
  memoryFiles,
  memoryLedger,
  START,
  type TestNation,
  testClock,
  testNation,
} from '../unit/office/document-fixtures.ts';

const PERMIT = '@id("th.permit") @reason("Everything may pass.") permit (principal, action, resource);';

function textOf(version: number, policy = PERMIT, more: Record<string, string> = {}, name = 'th'): string {
  return buildBundle([
    { path: 'bundle.json', text: JSON.stringify({ name, version, schema: 1, ...more }) },
    { path: 'all.cedar', text: policy },
  ]);
}

let folder: string;
let path: string;
let th: TestNation;
let trust: TrustStore;
let book: ReturnType<typeof memoryLedger>;

const keeper = (ledger = book) =>
  bundleKeeper({
    nation: th.nation,
    path,
    trust: () => trust,
    archive: memoryFiles().files.archive,
    ledger: ledger.ledger,
  });
const put = async (text: string, nation = th): Promise<void> => writeFile(path, await nation.bundle(text));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-bundle-'));
  path = join(folder, 'bundle.json');
  const { clock } = testClock();
  th = testNation('TH', 'th-chiang-khong', clock);
  book = memoryLedger();
  trust = await createTrustStore({ nation: th.nation, root: th.root.kid }).installDirectory(
    await th.directory(),
    START,
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('bundleKeeper', () => {
  it('puts the bundle in force beside the baseline, on record', async () => {
    await put(textOf(3));
    const bundle = keeper();
    await bundle.scan();
    expect(bundle.bundles().map(({ name, version }) => `${name} ${version}`)).toEqual(['baseline 1', 'th 3']);
    expect(bundle.gates().nation).toBe('TH');
    expect(book.order).toEqual(['recorded th 3', 'installed th 3']);
    expect(bundle.faults()).toEqual([]);
  });

  it('has no gates without a bundle, and says so', async () => {
    const bundle = keeper();
    await bundle.scan();
    expect(() => bundle.gates()).toThrow(expect.objectContaining({ code: 'OFFICE_BUNDLE_UNUSABLE' }));
    expect(bundle.faults()).toEqual([{ file: 'policy/bundle.json', code: 'OFFICE_FILE_UNREADABLE' }]);
  });

  it('takes a newer one while it runs', async () => {
    await put(textOf(1));
    const bundle = keeper();
    await bundle.scan();
    await put(textOf(2));
    await bundle.scan();
    expect(bundle.bundles()[1]?.version).toBe(2);
  });

  it.each([
    ['does not parse', textOf(2, PERMIT.replace('permit (', 'permit ((')), 'POLICY_BUNDLE_INVALID'],
    ['does not validate', textOf(2, PERMIT.replace(';', ' when { resource.nosuch };')), 'POLICY_BUNDLE_INVALID'],
    ['is older', textOf(0 + 1, PERMIT), 'POLICY_BUNDLE_ROLLBACK'],
    ['is another one of the same version', textOf(5, PERMIT.replace('Everything', 'All')), 'POLICY_BUNDLE_FORK'],
    ['is of another nation', textOf(6, PERMIT.replaceAll('th.', 'la.'), {}, 'la'), 'POLICY_BUNDLE_FOREIGN'],
    ['is no bundle', '{}', 'POLICY_BUNDLE_MALFORMED'],
  ])('keeps the last good one where the next %s, and says it once', async (_, text, code) => {
    await put(textOf(5));
    const bundle = keeper();
    await bundle.scan();
    await put(text);
    for (let i = 0; i < 3; i++) await bundle.scan();
    expect(bundle.bundles()[1]?.version).toBe(5);
    expect(book.refused).toEqual([{ file: 'policy/bundle.json', code }]);
    expect(bundle.faults()).toEqual([{ file: 'policy/bundle.json', code }]);
  });

  it('takes none that another signed', async () => {
    const stranger = testNation('TH', 'th-chiang-khong', testClock().clock);
    await put(textOf(1), stranger);
    const bundle = keeper();
    await bundle.scan();
    expect(book.refused.map(({ code }) => code)).toEqual([expect.stringMatching(/^TRUST_DOCUMENT_SIGNATURE_/)]);
    expect(() => bundle.gates()).toThrow();
  });

  it('takes after a restart none that is older than what was on record', async () => {
    await put(textOf(4));
    await keeper().scan();
    await put(textOf(3));
    const restarted = keeper(memoryLedger(book.recorded));
    await restarted.scan();
    expect(restarted.faults()).toEqual([{ file: 'policy/bundle.json', code: 'POLICY_BUNDLE_ROLLBACK' }]);
  });

  it('looks again at one that could not be verified once the directory is there', async () => {
    await put(textOf(1));
    const known = trust;
    trust = createTrustStore({ nation: th.nation, root: th.root.kid });
    const bundle = keeper();
    await bundle.scan();
    expect(bundle.faults()).toEqual([{ file: 'policy/bundle.json', code: 'TRUST_DIRECTORY_MISSING' }]);
    trust = known;
    await bundle.scan();
    expect([bundle.faults(), bundle.bundles()[1]?.version]).toEqual([[], 1]);
  });

  it('is in force between its own dates', async () => {
    await put(textOf(1, PERMIT, { validFrom: '2026-03-01T08:00:00Z', validUntil: '2026-03-01T09:00:00Z' }));
    const bundle = keeper();
    expect(bundle.inForce(START)).toBe(false);
    await bundle.scan();
    const at = (ms: number): boolean => bundle.inForce((START + ms) as EpochMs);
    expect([at(-1), at(0), at(3_599_999), at(3_600_000)]).toEqual([false, true, true, false]);
  });

  it('is in force at any time without dates', async () => {
    await put(textOf(1));
    const bundle = keeper();
    await bundle.scan();
    expect(bundle.inForce(0 as EpochMs)).toBe(true);
  });

  it('refuses a file that is too large', async () => {
    await writeFile(path, Buffer.concat([await th.bundle(textOf(1)), utf8(' '.repeat(2 * 1024 * 1024))]));
    const bundle = keeper();
    await bundle.scan();
    expect(bundle.faults()[0]?.code).toBe('TRUST_DOCUMENT_TOO_LARGE');
  });
});
