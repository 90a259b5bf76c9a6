import { code } from '../codes/code-words.ts';
import { CliError } from '../errors.ts';
import type { JsonRecord } from '../office-api/office-client.ts';

/** What a word of the command line adds to a subject; lists grow. */
type Field = (value: string) => JsonRecord;

const PERSON_FIELDS: Readonly<Record<string, Field>> = {
  family: (value) => ({ familyName: value }),
  given: (value) => ({ givenNames: value }),
  name: (value) => ({ nameInOriginalScript: value }),
  alias: (value) => ({ aliases: [value] }),
  born: (value) => ({ dateOfBirth: parseDate(value) }),
  sex: (value) => ({ sex: code('SEX', value) }),
  nationality: (value) => ({ nationalities: [value.toUpperCase()] }),
  age: (value) => ({ ageGroup: code('AGE_GROUP', value) }),
  victim: (value) => ({ victimStatus: code('VICTIM_STATUS', value) }),
  telephone: (value) => ({ telephoneNumbers: [value] }),
  passport: (value) => ({ documents: [{ documentType: 'DOCUMENT_TYPE_PASSPORT', number: value }] }),
};

const VEHICLE_FIELDS: Readonly<Record<string, Field>> = {
  type: (value) => ({ vehicleType: code('VEHICLE_TYPE', value) }),
  registration: (value) => ({ registration: value }),
  nation: (value) => ({ registrationNation: value.toUpperCase() }),
  make: (value) => ({ make: value }),
  model: (value) => ({ model: value }),
  colour: (value) => ({ colour: value }),
  vin: (value) => ({ identificationNumber: value }),
};

const DOCUMENT_FIELDS: Readonly<Record<string, Field>> = {
  number: (value) => ({ number: value }),
  nation: (value) => ({ issuingNation: value.toUpperCase() }),
  type: (value) => ({ documentType: code('DOCUMENT_TYPE', value) }),
  holder: (value) => ({ holderName: value }),
};

const VESSEL_FIELDS: Readonly<Record<string, Field>> = {
  name: (value) => ({ name: value }),
  registration: (value) => ({ registration: value }),
  flag: (value) => ({ flagNation: value.toUpperCase() }),
  imo: (value) => ({ imoNumber: value }),
  type: (value) => ({ vesselType: code('VESSEL_TYPE', value) }),
};

const CONSIGNMENT_FIELDS: Readonly<Record<string, Field>> = {
  reference: (value) => ({ reference: value }),
  container: (value) => ({ containerNumber: value }),
};

const ACCOUNT_FIELDS: Readonly<Record<string, Field>> = {
  service: (value) => ({ service: value }),
  handle: (value) => ({ handle: value }),
  address: (value) => ({ address: value }),
  wallet: (value) => ({ wallet: value }),
};

/** A person from `family=...;given=...;born=1988-04-12;nationality=TH;role=suspect`. @throws CliError CLI_INPUT_INVALID. */
export function parsePerson(text: string): JsonRecord {
  return parseSubject('person', 'person-of-interest', PERSON_FIELDS, text);
}

/** A vehicle from `registration=...;type=pickup;make=...;role=means`. @throws CliError CLI_INPUT_INVALID. */
export function parseVehicle(text: string): JsonRecord {
  return parseSubject('vehicle', 'means', VEHICLE_FIELDS, text);
}

/** A travel document from `number=...;nation=TH;type=border-pass`; a passport where no type is named. @throws CliError CLI_INPUT_INVALID. */
export function parseDocument(text: string): JsonRecord {
  const { travelDocument, ...rest } = parseSubject('travelDocument', 'object', DOCUMENT_FIELDS, text);
  return { ...rest, travelDocument: { documentType: 'DOCUMENT_TYPE_PASSPORT', ...(travelDocument as JsonRecord) } };
}

/** A vessel from `name=...;registration=...;flag=TH;imo=...`. @throws CliError CLI_INPUT_INVALID. */
export function parseVessel(text: string): JsonRecord {
  return parseSubject('vessel', 'means', VESSEL_FIELDS, text);
}

/** A consignment from `reference=...;container=...`. @throws CliError CLI_INPUT_INVALID. */
export function parseConsignment(text: string): JsonRecord {
  return parseSubject('consignment', 'object', CONSIGNMENT_FIELDS, text);
}

/** An online account from `service=...;handle=...;wallet=...`. @throws CliError CLI_INPUT_INVALID. */
export function parseAccount(text: string): JsonRecord {
  return parseSubject('onlineAccount', 'means', ACCOUNT_FIELDS, text);
}

function parseSubject(
  kind: string,
  defaultRole: string,
  fields: Readonly<Record<string, Field>>,
  text: string,
): JsonRecord {
  let subject: JsonRecord = {};
  let role = defaultRole;
  let label: string | undefined;
  for (const pair of text.split(';').filter((piece) => piece.trim() !== '')) {
    const [word = '', ...rest] = pair.split('=');
    const name = word.trim();
    const value = rest.join('=').trim();
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === '' || (field === undefined && name !== 'role' && name !== 'label'))
      throw invalid(kind, pair.trim(), ['label', 'role', ...Object.keys(fields)]);
    if (name === 'label') label = value;
    else if (field === undefined) role = value;
    else subject = merged(subject, field(value));
  }
  return { ...(label === undefined ? {} : { label }), role: code('SUBJECT_ROLE', role), [kind]: subject };
}

function merged(subject: JsonRecord, added: JsonRecord): JsonRecord {
  const entries = Object.entries(added).map(([name, value]) => {
    const before = subject[name];
    return [name, Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value] as const;
  });
  return { ...subject, ...Object.fromEntries(entries) };
}

/** A date that may lack day or month: `1988`, `1988-04`, `1988-04-12`. */
function parseDate(text: string): JsonRecord {
  const [year, month, day] = /^([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?$/.exec(text)?.slice(1) ?? [];
  if (year === undefined) throw new CliError('CLI_INPUT_INVALID', { context: { date: text, fault: 'not yyyy-mm-dd' } });
  return {
    year: Number(year),
    ...(month === undefined ? {} : { month: Number(month) }),
    ...(day === undefined ? {} : { day: Number(day) }),
  };
}

function invalid(kind: string, piece: string, known: readonly string[]): CliError {
  return new CliError('CLI_INPUT_INVALID', {
    context: { [kind]: piece, fault: `not one of ${known.join(', ')} with a value` },
  });
}
