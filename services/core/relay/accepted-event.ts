import type { SignedMessage } from '../envelope/index.ts';
import { fromHex } from '../foundation/index.ts';
import type { LedgerEvent } from '../ledger/index.ts';
import { type Init, type LedgerRecord, termsOf } from '../wire/index.ts';
import { crimeAreaOf } from './gate-questions.ts';
import type { SubmissionInput } from './types.ts';

type Accepted = Init<NonNullable<LedgerRecord['messageAccepted']>>;

/** The record that this office said it, with what its export gate decided for each recipient. */
export function acceptedEvent(
  { header, kind, body, envelopeDigest }: SignedMessage,
  input: SubmissionInput,
  keyDigest: string,
  decided: Pick<Accepted, 'content' | 'crossings'>,
): LedgerEvent {
  return {
    messageAccepted: {
      envelopeId: header.id,
      envelopeDigest: fromHex(envelopeDigest),
      kind: input.kind,
      precedence: input.precedence,
      createdMs: header.createdMs,
      expiresMs: header.expiresMs,
      drill: input.drill,
      submittedBy: input.submittedBy,
      supersedes: input.supersedes,
      inReplyTo: input.inReplyTo,
      // Asked for where nothing held it, it is none.
      emergency: header.emergency ? (input.emergency ?? '') : '',
      terms: termsOf(kind, body),
      crimeArea: crimeAreaOf(body),
      idempotencyKeyDigest: keyDigest === '' ? new Uint8Array() : fromHex(keyDigest),
      submissionDigest: keyDigest === '' ? new Uint8Array() : fromHex(input.submissionDigest),
      ...decided,
    },
  };
}
