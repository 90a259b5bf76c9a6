import { code } from '../codes/code-words.ts';
import { CliError } from '../errors.ts';
import type { JsonRecord } from '../office-api/office-client.ts';
import { given, parseRecord, subjectsOf } from '../request/build-request.ts';
import type { SubjectOptions } from '../request/subject-options.ts';

/** What a post takes on the command line. */
export interface PostOptions extends SubjectOptions {
  readonly file?: string;
  readonly type?: string;
  readonly crimeArea?: string;
  readonly headline?: string;
  readonly text?: string;
  readonly language?: string;
  readonly answers?: string;
  readonly for?: readonly string[];
  readonly due?: string;
  readonly at?: string;
  readonly place?: string;
  readonly occurred?: string;
  readonly outcome?: readonly string[];
  readonly seized?: readonly string[];
  readonly attach?: readonly string[];
  readonly precedence?: string;
  readonly purpose?: string;
  readonly handling?: string;
  readonly caveat?: string;
  readonly case?: string;
  readonly drill?: true;
  readonly idempotencyKey?: string;
}

/** The post that the options describe, in the JSON form of the contract; the office checks it. @throws CliError CLI_INPUT_INVALID, CLI_USAGE. */
export function buildPost(options: PostOptions, crimeArea: string, tasking?: string, now = Date.now()): JsonRecord {
  const subjects = subjectsOf(options);
  const place = given({
    name: options.place,
    position: options.at === undefined ? undefined : parsePosition(options.at),
  });
  return withEnvelope(
    {
      precedence: 'PRECEDENCE_ROUTINE',
      handling: 'HANDLING_CODE_H1',
      post: given({
        terms: given({
          postType: code('POST_TYPE', options.type ?? 'message'),
          assignees: options.for,
          due: options.due === undefined ? undefined : parseDue(options.due, now),
          tasking: code('TASKING_STATE', tasking),
          outcomes: options.outcome?.map(parseOutcome),
        }),
        crimeArea: code('CRIME_AREA', options.crimeArea) ?? crimeArea,
        occurredAt: options.occurred,
        place: Object.keys(place).length === 0 ? undefined : place,
        headline: options.headline,
        text: options.text,
        textLanguage: options.text === undefined ? undefined : (options.language ?? 'en'),
        subjects: subjects.length === 0 ? undefined : subjects,
        seized: options.seized?.map(parseSeized),
      }),
    },
    options,
  );
}

/** A post of a file, with what the options say instead. @throws CliError CLI_INPUT_INVALID. */
export function readPost(text: string, options: PostOptions): JsonRecord {
  return withEnvelope(parseRecord(text, options.file ?? '-'), options);
}

function withEnvelope(submission: JsonRecord, options: PostOptions): JsonRecord {
  const [origin, id] =
    options.answers?.includes('/') === true ? options.answers.split('/') : [undefined, options.answers];
  return {
    ...submission,
    ...given({
      precedence: code('PRECEDENCE', options.precedence),
      purpose: code('PURPOSE', options.purpose),
      handling: code('HANDLING_CODE', options.handling),
      caveat: options.caveat,
      caseReference: options.case,
      drill: options.drill,
      answers: id,
      answersOrigin: origin,
      attachments: options.attach,
      idempotencyKey: options.idempotencyKey,
    }),
  };
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time as it is said, or counted from now: `30m`, `2h`, `1d`. */
export function parseDue(text: string, now: number): string {
  const [, count, unit = ''] = /^([1-9]\d{0,3})([mhd])$/.exec(text) ?? [];
  return count === undefined ? text : new Date(now + Number(count) * (UNITS[unit] ?? 0)).toISOString();
}

/** A position from `20.27,100.08`, in degrees of latitude and longitude. @throws CliError CLI_INPUT_INVALID. */
export function parsePosition(text: string): JsonRecord {
  const [latitude, longitude, ...rest] = text.split(',').map((part) => Number(part.trim() === '' ? Number.NaN : part));
  const isWhole = latitude !== undefined && longitude !== undefined && rest.length === 0;
  if (!isWhole || !Number.isFinite(latitude) || !Number.isFinite(longitude))
    throw new CliError('CLI_INPUT_INVALID', { context: { at: text, fault: 'not "latitude,longitude"' } });
  return { latitude, longitude };
}

/** What came of it from `arrest` or `arrest=2`. @throws CliError CLI_INPUT_INVALID, CLI_USAGE. */
export function parseOutcome(text: string): JsonRecord {
  const [word = '', count = '1'] = text.split('=');
  if (!/^[1-9]\d{0,5}$/.test(count))
    throw new CliError('CLI_INPUT_INVALID', { context: { outcome: text, fault: 'not "word" or "word=count"' } });
  return { outcome: code('OUTCOME_TYPE', word), count: Number(count) };
}

/** Seized goods from `description=..;hs=..;quantity=..;unit=..;concealment=..`. @throws CliError CLI_INPUT_INVALID. */
export function parseSeized(text: string): JsonRecord {
  const names: Readonly<Record<string, string>> = {
    description: 'description',
    hs: 'hsCode',
    quantity: 'quantity',
    unit: 'unit',
    concealment: 'concealment',
  };
  const fields = text.split(';').map((field) => {
    const at = field.indexOf('=');
    const name = names[field.slice(0, at).trim()];
    if (at < 1 || name === undefined)
      throw new CliError('CLI_INPUT_INVALID', {
        context: { seized: text, fault: `not name=value with one of ${Object.keys(names).join(', ')}` },
      });
    const value = field.slice(at + 1).trim();
    return [name, name === 'quantity' ? Number(value) : value] as const;
  });
  return Object.fromEntries(fields);
}
