import { afterEach, describe, expect, it } from 'vitest';
import type { EnvelopeId, OfficeId } from '../../../../services/core/foundation/index.ts';
import { messageKey } from '../../../../services/core/ledger/index.ts';
import { consentsOf } from '../../../../services/core/relay/index.ts';
import {
  DataCategory,
  HandlingCode,
  MessageKind,
  Outcome,
  Precedence,
  Purpose,
  RecallAction,
  RecallGround,
  RefusalGround,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { LA, MM, TH } from '../../trust/fixtures.ts';
import { withholding } from '../test-bundles.ts';
import { type ThreeOffices, threeOffices } from '../three-offices.ts';
import { ledgerFindings, submission } from '../two-offices.ts';
import { ALL, answer, answered, asked, code, hours, onward, reported, statesOf } from './scene.ts';

let at: ThreeOffices;
afterEach(() => at.close());

/** How what th said to la ended: the reason of la's negative receipt. */
async function reasonOf(id: EnvelopeId): Promise<string | undefined> {
  return await eventually(() => {
    const [receipt] = at.th.projection.outbound.get(messageKey(TH, id))?.copies.get(LA)?.receipts ?? [];
    expect(receipt).toBeDefined();
    return receipt?.reason;
  });
}

/** th says something about control as no door of its own would. */
const saidByTh = (kind: MessageKind, terms: object) =>
  at.th.relay.submit(submission({ recipients: [LA], kind, body: { terms, crimeArea: 1, text: '', textLanguage: '' } }));

const refOf = (id: EnvelopeId, digest?: Uint8Array) => ({
  origin: LA,
  id,
  digest:
    digest ??
    Uint8Array.from(Buffer.from(at.la.projection.outbound.get(messageKey(LA, id))?.envelopeDigest ?? '', 'hex')),
});

describe('a request for consent', () => {
  it('is asked, granted and over, and both offices say the same at every step', async () => {
    at = await threeOffices();
    const id = await reported(at);
    const request = await asked(at, id);
    await eventually(() => expect(statesOf(at, request)).toEqual(['asked', 'asked']));
    await answered(at, request);
    await eventually(() => expect(statesOf(at, request)).toEqual(['granted', 'granted']));
    at.skip(hours(24.5));
    expect(statesOf(at, request)).toEqual(['ended', 'ended']);
    for (const test of at.all) expect(await ledgerFindings(test)).toEqual([]);
  });

  it('is the same after a restart of both', async () => {
    at = await threeOffices();
    const request = await asked(at, await reported(at));
    await answered(at, request, { granted: false, ground: RefusalGround.ONGOING_INVESTIGATION });
    await eventually(() => expect(statesOf(at, request)).toEqual(['refused', 'refused']));
    await at.restart(at.th);
    await at.kill(at.la);
    expect(statesOf(at, request)).toEqual(['refused', 'refused']);
    const [view] = consentsOf(at.th.projection, at.th.clock.now());
    expect(view).toMatchObject({
      side: 'asking',
      holder: TH,
      originator: LA,
      recipient: MM,
      answer: { granted: false, ground: RefusalGround.ONGOING_INVESTIGATION },
    });
  });

  it('lapses without an answer: that is no', async () => {
    at = await threeOffices();
    const id = await reported(at);
    const request = await asked(at, id, { untilMs: (at.th.clock.now() + hours(1)) as never });
    await eventually(() => expect(statesOf(at, request)).toEqual(['asked', 'asked']));
    at.skip(hours(1.1));
    expect(statesOf(at, request)).toEqual(['lapsed', 'lapsed']);
    await expect(answer(at, request)).rejects.toEqual(code('CONSENTS_LAPSED'));
    expect(await onward(at, id)).toMatchObject({ decision: { outcome: Outcome.REFUSED } });
  });

  it('is revoked by a recall of the consent', async () => {
    at = await threeOffices();
    const id = await reported(at);
    const request = await asked(at, id);
    const consent = await answered(at, request);
    await at.la.relay.recalls.recall({
      submittedBy: 'supervisor-1',
      id: consent,
      action: RecallAction.RESTRICT,
      ground: RecallGround.NO_LONGER_NEEDED,
      answerByMs: null,
      text: '',
      textLanguage: '',
      idempotencyKey: '',
      submissionDigest: '0'.repeat(64),
    } as never);
    await eventually(() => expect(statesOf(at, request)).toEqual(['revoked', 'revoked']));
    expect(await onward(at, id)).toMatchObject({ decision: { outcome: Outcome.REFUSED } });
  });

  it('is asked only of what may go on, for a third office, a time ahead and kinds of data that are here', async () => {
    at = await threeOffices({ la: withholding('la', 'disclose', 'transport') });
    const id = await reported(at);
    const now = at.th.clock.now();
    await expect(asked(at, id, { recipient: LA })).rejects.toEqual(code('CONSENTS_RECIPIENT_INVALID'));
    await expect(asked(at, id, { recipient: 'la-pakbeng' as OfficeId })).rejects.toEqual(
      code('RELAY_RECIPIENT_UNKNOWN'),
    );
    await expect(asked(at, id, { untilMs: (now - 1) as never })).rejects.toEqual(
      code('CONSENTS_TERMS_INVALID', { field: 'until' }),
    );
    await expect(asked(at, id, { untilMs: (now + hours(48)) as never })).rejects.toEqual(
      code('CONSENTS_TERMS_INVALID', { field: 'until' }),
    );
    for (const categories of [[DataCategory.FREE_TEXT], ALL]) {
      await expect(asked(at, id, { categories })).rejects.toEqual(
        code('CONSENTS_TERMS_INVALID', { field: 'categories' }),
      );
    }
    at.skip(hours(24.1));
    await expect(asked(at, id, { categories: [DataCategory.CORE] })).rejects.toEqual(code('CONSENTS_MESSAGE_ENDED'));
  });

  it('is answered once, by its originator, and only as it was asked', async () => {
    at = await threeOffices();
    const request = await asked(at, await reported(at), { categories: [DataCategory.CORE, DataCategory.TRANSPORT] });
    const now = at.la.clock.now();
    const invalid = (field: string) => code('CONSENTS_TERMS_INVALID', { field });
    await expect(answer(at, request, { granted: false })).rejects.toEqual(invalid('ground'));
    await expect(answer(at, request, { ground: RefusalGround.MINOR_OFFENCE })).rejects.toEqual(invalid('ground'));
    await expect(answer(at, request, { categories: ALL })).rejects.toEqual(invalid('categories'));
    await expect(answer(at, request, { categories: [DataCategory.TRANSPORT] })).rejects.toEqual(invalid('categories'));
    await expect(answer(at, request, { notAfterMs: (now - 1) as never })).rejects.toEqual(invalid('notAfter'));
    await expect(answer(at, request, { notAfterMs: (now + hours(72)) as never })).rejects.toEqual(invalid('notAfter'));
    await expect(answer(at, '01936f00-0000-7000-8000-000000000000' as EnvelopeId)).rejects.toEqual(
      code('CONSENTS_UNKNOWN'),
    );
    await expect(
      at.th.relay.consents.answer({
        submittedBy: 'x',
        text: '',
        textLanguage: '',
        idempotencyKey: '',
        submissionDigest: '0'.repeat(64) as never,
        id: request,
        holder: null,
        granted: true,
        ground: RefusalGround.UNSPECIFIED,
        categories: [],
        notBeforeMs: null,
        notAfterMs: null,
      }),
    ).rejects.toEqual(code('CONSENTS_NOT_ORIGINATOR'));
    const both = await Promise.allSettled([answer(at, request), answer(at, request)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(answer(at, request)).rejects.toEqual(code('CONSENTS_ANSWERED_ALREADY'));
  });

  it('is refused on arrival where it is about no message of ours that the asking office got', async () => {
    at = await threeOffices();
    const id = await reported(at);
    const terms = { recipient: MM, purpose: Purpose.INVESTIGATION, until: { seconds: 4e9, nanos: 0 }, categories: ALL };
    const stranger = '01936f00-0000-7000-8000-000000000000' as EnvelopeId;
    for (const target of [refOf(id, new Uint8Array(32)), refOf(stranger, new Uint8Array(32))]) {
      const said = await saidByTh(MessageKind.CONSENT_REQUEST, { ...terms, target });
      expect(await reasonOf(said.id)).toBe('CONSENTS_NOT_HELD_THERE');
      const parts = await saidByTh(MessageKind.PART_REQUEST, { target, categories: [DataCategory.TRANSPORT] });
      expect(await reasonOf(parts.id)).toBe('CONSENTS_NOT_HELD_THERE');
    }
    const back = await saidByTh(MessageKind.CONSENT_REQUEST, { ...terms, recipient: LA, target: refOf(id) });
    expect(await reasonOf(back.id)).toBe('CONSENTS_RECIPIENT_INVALID');
    const coreless = await saidByTh(MessageKind.CONSENT_REQUEST, {
      ...terms,
      categories: [DataCategory.TRANSPORT],
      target: refOf(id),
    });
    expect(await reasonOf(coreless.id)).toBe('CONSENTS_TERMS_INVALID');
  });

  it('takes no consent that it did not ask for, that says more, or that comes again', async () => {
    at = await threeOffices();
    const id = await reported(at);
    const request = await asked(at, id, { categories: [DataCategory.CORE] });
    const asking = at.th.projection.outbound.get(messageKey(TH, request));
    const digest = Uint8Array.from(Buffer.from(asking?.envelopeDigest ?? '', 'hex'));
    const seconds = Math.floor(at.la.clock.now() / 1000);
    const terms = {
      target: refOf(id),
      holder: TH,
      recipient: MM,
      purpose: Purpose.INVESTIGATION,
      notBefore: { seconds, nanos: 0 },
      notAfter: { seconds: seconds + 3600, nanos: 0 },
      categories: [DataCategory.CORE],
      granted: true,
      request: { origin: TH, id: request, digest },
    };
    const said = async (changes: object): Promise<string | undefined> => {
      const body = { terms: { ...terms, ...changes }, crimeArea: 1, text: '', textLanguage: '' };
      const sent = await at.la.relay.submit(
        submission({ recipients: [TH], kind: MessageKind.CONSENT, precedence: Precedence.ROUTINE, body }),
      );
      return await eventually(() => {
        const [receipt] = at.la.projection.outbound.get(messageKey(LA, sent.id))?.copies.get(TH)?.receipts ?? [];
        expect(receipt).toBeDefined();
        return receipt?.reason;
      });
    };
    const misplaced = [
      { request: null },
      { request: { origin: TH, id: request, digest: new Uint8Array(32) } },
      { target: refOf(id, new Uint8Array(32)) },
      { holder: MM },
      { recipient: LA },
      { purpose: Purpose.PROSECUTION },
      { categories: ALL },
    ];
    for (const changes of misplaced) expect(await said(changes)).toBe('CONSENTS_ANSWER_MISPLACED');
    expect(await said({ notAfter: null })).toBe('CONSENTS_TERMS_INVALID');
    expect(await said({ granted: false, categories: [] })).toBe('CONSENTS_TERMS_INVALID');
    expect(await said({})).toBe('');
    expect(await said({})).toBe('CONSENTS_ANSWERED_ALREADY');
    expect(await onward(at, id)).toMatchObject({ decision: { outcome: Outcome.RELEASED } });
  });

  it('keeps H0 free to go on without one', async () => {
    at = await threeOffices();
    const id = await reported(at, HandlingCode.H0);
    expect(await onward(at, id)).toMatchObject({ reliesOn: null, decision: { outcome: Outcome.RELEASED } });
  });
});
