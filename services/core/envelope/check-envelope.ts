import { isOfficeId } from '../foundation/index.ts';
import {
  DataCategory,
  type Envelope,
  type EnvelopeHeader,
  HandlingCode,
  MAX_PARTS,
  MessageKind,
  Precedence,
  Purpose,
} from '../wire/index.ts';
import { EnvelopeError } from './errors.ts';
import { isEnvelopeId, isLine, isReference, isTime, specifiedIn } from './text-forms.ts';

const MAX_OFFICER_LENGTH = 120;
const MAX_CAVEAT_LENGTH = 200;
const MAX_REFERENCE_LENGTH = 60;

const KINDS = specifiedIn(MessageKind);
const PURPOSES = specifiedIn(Purpose);
const HANDLING_CODES = specifiedIn(HandlingCode);
const PRECEDENCES = specifiedIn(Precedence);
const CATEGORIES = specifiedIn(DataCategory);

type FieldCheck = readonly [field: keyof EnvelopeHeader, isSound: (header: EnvelopeHeader) => boolean];

const FIELD_CHECKS: readonly FieldCheck[] = [
  ['id', ({ id }) => isEnvelopeId(id)],
  ['origin', ({ origin }) => isOfficeId(origin)],
  ['officer', ({ officer }) => officer !== '' && isLine(officer, MAX_OFFICER_LENGTH)],
  ['purpose', ({ purpose }) => PURPOSES.has(purpose)],
  ['handling', ({ handling }) => HANDLING_CODES.has(handling)],
  // Europol's handling code H3 is a restriction in words; without the words it restricts nothing.
  [
    'caveat',
    ({ caveat, handling }) => isLine(caveat, MAX_CAVEAT_LENGTH) && (caveat !== '' || handling !== HandlingCode.H3),
  ],
  ['precedence', ({ precedence }) => PRECEDENCES.has(precedence)],
  ['createdMs', ({ createdMs }) => isTime(createdMs)],
  ['expiresMs', ({ createdMs, expiresMs }) => isTime(expiresMs) && expiresMs > createdMs],
  ['caseReference', ({ caseReference }) => isReference(caseReference, MAX_REFERENCE_LENGTH)],
  ['inReplyTo', ({ id, inReplyTo }) => inReplyTo === '' || (isEnvelopeId(inReplyTo) && inReplyTo !== id)],
  ['supersedes', ({ id, supersedes }) => supersedes === '' || (isEnvelopeId(supersedes) && supersedes !== id)],
];

/** Whether this version knows what a body of that kind is. */
export function isKnownKind(kind: MessageKind): boolean {
  return KINDS.has(kind);
}

function assertHeader(header: EnvelopeHeader): void {
  if (!isKnownKind(header.kind)) throw new EnvelopeError('ENVELOPE_KIND_UNKNOWN', { context: { kind: header.kind } });
  for (const [field, isSound] of FIELD_CHECKS) {
    if (!isSound(header)) throw new EnvelopeError('ENVELOPE_HEADER_INVALID', { context: { field } });
  }
}

/** Where each part stands in the envelope, by its digest as latin1 text. */
export type PartIndexes = ReadonlyMap<string, number>;

/** The key of a digest in `PartIndexes`. */
export function digestKey(digest: Uint8Array): string {
  return Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength).toString('latin1');
}

function indexParts(parts: Envelope['parts']): PartIndexes {
  if (parts.length === 0 || parts.length > MAX_PARTS)
    throw new EnvelopeError('ENVELOPE_PARTS_INVALID', { context: { fault: 'count' } });
  const indexes = new Map<string, number>();
  parts.forEach(({ digest, category }, index) => {
    if (digest.length !== 32 || !CATEGORIES.has(category))
      throw new EnvelopeError('ENVELOPE_PARTS_INVALID', { context: { fault: 'part' } });
    indexes.set(digestKey(digest), index);
  });
  if (indexes.size !== parts.length)
    throw new EnvelopeError('ENVELOPE_PARTS_INVALID', { context: { fault: 'duplicate' } });
  return indexes;
}

/** An envelope with its header, and its parts by their digests. */
export interface SoundEnvelope {
  readonly header: EnvelopeHeader;
  readonly indexes: PartIndexes;
}

/**
 * Every field of the envelope is present, well-formed and known to this version; codes that it does not know are
 * refused, for nobody can tell what they would restrict.
 * @throws EnvelopeError ENVELOPE_MALFORMED, ENVELOPE_KIND_UNKNOWN, ENVELOPE_HEADER_INVALID, ENVELOPE_PARTS_INVALID.
 */
export function checkEnvelope({ header, parts }: Envelope): SoundEnvelope {
  if (header === null) throw new EnvelopeError('ENVELOPE_MALFORMED', { context: { fault: 'header' } });
  assertHeader(header);
  return { header, indexes: indexParts(parts) };
}
