import {
  parseAccount,
  parseConsignment,
  parseDocument,
  parsePerson,
  parseVehicle,
  parseVessel,
} from '../alert/parse-subject.ts';
import { code } from '../codes/code-words.ts';
import { CliError } from '../errors.ts';
import type { JsonRecord } from '../office-api/office-client.ts';
import type { SubjectOptions } from './subject-options.ts';

/** What `request send` and `request preview` take. */
export interface RequestOptions extends SubjectOptions {
  readonly file?: string;
  readonly to?: readonly string[];
  readonly class?: string;
  readonly answerBy?: string;
  readonly crimeArea?: string;
  readonly basis?: string;
  readonly basisReference?: string;
  readonly question?: readonly string[];
  readonly accept?: readonly string[];
  readonly headline?: string;
  readonly text?: string;
  readonly language?: string;
  readonly precedence?: string;
  readonly purpose?: string;
  readonly handling?: string;
  readonly caveat?: string;
  readonly case?: string;
  readonly expires?: string;
  readonly drill?: true;
  readonly idempotencyKey?: string;
}

/** What a step takes on the command line. */
export interface StepOptions {
  readonly to?: readonly string[];
  readonly assignee?: string;
  readonly ground?: string;
  readonly text?: string;
  readonly language?: string;
  readonly idempotencyKey?: string;
}

/** The request that the options describe, in the JSON form of the contract; the office checks it. @throws CliError CLI_INPUT_INVALID, CLI_USAGE. */
export function buildRequest(options: RequestOptions): JsonRecord {
  if (options.to === undefined || options.crimeArea === undefined || options.question === undefined)
    throw new CliError('CLI_USAGE', { context: { missing: '--file, or --to, --crime-area and --question' } });
  const subjects = subjectsOf(options);
  return withRequestOptions(
    {
      precedence: 'PRECEDENCE_ROUTINE',
      purpose: 'PURPOSE_INVESTIGATION',
      handling: 'HANDLING_CODE_H1',
      request: given({
        terms: given({ responseClass: code('RESPONSE_CLASS', options.class ?? 'regular'), answerBy: options.answerBy }),
        crimeArea: code('CRIME_AREA', options.crimeArea),
        lawfulBasis: code('LAWFUL_BASIS', options.basis ?? 'agreement'),
        lawfulBasisReference: options.basisReference,
        languages: options.accept ?? [options.language ?? 'en'],
        questions: options.question.map(parseQuestion),
        headline: options.headline,
        text: options.text,
        textLanguage: options.text === undefined ? undefined : (options.language ?? 'en'),
        subjects: subjects.length === 0 ? undefined : subjects,
      }),
    },
    options,
  );
}

/** A submission of a file, with what the options say instead. @throws CliError CLI_INPUT_INVALID. */
export function readRequest(text: string, options: RequestOptions): JsonRecord {
  return withRequestOptions(parseRecord(text, options.file ?? '-'), options);
}

/** A step, in the JSON form of the contract. @throws CliError CLI_USAGE. */
export function buildStep(action: string, options: StepOptions): JsonRecord {
  return given({
    action,
    recipients: options.to,
    assignee: options.assignee,
    ground: code('REFUSAL_GROUND', options.ground),
    text: options.text,
    textLanguage: options.text === undefined ? undefined : (options.language ?? 'en'),
    idempotencyKey: options.idempotencyKey,
  });
}

/** Subjects in the order in which their kinds are listed; one without a label gets one by its place. @throws CliError CLI_INPUT_INVALID, CLI_USAGE. */
export function subjectsOf(options: SubjectOptions): readonly JsonRecord[] {
  const subjects = [
    ...(options.person ?? []).map(parsePerson),
    ...(options.document ?? []).map(parseDocument),
    ...(options.vehicle ?? []).map(parseVehicle),
    ...(options.vessel ?? []).map(parseVessel),
    ...(options.consignment ?? []).map(parseConsignment),
    ...(options.account ?? []).map(parseAccount),
  ];
  return subjects.map((subject, index) => ({ label: `S${index + 1}`, ...subject }));
}

/** A question from `vehicle: Has it crossed?` or `vehicle V1,P1: Has it crossed?`. @throws CliError CLI_INPUT_INVALID, CLI_USAGE. */
export function parseQuestion(given: string): JsonRecord {
  const [, type, about, text = ''] = /^\s*([a-z_-]+)(?:\s+([^\s:]+))?\s*(?::([\s\S]*))?$/i.exec(given) ?? [];
  if (type === undefined)
    throw new CliError('CLI_INPUT_INVALID', { context: { question: given, fault: 'not "type labels: text"' } });
  return {
    questionType: code('QUESTION_TYPE', type),
    ...(about === undefined ? {} : { about: about.split(',') }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  };
}

/** An object in JSON. @throws CliError CLI_INPUT_INVALID. */
export function parseRecord(text: string, file: string): JsonRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CliError('CLI_INPUT_INVALID', { context: { file, fault: 'not JSON' } });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CliError('CLI_INPUT_INVALID', { context: { file, fault: 'not an object' } });
  return value as JsonRecord;
}

/** The fields that are there. */
export function given(fields: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function withRequestOptions(submission: JsonRecord, options: RequestOptions): JsonRecord {
  return {
    ...submission,
    ...given({
      recipients: options.to,
      precedence: code('PRECEDENCE', options.precedence),
      purpose: code('PURPOSE', options.purpose),
      handling: code('HANDLING_CODE', options.handling),
      caveat: options.caveat,
      caseReference: options.case,
      expires: options.expires,
      drill: options.drill,
      idempotencyKey: options.idempotencyKey,
    }),
  };
}
