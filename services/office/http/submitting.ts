import { isOfficeId, nationOf, type OfficeId, rfc3339 } from '../../core/foundation/index.ts';
import type { PreviewResult, RecipientResult, SubmissionResult } from '../../core/relay/index.ts';
import { type Fault, OfficeError } from '../errors.ts';
import type { SubmissionRules } from '../submissions/check-submission.ts';
import { codeName } from '../views/code-names.ts';
import { decisionSummary } from '../views/decision-json.ts';
import type { Door } from './door.ts';
import type { Answer } from './route.ts';

const KEY = /^"?([A-Za-z0-9._/:-]{1,64})"?$/;

/** What an idempotency key is, in words. */
export const KEY_ABOUT =
  "A value of the submitter's own, of letters, digits and . _ / : - with at most 64 characters. May stand in the body instead.";

/** The header by which every submission may bring its idempotency key. */
export const KEY_HEADER = { 'idempotency-key': { kind: 'text', pattern: KEY, about: KEY_ABOUT } } as const;

/**
 * The idempotency key of a submission, from its body or its header; empty without one.
 * @throws OfficeError OFFICE_REQUEST_INVALID with `faults` and those of the key, if there are any.
 */
export function assertSound(faults: readonly Fault[], inBody: string, header: string | undefined): string {
  const key = readKey(inBody, header);
  const all = [...faults, ...('faults' in key ? key.faults : [])];
  if (all.length > 0) throw new OfficeError('OFFICE_REQUEST_INVALID', { faults: all });
  return 'key' in key ? key.key : '';
}

/** What the recipients and times of a submission to this office are checked against. */
export function submissionRules(door: Door): SubmissionRules {
  return {
    self: door.office,
    isNeighbour: (office) => door.neighbours.has(office),
    isListed: (office) => isListed(door, office),
    now: door.clock.now(),
    maxExpiryMs: door.maxExpiryMs,
  };
}

/** A message that is on disk, as its submitter is answered. */
export function submissionAnswer(door: Door, result: SubmissionResult, location: string): Answer {
  if (result.repeated) door.submissionRepeated();
  return {
    status: 201,
    headers: { location },
    body: {
      id: result.id,
      origin: result.origin,
      acceptedAt: rfc3339(result.acceptedMs),
      envelopeDigest: result.envelopeDigest,
      emergency: result.emergency,
      repeated: result.repeated,
      recipients: result.recipients.map(recipientJson),
    },
  };
}

/** What was decided for one recipient, in short. */
export function recipientJson({
  to,
  decision,
}: Pick<RecipientResult, 'to' | 'decision'>): Readonly<Record<string, unknown>> {
  return { office: to, ...decisionSummary(decision) };
}

/** What would be decided for one recipient, with the sentence of every rule it rests on and the article it crosses under. */
export function previewRecipientJson(
  door: Door,
  { to, decision, agreement }: PreviewResult,
): Readonly<Record<string, unknown>> {
  const names = new Set([...decision.policies, ...decision.withheld.flatMap(({ policies }) => policies)]);
  return {
    ...recipientJson({ to, decision }),
    withheldParts: decision.withheld.map(({ category, policies, parts }) => ({
      category: codeName('DataCategory', category),
      policies,
      parts: parts.length,
    })),
    why: [...names].map((policy) => ({ policy, reason: door.reasonOf(policy) ?? null })),
    agreement,
  };
}

function isListed(door: Door, office: OfficeId): boolean {
  return isOfficeId(office) && door.trust().directoryOf(nationOf(office))?.offices.has(office) === true;
}

function readKey(
  inBody: string,
  header: string | undefined,
): { readonly key: string } | { readonly faults: readonly Fault[] } {
  if (header === undefined) return { key: inBody };
  const key = KEY.exec(header)?.[1];
  if (key === undefined) return { faults: [{ field: 'Idempotency-Key', reason: 'format-wrong', message: KEY_ABOUT }] };
  if (inBody !== '' && inBody !== key) {
    return {
      faults: [{ field: 'idempotencyKey', reason: 'not-allowed', message: 'differs from the header Idempotency-Key' }],
    };
  }
  return { key };
}
