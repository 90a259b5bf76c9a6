import type { PrincipalName } from '../../core/access/index.ts';
import { digestOf, type OfficeId } from '../../core/foundation/index.ts';
import type { SubmissionInput } from '../../core/relay/index.ts';
import { type AlertSubmission, alertSubmissionCodec, MessageKind } from '../../core/wire/index.ts';
import { msOf } from './check-submission.ts';

/**
 * A submission as the relay takes it. The digest is over its content and not over its text, so that a client may write
 * the same thing in another order when it tries again.
 */
export function submissionInput(
  submission: AlertSubmission,
  submittedBy: PrincipalName,
  idempotencyKey: string,
): SubmissionInput {
  return {
    submittedBy,
    kind: MessageKind.ALERT,
    recipients: submission.recipients as readonly OfficeId[],
    precedence: submission.precedence,
    purpose: submission.purpose,
    handling: submission.handling,
    caveat: submission.caveat,
    caseReference: submission.caseReference,
    expiresMs: submission.expires === null ? null : msOf(submission.expires),
    inReplyTo: submission.inReplyTo,
    supersedes: submission.supersedes,
    drill: submission.drill,
    emergency: submission.emergency?.reason ?? '',
    body: submission.alert,
    idempotencyKey,
    submissionDigest:
      idempotencyKey === '' ? NO_DIGEST : digestOf(alertSubmissionCodec.encode({ ...submission, idempotencyKey: '' })),
  };
}

/** Without a key nothing is ever compared, so nothing is digested. */
const NO_DIGEST = digestOf(new Uint8Array());
