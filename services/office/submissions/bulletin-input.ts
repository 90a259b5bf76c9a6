import type { PrincipalName } from '../../core/access/index.ts';
import { days, digestOf, later } from '../../core/foundation/index.ts';
import type { SubmissionInput } from '../../core/relay/index.ts';
import {
  type Bulletin,
  type BulletinSubmission,
  bulletinSubmissionCodec,
  HandlingCode,
  MessageKind,
  MessageType,
} from '../../core/wire/index.ts';
import type { Fault } from '../errors.ts';
import { geometryFault } from './check-geometry.ts';
import { findEnvelopeFaults, msOf, type SubmissionRules } from './check-submission.ts';

const NO_DIGEST = digestOf(new Uint8Array());
const CURRENT_FOR_MS = days(30);
const CHANGES: ReadonlySet<MessageType> = new Set([MessageType.UPDATE, MessageType.CANCEL, MessageType.CORRECTION]);

function bulletinFaults({ messageType, from, until, geometries }: Bulletin, supersedes: string): readonly Fault[] {
  const faults: Fault[] = [];
  if (CHANGES.has(messageType) && supersedes === '')
    faults.push({
      field: 'supersedes',
      reason: 'required',
      message: 'is required with an update, cancel or correction',
    });
  if (!CHANGES.has(messageType) && supersedes !== '')
    faults.push({ field: 'supersedes', reason: 'not-allowed', message: 'a new bulletin supersedes nothing' });
  if (from !== null && until !== null && msOf(until) < msOf(from))
    faults.push({ field: 'bulletin.until', reason: 'out-of-range', message: 'must not be before from' });
  geometries.forEach((geometry, index) => {
    const fault = geometryFault(geometry);
    if (fault !== undefined) faults.push({ field: `bulletin.geometries[${index}].positions`, ...fault });
  });
  return faults;
}

/** What makes no sense in a bulletin that satisfies the contract; empty where nothing is wrong. */
export function findBulletinFaults(submission: BulletinSubmission, rules: SubmissionRules): readonly Fault[] {
  const { expires, handling, bulletin, supersedes } = submission;
  const restricted: Fault = {
    field: 'handling',
    reason: 'not-allowed',
    message: 'H3 is a restriction in words, and a bulletin has no place for them',
  };
  return [
    ...(handling === HandlingCode.H3 ? [restricted] : []),
    ...findEnvelopeFaults({ expires, handling, caveat: 'none' }, rules),
    ...(bulletin === null ? [] : bulletinFaults(bulletin, supersedes)),
  ];
}

/** A bulletin as the relay takes it; it has no recipients but the region. */
export function bulletinInput(
  submission: BulletinSubmission,
  submittedBy: PrincipalName,
  idempotencyKey: string,
  now: SubmissionRules['now'],
): SubmissionInput {
  const { precedence, purpose, handling, caseReference, supersedes, drill, bulletin, expires } = submission;
  return {
    submittedBy,
    kind: MessageKind.BULLETIN,
    recipients: [],
    precedence,
    purpose,
    handling,
    caveat: '',
    caseReference,
    expiresMs: expires === null ? later(now, CURRENT_FOR_MS) : msOf(expires),
    inReplyTo: '',
    supersedes,
    drill,
    body: bulletin,
    idempotencyKey,
    submissionDigest:
      idempotencyKey === ''
        ? NO_DIGEST
        : digestOf(bulletinSubmissionCodec.encode({ ...submission, idempotencyKey: '' })),
  };
}
