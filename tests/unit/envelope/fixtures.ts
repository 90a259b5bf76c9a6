import {
  buildCrossing,
  type CrossingContext,
  composeMessage,
  type DecidedCrossing,
  type ExportableCrossing,
  type FrameDraft,
  laneOf,
  type MessageDraft,
  makeFrames,
  type OpenContext,
  type OpenedFrame,
  openFrame,
  receiveTransit,
  type SignedMessage,
  sealFrame,
  signMessages,
} from '../../../services/core/envelope/index.ts';
import { type EnvelopeId, later, pairScope, seconds } from '../../../services/core/foundation/index.ts';
import { headCache } from '../../../services/core/trust/index.ts';
import {
  CrimeArea,
  DataCategory,
  HandlingCode,
  type Lane,
  MessageKind,
  MessageType,
  Outcome,
  Precedence,
  Purpose,
} from '../../../services/core/wire/index.ts';
import { keysOf, LA, NOW, seededRandom, TH, testOffice } from '../trust/fixtures.ts';

export const th = testOffice(TH);
export const la = testOffice(LA);
export const keyOf = keysOf({ [TH]: th.signer, [LA]: la.signer }, { [TH]: th.drillSigner, [LA]: la.drillSigner });
export const SCOPE = pairScope(TH, LA);
export const CHAIN = new Uint8Array(16).fill(7);

export const ID = '01935f3c-a000-7abc-8def-0123456789ab' as EnvelopeId;

export function draft(header: Partial<MessageDraft['header']> = {}, body: unknown = alertBody()): MessageDraft {
  return {
    kind: MessageKind.ALERT,
    header: {
      id: ID,
      origin: TH,
      officer: 'duty-desk-1',
      purpose: Purpose.INVESTIGATION,
      handling: HandlingCode.H1,
      precedence: Precedence.PRIORITY,
      createdMs: NOW,
      expiresMs: later(NOW, seconds(3600)),
      caseReference: 'CK-2026/118',
      ...header,
    },
    body,
  };
}

/** An alert about a van and its driver: several categories, so that some can be withheld. */
export function alertBody(): Record<string, unknown> {
  return {
    messageType: MessageType.ALERT,
    crimeArea: CrimeArea.PEOPLE_SMUGGLING,
    narrative: 'White van crossed at dawn, eleven people on board.',
    narrativeLanguage: 'en',
    subjects: [
      { role: 1, person: { familyName: 'Example', givenNames: 'Driver', telephoneNumbers: ['+66 81 555 0101'] } },
      { role: 6, vehicle: { registration: '2KX 4471', nation: 'TH', make: 'Toyota' } },
    ],
  };
}

export async function signedMessage(
  from: MessageDraft = draft(),
  random = seededRandom('message'),
): Promise<SignedMessage> {
  const [message] = await signMessages(th.signer, TH, [composeMessage(from, random)], NOW);
  return message as SignedMessage;
}

export const agreement = { id: 'th-la-2026', version: 1, digest: new Uint8Array(32).fill(9), article: '3' };

/** As the export gate would decide: everything but these categories is disclosed. */
export function decided(
  message: SignedMessage,
  withhold: readonly DataCategory[] = [DataCategory.CONTACT],
  changes: Partial<DecidedCrossing> = {},
): DecidedCrossing {
  const isWithheld = (category: DataCategory) => withhold.includes(category);
  const indexesOf = (category: DataCategory) =>
    message.parts.flatMap((part, index) => (part.category === category ? [index] : []));
  return {
    message,
    from: TH,
    to: LA,
    scope: SCOPE,
    agreement,
    decision: {
      outcome: Outcome.RELEASED,
      policies: ['release-under-agreement'],
      reason: '',
      bundles: [{ name: 'baseline', version: 1, digest: new Uint8Array(32).fill(5) }],
      withheld: withhold
        .filter((category) => indexesOf(category).length > 0)
        .map((category) => ({ category, policies: ['no-contact-data'], parts: indexesOf(category) })),
      decidedMs: NOW,
      releasedBy: '',
    },
    disclosed: message.parts.flatMap((part, index) => (isWithheld(part.category) ? [] : [index])),
    ...changes,
  } as DecidedCrossing;
}

export function laneFor(message: SignedMessage): Lane {
  return laneOf(message.header) as Lane;
}

export function crossing(
  message: SignedMessage,
  number = 1,
  random = seededRandom(`crossing ${number}`),
): ExportableCrossing {
  return buildCrossing(decided(message), laneFor(message), number, random);
}

export function frameDraft(items: readonly Uint8Array[], lane: Lane, changes: Partial<FrameDraft> = {}): FrameDraft {
  return {
    scope: SCOPE,
    from: TH,
    to: LA,
    lane,
    first: 1,
    chain: CHAIN,
    previous: new Uint8Array(0),
    items,
    ...changes,
  };
}

export async function transit(frame: FrameDraft, random = seededRandom('frame')): Promise<Uint8Array> {
  const [made] = await makeFrames(th.signer, TH, [frame], NOW);
  if (made === undefined) throw new TypeError('no frame');
  return sealFrame(made, frame.items, la.sealTo, random);
}

export function openContext(changes: Partial<OpenContext> = {}): OpenContext {
  return {
    self: LA,
    keyOf,
    heads: headCache(),
    unsealer: la.unsealer,
    drillUnsealer: la.drillUnsealer,
    now: NOW,
    ...changes,
  };
}

export function crossingContext(changes: Partial<CrossingContext> = {}): CrossingContext {
  return { keyOf, heads: headCache(), now: NOW, ...changes };
}

export async function open(bytes: Uint8Array, changes: Partial<OpenContext> = {}): Promise<OpenedFrame> {
  const received = receiveTransit(bytes);
  if (received.transit !== 'frame') throw new TypeError('not a frame');
  return openFrame(received, openContext(changes));
}
