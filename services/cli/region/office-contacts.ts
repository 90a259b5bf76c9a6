import type { EpochMs } from '../../core/foundation/index.ts';

/** Where an office is, and in which languages one reaches somebody there. */
export interface OfficeContacts {
  /** Degrees north and east, WGS 84, about. */
  readonly position: readonly [latitude: number, longitude: number];
  /** BCP 47 tags, the office's own first. */
  readonly languages: readonly string[];
}

const HOUR = 3_600_000;
const SHIFT_MS = 12 * HOUR;
const SHIFTS = 28;

/**
 * An office's entry for its nation's directory with posts that one reaches, and who is on duty in the two weeks from the
 * beginning of the day of `now` (UTC). Posts only, no persons: it is a demonstration.
 */
export function entryWithContacts(entry: string, contacts: OfficeContacts, now: EpochMs): string {
  const [latitude, longitude] = contacts.position;
  const first = Math.floor(now / (24 * HOUR)) * 24 * HOUR;
  const focalPoint = (role: string, telephone: string, languages: readonly string[]) => ({
    role,
    telephone,
    languages,
  });
  return `${JSON.stringify(
    {
      ...(JSON.parse(entry) as Record<string, unknown>),
      position: { latitude, longitude },
      focalPoints: [
        focalPoint('Duty desk, day and night', '+00 00 555 0100', contacts.languages),
        focalPoint('Head of office', '+00 00 555 0101', contacts.languages.slice(0, 2)),
      ],
      dutyRoster: Array.from({ length: SHIFTS }, (_, index) => ({
        from: new Date(first + index * SHIFT_MS).toISOString(),
        until: new Date(first + (index + 1) * SHIFT_MS).toISOString(),
        contact: index % 2 === 0 ? 'Duty desk, first watch' : 'Duty desk, second watch',
      })),
    },
    null,
    2,
  )}\n`;
}
