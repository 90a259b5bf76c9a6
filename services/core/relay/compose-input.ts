import { composeMessage, type UnsignedMessage } from '../envelope/index.ts';
import { type EnvelopeId, type EpochMs, later } from '../foundation/index.ts';
import type { RelayContext } from './parts.ts';
import type { SubmissionInput } from './types.ts';

/** A submission as a message of this office with that id and time; nobody has signed it. `pastHold` marks it as an emergency. @throws EnvelopeError ENVELOPE_HEADER_INVALID. */
export function composeInput(
  { self, settings, random }: RelayContext,
  input: SubmissionInput,
  now: EpochMs,
  id: EnvelopeId,
  pastHold: boolean,
): UnsignedMessage {
  return composeMessage(
    {
      kind: input.kind,
      body: input.body,
      header: {
        id,
        origin: self,
        officer: input.submittedBy,
        purpose: input.purpose,
        handling: input.handling,
        caveat: input.caveat,
        precedence: input.precedence,
        createdMs: now,
        expiresMs: input.expiresMs ?? later(now, settings.defaultExpiryMs),
        caseReference: input.caseReference,
        inReplyTo: input.inReplyTo,
        supersedes: input.supersedes,
        drill: input.drill,
        emergency: pastHold,
      },
    },
    random,
  );
}
