import type { PrincipalName } from '../../core/access/index.ts';
import { digestOf, type OfficeId } from '../../core/foundation/index.ts';
import type { SubmissionInput } from '../../core/relay/index.ts';
import {
  type LookoutSubmission,
  lookoutSubmissionCodec,
  MessageKind,
  Precedence,
  type SearchSubmission,
  searchSubmissionCodec,
} from '../../core/wire/index.ts';
import { msOf } from './check-submission.ts';

const NO_DIGEST = digestOf(new Uint8Array());

/** A search as the search desk takes it; it is over after a day. */
export function searchInput(submission: SearchSubmission, submittedBy: PrincipalName, key: string): SubmissionInput {
  const { recipients, precedence, purpose, handling, caveat, caseReference, drill, search } = submission;
  return {
    submittedBy,
    kind: MessageKind.SEARCH,
    recipients: recipients as readonly OfficeId[],
    precedence,
    purpose,
    handling,
    caveat,
    caseReference,
    expiresMs: null,
    inReplyTo: '',
    supersedes: '',
    drill,
    body: search,
    idempotencyKey: key,
    submissionDigest:
      key === '' ? NO_DIGEST : digestOf(searchSubmissionCodec.encode({ ...submission, idempotencyKey: '' })),
  };
}

/** A lookout as the search desk takes it. */
export function lookoutInput(submission: LookoutSubmission, submittedBy: PrincipalName, key: string): SubmissionInput {
  const { purpose, handling, caveat, caseReference, expires, drill, lookout } = submission;
  return {
    submittedBy,
    kind: MessageKind.LOOKOUT,
    recipients: [],
    precedence: Precedence.ROUTINE,
    purpose,
    handling,
    caveat,
    caseReference,
    expiresMs: expires === null ? null : msOf(expires),
    inReplyTo: '',
    supersedes: '',
    drill,
    body: lookout,
    idempotencyKey: key,
    submissionDigest:
      key === '' ? NO_DIGEST : digestOf(lookoutSubmissionCodec.encode({ ...submission, idempotencyKey: '' })),
  };
}
