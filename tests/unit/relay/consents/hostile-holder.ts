import { randomBytes } from 'node:crypto';
import {
  buildCrossing,
  composeMessage,
  type DecidedCrossing,
  laneOf,
  messageToPassOn,
  readReceivedCrossing,
  signMessages,
} from '../../../../services/core/envelope/index.ts';
import {
  days,
  type EnvelopeId,
  fromHex,
  later,
  newEnvelopeId,
  pairScope,
} from '../../../../services/core/foundation/index.ts';
import { messageKey } from '../../../../services/core/ledger/index.ts';
import { headCache } from '../../../../services/core/trust/index.ts';
import {
  type Consent,
  DataCategory,
  type EnvelopeHeader,
  HandlingCode,
  type Init,
  type Lane,
  MessageKind,
  type Onward,
  Outcome,
  Precedence,
  Purpose,
  signedEnvelopeCodec,
} from '../../../../services/core/wire/index.ts';
import { LA, MM, TH } from '../../trust/fixtures.ts';
import { type HostileOffice, hostileOffice } from '../hostile-office.ts';
import type { ThreeOffices } from '../three-offices.ts';
import type { TestRelay } from '../two-offices.ts';
import { ALL, hours } from './scene.ts';

const random = (size: number): Uint8Array => new Uint8Array(randomBytes(size));

/** What a consent says, and who signs it; left out, it is as it should be. */
export interface ConsentForgery {
  readonly terms?: Init<NonNullable<Consent['terms']>>;
  readonly header?: Init<EnvelopeHeader>;
  readonly signer?: TestRelay;
  readonly kind?: MessageKind;
}

/** A consent of la for th to pass a message on to mm, made with la's own key unless the test says otherwise. */
export async function consentFor(
  at: ThreeOffices,
  id: EnvelopeId,
  { terms = {}, header = {}, signer = at.la, kind = MessageKind.CONSENT }: ConsentForgery = {},
): Promise<Pick<Onward, 'consent' | 'consentTerms'>> {
  const view = at.th.projection.inbound.get(messageKey(LA, id));
  if (view === undefined) throw new TypeError('nothing to consent to');
  const now = at.la.clock.now();
  const target = { origin: LA, id, digest: fromHex(view.envelopeDigest) };
  const seconds = Math.floor(now / 1000);
  const body = {
    crimeArea: 1,
    terms: {
      target,
      holder: TH,
      recipient: MM,
      purpose: Purpose.INVESTIGATION,
      notBefore: { seconds: seconds - 60, nanos: 0 },
      notAfter: { seconds: seconds + 3600, nanos: 0 },
      categories: ALL,
      granted: true,
      ...terms,
    },
  };
  const draft = composeMessage(
    {
      kind,
      body,
      header: {
        id: newEnvelopeId(at.la.clock),
        origin: signer.office,
        officer: 'supervisor-1',
        purpose: Purpose.INVESTIGATION,
        handling: HandlingCode.H0,
        precedence: Precedence.ROUTINE,
        createdMs: now,
        expiresMs: later(now, days(1)),
        ...header,
      },
    },
    random,
  );
  const [signed] = await signMessages(signer.keys.signer, signer.office, [draft], now);
  const core = signed?.parts.find(({ category, path }) => category === DataCategory.CORE && path.length === 0);
  if (signed === undefined || core === undefined) throw new TypeError('no consent');
  return { consent: signedEnvelopeCodec.decode(signed.signedEnvelope), consentTerms: core.bytes };
}

/** th without its relay, with its real keys and all it received: passes on to mm whatever it likes. */
export interface HostileHolder extends HostileOffice {
  /** Sends the message on under the next number; nobody asks a gate. */
  readonly passOn: (onward: Init<Onward> | null) => Promise<void>;
}

/** Takes th over, with the content of that message. */
export async function hostileHolder(at: ThreeOffices, id: EnvelopeId): Promise<HostileHolder> {
  const view = at.th.projection.inbound.get(messageKey(LA, id));
  const bytes = view?.content ? await at.th.content.get(view.content) : undefined;
  if (bytes === undefined) throw new TypeError('nothing to pass on');
  const hostile = hostileOffice(at.th, at.mm, at.lines.thToMm);
  // What was under way when it was cut off never ends, so nobody waits for it.
  at.th.relay = { ...at.th.relay, close: async () => undefined };
  let number = 0;
  let previous = new Uint8Array();
  return {
    ...hostile,
    passOn: async (onward) => {
      const first = readReceivedCrossing(bytes, {
        keyOf: at.th.trust.store().keysForEvidence(at.th.clock.now()),
        heads: headCache(),
        self: TH,
      });
      const message = messageToPassOn(first, [], Purpose.INVESTIGATION);
      const decided = {
        message,
        from: TH,
        to: MM,
        scope: pairScope(TH, MM),
        agreement: { id: 'la-th-2026', version: 1, digest: new Uint8Array(32), article: '3' },
        decision: {
          outcome: Outcome.RELEASED,
          policies: [],
          reason: '',
          bundles: [],
          withheld: [],
          decidedMs: at.th.clock.now(),
          releasedBy: '',
        },
        disclosed: message.parts.map(({ index }) => index),
      } as unknown as DecidedCrossing;
      number++;
      const lane = laneOf(message.header) as Lane;
      const crossing = buildCrossing(decided, lane, number, random, onward === null ? {} : { onward });
      const made = await hostile.frame({ lane, first: number, previous, items: [crossing.bytes] });
      previous = new Uint8Array(made.headerDigest);
      hostile.send(made, [crossing.bytes]);
    },
  };
}

/** A second before an hour is over, in seconds since the epoch. */
export const secondsIn = (at: ThreeOffices, count: number): { seconds: number; nanos: number } => ({
  seconds: Math.floor((at.la.clock.now() + hours(count)) / 1000),
  nanos: 0,
});
