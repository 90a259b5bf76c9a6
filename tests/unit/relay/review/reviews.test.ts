import { afterEach, describe, expect, it } from 'vitest';
import { messageKey } from '../../../../services/core/ledger/index.ts';
import { MessageKind, Precedence, Purpose, ReviewFinding } from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { codeOf } from '../../ledger/fixtures.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { rebuilt, snapshot } from '../projection-snapshot.ts';
import { lifeSavers } from '../test-bundles.ts';
import { arrivalAt, ledgerFindings, submission, type TestRelay, type TwoOffices, twoOffices } from '../two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

const HOUR_MS = 3_600_000;
const RESCUE = { purpose: Purpose.LIFE_SAFETY, emergency: 'Boat with children is sinking' };

type Scene = TwoOffices & { readonly id: Awaited<ReturnType<TwoOffices['th']['relay']['submit']>>['id'] };

/** An emergency of th that la has. */
async function scene(): Promise<Scene> {
  offices = await twoOffices({ th: lifeSavers('th') });
  const { id } = await offices.th.relay.submit(submission({ ...RESCUE, precedence: Precedence.FLASH }));
  await eventually(() => expect(arrivalAt(offices as TwoOffices, id)?.deliveredMs).toBeTypeOf('number'));
  return { ...offices, id };
}

const close = (test: TestRelay, id: Scene['id'], by: string, finding: ReviewFinding = ReviewFinding.JUSTIFIED) =>
  test.relay.reviews.close({ origin: TH, id, by, finding, text: 'Seen by oversight', textLanguage: 'en' });

const toldOf = ({ seen }: TestRelay, what: string): number =>
  seen.filter(({ event, facts }) => event === 'review' && facts['event'] === what).length;

describe('the review of an emergency', () => {
  it('is opened at once at both offices; who sent it and why is known at home alone', async () => {
    const at = await scene();
    const [own] = at.th.relay.reviews.list();
    const [theirs] = at.la.relay.reviews.list();
    expect(own).toMatchObject({ state: 'open', author: 'officer-1', reason: RESCUE.emergency, own: null });
    expect(own?.others).toEqual([{ office: LA, found: null }]);
    expect(theirs).toMatchObject({ state: 'open', author: '', reason: '', own: null });
    expect(theirs?.others).toEqual([{ office: TH, found: null }]);
    expect([toldOf(at.th, 'opened'), toldOf(at.la, 'opened')]).toEqual([1, 1]);
  });

  it('is closed by each office for itself, and both see both findings', async () => {
    const at = await scene();
    const said = await close(at.th, at.id, 'oversight-1');
    expect(at.th.projection.outbound.get(messageKey(TH, said.id))).toMatchObject({ kind: MessageKind.REVIEW });
    await eventually(() =>
      expect(at.la.relay.reviews.find(TH, at.id)).toMatchObject({
        state: 'open',
        own: null,
        others: [{ office: TH, found: { finding: ReviewFinding.JUSTIFIED, by: '', id: said.id } }],
      }),
    );
    expect((await at.la.relay.read(TH, said.id)).body).toMatchObject({ text: 'Seen by oversight' });
    await close(at.la, at.id, 'oversight-9', ReviewFinding.NOT_JUSTIFIED);
    await eventually(() =>
      expect(at.th.relay.reviews.find(TH, at.id)).toMatchObject({
        state: 'closed',
        own: { finding: ReviewFinding.JUSTIFIED, by: 'oversight-1' },
        others: [{ office: LA, found: { finding: ReviewFinding.NOT_JUSTIFIED } }],
      }),
    );
    expect(at.la.relay.reviews.find(TH, at.id).state).toBe('closed');
    for (const test of [at.th, at.la]) {
      expect(await ledgerFindings(test)).toEqual([]);
      expect(snapshot(await rebuilt(test))).toEqual(snapshot(test.projection));
    }
  });

  it('is closed once, however many close it at the same moment', async () => {
    const at = await scene();
    const results = await Promise.allSettled(['o-1', 'o-2', 'o-3'].map((by) => close(at.th, at.id, by)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await codeOf(close(at.th, at.id, 'o-4'))).toBe('REVIEW_CLOSED');
    expect(at.th.projection.ofKind(MessageKind.REVIEW)).toHaveLength(1);
  });

  it("is never its author's", async () => {
    const at = await scene();
    expect(await codeOf(close(at.th, at.id, 'officer-1'))).toBe('REVIEW_OWN_MESSAGE');
    // Another person of that name at the other office.
    expect(await codeOf(close(at.la, at.id, 'officer-1'))).toBe('resolved');
  });

  it('is of an emergency and of nothing else', async () => {
    const at = await scene();
    const { id } = await at.th.relay.submit(submission());
    expect(await codeOf(close(at.th, id, 'oversight-1'))).toBe('REVIEW_UNKNOWN');
    expect(await codeOf(close(at.th, '019cb000-0000-7000-8000-000000000009' as never, 'o'))).toBe('REVIEW_UNKNOWN');
  });

  it('is overdue from the hour that the own nation sets, which is told once, and can be closed still', async () => {
    const at = await scene();
    at.skip(24 * HOUR_MS - 10_000);
    expect(at.th.relay.reviews.find(TH, at.id).state).toBe('open');
    at.skip(20_000);
    expect(at.th.relay.reviews.find(TH, at.id).state).toBe('overdue');
    // la has set nothing, so its own is due after three days.
    expect(at.la.relay.reviews.find(TH, at.id).state).toBe('open');
    await eventually(() => expect(toldOf(at.th, 'overdue')).toBe(1));
    await close(at.th, at.id, 'oversight-1');
    expect(at.th.relay.reviews.find(TH, at.id).state).toBe('closed');
    expect([toldOf(at.th, 'overdue'), toldOf(at.th, 'closed'), toldOf(at.la, 'overdue')]).toEqual([1, 1, 0]);
  });

  it('survives a restart of both', async () => {
    const at = await scene();
    await close(at.th, at.id, 'oversight-1');
    await at.kill(at.th);
    await at.kill(at.la);
    expect(at.th.relay.reviews.find(TH, at.id).state).toBe('closed');
    await eventually(() => expect(at.la.relay.reviews.find(TH, at.id).others[0]?.found).not.toBeNull());
  });
});
