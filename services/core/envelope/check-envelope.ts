import { isOfficeId } from '../foundation/index.ts';
import { DataCategory, type Envelope, type EnvelopeHeader, HandlingCode, MAX_PARTS, MessageKind, Precedence, Purpose } from '../wire/index.ts';
import { EnvelopeError } from './errors.ts';
import { isEnvelopeId, isLine, isReference, isSpecified, isTime } from './text-forms.ts';

const MAX_OFFICER_LENGTH = 120;
const MAX_CAVEAT_LENGTH = 200;
const MAX_REFERENCE_LENGTH = 60;

type FieldCheck = readonly [field: keyof EnvelopeHeader, isSound: (header: EnvelopeHeader) => boolean];

const FIELD_CHECKS: readonly FieldCheck[] = [
  ['id', ({ id }) => isEnvelopeId(id)],
  ['origin', ({ origin }) => isOfficeId(origin)],
  ['officer', ({ officer }) => officer !== '' && isLine(officer, MAX_OFFICER_LENGTH)],
  ['purpose', ({ purpose }) => isSpecified(Purpose, purpose)],
  ['handling', ({ handling }) => isSpecified(HandlingCode, handling)],
  // Europol's handling code H3 is a restriction in words; without the words it restricts nothing.
  ['caveat', ({ caveat, handling }) => isLine(caveat, MAX_CAVEAT_LENGTH) && (caveat !== '' || handling !== HandlingCode.H3)],
  ['precedence', ({ precedence }) => isSpecified(Precedence, precedence)],
  ['createdMs', ({ createdMs }) => isTime(createdMs)],
  ['expiresMs', ({ createdMs, expiresMs }) => isTime(expiresMs) && expiresMs > createdMs],
  ['caseReference', ({ caseReference }) => isReference(caseReference, MAX_REFERENCE_LENGTH)],
  ['inReplyTo', ({ id, inReplyTo }) => inReplyTo === '' || (isEnvelopeId(inReplyTo) && inReplyTo !== id)],
  ['supersedes', ({ id, supersedes }) => supersedes === '' || (isEnvelopeId(supersedes) && supersedes !== id)],
];

function assertHeader(header: EnvelopeHeader): void {
  if (!isSpecified(MessageKind, header.kind)) throw new EnvelopeError('ENVELOPE_KIND_UNKNOWN', { context: { kind: header.kind } });
  for (const [field, isSound] of FIELD_CHECKS) {
    if (!isSound(header)) throw new EnvelopeError('ENVELOPE_HEADER_INVALID', { context: { field } });
  }
}

function assertPartDigests(parts: Envelope['parts']): void {
  const seen = new Set<string>();
  for (const { digest, category } of parts) {
    if (digest.length !== 32 || !isSpecified(DataCategory, category)) throw new EnvelopeError('ENVELOPE_PARTS_INVALID', { context: { fault: 'part' } });
    seen.add(Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength).toString('latin1'));
  }
  if (parts.length === 0 || parts.length > MAX_PARTS) throw new EnvelopeError('ENVELOPE_PARTS_INVALID', { context: { fault: 'count' } });
  if (seen.size !== parts.length) throw new EnvelopeError('ENVELOPE_PARTS_INVALID', { context: { fault: 'duplicate' } });
}

/**
 * An envelope every field of which is present, well-formed and known to this version; codes that it does not know are
 * refused, for nobody can tell what they would restrict.
 * @throws EnvelopeError ENVELOPE_MALFORMED, ENVELOPE_KIND_UNKNOWN, ENVELOPE_HEADER_INVALID, ENVELOPE_PARTS_INVALID.
 */
export function assertEnvelope(envelope: Envelope): asserts envelope is Envelope & { readonly header: EnvelopeHeader } {
  if (envelope.header === null) throw new EnvelopeError('ENVELOPE_MALFORMED', { context: { fault: 'header' } });
  assertHeader(envelope.header);
  assertPartDigests(envelope.parts);
}
