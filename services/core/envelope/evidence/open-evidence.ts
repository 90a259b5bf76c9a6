import { sha256 } from '../../foundation/index.ts';
import {
  type Crossing,
  crossingCodec,
  HeadKind,
  ownMessageCodec,
  type Proof,
  type ReceivedCrossing,
  receivedCrossingCodec,
  type SignedEnvelope,
  signedEnvelopeCodec,
  signedReceiptCodec,
} from '../../wire/index.ts';
import { decodeExact } from '../decode-exact.ts';
import { EnvelopeError } from '../errors.ts';
import type { Evidence } from './types.ts';

/** Something that somebody signed, in its exact bytes. */
export interface SignedItem {
  /** Folder that its files go to: `origin`, `frame`, `consent`, `receipt-001`. */
  readonly name: string;
  readonly kind: HeadKind;
  /** The message of the contract that `bytes` are, and the file that defines it. */
  readonly type: string;
  readonly protoFile: string;
  readonly bytes: Uint8Array;
  readonly proof: Proof;
}

/** A piece of evidence taken apart; nothing is verified. */
export interface OpenEvidence {
  readonly envelope: SignedEnvelope;
  readonly parts: readonly Uint8Array[];
  /** Where it went over a border. */
  readonly crossing: {
    readonly bytes: Uint8Array;
    readonly digest: Uint8Array;
    readonly message: Crossing;
    readonly received: ReceivedCrossing;
  } | null;
  readonly signed: readonly SignedItem[];
}

const CODE = 'ENVELOPE_EVIDENCE_MALFORMED';

function required<T>(value: T | null, fault: string): T {
  if (value === null) throw new EnvelopeError(CODE, { context: { fault } });
  return value;
}

function originItem({ envelope, proof }: SignedEnvelope): SignedItem {
  return {
    name: 'origin',
    kind: HeadKind.ENVELOPE,
    type: 'Envelope',
    protoFile: 'liaison/v1/envelope.proto',
    bytes: envelope,
    proof: required(proof, 'envelope-proof'),
  };
}

/** The originator's consent, where another office passed the message on with one. */
function consentItems({ onward }: Crossing): readonly SignedItem[] {
  const consent = onward?.consent ?? null;
  return consent === null ? [] : [{ ...originItem(consent), name: 'consent' }];
}

function frameItem({ frameHeader, frameProof }: ReceivedCrossing): SignedItem {
  return {
    name: 'frame',
    kind: HeadKind.FRAME,
    type: 'FrameHeader',
    protoFile: 'liaison/v1/crossing.proto',
    bytes: frameHeader,
    proof: required(frameProof, 'frame-proof'),
  };
}

function receiptItem(bytes: Uint8Array, index: number): SignedItem {
  const { receipt, proof } = decodeExact(signedReceiptCodec, bytes, CODE);
  const name = `receipt-${String(index + 1).padStart(3, '0')}`;
  return {
    name,
    kind: HeadKind.RECEIPT,
    type: 'Receipt',
    protoFile: 'liaison/v1/receipt.proto',
    bytes: receipt,
    proof: required(proof, 'receipt-proof'),
  };
}

function openCrossing(record: Uint8Array, receipts: readonly SignedItem[]): OpenEvidence {
  const received = decodeExact(receivedCrossingCodec, record, CODE);
  const message = decodeExact(crossingCodec, received.crossing, CODE);
  const envelope = required(message.envelope, 'envelope');
  const crossing = { bytes: received.crossing, digest: sha256(received.crossing), message, received };
  return {
    envelope,
    parts: received.parts,
    crossing,
    signed: [originItem(envelope), frameItem(received), ...consentItems(message), ...receipts],
  };
}

function openMessage(record: Uint8Array, receipts: readonly SignedItem[]): OpenEvidence {
  const own = decodeExact(ownMessageCodec, record, CODE);
  const envelope = decodeExact(signedEnvelopeCodec, own.signedEnvelope, CODE);
  return { envelope, parts: own.parts, crossing: null, signed: [originItem(envelope), ...receipts] };
}

/** The pieces of a record and its receipts, each as the exact bytes that were signed; nothing is verified. @throws EnvelopeError ENVELOPE_EVIDENCE_MALFORMED. */
export function openEvidence({ kind, record, receipts }: Evidence): OpenEvidence {
  const items = receipts.map(({ bytes }, index) => receiptItem(bytes, index));
  return kind === 'crossing' ? openCrossing(record, items) : openMessage(record, items);
}
