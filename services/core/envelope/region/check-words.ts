import { isOfficeId } from '../../foundation/index.ts';
import {
  Corridor,
  CrimeArea,
  type HubHead,
  type RegionStatus,
  type Subscription,
  type TopicStatus,
  Urgency,
} from '../../wire/index.ts';
import { EnvelopeError } from '../errors.ts';
import { isReference, isTime, specifiedIn } from '../text-forms.ts';
import { isLanguage } from './check-region-header.ts';

const DIGEST_BYTES = 32;
const CHAIN_BYTES = 16;
const MAX_ID_LENGTH = 64;
const MAX_BACKFILL_DAYS = 365;
const CORRIDORS = specifiedIn(Corridor);
const CRIME_AREAS = specifiedIn(CrimeArea);
const URGENCIES = specifiedIn(Urgency);

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** Each is one of the list, and none stands twice. */
function areOf<T>(values: readonly T[], isOne: (value: T) => boolean): boolean {
  return values.every(isOne) && new Set(values).size === values.length;
}

function assertAll<T extends object>(
  word: T,
  checks: readonly (readonly [field: keyof T & string, isSound: (word: T) => boolean])[],
): void {
  for (const [field, isSound] of checks)
    if (!isSound(word)) throw new EnvelopeError('ENVELOPE_REGION_WORD_INVALID', { context: { field } });
}

/** @throws EnvelopeError ENVELOPE_REGION_WORD_INVALID. */
export function assertSubscription(subscription: Subscription): void {
  assertAll(subscription, [
    ['office', ({ office }) => isOfficeId(office)],
    ['id', ({ id }) => id !== '' && isReference(id, MAX_ID_LENGTH)],
    ['corridors', ({ corridors }) => areOf(corridors, (code) => CORRIDORS.has(code))],
    ['crimeAreas', ({ crimeAreas }) => areOf(crimeAreas, (code) => CRIME_AREAS.has(code))],
    ['nations', ({ nations }) => areOf(nations, (nation) => /^[A-Z]{2}$/.test(nation))],
    ['urgencies', ({ urgencies }) => areOf(urgencies, (code) => URGENCIES.has(code))],
    ['languages', ({ languages }) => areOf(languages, (language) => language !== '' && isLanguage(language))],
    ['backfillDays', ({ backfillDays }) => isCount(backfillDays) && backfillDays <= MAX_BACKFILL_DAYS],
    ['atMs', ({ atMs }) => isTime(atMs)],
  ]);
}

function isSoundTopic({ corridor, crimeArea, number, digest }: TopicStatus): boolean {
  return (
    CORRIDORS.has(corridor) &&
    CRIME_AREAS.has(crimeArea) &&
    isCount(number) &&
    number >= 1 &&
    digest.length === DIGEST_BYTES
  );
}

/** @throws EnvelopeError ENVELOPE_REGION_WORD_INVALID. */
export function assertRegionStatus(status: RegionStatus): void {
  assertAll(status, [
    ['from', ({ from }) => isOfficeId(from)],
    ['chain', ({ chain }) => chain.length === CHAIN_BYTES],
    [
      'topics',
      ({ topics }) =>
        topics.every(isSoundTopic) &&
        areOf(
          topics.map(({ corridor, crimeArea }) => `${corridor}/${crimeArea}`),
          Boolean,
        ),
    ],
    ['directorySequence', ({ directorySequence }) => isCount(directorySequence)],
    ['atMs', ({ atMs }) => isTime(atMs)],
  ]);
}

/** @throws EnvelopeError ENVELOPE_REGION_WORD_INVALID. */
export function assertHubHead(head: HubHead): void {
  assertAll(head, [
    ['hub', ({ hub }) => /^hub(-[a-z0-9]+)+$/.test(hub) && hub.length <= 48],
    ['size', ({ size }) => isCount(size)],
    ['digest', ({ digest }) => digest.length === DIGEST_BYTES],
    ['atMs', ({ atMs }) => isTime(atMs)],
  ]);
}
