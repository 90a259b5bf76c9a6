import { type Brand, isOfficeId, type OfficeId } from '../foundation/index.ts';
import { SubjectsError } from './errors.ts';
import { parseSlug } from './token.ts';

/** `region.<corridor>.<crime-area>.<from>`: what an office publishes for a regional hub's subscribers. */
export type RegionSubject = Brand<string, 'RegionSubject'>;

/** The pieces of a regional subject. */
export interface RegionParts {
  readonly corridor: string;
  readonly crimeArea: string;
  readonly from: OfficeId;
}

/** The subject of a regional publication; every piece is checked. @throws SubjectsError SUBJECTS_TOKEN_INVALID. */
export function regionSubject(parts: RegionParts): RegionSubject {
  const { corridor, crimeArea, from } = checkedParts(parts);
  return `region.${corridor}.${crimeArea}.${from}` as RegionSubject;
}

/** The pieces of a regional subject: exactly what built it. @throws SubjectsError SUBJECTS_FORM_INVALID, SUBJECTS_TOKEN_INVALID. */
export function parseRegionSubject(text: unknown): RegionParts {
  const tokens = typeof text === 'string' ? text.split('.') : [];
  const [family, corridor, crimeArea, from, ...more] = tokens;
  if (family !== 'region' || from === undefined || more.length > 0) throw new SubjectsError('SUBJECTS_FORM_INVALID');
  return checkedParts({ corridor, crimeArea, from });
}

/** Regional publications by corridor and crime area, either of them `undefined` for any, as a filter. */
export function regionFilter(corridor?: string, crimeArea?: string): string {
  const tokens = [
    corridor === undefined ? '*' : parseSlug(corridor, 'corridor'),
    crimeArea === undefined ? '*' : parseSlug(crimeArea, 'crimeArea'),
  ];
  return `region.${tokens.join('.')}.*`;
}

function checkedParts(parts: { readonly [K in keyof RegionParts]: unknown }): RegionParts {
  if (!isOfficeId(parts.from)) throw new SubjectsError('SUBJECTS_TOKEN_INVALID', { context: { piece: 'from' } });
  return {
    corridor: parseSlug(parts.corridor, 'corridor'),
    crimeArea: parseSlug(parts.crimeArea, 'crimeArea'),
    from: parts.from,
  };
}
