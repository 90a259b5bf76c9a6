import { CliError } from '../errors.ts';
import type { JsonRecord } from '../office-api/office-client.ts';

type Put = (subject: Record<string, unknown>, value: string) => void;

const PERSON_FIELDS: Readonly<Record<string, Put>> = {
  family: (person, value) => void (person['familyName'] = value),
  given: (person, value) => void (person['givenNames'] = value),
  name: (person, value) => void (person['nameInOriginalScript'] = value),
  alias: (person, value) => append(person, 'aliases', value),
  born: (person, value) => void (person['dateOfBirth'] = parseDate(value)),
  sex: (person, value) => void (person['sex'] = `SEX_${value.toUpperCase()}`),
  nationality: (person, value) => append(person, 'nationalities', value.toUpperCase()),
  age: (person, value) => void (person['ageGroup'] = `AGE_GROUP_${value.toUpperCase().replaceAll('-', '_')}`),
  victim: (person, value) => void (person['victimStatus'] = `VICTIM_STATUS_${value.toUpperCase()}`),
  telephone: (person, value) => append(person, 'telephoneNumbers', value),
  passport: (person, value) => append(person, 'documents', { documentType: 'DOCUMENT_TYPE_PASSPORT', number: value }),
};

const VEHICLE_FIELDS: Readonly<Record<string, Put>> = {
  type: (vehicle, value) => void (vehicle['vehicleType'] = `VEHICLE_TYPE_${value.toUpperCase()}`),
  registration: (vehicle, value) => void (vehicle['registration'] = value),
  nation: (vehicle, value) => void (vehicle['registrationNation'] = value.toUpperCase()),
  make: (vehicle, value) => void (vehicle['make'] = value),
  model: (vehicle, value) => void (vehicle['model'] = value),
  colour: (vehicle, value) => void (vehicle['colour'] = value),
};

/** A person from `family=...;given=...;born=1988-04-12;nationality=TH;role=suspect`. @throws CliError CLI_INPUT_INVALID. */
export function parsePerson(text: string): JsonRecord {
  return parseSubject('person', 'person-of-interest', PERSON_FIELDS, text);
}

/** A vehicle from `registration=...;type=pickup;make=...;role=means`. @throws CliError CLI_INPUT_INVALID. */
export function parseVehicle(text: string): JsonRecord {
  return parseSubject('vehicle', 'means', VEHICLE_FIELDS, text);
}

function parseSubject(kind: string, defaultRole: string, fields: Readonly<Record<string, Put>>, text: string): JsonRecord {
  const subject: Record<string, unknown> = {};
  let role = defaultRole;
  for (const pair of text.split(';').filter((piece) => piece.trim() !== '')) {
    const [name = '', ...rest] = pair.split('=');
    const value = rest.join('=').trim();
    const put = Object.hasOwn(fields, name.trim()) ? fields[name.trim()] : undefined;
    if (name.trim() === 'role') role = value;
    else if (put === undefined || value === '') throw invalid(kind, pair.trim(), ['role', ...Object.keys(fields)]);
    else put(subject, value);
  }
  return { role: `SUBJECT_ROLE_${role.toUpperCase().replaceAll('-', '_')}`, [kind]: subject };
}

/** A date that may lack day or month: `1988`, `1988-04`, `1988-04-12`. */
function parseDate(text: string): JsonRecord {
  const [year, month, day] = /^([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?$/.exec(text)?.slice(1) ?? [];
  if (year === undefined) throw new CliError('CLI_INPUT_INVALID', { context: { date: text, fault: 'not yyyy-mm-dd' } });
  return { year: Number(year), ...(month === undefined ? {} : { month: Number(month) }), ...(day === undefined ? {} : { day: Number(day) }) };
}

function append(subject: Record<string, unknown>, field: string, value: unknown): void {
  subject[field] = [...((subject[field] as unknown[] | undefined) ?? []), value];
}

function invalid(kind: string, piece: string, known: readonly string[]): CliError {
  return new CliError('CLI_INPUT_INVALID', { context: { [kind]: piece, fault: `not one of ${known.join(', ')} with a value` } });
}
