import { afterEach, describe, expect, it } from 'vitest';
import { messageKey } from '../../../../services/core/ledger/index.ts';
import { MessageKind, SearchOutcome, SearchRefusal } from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { exercises, withholding } from '../test-bundles.ts';
import { codesOf, ledgerFindings, releaseShown, type TwoOffices } from '../two-offices.ts';
import {
  findingsOf,
  lookout,
  openOffices,
  passport,
  person,
  plate,
  resultsAt,
  search,
  subject,
  viewAt,
} from './search-offices.ts';

let offices: TwoOffices;
afterEach(async () => offices.close());

const reaches = (id: string, state: string): Promise<void> =>
  eventually(() => expect(viewAt(offices.th, id)?.state).toBe(state), { withinMs: 20_000 });
const onDisk = ({ batches }: TwoOffices['la'], text: string): boolean =>
  [...batches.batches.values()].some(({ bytes }) => Buffer.from(bytes).includes(text));
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error) => error.code,
  );

describe('searchDesk', () => {
  it('answers a hit with a case reference and nothing else, and tells the owner here', async () => {
    offices = await openOffices();
    const entered = await lookout(offices.la, 'LA-2026-7', [plate('กข 1234')]);
    const { id } = await search(offices, [plate('กข-๑๒๓๔'), plate('XX 9999')]);
    await reaches(id, 'answered');
    expect(viewAt(offices.th, id)).toMatchObject({
      side: 'asking',
      officer: 'officer-1',
      owners: [],
      result: {
        refusal: SearchRefusal.UNSPECIFIED,
        findings: [
          { subject: 1, outcome: SearchOutcome.HIT, caseReference: 'LA-2026-7' },
          { subject: 2, outcome: SearchOutcome.NO_HIT, caseReference: '' },
        ],
      },
    });
    expect(viewAt(offices.la, id)).toMatchObject({
      side: 'asked',
      officer: 'officer-1',
      owners: [{ subject: 1, origin: LA, id: entered.id, owner: 'lookout-owner' }],
    });
    const told = (test: typeof offices.la): unknown[] =>
      test.seen.filter(({ event }) => event === 'searched').map(({ facts }) => facts);
    await eventually(() =>
      expect(told(offices.th)).toEqual([{ direction: 'out', peer: LA, origin: TH, id, word: 'hit', hits: 1 }]),
    );
    expect(told(offices.la)).toEqual([{ direction: 'in', peer: TH, origin: TH, id, word: 'hit', hits: 1 }]);
    expect(await ledgerFindings(offices.la)).toEqual([]);
    expect(offices.la.bugs).toEqual([]);
  });

  it('leaves only a count of a no-hit where it was asked; the asking office keeps its own copy', async () => {
    offices = await openOffices();
    const { id } = await search(offices, [passport('AA1234567')]);
    expect(onDisk(offices.th, 'AA1234567')).toBe(true);
    await reaches(id, 'answered');
    expect(offices.la.projection.inbound.get(messageKey(TH, id))?.erased).not.toBe(null);
    await expect(offices.la.relay.read(TH, id)).rejects.toMatchObject({ code: 'RELAY_CONTENT_ERASED' });
    await expect(offices.th.relay.read(TH, id)).resolves.toMatchObject({ kind: MessageKind.SEARCH });
    await eventually(() => expect(onDisk(offices.la, 'AA1234567')).toBe(false));
    expect(await ledgerFindings(offices.la)).toEqual([]);
  });

  it('keeps what was searched where one subject of it was a hit', async () => {
    offices = await openOffices();
    await lookout(offices.la, 'LA-1', [passport('AA1234567')]);
    const { id } = await search(offices, [passport('AA1234567'), passport('BB1234567')]);
    await reaches(id, 'answered');
    await expect(offices.la.relay.read(TH, id)).resolves.toMatchObject({ kind: MessageKind.SEARCH });
  });

  it('sends no search of which a subject has nothing to search for', async () => {
    offices = await openOffices();
    const nothing = [person({ givenNames: 'Somchai' }), subject({ route: { name: 'bridge' } }), plate('12')];
    for (const one of nothing)
      expect(await codeOf(search(offices, [plate('กข 1234'), one]))).toBe('SEARCHES_NOTHING_TO_SEARCH');
    expect(await codeOf(search(offices, []))).toBe('SEARCHES_NOTHING_TO_SEARCH');
    expect(await codeOf(lookout(offices.la, 'LA-1', nothing))).toBe('SEARCHES_NOTHING_TO_SEARCH');
  });

  it('says of a subject whose identifying parts were withheld that it was not searched', async () => {
    offices = await openOffices({ th: withholding('th', 'disclose', 'transport') });
    await lookout(offices.la, 'LA-1', [plate('กข 1234')]);
    const { id } = await search(offices, [plate('กข 1234'), passport('AA1234567')]);
    await reaches(id, 'answered');
    expect(findingsOf(offices.th, id)).toEqual([SearchOutcome.NOT_SEARCHED, SearchOutcome.NO_HIT]);
  });

  it('does not search by what its own import gate refuses', async () => {
    offices = await openOffices({ la: withholding('la', 'accept', 'transport') });
    await lookout(offices.la, 'LA-1', [plate('กข 1234')]);
    const { id } = await search(offices, [plate('กข 1234')]);
    await reaches(id, 'answered');
    expect(findingsOf(offices.th, id)).toEqual([SearchOutcome.NOT_SEARCHED]);
  });

  it('answers a held search once it was released, and never finds an exercise with a real search or the reverse', async () => {
    offices = await openOffices({ la: exercises('la', 'admitUnattended') });
    await lookout(offices.la, 'REAL', [plate('กข 1234')]);
    await lookout(offices.la, 'DRILL', [plate('กข 5678')], { drill: true });
    const drill = await search(offices, [plate('กข 1234'), plate('กข 5678')], { drill: true });
    const real = await search(offices, [plate('กข 1234'), plate('กข 5678')]);
    await reaches(real.id, 'answered');
    expect(findingsOf(offices.th, real.id)).toEqual([SearchOutcome.HIT, SearchOutcome.NO_HIT]);
    expect(resultsAt(offices.la, drill.id)).toHaveLength(0);
    await releaseShown(offices.la, { direction: 'inbound', origin: TH, id: drill.id, peer: TH });
    await reaches(drill.id, 'answered');
    expect(findingsOf(offices.th, drill.id)).toEqual([SearchOutcome.NO_HIT, SearchOutcome.HIT]);
  });

  it('tells a result that waits for a release in its own office only after it', async () => {
    offices = await openOffices({ la: exercises('la', 'releaseUnattended') });
    await lookout(offices.la, 'DRILL', [plate('กข 5678')], { drill: true });
    const { id } = await search(offices, [plate('กข 5678')], { drill: true });
    await eventually(() => expect(viewAt(offices.la, id)?.resultState).toBe('held'));
    expect(viewAt(offices.th, id)).toMatchObject({ state: 'waiting', result: null });
    const result = resultsAt(offices.la, id)[0];
    await releaseShown(offices.la, { direction: 'outbound', origin: LA, id: result?.id as never, peer: TH });
    await reaches(id, 'answered');
  });

  it('gives each search one result, however often it is killed', async () => {
    offices = await openOffices();
    await lookout(offices.la, 'LA-1', [plate('กข 1234')]);
    const ids: string[] = [];
    for (let round = 0; round < 6; round++) {
      for (const one of [plate('กข 1234'), plate(`กข 99${round}`)]) ids.push((await search(offices, [one])).id);
      for (let turn = 0; turn < round * 25; turn++) await new Promise((resolve) => setImmediate(resolve));
      await offices.kill(offices.la);
    }
    for (const id of ids) await reaches(id, 'answered');
    for (const id of ids) {
      expect(resultsAt(offices.la, id)).toHaveLength(1);
      expect(resultsAt(offices.th, id)).toHaveLength(1);
    }
    expect(codesOf(offices.th, 'failedCrossing')).toEqual([]);
    expect(await ledgerFindings(offices.la)).toEqual([]);
    const counts = (test: typeof offices.la): unknown =>
      test.relay.searches.figures().map(({ peer: _, side: __, ...rest }) => rest);
    await eventually(() => expect(counts(offices.la)).toEqual(counts(offices.th)));
    expect(counts(offices.th)).toEqual([
      { officer: 'officer-1', searches: 12, subjects: 12, hits: 6, noHits: 6, notSearched: 0, quotaSpent: 0 },
    ]);
  }, 60_000);
});
