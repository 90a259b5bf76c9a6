import { beforeEach, describe, expect, it } from 'vitest';
import { days, fromUtf8, utf8 } from '../../../services/core/foundation/index.ts';
import { LedgerError } from '../../../services/core/ledger/index.ts';
import { createTrustStore } from '../../../services/core/trust/index.ts';
import { trustKeeper } from '../../../services/office/documents/trust-keeper.ts';
import { agreementOf, memoryFiles, memoryLedger, type TestNation, testClock, testNation } from './document-fixtures.ts';

let time: ReturnType<typeof testClock>;
let th: TestNation;
let la: TestNation;
let folder: ReturnType<typeof memoryFiles>;
let book: ReturnType<typeof memoryLedger>;

const keeper = (ledger = book) =>
  trustKeeper(createTrustStore({ nation: th.nation, root: th.root.kid }), folder.files, ledger.ledger, time.clock);

beforeEach(() => {
  time = testClock();
  th = testNation('TH', 'th-chiang-khong', time.clock);
  la = testNation('LA', 'la-houayxay', time.clock);
  folder = memoryFiles();
  book = memoryLedger();
});

/** The three documents of a pair, in names that stand in the wrong order. */
async function putPair(): Promise<void> {
  folder.put('directories/a-LA.json', await la.directory());
  folder.put('agreements/mou.json', await agreementOf(th, la, time.clock));
  folder.put('directories/b-TH.json', await th.directory());
}

describe('trustKeeper', () => {
  it('puts documents in force in whatever order they need each other', async () => {
    await putPair();
    const trust = keeper();
    await trust.scan();
    expect([...trust.store().directories.keys()].sort()).toEqual(['LA', 'TH']);
    expect([...trust.store().agreements.keys()]).toEqual(['mou-1']);
    expect([trust.faults(), book.refused]).toEqual([[], []]);
  });

  it('has each on record before it is in force, and keeps its text for ever', async () => {
    folder.put('directories/TH.json', await th.directory());
    await keeper().scan();
    expect(book.order).toEqual(['recorded TH 1', 'installed TH 1']);
    expect([...folder.archive.keys()]).toEqual([book.installed[0]?.digest]);
  });

  it('puts nothing in force that cannot be recorded', async () => {
    folder.put('directories/TH.json', await th.directory());
    book.failWith(new LedgerError('LEDGER_CLOSED'));
    const trust = keeper();
    await expect(trust.scan()).rejects.toMatchObject({ code: 'LEDGER_CLOSED' });
    expect(trust.store().directories.size).toBe(0);
  });

  it('records at the next start nothing that is on record', async () => {
    folder.put('directories/TH.json', await th.directory());
    await keeper().scan();
    const again = memoryLedger(book.recorded);
    await keeper(again).scan();
    expect(again.order).toEqual(['installed TH 1']);
  });

  it('takes a newer document while it runs', async () => {
    const first = await th.directory();
    folder.put('directories/TH.json', first);
    const trust = keeper();
    await trust.scan();
    folder.put('directories/TH.json', await th.directory(first));
    await trust.scan();
    expect(trust.store().directoryOf(th.nation)?.directory.sequence).toBe(2);
  });

  it('reads a file once, until it changes', async () => {
    folder.put('directories/TH.json', await th.directory());
    const trust = keeper();
    for (let i = 0; i < 3; i++) await trust.scan();
    expect(folder.reads).toEqual(['directories/TH.json']);
  });

  it('keeps the last good one, and says once what is wrong with the other', async () => {
    const first = await th.directory();
    folder.put('directories/TH.json', first);
    const trust = keeper();
    await trust.scan();
    const altered = utf8(fromUtf8(await th.directory(first)).replace(/("signature":\s*").{4}/, '$1AAAA'));
    folder.put('directories/TH.json', altered);
    for (let i = 0; i < 3; i++) await trust.scan();
    expect(trust.store().directoryOf(th.nation)?.directory.sequence).toBe(1);
    expect(book.refused).toHaveLength(1);
    expect(trust.faults()).toEqual([{ file: 'directories/TH.json', code: expect.stringMatching(/^TRUST_DOCUMENT_/) }]);
  });

  it('tells when a file is bad in another way', async () => {
    const trust = keeper();
    folder.put('directories/TH.json', utf8('{'));
    await trust.scan();
    folder.put('directories/TH.json', await la.directory());
    await trust.scan();
    expect(book.refused.map(({ code }) => code)).toEqual(['TRUST_DOCUMENT_MALFORMED', 'TRUST_NATION_NOT_PINNED']);
  });

  it('forgets a fault with its file', async () => {
    folder.put('directories/x.json', utf8('{'));
    const trust = keeper();
    await trust.scan();
    folder.remove('directories/x.json');
    await trust.scan();
    expect(trust.faults()).toEqual([]);
  });

  it('looks at a directory again when the agreement that it waits for has come', async () => {
    folder.put('directories/LA.json', await la.directory());
    folder.put('directories/TH.json', await th.directory());
    const trust = keeper();
    await trust.scan();
    expect(trust.faults()).toEqual([{ file: 'directories/LA.json', code: 'TRUST_NATION_NOT_PINNED' }]);
    folder.put('agreements/mou.json', await agreementOf(th, la, time.clock));
    await trust.scan();
    expect(trust.faults()).toEqual([]);
    expect(trust.store().directoryOf(la.nation)).toBeDefined();
  });

  it('looks again after a while at what is not good yet', async () => {
    const later = { now: () => (time.clock.now() + 3_600_000) as ReturnType<typeof time.clock.now> };
    const fromTomorrow = testNation('TH', 'th-chiang-khong', later);
    const trust = trustKeeper(
      createTrustStore({ nation: th.nation, root: fromTomorrow.root.kid }),
      folder.files,
      book.ledger,
      time.clock,
    );
    folder.put('directories/TH.json', await fromTomorrow.directory());
    await trust.scan();
    expect(trust.faults()).toEqual([{ file: 'directories/TH.json', code: 'TRUST_DIRECTORY_DATES_INVALID' }]);
    time.move(3_600_000);
    await trust.scan();
    expect(trust.faults()).toEqual([]);
  });

  it('refuses after a restart what is older than what was on record', async () => {
    const first = await th.directory();
    folder.put('directories/TH.json', await th.directory(first));
    await keeper().scan();
    folder.put('directories/TH.json', first);
    const restarted = keeper(memoryLedger(book.recorded));
    await restarted.scan();
    expect(restarted.store().directories.size).toBe(0);
    expect(restarted.faults()).toEqual([{ file: 'directories/TH.json', code: 'OFFICE_DOCUMENT_ROLLBACK' }]);
  });

  it('refuses after a restart another document of the version on record', async () => {
    folder.put('directories/TH.json', await th.directory());
    await keeper().scan();
    time.move(1000);
    folder.put('directories/TH.json', await th.directory());
    const restarted = keeper(memoryLedger(book.recorded));
    await restarted.scan();
    expect(restarted.faults()).toEqual([{ file: 'directories/TH.json', code: 'OFFICE_DOCUMENT_ROLLBACK' }]);
  });

  it('minds no older document beside the one in force', async () => {
    const first = await th.directory();
    folder.put('directories/TH-1.json', first);
    folder.put('directories/TH-2.json', await th.directory(first));
    await keeper().scan();
    const restarted = memoryLedger(book.recorded);
    const trust = keeper(restarted);
    await trust.scan();
    expect(trust.store().directoryOf(th.nation)?.directory.sequence).toBe(2);
    expect([trust.faults(), restarted.refused]).toEqual([[], []]);
  });
});

describe('an older document while the newer one is in force', () => {
  it('is told where it took the place of the newer one: the next start would refuse it', async () => {
    const first = await th.directory();
    folder.put('directories/TH.json', await th.directory(first));
    const trust = keeper();
    await trust.scan();
    folder.put('directories/TH.json', first);
    await trust.scan();
    expect(trust.faults()).toEqual([{ file: 'directories/TH.json', code: 'OFFICE_DOCUMENT_ROLLBACK' }]);
    expect(trust.store().directoryOf(th.nation)?.directory.sequence).toBe(2);
  });

  it('is told once the newer one beside it is gone', async () => {
    const first = await th.directory();
    folder.put('directories/1.json', first);
    folder.put('directories/2.json', await th.directory(first));
    const trust = keeper();
    await trust.scan();
    await trust.scan();
    expect(trust.faults()).toEqual([]);
    folder.remove('directories/2.json');
    folder.put('directories/1.json', first);
    await trust.scan();
    expect(trust.faults()).toEqual([{ file: 'directories/1.json', code: 'OFFICE_DOCUMENT_ROLLBACK' }]);
  });
});

describe('trustKeeper.receive', () => {
  it('puts what a neighbour passed on in force and into the folder', async () => {
    await putPair();
    const trust = keeper();
    await trust.scan();
    const first = trust.store().directoryOf(la.nation)?.document.bytes;
    await trust.receive('directory', await la.directory(first));
    expect(trust.store().directoryOf(la.nation)?.directory.sequence).toBe(2);
    expect(folder.names()).toContain('directories/LA.json');
    await trust.scan();
    expect(trust.faults()).toEqual([]);
  });

  it('refuses what is older than what is in force', async () => {
    const first = await th.directory();
    folder.put('directories/TH.json', await th.directory(first));
    const trust = keeper();
    await trust.scan();
    await expect(trust.receive('directory', first)).rejects.toMatchObject({ code: 'OFFICE_DOCUMENT_ROLLBACK' });
  });

  it('refuses the directory of a nation that no agreement names', async () => {
    folder.put('directories/TH.json', await th.directory());
    const trust = keeper();
    await trust.scan();
    await expect(trust.receive('directory', await la.directory())).rejects.toMatchObject({
      code: 'TRUST_NATION_NOT_PINNED',
    });
    expect(folder.names()).toEqual(['directories/TH.json']);
  });

  it('keeps the folder as it is for what is in force already', async () => {
    folder.put('directories/x.json', await th.directory(undefined, days(9)));
    const trust = keeper();
    await trust.scan();
    const same = trust.store().directoryOf(th.nation)?.document.bytes ?? new Uint8Array();
    await trust.receive('directory', same);
    expect(folder.names()).toEqual(['directories/x.json']);
  });
});
