import { code } from '../codes/code-words.ts';
import { CliError } from '../errors.ts';
import type { JsonRecord } from '../office-api/office-client.ts';

/** What `bulletin send` takes. */
export interface BulletinOptions {
  readonly file?: string;
  readonly type?: string;
  readonly message?: string;
  readonly crimeArea?: string;
  readonly corridor?: string;
  readonly urgency?: string;
  readonly headline?: string;
  readonly text?: string;
  readonly language?: string;
  readonly indicator?: readonly string[];
  readonly point?: readonly string[];
  readonly line?: readonly string[];
  readonly area?: readonly string[];
  readonly precedence?: string;
  readonly purpose?: string;
  readonly handling?: string;
  readonly case?: string;
  readonly expires?: string;
  readonly drill?: true;
  readonly supersedes?: string;
  readonly idempotencyKey?: string;
}

function given(fields: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** `20.27,100.08` as people write a position: latitude first. */
function position(text: string): JsonRecord {
  const numbers = text.split(',').map(Number);
  const [latitude = Number.NaN, longitude = Number.NaN] = numbers;
  if (numbers.length !== 2 || Number.isNaN(latitude) || Number.isNaN(longitude))
    throw new CliError('CLI_USAGE', { context: { position: text, expected: 'latitude,longitude' } });
  return { latitude, longitude };
}

/** `name=20.27,100.08 20.28,100.09`; the name may be left out. */
function geometry(geometryType: string, text: string): JsonRecord {
  const [, name = '', places = ''] = /^(?:([^=]*)=)?(.*)$/.exec(text) ?? [];
  const positions = places.trim().split(/\s+/).map(position);
  return { geometryType, positions, ...(name === '' ? {} : { name }) };
}

/** The submission that the options describe, in the JSON form of the contract; the office checks it. @throws CliError CLI_USAGE. */
export function buildBulletin(options: BulletinOptions): JsonRecord {
  const { crimeArea, corridor, headline } = options;
  if (crimeArea === undefined || corridor === undefined || headline === undefined)
    throw new CliError('CLI_USAGE', { context: { missing: '--file, or --crime-area, --corridor and --headline' } });
  const geometries = [
    ...(options.point ?? []).map((text) => geometry('GEOMETRY_TYPE_POINT', text)),
    ...(options.line ?? []).map((text) => geometry('GEOMETRY_TYPE_LINE_STRING', text)),
    ...(options.area ?? []).map((text) => geometry('GEOMETRY_TYPE_POLYGON', text)),
  ];
  const bulletin = given({
    bulletinType: code('BULLETIN_TYPE', options.type ?? 'trend'),
    messageType: code('MESSAGE_TYPE', options.message ?? 'alert'),
    crimeArea: code('CRIME_AREA', crimeArea),
    corridor: code('CORRIDOR', corridor),
    urgency: code('URGENCY', options.urgency ?? 'unknown'),
    headline,
    text: options.text,
    textLanguage: options.language ?? 'en',
    indicators: options.indicator?.map((word) => code('INDICATOR', word)),
    geometries: geometries.length === 0 ? undefined : geometries,
  });
  return withOptions(
    { precedence: 'PRECEDENCE_ROUTINE', purpose: 'PURPOSE_PREVENTION', handling: 'HANDLING_CODE_H0', bulletin },
    options,
  );
}

/** The submission in a file's text, with what the options say of its envelope instead. @throws CliError CLI_INPUT_INVALID. */
export function readBulletin(text: string, options: BulletinOptions): JsonRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CliError('CLI_INPUT_INVALID', { context: { file: options.file ?? '-', fault: 'not JSON' } });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CliError('CLI_INPUT_INVALID', { context: { file: options.file ?? '-', fault: 'not an object' } });
  return withOptions(value as JsonRecord, options);
}

function withOptions(submission: JsonRecord, options: BulletinOptions): JsonRecord {
  return {
    ...submission,
    ...given({
      precedence: code('PRECEDENCE', options.precedence),
      purpose: code('PURPOSE', options.purpose),
      handling: code('HANDLING_CODE', options.handling),
      caseReference: options.case,
      expires: options.expires,
      drill: options.drill,
      supersedes: options.supersedes,
      idempotencyKey: options.idempotencyKey,
    }),
  };
}
