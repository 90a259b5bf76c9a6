import { randomBytes } from 'node:crypto';
import {
  buildCrossing,
  composeMessage,
  type DecidedCrossing,
  keepOwnMessage,
  laneOf,
  signMessages,
} from '../../../services/core/envelope/index.ts';
import { days, fromHex, later, newEnvelopeId, pairScope, type Scope } from '../../../services/core/foundation/index.ts';
import {
  HandlingCode,
  type Lane,
  MessageKind,
  Outcome,
  Precedence,
  Purpose,
} from '../../../services/core/wire/index.ts';
import { alert, VEHICLE } from '../policy/fixtures.ts';
import { LA, TH } from '../trust/fixtures.ts';
import type { TestRelay } from './two-offices.ts';

const random = (size: number): Uint8Array => new Uint8Array(randomBytes(size));

/** Puts a crossing from th to la on record that was released as the test says, whatever a gate would say of it; the message's id. */
export async function releaseCrossing(
  office: TestRelay,
  {
    scope = pairScope(TH, LA),
    kind = MessageKind.ALERT,
    body = alert({ subjects: [VEHICLE], headline: 'On the lane' }),
  }: { readonly scope?: Scope; readonly kind?: MessageKind; readonly body?: unknown } = {},
): Promise<string> {
  const now = office.clock.now();
  const header = {
    id: newEnvelopeId(office.clock),
    origin: TH,
    officer: 'officer-1',
    purpose: Purpose.INVESTIGATION,
    handling: HandlingCode.H0,
    precedence: Precedence.ROUTINE,
    createdMs: now,
    expiresMs: later(now, days(1)),
  };
  const composed = composeMessage({ kind, body, header }, random);
  const [message] = await signMessages(office.keys.signer, TH, [composed], now);
  if (message === undefined) throw new TypeError('no message');
  const lane = laneOf(message.header) as Lane;
  const agreement = { id: 'charter', version: 1, digest: new Uint8Array(32), article: 'charter' };
  const decision = {
    outcome: Outcome.RELEASED,
    policies: [],
    reason: '',
    bundles: [],
    withheld: [],
    decidedMs: now,
    releasedBy: '',
  };
  const disclosed = message.parts.map((_, index) => index);
  const decided = { message, from: TH, to: LA, scope, agreement, decision, disclosed } as unknown as DecidedCrossing;
  const number = office.projection.lanes.lane(LA, lane).nextNumber;
  const crossing = buildCrossing(decided, lane, number, random);
  const expiresAt = later(now, days(1));
  const [content, ref] = await office.content.put([
    { bytes: keepOwnMessage(message), expiresAt },
    { bytes: crossing.crossing, expiresAt },
  ]);
  await office.ledger.append([
    {
      messageAccepted: {
        envelopeId: message.header.id,
        envelopeDigest: fromHex(message.envelopeDigest),
        kind,
        precedence: message.header.precedence,
        createdMs: now,
        expiresMs: message.header.expiresMs,
        submittedBy: 'officer-1',
        content: content ?? null,
        crossings: [{ to: LA, scope, agreement, decision, crossing: ref ?? null, lane, number }],
      },
    },
  ]);
  return message.header.id;
}
