import { afterEach, describe, expect, it } from 'vitest';
import { messageKey } from '../../../../services/core/ledger/index.ts';
import { MessageKind, SearchOutcome, SearchRefusal } from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { ledgerFindings, type TwoOffices } from '../two-offices.ts';
import { lookout, openOffices, passport, plate, search, subject, viewAt } from './search-offices.ts';

let offices: TwoOffices;
afterEach(async () => offices.close());

const answered = async (id: string): Promise<void> =>
  eventually(() => expect(viewAt(offices.th, id)?.state).toBe('answered'));

describe('searchDesk', () => {
  it('answers a hit with a case reference and nothing else, and tells the owner here', async () => {
    offices = await openOffices();
    const entered = await lookout(offices.la, 'LA-2026-7', [plate('กข 1234')]);
    const { id } = await search(offices, [plate('กข-๑๒๓๔'), plate('XX 9999'), subject({ route: { name: 'bridge' } })].slice(0, 2));
    await answered(id);
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
    await answered(id);
    const key = messageKey(TH, id);
    expect(offices.la.projection.inbound.get(key)?.erased).not.toBe(null);
    await expect(offices.la.relay.read(TH, id)).rejects.toMatchObject({ code: 'RELAY_CONTENT_ERASED' });
    await expect(offices.th.relay.read(TH, id)).resolves.toMatchObject({ kind: MessageKind.SEARCH });
    expect(await ledgerFindings(offices.la)).toEqual([]);
  });
});
