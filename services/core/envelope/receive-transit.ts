import { type DocumentNotice, type Frame, transitCodec } from '../wire/index.ts';
import { decodeExact } from './decode-exact.ts';
import { EnvelopeError } from './errors.ts';
import { MAX_TRANSIT_BYTES } from './limits.ts';
import type { ReceivedDocument, ReceivedFrame } from './types.ts';

function malformed(fault: string): EnvelopeError {
  return new EnvelopeError('ENVELOPE_TRANSIT_MALFORMED', { context: { fault } });
}

function receivedFrame({ header, proof, seal }: Frame): ReceivedFrame {
  if (proof === null) throw malformed('proof');
  if (seal === null) throw malformed('seal');
  return { transit: 'frame', header, proof, seal } as ReceivedFrame;
}

function receivedDocument({ from, to, seal }: DocumentNotice): ReceivedDocument {
  if (seal === null) throw malformed('seal');
  return { transit: 'document', from, to, seal } as ReceivedDocument;
}

/**
 * What arrived on a link, copied, within bounds and in its one encoding, so that a relay cannot re-encode it unnoticed;
 * nothing in it is verified.
 * @throws EnvelopeError ENVELOPE_TRANSIT_TOO_LARGE, ENVELOPE_TRANSIT_MALFORMED.
 */
export function receiveTransit(bytes: Uint8Array): ReceivedFrame | ReceivedDocument {
  if (bytes.length > MAX_TRANSIT_BYTES)
    throw new EnvelopeError('ENVELOPE_TRANSIT_TOO_LARGE', { context: { bytes: bytes.length } });
  const { frame, document } = decodeExact(transitCodec, bytes, 'ENVELOPE_TRANSIT_MALFORMED');
  if (frame !== null) return receivedFrame(frame);
  if (document !== null) return receivedDocument(document);
  throw malformed('empty');
}
