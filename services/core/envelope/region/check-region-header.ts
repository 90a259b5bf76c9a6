import { isOfficeId } from '../../foundation/index.ts';
import { Corridor, CrimeArea, type RegionHeader, Urgency } from '../../wire/index.ts';
import { EnvelopeError } from '../errors.ts';
import { isTime, specifiedIn } from '../text-forms.ts';
import { isRegionKind } from './region-body.ts';

const CHAIN_BYTES = 16;
const DIGEST_BYTES = 32;
const CORRIDORS = specifiedIn(Corridor);
const CRIME_AREAS = specifiedIn(CrimeArea);
const URGENCIES = specifiedIn(Urgency);

/** A language tag as messages have it (BCP 47, letters, digits and hyphens); empty is none. */
export function isLanguage(text: string): boolean {
  return text === '' || (text.length <= 35 && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(text));
}

function areAscending(indexes: readonly number[]): boolean {
  return indexes.every((index, at) => at === 0 || index > (indexes[at - 1] as number));
}

/** A release says all of its message; a withdrawal names one and says nothing else. */
function isOfOneForm(header: RegionHeader): boolean {
  const { withdraws, withdrawsNumber, number, envelopeDigest, disclosed, decision, agreement, language } = header;
  if (withdraws.length === 0)
    return envelopeDigest.length === DIGEST_BYTES && disclosed.length > 0 && withdrawsNumber === 0;
  return (
    Number.isSafeInteger(withdrawsNumber) &&
    withdrawsNumber >= 1 &&
    withdrawsNumber < number &&
    withdraws.length === DIGEST_BYTES &&
    envelopeDigest.length === 0 &&
    disclosed.length === 0 &&
    decision === null &&
    agreement === null &&
    language === ''
  );
}

const FIELD_CHECKS: readonly (readonly [field: keyof RegionHeader, isSound: (header: RegionHeader) => boolean])[] = [
  ['from', ({ from }) => isOfficeId(from)],
  ['corridor', ({ corridor }) => CORRIDORS.has(corridor)],
  ['crimeArea', ({ crimeArea }) => CRIME_AREAS.has(crimeArea)],
  ['urgency', ({ urgency }) => URGENCIES.has(urgency)],
  ['language', ({ language }) => isLanguage(language)],
  ['number', ({ number }) => Number.isSafeInteger(number) && number >= 1],
  // The first of a topic follows nothing, every other one something.
  ['previous', ({ previous, number }) => previous.length === (number === 1 ? 0 : DIGEST_BYTES)],
  ['chain', ({ chain }) => chain.length === CHAIN_BYTES],
  ['releasedMs', ({ releasedMs }) => isTime(releasedMs)],
  ['disclosed', ({ disclosed }) => areAscending(disclosed)],
  ['withdraws', isOfOneForm],
];

/** Every field is there and well-formed, its codes known to this version. @throws EnvelopeError ENVELOPE_REGION_KIND_WRONG, ENVELOPE_REGION_HEADER_INVALID. */
export function checkRegionHeader(header: RegionHeader): void {
  if (!isRegionKind(header.kind))
    throw new EnvelopeError('ENVELOPE_REGION_KIND_WRONG', { context: { kind: header.kind } });
  for (const [field, isSound] of FIELD_CHECKS)
    if (!isSound(header)) throw new EnvelopeError('ENVELOPE_REGION_HEADER_INVALID', { context: { field } });
}
