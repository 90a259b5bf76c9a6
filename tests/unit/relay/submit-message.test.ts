import { afterEach, describe, expect, it } from 'vitest';
import { days, digestOf, later, utf8 } from '../../../services/core/foundation/index.ts';
import { stateOfCopy } from '../../../services/core/ledger/index.ts';
import { type Alert, Outcome, ReceiptKind } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { codeOf } from '../ledger/fixtures.ts';
import { PERSON, VEHICLE } from '../policy/fixtures.ts';
import { LA, MM, TH } from '../trust/fixtures.ts';
import { exercises, withholding } from './test-bundles.ts';
import {
  arrivalAt,
  copyAt,
  ledgerFindings,
  releaseShown,
  submission,
  type TwoOffices,
  type TwoOfficesOptions,
  twoOffices,
} from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

async function scene(options: TwoOfficesOptions = {}): Promise<TwoOffices> {
  offices = await twoOffices(options);
  return offices;
}

const UNKNOWN = '019cb000-0000-7000-8000-000000000009';
const keyed = (idempotencyKey: string, said: string, submittedBy = 'officer-1') =>
  submission({ idempotencyKey, submissionDigest: digestOf(utf8(said)), submittedBy });

describe('a submission', () => {
  it('is on disk with its signed acceptance when it is answered', async () => {
    const at = await scene();
    at.thToLa.up = false;
    const { id, acceptedMs, envelopeDigest, repeated } = await at.th.relay.submit(submission());
    expect(repeated).toBe(false);
    await at.kill(at.th);
    const message = at.th.projection.outbound.get(`${TH}/${id}`);
    expect(message).toMatchObject({
      envelopeDigest,
      submittedBy: 'officer-1',
      receipts: [{ kind: ReceiptKind.SUBMISSION_ACCEPTANCE, issuer: TH }],
    });
    expect(Math.abs((message?.acceptedMs ?? 0) - acceptedMs)).toBeLessThan(1000);
    expect((await at.th.relay.read(TH, id)).body).toMatchObject({ headline: 'Stolen pickup' });
  });

  it.each([
    ['to an office that is not a neighbour', { recipients: [LA, MM] }, 'RELAY_RECIPIENT_UNKNOWN'],
    ['that updates a message which is not known here', { supersedes: UNKNOWN }, 'RELAY_REFERENCE_UNKNOWN'],
    ['that answers a message which is not known here', { inReplyTo: UNKNOWN }, 'RELAY_REFERENCE_UNKNOWN'],
    ['that is over when it is made', { expiresMs: 1 as never }, 'RELAY_EXPIRY_INVALID'],
  ])('is refused %s, and nothing of it is recorded', async (_, init, code) => {
    const at = await scene();
    expect(await codeOf(at.th.relay.submit(submission(init)))).toBe(code);
    expect(await codeOf(at.th.relay.preview(submission(init)))).toBe(code);
    expect(at.th.projection.outbound.size).toBe(0);
  });

  it('is refused when its expiry lies beyond the furthest one, and taken up to there', async () => {
    const at = await scene();
    const now = at.th.clock.now();
    expect(await codeOf(at.th.relay.submit(submission({ expiresMs: later(later(now, days(30)), days(1)) })))).toBe(
      'RELAY_EXPIRY_INVALID',
    );
    expect((await at.th.relay.submit(submission({ expiresMs: later(now, days(30)) }))).recipients).toHaveLength(1);
  });

  it('may update and answer what is known here', async () => {
    const at = await scene();
    const { id } = await at.th.relay.submit(submission());
    const { id: update } = await at.th.relay.submit(submission({ supersedes: id }));
    await eventually(() => expect(arrivalAt(at, update)).toMatchObject({ supersedes: id }));
    const answer = await at.la.relay.submit(submission({ recipients: [TH], inReplyTo: id }));
    await eventually(() =>
      expect(at.th.projection.inbound.get(`${LA}/${answer.id}`)?.deliveredMs).toBeTypeOf('number'),
    );
  });

  it('gives a recipient who is named twice one copy', async () => {
    const at = await scene();
    const sent = await at.th.relay.submit(submission({ recipients: [LA, LA] }));
    expect(sent.recipients).toHaveLength(1);
    expect(await at.th.relay.preview(submission({ recipients: [LA, LA] }))).toHaveLength(1);
    await eventually(() => expect(stateOfCopy(copyAt(at, sent.id))).toBe('delivered'));
    expect(await ledgerFindings(at.th)).toEqual([]);
  });
});

describe('an idempotency key', () => {
  it('gives the first answer to the same submission, and sends nothing new', async () => {
    const at = await scene();
    const first = await at.th.relay.submit(keyed('k', 'a'));
    const again = await at.th.relay.submit(keyed('k', 'a'));
    expect(again).toEqual({ ...first, repeated: true });
    expect(at.th.projection.outbound.size).toBe(1);
  });

  it('gives the first answer after a restart too', async () => {
    const at = await scene();
    const first = await at.th.relay.submit(keyed('k', 'a'));
    await at.kill(at.th);
    const again = await at.th.relay.submit(keyed('k', 'a'));
    expect(again).toMatchObject({ id: first.id, envelopeDigest: first.envelopeDigest, repeated: true });
    expect(again.recipients.map(({ to, outcome }) => ({ to, outcome }))).toEqual([
      { to: LA, outcome: Outcome.RELEASED },
    ]);
    expect(at.th.projection.outbound.size).toBe(1);
  });

  it('gives all who submit at once the same message', async () => {
    const at = await scene();
    const answers = await Promise.all(Array.from({ length: 8 }, () => at.th.relay.submit(keyed('k', 'a'))));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1);
    expect(at.th.projection.outbound.size).toBe(1);
  });

  it('is refused for something else: before, at once and after a restart', async () => {
    const at = await scene();
    const both = await Promise.allSettled([at.th.relay.submit(keyed('k', 'a')), at.th.relay.submit(keyed('k', 'b'))]);
    expect(both.map((result) => (result.status === 'rejected' ? result.reason.code : 'accepted'))).toEqual([
      'accepted',
      'RELAY_IDEMPOTENCY_CONFLICT',
    ]);
    expect(await codeOf(at.th.relay.submit(keyed('k', 'c')))).toBe('RELAY_IDEMPOTENCY_CONFLICT');
    await at.kill(at.th);
    expect(await codeOf(at.th.relay.submit(keyed('k', 'b')))).toBe('RELAY_IDEMPOTENCY_CONFLICT');
  });

  it("is each submitter's own", async () => {
    const at = await scene();
    const [mine, theirs] = await Promise.all([
      at.th.relay.submit(keyed('k', 'a')),
      at.th.relay.submit(keyed('k', 'b', 'officer-2')),
    ]);
    expect(mine.id).not.toBe(theirs.id);
  });

  it('may be used again when the submission was not taken', async () => {
    const at = await scene();
    expect(await codeOf(at.th.relay.submit({ ...keyed('k', 'a'), recipients: [MM] }))).toBe('RELAY_RECIPIENT_UNKNOWN');
    expect((await at.th.relay.submit(keyed('k', 'b'))).repeated).toBe(false);
  });
});

describe('a preview', () => {
  const body = {
    subjects: [PERSON as Alert['subjects'][number], VEHICLE as Alert['subjects'][number]],
    narrative: 'seen at the pier',
    sourceDescription: 'a fisherman',
  };

  it.each([
    ['under the shipped laws', {}],
    ['where the law withholds more', { th: withholding('th', 'disclose', 'free_text') }],
  ])('shows exactly what is delivered, %s', async (_, laws) => {
    const at = await scene({ ...laws, la: exercises('la', 'admit') });
    const [shown] = await at.th.relay.preview(submission({ alert: body }));
    const sent = await at.th.relay.submit(submission({ alert: body }));
    expect(sent.recipients).toEqual([{ ...sent.recipients[0], outcome: shown?.outcome, withheld: shown?.withheld }]);
    if (sent.recipients[0]?.outcome === Outcome.HELD) {
      await releaseShown(at.th, { direction: 'outbound', origin: TH, id: sent.id, peer: LA });
    }
    await eventually(() => expect(arrivalAt(at, sent.id)?.deliveredMs).toBeTypeOf('number'));
    expect((await at.la.relay.read(TH, sent.id)).body).toEqual(shown?.body);
    expect(shown?.withheld.length).toBeGreaterThan(0);
  });

  it('shows no copy of what is refused, and leaves no trace', async () => {
    const at = await scene({ th: exercises('th', 'release') });
    const records = at.th.log.entries.length;
    const [shown] = await at.th.relay.preview(submission({ drill: true }));
    expect(shown).toMatchObject({ outcome: Outcome.REFUSED, body: null });
    expect(at.th.projection.outbound.size).toBe(0);
    expect(at.th.batches.batches.size).toBe(0);
    expect(at.th.log.entries.length - records).toBeLessThanOrEqual(1);
  });
});

describe('an office whose ledger cannot be written', () => {
  it('takes nothing any more, changes nothing, and nothing leaves it', async () => {
    const at = await scene({ th: exercises('th', 'releaseUnattended') });
    const held = await at.th.relay.submit(submission({ drill: true }));
    at.laToTh.up = false;
    at.th.log.failNext('answer lost before storing');
    expect(await codeOf(at.th.relay.submit(submission()))).toBe('RELAY_STOPPED');
    expect(at.th.relay.ready()).toBe(false);
    const sent = at.thToLa.log.length;
    expect(await codeOf(at.th.relay.submit(submission()))).toBe('RELAY_STOPPED');
    expect(await codeOf(at.th.relay.preview(submission()))).toBe('RELAY_STOPPED');
    expect(await codeOf(releaseShown(at.th, { direction: 'outbound', origin: TH, id: held.id, peer: LA }))).toBe(
      'RELAY_STOPPED',
    );
    expect(
      await codeOf(
        at.th.relay.reject({ direction: 'outbound', origin: TH, id: held.id, peer: LA }, 'supervisor-1', ''),
      ),
    ).toBe('RELAY_STOPPED');
    expect(await codeOf(at.th.relay.retrieve(LA, held.id, 'a'))).toBe('RELAY_STOPPED');
    at.th.relay.linkChanged(LA, true);
    await at.restart(at.la);
    expect(at.thToLa.log.length).toBe(sent);
    expect(at.th.seen.filter((entry) => entry.event === 'alarm')).toMatchObject([
      { facts: { code: 'LEDGER_APPEND_FAILED', office: TH } },
    ]);
    await at.restart(at.th);
    expect((await at.th.relay.submit(submission())).repeated).toBe(false);
  });

  it('says so to whoever waits when it is closed', async () => {
    const at = await scene();
    const under = at.th.relay.submit(submission()).then(
      () => 'accepted',
      (cause) => cause.code,
    );
    await at.th.relay.close();
    expect(['accepted', 'RELAY_STOPPED']).toContain(await under);
    expect(await codeOf(at.th.relay.submit(submission()))).toBe('RELAY_STOPPED');
    await at.restart(at.th);
  });
});

describe('an office whose content store is full', () => {
  it('takes no submission, stays in service, and takes them again when there is room', async () => {
    const at = await scene();
    at.th.batches.failPuts(true);
    expect(await codeOf(at.th.relay.submit(submission()))).toBe('LEDGER_CONTENT_PUT_FAILED');
    expect(at.th.relay.ready()).toBe(true);
    at.th.batches.failPuts(false);
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    expect(await ledgerFindings(at.th)).toEqual([]);
  });
});
