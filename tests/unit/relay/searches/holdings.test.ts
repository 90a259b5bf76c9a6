import { afterEach, describe, expect, it } from 'vitest';
import type { EpochMs, OfficeId } from '../../../../services/core/foundation/index.ts';
import { traitsOf } from '../../../../services/core/matching/index.ts';
import type { SubmissionInput } from '../../../../services/core/relay/index.ts';
import { type Holding, holdings } from '../../../../services/core/relay/searches/holdings.ts';
import { hiddenFrom, mayLearn } from '../../../../services/core/relay/searches/may-learn.ts';
import {
  HandlingCode,
  MessageType,
  RecallAction,
  RecallGround,
  SearchOutcome,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { arrivalAt, submission, type TwoOffices } from '../two-offices.ts';
import {
  contextOf,
  findingsOf,
  lookout,
  openOffices,
  passport,
  person,
  plate,
  search,
  viewAt,
} from './search-offices.ts';

let offices: TwoOffices;
afterEach(async () => offices?.close());

const HIT = SearchOutcome.HIT;
const NO_HIT = SearchOutcome.NO_HIT;

/** What la says to th of each subject. */
async function ask(subjects: Parameters<typeof search>[1], init: Partial<SubmissionInput> = {}): Promise<unknown> {
  const { id } = await search(offices, subjects, init);
  await eventually(() => expect(viewAt(offices.th, id)?.state).toBe('answered'), { withinMs: 20_000 });
  return findingsOf(offices.th, id);
}

/** The case that la names for each subject. */
async function cases(subjects: Parameters<typeof search>[1]): Promise<unknown> {
  const { id } = await search(offices, subjects);
  await eventually(() => expect(viewAt(offices.th, id)?.state).toBe('answered'), { withinMs: 20_000 });
  return viewAt(offices.th, id)?.result?.findings.map(({ caseReference }) => caseReference);
}

const alertOf = (office: 'th' | 'la', init: Parameters<typeof submission>[0]) =>
  offices[office].relay.submit(submission({ recipients: [office === 'th' ? LA : TH], ...init }));

describe('holdings', () => {
  it('are own lookouts before own alerts before what was received, the newest of them first', async () => {
    offices = await openOffices();
    await alertOf('th', {
      caseReference: 'FROM-TH',
      alert: { subjects: [plate('AA 1'), plate('AA 2'), plate('AA 33')] },
    });
    await eventually(() => expect(offices.la.projection.inbound.size).toBe(1));
    expect(await cases([plate('AA 33')])).toEqual(['FROM-TH']);
    await alertOf('la', { caseReference: 'OWN-ALERT', alert: { subjects: [plate('AA 33')] } });
    expect(await cases([plate('AA 33')])).toEqual(['OWN-ALERT']);
    await alertOf('la', { caseReference: '', alert: { subjects: [plate('AA 33')] } });
    expect(await cases([plate('AA 33')])).toEqual(['OWN-ALERT']);
    await lookout(offices.la, 'OLDER', [plate('AA 33')]);
    await lookout(offices.la, 'NEWER', [plate('AA 33')]);
    await alertOf('la', { caseReference: 'NEWEST-ALERT', alert: { subjects: [plate('AA 33')] } });
    expect(await cases([plate('AA 33')])).toEqual(['NEWER']);
  });

  it('are found again after a restart, and not once their content is gone', async () => {
    offices = await openOffices();
    await lookout(offices.la, 'LA-1', [plate('AA 11')]);
    await offices.restart(offices.la);
    expect(await ask([plate('AA 11')])).toEqual([HIT]);
    offices.la.batches.batches.clear();
    await offices.restart(offices.la);
    expect(await ask([plate('AA 11')])).toEqual([NO_HIT]);
  });

  it('are not what has ended or expired', async () => {
    offices = await openOffices();
    const { lookouts } = offices.la.relay.searches;
    const one = await lookout(offices.la, 'LA-1', [plate('AA 11')]);
    const soon = (Date.now() + 3_600_000) as EpochMs;
    const two = await lookout(offices.la, 'LA-2', [plate('AA 22')], { expiresMs: soon });
    expect(await ask([plate('AA 11'), plate('AA 22')])).toEqual([HIT, HIT]);
    expect(await lookouts.end(one.id, 'officer-9')).toMatchObject({ state: 'ended', endedBy: 'officer-9' });
    offices.skip(3_700_000);
    expect(await ask([plate('AA 11'), plate('AA 22')])).toEqual([NO_HIT, NO_HIT]);
    expect(lookouts.list().map(({ id, state }) => ({ id, state }))).toEqual([
      { id: two.id, state: 'expired' },
      { id: one.id, state: 'ended' },
    ]);
    await expect(lookouts.end(one.id, 'officer-9')).rejects.toMatchObject({ code: 'SEARCHES_LOOKOUT_OVER' });
    await expect(lookouts.end(two.id, 'officer-9')).rejects.toMatchObject({ code: 'SEARCHES_LOOKOUT_OVER' });
    await expect(lookouts.end('unknown', 'x')).rejects.toMatchObject({ code: 'SEARCHES_LOOKOUT_UNKNOWN' });
    const end = offices.la.projection.supersededBy(`${LA}/${one.id}`)[0];
    await expect(lookouts.end(end?.id ?? '', 'x')).rejects.toMatchObject({ code: 'SEARCHES_LOOKOUT_UNKNOWN' });
  });

  it('end once, whoever is first', async () => {
    offices = await openOffices();
    const { id } = await lookout(offices.la, 'LA-1', [plate('AA 11')]);
    const ends = await Promise.allSettled(['a', 'b', 'c'].map((by) => offices.la.relay.searches.lookouts.end(id, by)));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(offices.la.projection.supersededBy(`${LA}/${id}`)).toHaveLength(1);
  });

  it('are not alerts that were replaced, cancelled or recalled', async () => {
    offices = await openOffices();
    const one = await alertOf('la', { caseReference: 'LA-1', alert: { subjects: [plate('AA 11')] } });
    const two = await alertOf('la', { caseReference: 'LA-2', alert: { subjects: [plate('AA 22')] } });
    const theirs = await alertOf('th', { caseReference: 'TH-3', alert: { subjects: [plate('AA 33')] } });
    await eventually(() => expect(arrivalAt(offices, theirs.id)?.deliveredMs).not.toBe(null));
    expect(await ask([plate('AA 11'), plate('AA 22'), plate('AA 33')])).toEqual([HIT, HIT, HIT]);
    const change = { messageType: MessageType.CANCEL, subjects: [plate('AA 11')] };
    await alertOf('la', { supersedes: one.id, alert: change });
    const recall = {
      submittedBy: 'supervisor-1',
      action: RecallAction.RESTRICT,
      ground: RecallGround.INCORRECT,
      answerByMs: null,
      text: '',
      textLanguage: '',
      idempotencyKey: '',
      submissionDigest: '0'.repeat(64) as never,
    };
    await offices.la.relay.recalls.recall({ ...recall, id: two.id });
    await offices.th.relay.recalls.recall({ ...recall, id: theirs.id });
    await eventually(() => expect(offices.la.projection.about(`${TH}/${theirs.id}`)).toHaveLength(1));
    expect(await ask([plate('AA 11'), plate('AA 22'), plate('AA 33')])).toEqual([NO_HIT, NO_HIT, NO_HIT]);
  });

  it('are told to nobody from whom somebody in them seeks protection', async () => {
    offices = await openOffices();
    const number = (text: string) => ({ documents: [{ documentType: 1, number: text }] });
    await lookout(offices.la, 'LA-1', [person({ ...number('AA1234567'), protectionSoughtFrom: ['TH'] })]);
    await lookout(offices.la, 'LA-2', [person({ ...number('BB1234567'), protectionStatus: 1, nationalities: ['TH'] })]);
    await lookout(offices.la, 'LA-3', [person({ ...number('CC1234567'), protectionStatus: 1 })]);
    await lookout(offices.la, 'LA-4', [person({ ...number('DD1234567'), protectionSoughtFrom: ['MM'] })]);
    expect(await ask(['AA', 'BB', 'CC', 'DD'].map((two) => passport(`${two}1234567`)))).toEqual([
      NO_HIT,
      NO_HIT,
      NO_HIT,
      HIT,
    ]);
  });
});

describe('holdings of which there are too many', () => {
  it('lose the oldest, and say so once', async () => {
    offices = await openOffices();
    for (const number of ['AA-11', 'AA-22', 'AA-33', 'AA-44']) await lookout(offices.la, number, [plate(number)]);
    const alarms: string[] = [];
    const few = holdings(contextOf(offices.la, alarms), { lookouts: 2, alerts: 2 });
    expect(await few.refresh(1)).toBe(false);
    expect(await few.refresh(100)).toBe(true);
    const asker = { office: TH, drill: false, now: offices.la.clock.now() };
    const found = ['AA-11', 'AA-22', 'AA-33', 'AA-44'].map(
      (text) => few.find(traitsOf(plate(text)), asker)?.caseReference,
    );
    expect(found).toEqual([undefined, undefined, 'AA-33', 'AA-44']);
    await few.refresh(100);
    expect(alarms).toEqual(['SEARCHES_INDEX_FULL']);
    offices.skip(40 * 86_400_000);
    few.forgetExpired();
    expect(few.get(`${LA}/${[...offices.la.projection.outbound.values()].at(-1)?.id}`)).toBeUndefined();
  });

  it('keep what this office said, however much a neighbour sends', async () => {
    offices = await openOffices();
    await alertOf('la', { caseReference: 'LA-OWN', alert: { subjects: [plate('AA 1111')] } });
    for (let sent = 1; sent <= 3; sent++) {
      await alertOf('th', { caseReference: `TH-${sent}`, alert: { subjects: [plate(`BB ${sent}111`)] } });
      await eventually(() => expect(offices.la.projection.inbound.size).toBe(sent));
    }
    const few = holdings(contextOf(offices.la), { lookouts: 1, alerts: 2 });
    expect(await few.refresh(100)).toBe(true);
    const asker = { office: TH, drill: false, now: offices.la.clock.now() };
    const found = (text: string) => few.find(traitsOf(plate(text)), asker)?.caseReference;
    expect(['AA 1111', 'BB 1111', 'BB 2111', 'BB 3111'].map(found)).toEqual(['LA-OWN', undefined, 'TH-2', 'TH-3']);
  });

  it('wait for what cannot be read just now', async () => {
    offices = await openOffices();
    await lookout(offices.la, 'LA-1', [plate('AA 11')]);
    const some = holdings(contextOf(offices.la));
    offices.la.batches.failGets(true);
    expect(await some.refresh(100)).toBe(false);
    offices.la.batches.failGets(false);
    expect(await some.refresh(100)).toBe(true);
    expect(offices.la.bugs).toEqual([]);
  });
});

describe('mayLearn', () => {
  const MM = 'mm-tachileik' as OfficeId;
  const received = (origin: OfficeId, handling: HandlingCode): Holding =>
    ({ origin, handling, own: false, hidden: [] }) as unknown as Holding;

  it.each([
    [MM, HandlingCode.H0, true],
    [MM, HandlingCode.H1, true],
    [MM, HandlingCode.H2, false],
    [MM, HandlingCode.H3, false],
    [MM, HandlingCode.UNSPECIFIED, false],
    [TH, HandlingCode.H3, true],
  ])('keeps the third-party rule: said by %s under %i, asked by th', (origin, handling, learns) => {
    expect(mayLearn(received(origin, handling), TH)).toBe(learns);
  });

  it('looks at every person of a message', () => {
    expect(hiddenFrom([plate('AA 11'), person({ protectionSoughtFrom: ['TH', 'MM'] })])).toEqual(['TH', 'MM']);
    expect(hiddenFrom([plate('AA 11')])).toEqual([]);
  });
});
