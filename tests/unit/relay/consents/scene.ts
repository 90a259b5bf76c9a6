import { expect } from 'vitest';
import type { Digest, EnvelopeId, EpochMs } from '../../../../services/core/foundation/index.ts';
import { type InboundMessageView, messageKey } from '../../../../services/core/ledger/index.ts';
import type { ConsentAnswerInput, ConsentRequestInput } from '../../../../services/core/relay/index.ts';
import { consentsOf, openingsOf } from '../../../../services/core/relay/index.ts';
import {
  DataCategory,
  HandlingCode,
  Purpose,
  type RecallAction,
  RecallGround,
  RefusalGround,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { LA, MM, TH } from '../../trust/fixtures.ts';
import type { ThreeOffices } from '../three-offices.ts';
import { submission, type TestRelay } from '../two-offices.ts';

export const code = (value: string, context: object = {}) =>
  expect.objectContaining({ code: value, context: expect.objectContaining(context) });

const said = {
  text: 'They work for the same people.',
  textLanguage: 'en',
  idempotencyKey: '',
  submissionDigest: '0'.repeat(64) as Digest,
};

export const ALL = [DataCategory.CORE, DataCategory.FREE_TEXT, DataCategory.TRANSPORT];

/** Waits until that office has the message in its inbox. */
export async function inInbox(office: TestRelay, origin: string, id: string): Promise<InboundMessageView> {
  return await eventually(() => {
    const found = office.projection.inbound.get(messageKey(origin, id));
    expect(found?.deliveredMs ?? null).not.toBeNull();
    return found as InboundMessageView;
  });
}

/** la says something to th. */
export async function reported(at: ThreeOffices, handling: HandlingCode = HandlingCode.H2): Promise<EnvelopeId> {
  const { id } = await at.la.relay.submit(submission({ recipients: [TH], handling }));
  await inInbox(at.th, LA, id);
  return id;
}

/** th asks la to let it go on to mm; resolves when la has the request and th knows. */
export async function asked(
  at: ThreeOffices,
  id: EnvelopeId,
  init: Partial<ConsentRequestInput> = {},
): Promise<EnvelopeId> {
  const request = await at.th.relay.consents.ask({
    ...said,
    submittedBy: 'officer-2',
    origin: LA,
    id,
    recipient: MM,
    purpose: Purpose.INVESTIGATION,
    untilMs: null,
    categories: ALL,
    ...init,
  });
  await inInbox(at.la, TH, request.id);
  await eventually(() => expect(statesOf(at, request.id)).not.toContain('sending'));
  return request.id;
}

export const answer = (at: ThreeOffices, request: EnvelopeId, init: Partial<ConsentAnswerInput> = {}) =>
  at.la.relay.consents.answer({
    ...said,
    submittedBy: 'supervisor-1',
    id: request,
    holder: null,
    granted: true,
    ground: RefusalGround.UNSPECIFIED,
    categories: [],
    notBeforeMs: null,
    notAfterMs: null,
    ...init,
  });

/** la answers, and th has the answer. */
export async function answered(
  at: ThreeOffices,
  request: EnvelopeId,
  init: Partial<ConsentAnswerInput> = {},
): Promise<EnvelopeId> {
  const { id } = await answer(at, request, init);
  await inInbox(at.th, LA, id);
  return id;
}

/** th passes it on to mm. */
export const onward = (at: ThreeOffices, id: EnvelopeId, purpose: Purpose = Purpose.INVESTIGATION) =>
  at.th.relay.consents.forward({ origin: LA, id, recipient: MM, purpose, reason: 'same gang', by: 'officer-2' });

/** la calls something back, and th knows. */
export async function recalled(at: ThreeOffices, id: EnvelopeId, action: RecallAction): Promise<void> {
  const order = { id, action, ground: RecallGround.INCORRECT, answerByMs: null };
  const { id: recall } = await at.la.relay.recalls.recall({ ...said, submittedBy: 'supervisor-1', ...order });
  await inInbox(at.th, LA, recall);
}

/** How a request for consent stands at both ends. */
export const statesOf = (at: ThreeOffices, request: EnvelopeId): readonly (string | undefined)[] =>
  [at.th, at.la].map(
    ({ projection, clock }) => consentsOf(projection, clock.now()).find((view) => view.request.id === request)?.state,
  );

/** th asks la for parts; resolves when la has the request and th knows. */
export async function askedToOpen(
  at: ThreeOffices,
  id: EnvelopeId,
  categories: readonly DataCategory[] = [DataCategory.TRANSPORT],
): Promise<EnvelopeId> {
  const request = await at.th.relay.consents.askToOpen({
    ...said,
    submittedBy: 'officer-2',
    origin: LA,
    id,
    categories,
  });
  await inInbox(at.la, TH, request.id);
  await eventually(() =>
    expect(openingsAt(at, request.id)).not.toContainEqual(expect.objectContaining({ state: 'sending' })),
  );
  return request.id;
}

export const open = (
  at: ThreeOffices,
  request: EnvelopeId,
  categories: readonly DataCategory[] = [],
  by = 'supervisor-1',
) =>
  at.la.relay.consents.open({
    id: request,
    holder: null,
    categories,
    by,
    reason: 'needed for the stop',
  });

/** How a request for parts stands at both ends, and what it opened. */
export const openingsAt = (at: ThreeOffices, request: EnvelopeId) =>
  [at.th, at.la].map(({ projection, clock }) => {
    const view = openingsOf(projection, clock.now()).find((found) => found.request.id === request);
    return { state: view?.state, opened: view?.opened };
  });

export const hours = (count: number): number => count * 3_600_000;
export const at = (ms: number): EpochMs => ms as EpochMs;
