import { type DurationMs, days, type EpochMs, isOfficeId, later, type OfficeId } from '../../core/foundation/index.ts';
import {
  type Alert,
  type AlertSubmission,
  HandlingCode,
  MessageType,
  type Subject,
  type Timestamp,
} from '../../core/wire/index.ts';
import type { Fault } from '../errors.ts';

/** What a submission is checked against. */
export interface SubmissionRules {
  readonly self: OfficeId;
  readonly isNeighbour: (office: OfficeId) => boolean;
  /** Whether some nation's directory lists it. */
  readonly isListed: (office: OfficeId) => boolean;
  readonly now: EpochMs;
  readonly maxExpiryMs: DurationMs;
}

/** What takes the place of an earlier alert. */
const CHANGES: ReadonlySet<MessageType> = new Set([MessageType.UPDATE, MessageType.CANCEL, MessageType.CORRECTION]);
/** An event that is expected this far ahead is a mistake in the year. */
const MAX_AHEAD_MS = days(366);

/**
 * What makes no sense in a submission that satisfies the contract; empty where nothing is wrong. References to earlier
 * messages are looked up by the relay.
 */
export function findSubmissionFaults(submission: AlertSubmission, rules: SubmissionRules): readonly Fault[] {
  const faults: Fault[] = [...findEnvelopeFaults(submission, rules)];
  if (submission.recipients.length === 0 && submission.supersedes === '')
    faults.push({ field: 'recipients', reason: 'required', message: 'at least one office, unless it supersedes' });
  if (submission.alert !== null) {
    checkMessageType(submission.alert.messageType, submission.supersedes, faults);
    checkAlert(submission.alert, rules, faults);
  }
  return faults;
}

/** What makes no sense in what all submissions have; what one does not have is left out. */
export function findEnvelopeFaults(
  submission: {
    readonly recipients?: readonly string[];
    readonly expires?: Timestamp | null;
    readonly handling: HandlingCode;
    readonly caveat: string;
  },
  rules: SubmissionRules,
): readonly Fault[] {
  const faults: Fault[] = [];
  checkRecipients(submission.recipients ?? [], rules, faults);
  checkExpiry(submission.expires ?? null, rules, faults);
  if (submission.handling === HandlingCode.H3 && submission.caveat === '') {
    faults.push({
      field: 'caveat',
      reason: 'required',
      message: 'is required with handling code H3: it names the restriction',
    });
  }
  return faults;
}

/** What makes no sense in a list of subjects, which stands at `field` of the submission. */
export function findSubjectFaults(subjects: readonly Subject[], field: string, now: EpochMs): readonly Fault[] {
  const faults: Fault[] = [];
  const labels = subjects.map((subject) => subject.label);
  for (const [index, subject] of subjects.entries()) checkSubject(subject, index, labels, now, faults, field);
  return faults;
}

/** Milliseconds since the epoch; part milliseconds are dropped. */
export function msOf(time: Timestamp): EpochMs {
  return (time.seconds * 1000 + Math.floor(time.nanos / 1e6)) as EpochMs;
}

function checkRecipients(recipients: readonly string[], rules: SubmissionRules, faults: Fault[]): void {
  recipients.forEach((recipient, index) => {
    const add = (reason: string, message: string): number =>
      faults.push({ field: `recipients[${index}]`, reason, message });
    if (recipient === rules.self) add('recipient-self', 'an office sends nothing to itself');
    else if (!isOfficeId(recipient)) add('format-wrong', 'must be an office id such as th-chiang-khong');
    else if (!rules.isNeighbour(recipient)) {
      if (rules.isListed(recipient)) add('pair-unknown', 'this office is not linked to that office');
      else add('office-unknown', 'no directory lists that office');
    }
  });
}

function checkExpiry(expires: Timestamp | null, { now, maxExpiryMs }: SubmissionRules, faults: Fault[]): void {
  if (expires === null) return;
  const at = msOf(expires);
  if (at <= now) faults.push({ field: 'expires', reason: 'time-past', message: 'must be in the future' });
  else if (at > later(now, maxExpiryMs)) {
    faults.push({
      field: 'expires',
      reason: 'time-too-far',
      message: `must be within ${Math.floor(maxExpiryMs / days(1))} days`,
    });
  }
}

function checkMessageType(messageType: MessageType, supersedes: string, faults: Fault[]): void {
  const changes = CHANGES.has(messageType);
  if (changes && supersedes === '')
    faults.push({
      field: 'supersedes',
      reason: 'required',
      message: 'is required with an update, a cancel or a correction',
    });
  if (!changes && supersedes !== '') {
    faults.push({
      field: 'supersedes',
      reason: 'not-allowed',
      message: 'goes with an update, a cancel or a correction only; a new alert supersedes nothing',
    });
  }
}

function checkAlert(alert: Alert, { now }: SubmissionRules, faults: Fault[]): void {
  if (alert.occurredAt !== null && msOf(alert.occurredAt) > later(now, MAX_AHEAD_MS)) {
    faults.push({ field: 'alert.occurredAt', reason: 'time-too-far', message: 'must not be more than a year ahead' });
  }
  faults.push(...findSubjectFaults(alert.subjects, 'alert.subjects', now));
}

function checkSubject(
  subject: Subject,
  index: number,
  labels: readonly string[],
  now: EpochMs,
  faults: Fault[],
  field: string,
): void {
  const at = `${field}[${index}]`;
  if (subject.label !== '' && labels.indexOf(subject.label) < index) {
    faults.push({ field: `${at}.label`, reason: 'entry-repeated', message: 'another subject has that label' });
  }
  subject.relatedTo.forEach((label, place) => {
    const where = `${at}.relatedTo[${place}]`;
    if (label === subject.label)
      faults.push({ field: where, reason: 'reference-self', message: 'a subject is not related to itself' });
    else if (!labels.includes(label))
      faults.push({ field: where, reason: 'reference-unknown', message: 'no subject here has that label' });
  });
  const { person, travelDocument, vehicle, vessel, consignment, onlineAccount, organisation, route } = subject;
  if (
    [person, travelDocument, vehicle, vessel, consignment, onlineAccount, organisation, route].every(
      (kind) => kind === null,
    )
  ) {
    faults.push({
      field: at,
      reason: 'required',
      message: 'must say what it is: person, travelDocument, vehicle, ...',
    });
  }
  const birth = person?.dateOfBirth;
  // A day has begun everywhere once it has begun at UTC+14.
  if (
    birth !== undefined &&
    birth !== null &&
    Date.UTC(birth.year, Math.max(birth.month, 1) - 1, Math.max(birth.day, 1)) > now + 14 * 3_600_000
  ) {
    faults.push({ field: `${at}.person.dateOfBirth`, reason: 'time-future', message: 'must not be in the future' });
  }
}
