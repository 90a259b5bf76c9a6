import { nameOf } from '../i18n/index.ts';
import type { Json } from './body-fields.ts';

/** A nation in the reader's language with its code: `Thailand (TH)`; a code that nobody knows as it came. */
export function nationName(nation: string): string {
  const name = nameOf('region', nation);
  return name === nation ? nation : `${name} (${nation})`;
}

/** A language in the reader's language: `Thai`; a tag that nobody knows as it came. */
export function languageName(tag: string): string {
  return nameOf('language', tag);
}

/** A date of the contract, as much of it as is known: `1987`, `1987-05`, `1987-05-09`. */
export function dateText({ year, month, day }: Json): string {
  const two = (part: unknown): string => String(part).padStart(2, '0');
  return [
    String(year ?? ''),
    ...(Number(month ?? 0) > 0 ? [two(month), ...(Number(day ?? 0) > 0 ? [two(day)] : [])] : []),
  ].join('-');
}

/** A position in degrees: `20.26, 100.41 (± 50 m)`. */
export function positionText({ latitude = 0, longitude = 0, accuracyM }: Json): string {
  const at = `${Number(latitude)}, ${Number(longitude)}`;
  return accuracyM === undefined ? at : `${at} (± ${Number(accuracyM)} m)`;
}
