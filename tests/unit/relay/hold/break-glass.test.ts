import { afterEach, describe, expect, it } from 'vitest';
import { stateOfCopy } from '../../../../services/core/ledger/index.ts';
import { baselineBundle, createGates } from '../../../../services/core/policy/index.ts';
import type { SubmissionInput } from '../../../../services/core/relay/index.ts';
import {
  type Alert,
  HandlingCode,
  Outcome,
  Purpose,
  ReviewFinding,
  SubjectRole,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { codeOf } from '../../ledger/fixtures.ts';
import { bundleOf, permitAll } from '../../policy/fixtures.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { exercises, forbid, lifeSavers } from '../test-bundles.ts';
import {
  arrivalAt,
  copyAt,
  ledgerFindings,
  submission,
  type TestRelay,
  type TwoOffices,
  type TwoOfficesOptions,
  twoOffices,
} from '../two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

async function scene(options: TwoOfficesOptions = { th: lifeSavers('th') }): Promise<TwoOffices> {
  offices = await twoOffices(options);
  return offices;
}

const rescue = (more: Parameters<typeof submission>[0] = {}): SubmissionInput =>
  submission({ purpose: Purpose.LIFE_SAFETY, emergency: 'Boat with children is sinking', ...more });

const close = (test: TestRelay, id: string, by = 'oversight-1') =>
  test.relay.reviews.close({
    origin: TH,
    id: id as never,
    by,
    finding: ReviewFinding.JUSTIFIED,
    text: '',
    textLanguage: '',
  });

describe('a submission past the hold', () => {
  it('goes at once in the name of its author, marked on both sides, with the reason at home', async () => {
    const at = await scene();
    const sent = await at.th.relay.submit(rescue());
    expect(sent).toMatchObject({ emergency: true, recipients: [{ outcome: Outcome.RELEASED }] });
    expect(sent.recipients[0]?.decision.releasedBy).toBe('officer-1');
    expect(at.th.projection.outbound.get(`${TH}/${sent.id}`)?.emergency).toBe('Boat with children is sinking');
    await eventually(() => expect(stateOfCopy(copyAt(at, sent.id))).toBe('delivered'));
    expect(arrivalAt(at, sent.id)?.emergency).toBe(true);
    expect(await ledgerFindings(at.th)).toEqual([]);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('waits as ever without the emergency', async () => {
    const at = await scene();
    const sent = await at.th.relay.submit(rescue({ emergency: '' }));
    expect(sent).toMatchObject({ emergency: false, recipients: [{ outcome: Outcome.HELD }] });
  });

  it('needs no second person where a release would take two', async () => {
    const at = await scene({ th: lifeSavers('th', { persons: 2 }) });
    expect(await at.th.relay.submit(rescue())).toMatchObject({
      emergency: true,
      recipients: [{ outcome: Outcome.RELEASED }],
    });
  });

  it('is no emergency where nothing holds it: nobody reviews what anybody may send', async () => {
    const at = await scene({ th: exercises('th', 'releaseUnattended') });
    const sent = await at.th.relay.submit(rescue());
    expect(sent).toMatchObject({ emergency: false, recipients: [{ outcome: Outcome.RELEASED }] });
    expect(at.th.relay.reviews.list()).toEqual([]);
    await eventually(() => expect(arrivalAt(at, sent.id)?.deliveredMs).toBeTypeOf('number'));
    expect(arrivalAt(at, sent.id)?.emergency).toBe(false);
  });

  it("never goes past a nation's rule that forbids it to go, nor shows a part that may not be shown", async () => {
    const release = forbid('th', 'never', 'release', 'context.message.persons');
    const text = forbid('th', 'no-text', 'disclose', 'context.part.category == DataCategory::"free_text"');
    const at = await scene({ th: lifeSavers('th', { more: [release, text] }) });
    const person = { label: 'P', role: SubjectRole.SUSPECT, person: { familyName: 'Doe' } };
    const refused = await at.th.relay.submit(rescue({ alert: { subjects: [person as Alert['subjects'][number]] } }));
    expect(refused).toMatchObject({ emergency: false, recipients: [{ outcome: Outcome.REFUSED }] });
    const sent = await at.th.relay.submit(rescue({ alert: { narrative: 'Harvest moon' } }));
    expect(sent).toMatchObject({ emergency: true, recipients: [{ outcome: Outcome.RELEASED }] });
    await eventually(() => expect(arrivalAt(at, sent.id)?.deliveredMs).toBeTypeOf('number'));
    expect((await at.la.relay.read(TH, sent.id)).body).toMatchObject({ narrative: '' });
  });

  it('never goes past the baseline', async () => {
    const at = await scene();
    const person = { person: { familyName: 'Doe', protectionStatus: 1, protectionSoughtFrom: ['LA'] } };
    const subject = { label: 'P', role: SubjectRole.SUSPECT, ...person } as unknown as Alert['subjects'][number];
    const sent = await at.th.relay.submit(rescue({ alert: { subjects: [subject] } }));
    expect(sent).toMatchObject({ emergency: false, recipients: [{ outcome: Outcome.REFUSED }] });
    expect(sent.recipients[0]?.decision.policies).toContain('baseline.not-to-the-state-of-persecution');
  });

  it('does not go past a hold of the baseline, alone or beside one of the nation', async () => {
    for (const th of [lifeSavers('th'), exercises('th', 'releaseUnattended')]) {
      const at = await scene({ th });
      const restricted = { handling: HandlingCode.H3, caveat: 'Only the officer on duty' };
      const sent = await at.th.relay.submit(rescue(restricted));
      expect(sent).toMatchObject({ emergency: false, recipients: [{ outcome: Outcome.HELD }] });
      expect(sent.recipients[0]?.decision.policies).toContain('baseline.caveat-is-read-by-a-person');
      expect(at.th.relay.reviews.list()).toEqual([]);
      await at.close();
    }
  });

  it.each([Purpose.INVESTIGATION, Purpose.VICTIM_PROTECTION, Purpose.BORDER_CONTROL])(
    'is for danger to life alone (purpose %i)',
    async (purpose) => {
      const at = await scene();
      expect(await codeOf(at.th.relay.submit(rescue({ purpose })))).toBe('HOLD_EMERGENCY_PURPOSE');
      expect(await codeOf(at.th.relay.preview(rescue({ purpose })))).toBe('HOLD_EMERGENCY_PURPOSE');
    },
  );

  it('does not go past a hold of the other office', async () => {
    const at = await scene({
      th: lifeSavers('th'),
      la: bundleOf(
        'la',
        1,
        permitAll('la'),
        forbid('la', 'held', 'admitUnattended', 'context.message.purpose == Purpose::"life_safety"'),
      ),
    });
    const { id } = await at.th.relay.submit(rescue());
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('accepted'));
    expect(arrivalAt(at, id)?.deliveredMs).toBeNull();
    expect(at.la.relay.reviews.list()).toMatchObject([{ state: 'open' }]);
  });

  it('is answered as the first time under its key', async () => {
    const at = await scene();
    const keyed = rescue({ idempotencyKey: 'k1' });
    const first = await at.th.relay.submit(keyed);
    expect(await at.th.relay.submit(keyed)).toMatchObject({ id: first.id, emergency: true, repeated: true });
    expect(at.th.relay.reviews.list()).toHaveLength(1);
  });
});

describe('the reviews that are open', () => {
  it('keep an officer from the next emergency once they are as many as the nation sets, and name which', async () => {
    const at = await scene({ th: lifeSavers('th', { openReviews: 2 }) });
    const first = await at.th.relay.submit(rescue());
    const second = await at.th.relay.submit(rescue());
    const refused = await at.th.relay.submit(rescue()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'HOLD_REVIEWS_OPEN', context: { reviews: `${first.id} ${second.id}` } });
    expect((await at.th.relay.submit(rescue({ submittedBy: 'officer-2' }))).emergency).toBe(true);
    // What nothing holds goes as ever, whoever asked for more.
    at.th.gates = createGates({ baseline: baselineBundle(), nation: exercises('th', 'releaseUnattended') });
    expect((await at.th.relay.submit(rescue())).emergency).toBe(false);
    at.th.gates = createGates({ baseline: baselineBundle(), nation: lifeSavers('th', { openReviews: 2 }) });
    await close(at.th, first.id);
    expect((await at.th.relay.submit(rescue())).emergency).toBe(true);
  });

  it('do so however many emergencies race, and after a restart', async () => {
    const at = await scene({ th: lifeSavers('th', { openReviews: 1 }) });
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => at.th.relay.submit(rescue())));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(at.th.projection.outbound.size).toBe(1);
    await at.kill(at.th);
    expect(await codeOf(at.th.relay.submit(rescue()))).toBe('HOLD_REVIEWS_OPEN');
  });

  it('of an exercise keep nobody from help', async () => {
    const at = await scene({ th: lifeSavers('th', { openReviews: 1 }) });
    expect((await at.th.relay.submit(rescue({ drill: true }))).emergency).toBe(true);
    expect(await codeOf(at.th.relay.submit(rescue({ drill: true })))).toBe('HOLD_REVIEWS_OPEN');
    expect((await at.th.relay.submit(rescue())).emergency).toBe(true);
  });
});

describe('the law that changes while an emergency is signed', () => {
  it('never holds it for want of a mark', async () => {
    const at = await scene({ th: exercises('th', 'releaseUnattended') });
    const lax = at.th.gates;
    const strict = createGates({ baseline: baselineBundle(), nation: lifeSavers('th') });
    let asked = 0;
    Object.defineProperty(at.th, 'gates', { get: () => (asked++ === 0 ? lax : strict) });
    const sent = await at.th.relay.submit(rescue());
    expect(sent).toMatchObject({ emergency: true, recipients: [{ to: LA, outcome: Outcome.RELEASED }] });
  });
});
