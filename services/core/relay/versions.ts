import type { VerifiedCrossing } from '../envelope/index.ts';
import type { OfficeId } from '../foundation/index.ts';
import { type AnyMessage, messageKey, type OfficeProjection, type OutboundMessage } from '../ledger/index.ts';
import { Outcome } from '../wire/index.ts';
import { RelayError } from './errors.ts';
import type { RelayContext } from './parts.ts';
import { RecallError, recallInForce } from './recall/index.ts';
import type { SubmissionInput } from './types.ts';

type Messages = Pick<OfficeProjection, 'outbound' | 'inbound' | 'supersededBy'>;

/** Works that put something in the place of that message are committed one after the other. */
export function versionSubject({ supersedes }: Pick<SubmissionInput, 'supersedes'>): string {
  return `version:${supersedes}`;
}

/** All versions of a message that are here, the oldest first, itself among them; none is ever put over another. */
export function versionsOf(projection: Messages, message: AnyMessage): readonly AnyMessage[] {
  const versions = [message];
  const seen = new Set([message.id as string]);
  const find = (id: string): AnyMessage | undefined => {
    const key = messageKey(message.origin, id);
    return projection.outbound.get(key) ?? projection.inbound.get(key);
  };
  for (let before = find(message.supersedes); before !== undefined && !seen.has(before.id); ) {
    seen.add(before.id);
    versions.unshift(before);
    before = before.supersedes === '' ? undefined : find(before.supersedes);
  }
  for (const version of versions) {
    for (const next of projection.supersededBy(messageKey(version.origin, version.id))) {
      if (seen.has(next.id)) continue;
      seen.add(next.id);
      versions.push(next);
    }
  }
  return versions;
}

/** Offices that got a message or still may: whoever changes it tells them all. */
export function audienceOf({ copies }: OutboundMessage): readonly OfficeId[] {
  return [...copies.values()]
    .filter(
      ({ decision, hold }) =>
        decision.outcome === Outcome.RELEASED || (decision.outcome === Outcome.HELD && hold === null),
    )
    .map(({ to }) => to);
}

/** The submission with the audience of what it takes the place of, where it names none itself. @throws RelayError RELAY_REFERENCE_UNKNOWN. */
export function withAudience(
  context: Pick<RelayContext, 'self' | 'projection'>,
  input: SubmissionInput,
): SubmissionInput {
  if (input.supersedes === '' || input.recipients.length > 0) return input;
  return { ...input, recipients: audienceOf(superseded(context, input.supersedes)) };
}

/**
 * What the submission takes the place of is of this office and of the same kind, is the newest version, was not called
 * back, and went to exactly the offices that this one is for. A submission that takes no place passes.
 * @throws RelayError RELAY_REFERENCE_UNKNOWN, RELAY_UPDATE_MISPLACED, RELAY_UPDATE_BRANCHES, RELAY_AUDIENCE_DIFFERS;
 * RecallError RECALL_RECALLED.
 */
export function assertSupersedes(
  context: Pick<RelayContext, 'self' | 'projection'>,
  { kind, supersedes, recipients }: SubmissionInput,
): void {
  if (supersedes === '') return;
  const { projection } = context;
  const before = superseded(context, supersedes);
  const key = messageKey(before.origin, before.id);
  if (before.kind !== kind) throw new RelayError('RELAY_UPDATE_MISPLACED', { context: { id: supersedes } });
  const newest = versionsOf(projection, before).at(-1);
  if (projection.supersededBy(key).length > 0)
    throw new RelayError('RELAY_UPDATE_BRANCHES', { context: { newest: newest?.id ?? '' } });
  if (recallInForce(projection, key) !== null)
    throw new RecallError('RECALL_RECALLED', { context: { id: supersedes } });
  const audience = audienceOf(before);
  const missing = audience.filter((office) => !recipients.includes(office));
  const surplus = recipients.filter((office) => !audience.includes(office));
  if (missing.length + surplus.length > 0)
    throw new RelayError('RELAY_AUDIENCE_DIFFERS', {
      context: { missing: missing.join(' '), surplus: surplus.join(' ') },
    });
}

/**
 * A message that takes the place of another is of the same kind, and no version that is before it comes before itself. What it takes the
 * place of may be unknown here: it may have been refused, or never sent to this office.
 * @throws RelayError RELAY_UPDATE_MISPLACED, RELAY_UPDATE_CIRCULAR.
 */
export function assertVersionInPlace(
  { projection }: Pick<RelayContext, 'projection'>,
  { origin, envelopeId: id, kind, header }: Pick<VerifiedCrossing, 'origin' | 'envelopeId' | 'kind' | 'header'>,
): void {
  const seen = new Set<string>([id]);
  for (let before = header.supersedes; before !== ''; ) {
    if (seen.has(before)) throw new RelayError('RELAY_UPDATE_CIRCULAR', { context: { origin, id } });
    seen.add(before);
    const known = projection.inbound.get(messageKey(origin, before));
    if (known !== undefined && known.kind !== kind)
      throw new RelayError('RELAY_UPDATE_MISPLACED', { context: { origin, id } });
    before = known?.supersedes ?? '';
  }
}

function superseded({ self, projection }: Pick<RelayContext, 'self' | 'projection'>, id: string): OutboundMessage {
  const message = projection.outbound.get(messageKey(self, id));
  if (message === undefined) throw new RelayError('RELAY_REFERENCE_UNKNOWN', { context: { field: 'supersedes' } });
  return message;
}
