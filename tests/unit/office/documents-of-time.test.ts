import { describe, expect, it } from 'vitest';
import { digestOf, type EpochMs, utf8 } from '../../../services/core/foundation/index.ts';
import { claimsOf } from '../../../services/core/trust/index.ts';
import { documentsOfTime } from '../../../services/office/documents/documents-of-time.ts';
import { agreementOf, START, testClock, testNation } from './document-fixtures.ts';

const HOUR = 3_600_000;
const time = testClock();
const th = testNation('TH', 'th-chiang-khong', time.clock);
const la = testNation('LA', 'la-houayxay', time.clock);

// Every hour something is issued anew.
const th1 = await th.directory();
const la1 = await la.directory();
const mou1 = await agreementOf(th, la, time.clock);
time.move(HOUR);
const la2 = await la.directory(la1);
const mou2 = await agreementOf(th, la, time.clock, mou1);
time.move(HOUR);
const th2 = await th.directory(th1);
const archive = [th2, mou2, la1, th1, la2, mou1];

const digest = (document: Uint8Array): string => digestOf(utf8(claimsOf(document).text));
const storeAt = (hours: number, agreements: readonly Uint8Array[] = [], documents: readonly Uint8Array[] = archive) =>
  documentsOfTime(
    {
      nation: th.nation,
      root: th.root.kid,
      recordedMs: (START + hours * HOUR) as EpochMs,
      agreements: agreements.map(digest),
    },
    documents,
  );

describe('documentsOfTime', () => {
  it.each([
    [0, 1, 1],
    [0.5, 1, 1],
    [1, 1, 2],
    [2, 2, 2],
    [50_000, 2, 2],
  ])('takes after %f hours the directories that were the newest then', async (hours, ofTh, ofLa) => {
    const store = await storeAt(hours);
    expect([
      store?.directoryOf(th.nation)?.directory.sequence,
      store?.directoryOf(la.nation)?.directory.sequence,
    ]).toEqual([ofTh, ofLa]);
  });

  it('takes the very agreement that was relied on', async () => {
    const versionAt = async (relied: readonly Uint8Array[]) =>
      (await storeAt(2, relied))?.agreements.get('mou-1')?.agreement.version;
    expect([await versionAt([]), await versionAt([mou1]), await versionAt([mou2])]).toEqual([2, 1, 2]);
  });

  it('passes over what is no document', async () => {
    expect(await storeAt(2, [], [utf8('{'), new Uint8Array(), ...archive])).toBeDefined();
  });

  it('gives nothing where a document that the others need is missing', async () => {
    expect(await storeAt(2, [], [th1, la1])).toBeUndefined();
  });
});
