import { afterEach, describe, expect, it } from 'vitest';
import { type EnvelopeId, newEnvelopeId } from '../../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../../services/core/ledger/index.ts';
import type { SubmissionInput } from '../../../services/core/relay/index.ts';
import { assertVersionInPlace, versionsOf } from '../../../services/core/relay/versions.ts';
import { MessageKind, MessageType, Outcome, RecallAction, RecallGround } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { codeOf } from '../ledger/fixtures.ts';
import { LA, MM, TH } from '../trust/fixtures.ts';
import { hostileOffice } from './hostile-office.ts';
import { exercises } from './test-bundles.ts';
import { type ThreeOffices, threeOffices } from './three-offices.ts';
import { arrivalAt, copyAt, submission, type TwoOffices, type TwoOfficesOptions, twoOffices } from './two-offices.ts';

let offices: TwoOffices | ThreeOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

async function two(options: TwoOfficesOptions = {}): Promise<TwoOffices> {
  const at = await twoOffices(options);
  offices = at;
  return at;
}

const update = (supersedes: EnvelopeId, more: Partial<SubmissionInput> = {}): SubmissionInput =>
  submission({ recipients: [], supersedes, alert: { messageType: MessageType.CORRECTION }, ...more });

const contextOf = async (promise: Promise<unknown>): Promise<unknown> =>
  await promise.then(
    () => undefined,
    ({ code, context }) => ({ code, context }),
  );

describe('an update, cancellation or correction', () => {
  it('goes to whoever has what it changes, and stands beside it at both offices', async () => {
    const at = await two();
    const first = await at.th.relay.submit(submission({ alert: { headline: 'As it was first said' } }));
    const second = await at.th.relay.submit(update(first.id));
    const third = await at.th.relay.submit(update(second.id));
    expect(third.recipients).toMatchObject([{ to: LA, outcome: Outcome.RELEASED }]);
    await eventually(() => expect(stateOfCopy(copyAt(at, third.id))).toBe('delivered'));
    const ids = [first.id, second.id, third.id];
    for (const { projection } of [at.th, at.la]) {
      for (const id of ids) {
        const message = projection.outbound.get(messageKey(TH, id)) ?? projection.inbound.get(messageKey(TH, id));
        expect(versionsOf(projection, message as never).map((version) => version.id)).toEqual(ids);
      }
    }
    expect(await at.la.relay.read(TH, first.id)).toMatchObject({ body: { headline: 'As it was first said' } });
    expect(await at.la.relay.read(TH, third.id)).toMatchObject({ header: { supersedes: second.id } });
  });

  it('is for exactly the offices that had it held or released', async () => {
    const at = await threeOffices({ th: exercises('th', 'releaseUnattended') });
    offices = at;
    const held = await at.th.relay.submit(submission({ recipients: [LA, MM], drill: true }));
    const also = await at.th.relay.submit(update(held.id, { recipients: [MM, LA], drill: true }));
    expect(also.recipients.map(({ to }) => to).sort()).toEqual([LA, MM].sort());
    const one = await at.th.relay.submit(submission({ recipients: [LA] }));
    expect(await contextOf(at.th.relay.submit(update(one.id, { recipients: [MM] })))).toEqual({
      code: 'RELAY_AUDIENCE_DIFFERS',
      context: { missing: LA, surplus: MM },
    });
    expect(await contextOf(at.th.relay.submit(update(one.id, { recipients: [LA, MM] })))).toMatchObject({
      context: { missing: '', surplus: MM },
    });
    expect((await at.th.relay.preview(update(one.id))).map(({ to }) => to)).toEqual([LA]);
  });

  it('leaves out an office for which it was rejected', async () => {
    const at = await two({ th: exercises('th', 'releaseUnattended') });
    const { id } = await at.th.relay.submit(submission({ drill: true }));
    await at.th.relay.reject({ direction: 'outbound', origin: TH, id, peer: LA }, 'supervisor-1', 'no');
    expect((await at.th.relay.submit(update(id, { drill: true }))).recipients).toEqual([]);
  });

  it('makes one line of versions: who comes second is told the newest', async () => {
    const at = await two();
    const first = await at.th.relay.submit(submission());
    const second = await at.th.relay.submit(update(first.id));
    const third = await at.th.relay.submit(update(second.id));
    expect(await contextOf(at.th.relay.submit(update(first.id)))).toEqual({
      code: 'RELAY_UPDATE_BRANCHES',
      context: { newest: third.id },
    });
    const both = await Promise.allSettled([1, 2, 3].map(() => at.th.relay.submit(update(third.id))));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('changes only what this office said, of the same kind, and was not called back', async () => {
    const at = await two();
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(arrivalAt(at, id)).toBeDefined());
    expect(await codeOf(at.la.relay.submit(update(id)))).toBe('RELAY_REFERENCE_UNKNOWN');
    expect(await codeOf(at.th.relay.submit(update(id, { kind: MessageKind.REQUEST })))).toBe('RELAY_UPDATE_MISPLACED');
    await at.th.relay.recalls.recall({
      submittedBy: 'supervisor-1',
      id,
      action: RecallAction.RESTRICT,
      ground: RecallGround.INCORRECT,
      answerByMs: null,
      text: '',
      textLanguage: '',
      idempotencyKey: '',
      submissionDigest: '0'.repeat(64) as never,
    });
    expect(await codeOf(at.th.relay.submit(update(id)))).toBe('RECALL_RECALLED');
  });
});

describe('assertVersionInPlace', () => {
  const arriving = (id: string, supersedes: string, kind: MessageKind = MessageKind.ALERT) =>
    ({ origin: TH, envelopeId: id, kind, header: { supersedes } }) as never;
  const known = (...entries: readonly (readonly [string, string])[]) => ({
    projection: {
      inbound: new Map(
        entries.map(([id, supersedes]) => [
          messageKey(TH, id),
          { origin: TH, id, supersedes, kind: MessageKind.ALERT },
        ]),
      ),
    } as never,
  });
  const code = (value: string) => expect.objectContaining({ code: value });

  it('takes what changes something that is not here', () => {
    expect(() => assertVersionInPlace(known(), arriving('b', 'a'))).not.toThrow();
    expect(() => assertVersionInPlace(known(['b', 'a']), arriving('c', 'b'))).not.toThrow();
  });

  it('refuses what comes before itself, however long the way round', () => {
    expect(() => assertVersionInPlace(known(['b', 'a']), arriving('a', 'b'))).toThrow(code('RELAY_UPDATE_CIRCULAR'));
    expect(() => assertVersionInPlace(known(['d', 'c'], ['c', 'b'], ['b', 'a']), arriving('a', 'd'))).toThrow(
      code('RELAY_UPDATE_CIRCULAR'),
    );
  });

  it('refuses what changes one that comes before itself, and comes to an end', () => {
    expect(() => assertVersionInPlace(known(['a', 'b'], ['b', 'a']), arriving('c', 'a'))).toThrow(
      code('RELAY_UPDATE_CIRCULAR'),
    );
  });

  it('refuses two that come before each other in one frame', async () => {
    const at = await two();
    const hostile = hostileOffice(at.la, at.th, at.laToTh);
    at.la.relay = { ...at.la.relay, close: async () => undefined };
    const ids = [1, 2, 3].map(() => newEnvelopeId(at.la.clock)) as [EnvelopeId, EnvelopeId, EnvelopeId];
    const [a, b, c] = await Promise.all([
      hostile.crossing(1, { id: ids[0], header: { supersedes: ids[1] } }),
      hostile.crossing(2, { id: ids[1], header: { supersedes: ids[0] } }),
      hostile.crossing(3, { id: ids[2] }),
    ]);
    const items = [a, b, c].map(({ bytes }) => bytes);
    hostile.send(await hostile.frame({ items }), items);
    await eventually(() => expect(at.th.projection.inbound.has(messageKey(LA, ids[2]))).toBe(true));
    expect(at.th.seen).toContainEqual(
      expect.objectContaining({
        event: 'failedCrossing',
        facts: expect.objectContaining({ code: 'RELAY_UPDATE_CIRCULAR' }),
      }),
    );
    expect(at.th.projection.inbound.has(messageKey(LA, ids[1]))).toBe(false);
  });

  it('refuses what changes a message of another kind', () => {
    expect(() => assertVersionInPlace(known(['a', '']), arriving('b', 'a', MessageKind.REQUEST))).toThrow(
      code('RELAY_UPDATE_MISPLACED'),
    );
  });
});
