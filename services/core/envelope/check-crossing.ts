import {
  type AgreementRef,
  type BundleRef,
  type Crossing,
  type Decision,
  Outcome,
  Purpose,
  type SignedEnvelope,
} from '../wire/index.ts';
import { EnvelopeError } from './errors.ts';
import { SALT_BYTES } from './limits.ts';
import { isCode, isLine, isReference, isTime, specifiedIn } from './text-forms.ts';

const MAX_NAME_LENGTH = 120;
const MAX_REFERENCE_LENGTH = 60;
const DIGEST_BYTES = 32;

const PURPOSES = specifiedIn(Purpose);

/** A crossing with everything that every crossing has. */
export type CompleteCrossing = Crossing & {
  readonly envelope: SignedEnvelope;
  readonly decision: Decision;
  readonly agreement: AgreementRef;
};

function areNames(names: readonly string[]): boolean {
  return names.every((name) => name !== '' && isLine(name, MAX_NAME_LENGTH));
}

function isSoundBundle({ name, version, digest }: BundleRef): boolean {
  return isReference(name, MAX_REFERENCE_LENGTH) && Number.isSafeInteger(version) && digest.length === DIGEST_BYTES;
}

/** A decision whose names, codes and times are well-formed. */
export function isSoundDecision({ policies, reason, bundles, withheld, decidedMs, releasedBy }: Decision): boolean {
  return (
    areNames(policies) &&
    withheld.every((entry) => areNames(entry.policies)) &&
    bundles.every(isSoundBundle) &&
    (reason === '' || isCode(reason)) &&
    isTime(decidedMs) &&
    isLine(releasedBy, MAX_NAME_LENGTH)
  );
}

/** An agreement's name that lacks nothing. */
export function isSoundAgreement({ id, version, digest, article }: AgreementRef): boolean {
  return (
    id !== '' &&
    isReference(id, MAX_REFERENCE_LENGTH) &&
    Number.isSafeInteger(version) &&
    digest.length === DIGEST_BYTES &&
    article !== '' &&
    isReference(article, MAX_REFERENCE_LENGTH)
  );
}

/** Ascending, so that no index stands twice. */
function areAscending(indexes: readonly number[]): boolean {
  return indexes.every((index, at) => at === 0 || index > (indexes[at - 1] as number));
}

function malformed(fault: string): EnvelopeError {
  return new EnvelopeError('ENVELOPE_CROSSING_MALFORMED', { context: { fault } });
}

/**
 * A crossing that lacks nothing: salt, envelope, agreement, and a decision that releases it.
 * @throws EnvelopeError ENVELOPE_CROSSING_MALFORMED, ENVELOPE_AGREEMENT_MISSING, ENVELOPE_NOT_RELEASED.
 */
export function assertComplete(crossing: Crossing): asserts crossing is CompleteCrossing {
  const { salt, envelope, decision, agreement, disclosed, onward } = crossing;
  if (salt.length !== SALT_BYTES) throw malformed('salt');
  if (envelope === null) throw malformed('envelope');
  if (!areAscending(disclosed)) throw malformed('disclosed');
  if (onward !== null && !PURPOSES.has(onward.purpose)) throw malformed('onward');
  if (decision === null || !isSoundDecision(decision)) throw malformed('decision');
  if (agreement === null || !isSoundAgreement(agreement)) throw new EnvelopeError('ENVELOPE_AGREEMENT_MISSING');
  if (decision.outcome !== Outcome.RELEASED) throw new EnvelopeError('ENVELOPE_NOT_RELEASED');
}
