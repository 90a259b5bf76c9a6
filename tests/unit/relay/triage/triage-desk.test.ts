import { afterEach, describe, expect, it } from 'vitest';
import type { EnvelopeId } from '../../../../services/core/foundation/index.ts';
import { messageKey } from '../../../../services/core/ledger/index.ts';
import type { TriageError, TriageInput } from '../../../../services/core/relay/index.ts';
import { triageDesk } from '../../../../services/core/relay/triage/index.ts';
import {
  CrimeArea,
  MessageKind,
  RecallAction,
  RecallGround,
  RecallOutcome,
  RetentionGround,
  TriageAction,
  TriageOutcome,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { codeOf } from '../../ledger/fixtures.ts';
import { TH } from '../../trust/fixtures.ts';
import { rebuilt } from '../projection-snapshot.ts';
import { arrivalAt, ledgerFindings, submission, type TestRelay, type TwoOffices, twoOffices } from '../two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

const SECRET = 'He keeps the pickup behind the sawmill';
const NO_DIGEST = '0'.repeat(64) as never;

/** An alert of th that la has. */
async function scene(): Promise<TwoOffices & { readonly id: EnvelopeId }> {
  offices = await twoOffices();
  const { id } = await offices.th.relay.submit(submission());
  await eventually(() => expect(arrivalAt(offices as TwoOffices, id)?.deliveredMs).toBeTypeOf('number'));
  return { ...offices, id };
}

const step = (id: EnvelopeId, given: Partial<TriageInput>): TriageInput => ({
  origin: TH,
  id,
  officer: 'officer-1',
  action: TriageAction.ASSIGN,
  step: 0,
  assignee: '',
  caseReference: '',
  note: '',
  noteLanguage: '',
  outcome: TriageOutcome.UNSPECIFIED,
  agencies: [],
  ...given,
});
const note = (id: EnvelopeId, at = 0): TriageInput =>
  step(id, { action: TriageAction.NOTE, note: SECRET, noteLanguage: 'en', step: at });
const close = (id: EnvelopeId, at: number): TriageInput =>
  step(id, { action: TriageAction.CLOSE, outcome: TriageOutcome.SEIZURE, step: at });
const holdsSecret = ({ batches }: TestRelay): boolean =>
  [...batches.batches.values()].some(({ bytes }) => Buffer.from(bytes).includes(SECRET));
const firstNote = async ({ relay, projection }: TestRelay, id: EnvelopeId) => {
  const found = projection.triage.of(messageKey(TH, id))?.steps.find(({ action }) => action === TriageAction.NOTE);
  return found === undefined ? undefined : await relay.triage.readNote(found);
};

describe('TriageDesk.take', () => {
  it('keeps what every officer did in order, over a restart too', async () => {
    const { la, id } = await scene();
    const { take } = la.relay.triage;
    await take(step(id, { assignee: 'officer-2' }));
    await take(step(id, { action: TriageAction.CASE, caseReference: 'NK-2026-7', step: 1 }));
    await take(note(id, 2));
    await take(step(id, { action: TriageAction.RESTRICT, agencies: ['narcotics'], step: 3 }));
    const view = await take(close(id, 4));
    expect(view).toMatchObject({
      assignee: 'officer-2',
      caseReference: 'NK-2026-7',
      restrictedTo: ['narcotics'],
      notes: 1,
      closed: { by: 'officer-1', outcome: TriageOutcome.SEIZURE },
    });
    expect(view.steps.map((one) => one.step)).toEqual([1, 2, 3, 4, 5]);
    expect((await take(step(id, { action: TriageAction.REOPEN, step: 5 }))).closed).toBeNull();
    expect((await rebuilt(la)).triage.of(messageKey(TH, id))).toEqual(la.projection.triage.of(messageKey(TH, id)));
    expect(await ledgerFindings(la)).toEqual([]);
    expect(la.seen.filter(({ event }) => event === 'triaged')).toHaveLength(6);
  });

  it('is a matter of the office alone', async () => {
    const { th, la, id } = await scene();
    await la.relay.triage.take(note(id));
    expect(th.projection.triage.of(messageKey(TH, id))).toBeUndefined();
    expect((await th.relay.triage.take(step(id, { assignee: 'officer-3' }))).steps).toHaveLength(1);
  });

  it('puts only what belongs to the action on record', async () => {
    const { la, id } = await scene();
    const given = { assignee: 'officer-2', caseReference: 'X', agencies: ['narcotics'], outcome: TriageOutcome.ARREST };
    const { steps } = await la.relay.triage.take(step(id, { ...given, action: TriageAction.CASE }));
    const none = { assignee: '', agencies: [], outcome: TriageOutcome.UNSPECIFIED, note: null };
    expect(steps[0]).toMatchObject({ ...none, caseReference: 'X' });
  });

  it('lets one of two who act on one state succeed, and tells the other who did what', async () => {
    const { la, id } = await scene();
    const results = await Promise.allSettled(
      ['officer-1', 'officer-2', 'officer-3'].map((officer) =>
        la.relay.triage.take(step(id, { officer, assignee: officer })),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    const refusal = (results[1] as PromiseRejectedResult).reason as TriageError;
    expect(refusal.code).toBe('TRIAGE_CONFLICT');
    expect(refusal.context).toMatchObject({ officer: 'officer-1', action: TriageAction.ASSIGN, step: 1 });
    expect(la.projection.triage.of(messageKey(TH, id))?.assignee).toBe('officer-1');
  });

  it('refuses a step beyond what there is', async () => {
    const { la, id } = await scene();
    expect(await codeOf(la.relay.triage.take(step(id, { step: 3 })))).toBe('TRIAGE_CONFLICT');
  });

  it('closes what is open and opens what is closed', async () => {
    const { la, id } = await scene();
    const reopen = (at: number) => la.relay.triage.take(step(id, { action: TriageAction.REOPEN, step: at }));
    expect(await codeOf(reopen(0))).toBe('TRIAGE_NOT_CLOSED');
    await la.relay.triage.take(close(id, 0));
    expect(await codeOf(la.relay.triage.take(close(id, 1)))).toBe('TRIAGE_CLOSED');
    await reopen(1);
    expect(await codeOf(reopen(2))).toBe('TRIAGE_NOT_CLOSED');
  });

  it('wants the words of a note and the outcome of what is closed', async () => {
    const { la, id } = await scene();
    const wanted = (given: Partial<TriageInput>) =>
      la.relay.triage.take(step(id, given)).catch((error: TriageError) => [error.code, error.context['field']]);
    expect(await wanted({ action: TriageAction.NOTE })).toEqual(['TRIAGE_FIELD_MISSING', 'note']);
    expect(await wanted({ action: TriageAction.CLOSE })).toEqual(['TRIAGE_FIELD_MISSING', 'outcome']);
  });

  it('knows no message that is not here', async () => {
    const { la } = await scene();
    const other = '019a0000-0000-7000-8000-000000000001' as EnvelopeId;
    expect(await codeOf(la.relay.triage.take(step(other, {})))).toBe('RELAY_MESSAGE_UNKNOWN');
  });

  it('keeps the words of a note as long as the message, and takes none when that is over', async () => {
    const { la, id } = await scene();
    await la.relay.triage.take(note(id));
    expect(await firstNote(la, id)).toEqual({ state: 'present', text: SECRET, language: 'en' });
    const { steps } = la.projection.triage.of(messageKey(TH, id)) ?? { steps: [] };
    expect(steps[0]?.note?.day).toBe(arrivalAt(offices as TwoOffices, id)?.content?.day);
    la.clock.skip(400 * 86_400_000);
    expect(await codeOf(la.relay.triage.take(note(id, 1)))).toBe('TRIAGE_CONTENT_ENDED');
  });

  it('takes notes off the disk with the body that a recall erases, and no more of them afterwards', async () => {
    const { th, la, id } = await scene();
    await la.relay.triage.take(note(id));
    await th.relay.triage.take(note(id));
    const ordered = await th.relay.recalls.recall({
      submittedBy: 'supervisor-1',
      id,
      action: RecallAction.DELETE,
      ground: RecallGround.INCORRECT,
      answerByMs: null,
      text: '',
      textLanguage: '',
      idempotencyKey: '',
      submissionDigest: NO_DIGEST,
    });
    await eventually(() => expect(arrivalAt(offices as TwoOffices, ordered.id)?.deliveredMs).toBeTypeOf('number'));
    const none = { ground: RetentionGround.UNSPECIFIED, text: '', textLanguage: '' };
    const answer = { answeredBy: 'supervisor-2', origin: TH, id: ordered.id, outcome: RecallOutcome.DONE, ...none };
    await la.relay.recalls.answer(answer);
    await eventually(() => expect([holdsSecret(la), holdsSecret(th)]).toEqual([false, false]));
    expect(await firstNote(la, id)).toEqual({ state: 'erased' });
    expect(await codeOf(la.relay.triage.take(note(id, 1)))).toBe('TRIAGE_CONTENT_ENDED');
    expect((await la.relay.triage.take(close(id, 1))).notes).toBe(1);
    expect((await rebuilt(la)).triage.of(messageKey(TH, id))).toEqual(la.projection.triage.of(messageKey(TH, id)));
  });

  it('bounds what is done with one message', async () => {
    const { la, id } = await scene();
    for (let at = 0; at < 500; at++) await la.relay.triage.take(step(id, { assignee: `officer-${at}`, step: at }));
    expect(await codeOf(la.relay.triage.take(step(id, { step: 500 })))).toBe('TRIAGE_TOO_MUCH');
  });
});

describe('triageDesk', () => {
  const taken = async (message: object): Promise<string> => {
    const id = '019a0000-0000-7000-8000-000000000001' as EnvelopeId;
    const projection = {
      outbound: new Map(),
      inbound: new Map([[messageKey(TH, id), message]]),
      triage: { of: () => undefined },
    };
    const desk = { commit: async (prepare: (round: object) => unknown) => prepare({ at: 0 }) };
    const parts = { projection, desk, events: { triaged: () => undefined } };
    return await codeOf(triageDesk(parts as never).take(step(id, {})));
  };

  it('leaves what is worked on in operations, and what was not let in, alone', async () => {
    const here = { direction: 'inbound', kind: MessageKind.ALERT, deliveredMs: 1 };
    expect(await taken(here)).toBe('resolved');
    expect(await taken({ ...here, kind: MessageKind.OPERATION_POST })).toBe('TRIAGE_KIND_UNFIT');
    expect(await taken({ ...here, deliveredMs: null })).toBe('TRIAGE_NOT_DELIVERED');
  });
});

describe('the crime area of a message', () => {
  it('is on record at both offices', async () => {
    const { th, la, id } = await scene();
    const own = th.projection.outbound.get(messageKey(TH, id))?.crimeArea;
    expect(own).not.toBe(CrimeArea.UNSPECIFIED);
    expect(la.projection.inbound.get(messageKey(TH, id))?.crimeArea).toBe(own);
    expect((await rebuilt(la)).inbound.get(messageKey(TH, id))?.crimeArea).toBe(own);
  });
});
