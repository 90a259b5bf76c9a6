import { beforeEach, describe, expect, it } from 'vitest';
import { days } from '../../../services/core/foundation/index.ts';
import {
  createTrustStore,
  fileSigner,
  type Signer,
  signDocument,
  writeCharterText,
} from '../../../services/core/trust/index.ts';
import type { Charter } from '../../../services/core/wire/index.ts';
import { trustKeeper } from '../../../services/office/documents/trust-keeper.ts';
import { charterOf } from '../relay/operations/charters.ts';
import {
  agreementOf,
  memoryFiles,
  memoryLedger,
  START,
  type TestNation,
  testClock,
  testNation,
} from './document-fixtures.ts';

let time: ReturnType<typeof testClock>;
let th: TestNation;
let la: TestNation;
let folder: ReturnType<typeof memoryFiles>;
let book: ReturnType<typeof memoryLedger>;

const at = (ms: number) => ({ seconds: ms / 1000, nanos: 0 });
const keeper = (ledger = book) =>
  trustKeeper(createTrustStore({ nation: la.nation, root: la.root.kid }), folder.files, ledger.ledger, time.clock);
const signerOf = ({ made }: TestNation): Signer => fileSigner(made.signingKey.privateJwk);

const charter = (init: Partial<Charter> = {}): Charter => {
  const { members, ...rest } = charterOf({ agreement: 'mou-1', starts: at(START), ends: at(START + days(10)) });
  return { ...rest, members: members.slice(0, 2), ...init };
};
const signed = async (signers: readonly TestNation[], init: Partial<Charter> = {}): Promise<Uint8Array> =>
  Buffer.from(await signDocument('charter', writeCharterText(charter(init)), signers.map(signerOf)));

beforeEach(async () => {
  time = testClock();
  th = testNation('TH', 'th-chiang-khong', time.clock);
  la = testNation('LA', 'la-houayxay', time.clock);
  folder = memoryFiles();
  book = memoryLedger();
  folder.put('directories/LA.json', await la.directory(undefined, days(60)));
  folder.put('directories/TH.json', await th.directory(undefined, days(60)));
  folder.put('agreements/mou.json', await agreementOf(th, la, time.clock));
});

describe('trustKeeper', () => {
  it('keeps a charter with its other documents, on record first', async () => {
    const trust = keeper();
    await trust.scan();
    await trust.receive('charter', await signed([th]));
    expect(trust.store().charters.get('op-naga')?.signatures.size).toBe(1);
    expect(folder.names()).toContain('charters/op-naga.json');
    expect(book.order.slice(-2)).toEqual(['recorded op-naga 1', 'installed op-naga 1']);
    expect(folder.archive.size).toBe(4);
  });

  it('keeps with it every signature that comes later', async () => {
    const trust = keeper();
    await trust.scan();
    await trust.receive('charter', await signed([th]));
    await trust.receive('charter', await signed([th, la]));
    const kept = JSON.parse(Buffer.from(folder.bytesOf('charters/op-naga.json') ?? []).toString()) as {
      signatures: unknown[];
    };
    expect(kept.signatures).toHaveLength(2);
    expect(book.order.filter((entry) => entry === 'recorded op-naga 1')).toHaveLength(1);
  });

  it('has it again at the next start, also when its time has ended', async () => {
    const trust = keeper();
    await trust.scan();
    await trust.receive('charter', await signed([th, la]));
    time.move(days(20));
    const again = keeper(memoryLedger(book.recorded));
    await again.scan();
    expect([again.faults(), again.store().charters.get('op-naga')?.signatures.size]).toEqual([[], 2]);
  });

  it('takes none whose time has ended that it did not have before', async () => {
    const trust = keeper();
    await trust.scan();
    time.move(days(20));
    await expect(trust.receive('charter', await signed([th]))).rejects.toMatchObject({ code: 'TRUST_CHARTER_EXPIRED' });
  });

  it('takes no other text under its id, at the next start neither', async () => {
    const trust = keeper();
    await trust.scan();
    await trust.receive('charter', await signed([th]));
    const other = await signed([th], { name: 'Another' });
    await expect(trust.receive('charter', other)).rejects.toMatchObject({ code: 'OFFICE_DOCUMENT_ROLLBACK' });
    folder.put('charters/op-naga.json', other);
    const again = keeper(memoryLedger(book.recorded));
    await again.scan();
    expect(again.store().charters.size).toBe(0);
  });
});
