import { randomBytes } from 'node:crypto';
import {
  buildCrossing,
  composeMessage,
  type DecidedCrossing,
  type ExportableCrossing,
  type FrameDraft,
  laneOf,
  type MadeFrame,
  makeFrames,
  type SignedMessage,
  sealFrame,
  signMessages,
  signReceipts,
} from '../../../services/core/envelope/index.ts';
import {
  days,
  type EnvelopeId,
  type EpochMs,
  later,
  newEnvelopeId,
  pairScope,
} from '../../../services/core/foundation/index.ts';
import type { PrecedenceWord } from '../../../services/core/relay/index.ts';
import {
  type Alert,
  type Decision,
  type EnvelopeHeader,
  HandlingCode,
  type Init,
  Lane,
  type LinkStatus,
  linkStatusCodec,
  MessageKind,
  Outcome,
  Precedence,
  Purpose,
  type Receipt,
} from '../../../services/core/wire/index.ts';
import { alert, VEHICLE } from '../policy/fixtures.ts';
import type { TestLine } from './test-line.ts';
import type { TestRelay } from './two-offices.ts';

const random = (size: number): Uint8Array => new Uint8Array(randomBytes(size));

/** An office with its real keys and nobody to keep it honest. */
export interface HostileOffice {
  readonly chain: Uint8Array;
  /** A crossing that everything is disclosed of, unless the test says otherwise; `signed` is one whose message goes again. */
  readonly crossing: (
    number: number,
    init?: {
      readonly header?: Init<EnvelopeHeader>;
      readonly alert?: Init<Alert>;
      readonly id?: EnvelopeId;
      readonly decision?: Init<Decision>;
      readonly signed?: ExportableCrossing;
    },
  ) => Promise<ExportableCrossing>;
  readonly frame: (draft: Partial<FrameDraft> & Pick<FrameDraft, 'items'>) => Promise<MadeFrame>;
  /** Puts a frame on the line, as often as it likes. */
  readonly send: (made: MadeFrame, items: readonly Uint8Array[], precedence?: PrecedenceWord) => void;
  readonly sendStatus: (status: Init<LinkStatus>, changes?: Partial<FrameDraft>) => Promise<void>;
  readonly receipt: (receipt: Init<Receipt>) => Promise<Uint8Array>;
}

const WORDS: Partial<Record<Lane, PrecedenceWord>> = {
  [Lane.FLASH]: 'flash',
  [Lane.PRIORITY]: 'priority',
  [Lane.ROUTINE]: 'routine',
};

/** `own` with its relay cut off; what it sends goes to `peer` over `line`. */
export function hostileOffice(own: TestRelay, peer: TestRelay, line: TestLine): HostileOffice {
  own.cut();
  const { signer } = own.keys;
  const scope = pairScope(own.office, peer.office);
  const chain = random(16);
  const now = (): EpochMs => own.clock.now();

  const messages = new Map<string, SignedMessage>();

  const crossing: HostileOffice['crossing'] = async (
    number,
    { header = {}, alert: body = {}, id = newEnvelopeId(own.clock), decision = {}, signed } = {},
  ) => {
    const draft = {
      kind: MessageKind.ALERT,
      body: alert({ subjects: [VEHICLE], headline: 'Stolen pickup', ...body }),
      header: {
        id,
        origin: own.office,
        officer: 'officer-1',
        purpose: Purpose.INVESTIGATION,
        handling: HandlingCode.H0,
        precedence: Precedence.ROUTINE,
        createdMs: now(),
        expiresMs: later(now(), days(1)),
        ...header,
      },
    };
    const message =
      messages.get(signed?.envelopeId ?? '') ??
      (await signMessages(signer, own.office, [composeMessage(draft, random)], now()))[0];
    if (message === undefined) throw new TypeError('no message');
    messages.set(message.header.id, message);
    const decided = {
      message,
      from: own.office,
      to: peer.office,
      scope,
      agreement: { id: 'la-th-2026', version: 1, digest: new Uint8Array(32), article: '3' },
      decision: {
        outcome: Outcome.RELEASED,
        policies: [],
        reason: '',
        bundles: [],
        withheld: [],
        decidedMs: now(),
        releasedBy: '',
        ...decision,
      },
      disclosed: message.parts.map((_, index) => index),
    } as unknown as DecidedCrossing;
    return buildCrossing(decided, laneOf(message.header) as Lane, number, random);
  };

  const frame: HostileOffice['frame'] = async (draft) => {
    const whole = {
      scope,
      from: own.office,
      to: peer.office,
      lane: Lane.ROUTINE,
      first: 1,
      chain,
      previous: new Uint8Array(),
      ...draft,
    };
    const [made] = await makeFrames(signer, own.office, [whole], now());
    if (made === undefined) throw new TypeError('no frame');
    return made;
  };

  const send: HostileOffice['send'] = (made, items, precedence = WORDS[made.header.lane] ?? 'immediate') => {
    line.inject(precedence, sealFrame(made, items, peer.keys.sealTo, random));
  };

  return {
    chain,
    crossing,
    frame,
    send,
    sendStatus: async (status, changes = {}) => {
      const bytes = linkStatusCodec.encode({ atMs: now(), chain, head: null, witnessed: null, lanes: [], ...status });
      const made = await frame({ lane: Lane.STATUS, first: 0, items: [bytes], ...changes });
      send(made, [bytes]);
    },
    receipt: async (receipt) => {
      const [signed] = await signReceipts(
        signer,
        [{ issuer: own.office, addressee: peer.office, atMs: now(), ...receipt }],
        now(),
      );
      if (signed === undefined) throw new TypeError('no receipt');
      return signed.bytes;
    },
  };
}
