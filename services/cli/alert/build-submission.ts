import { code } from '../codes/code-words.ts';
import { CliError } from '../errors.ts';
import type { JsonRecord } from '../office-api/office-client.ts';
import { parsePerson, parseVehicle } from './parse-subject.ts';

/** What `alert send` and `alert preview` take. */
export interface AlertOptions {
  readonly file?: string;
  readonly to?: readonly string[];
  readonly precedence?: string;
  readonly purpose?: string;
  readonly handling?: string;
  readonly caveat?: string;
  readonly case?: string;
  readonly expires?: string;
  readonly drill?: true;
  readonly region?: true;
  readonly emergency?: string;
  readonly idempotencyKey?: string;
  readonly supersedes?: string;
  readonly type?: string;
  readonly crimeArea?: string;
  readonly urgency?: string;
  readonly severity?: string;
  readonly certainty?: string;
  readonly corridor?: string;
  readonly headline?: string;
  readonly narrative?: string;
  readonly language?: string;
  readonly action?: readonly string[];
  readonly person?: readonly string[];
  readonly vehicle?: readonly string[];
}

/** The submission that the options describe, in the JSON form of the contract; the office checks it. @throws CliError CLI_INPUT_INVALID, CLI_USAGE. */
export function buildSubmission(options: AlertOptions): JsonRecord {
  const hasAudience = options.to !== undefined || options.supersedes !== undefined;
  if (!hasAudience || options.crimeArea === undefined) {
    throw new CliError('CLI_USAGE', { context: { missing: '--file, or --to (or --supersedes) and --crime-area' } });
  }
  const subjects = [...(options.person ?? []).map(parsePerson), ...(options.vehicle ?? []).map(parseVehicle)];
  return withEnvelopeOptions(
    {
      precedence: 'PRECEDENCE_ROUTINE',
      purpose: 'PURPOSE_INVESTIGATION',
      handling: 'HANDLING_CODE_H1',
      alert: given({
        messageType: code('MESSAGE_TYPE', options.type ?? 'alert'),
        crimeArea: code('CRIME_AREA', options.crimeArea),
        urgency: code('URGENCY', options.urgency ?? 'unknown'),
        severity: code('SEVERITY', options.severity ?? 'unknown'),
        certainty: code('CERTAINTY', options.certainty ?? 'unknown'),
        corridor: code('CORRIDOR', options.corridor),
        headline: options.headline,
        narrative: options.narrative,
        narrativeLanguage: options.narrative === undefined ? undefined : (options.language ?? 'en'),
        requestedActions: options.action?.map((word) => code('REQUESTED_ACTION', word)),
        subjects: subjects.length === 0 ? undefined : subjects,
      }),
    },
    options,
  );
}

/** The submission in a file's text, with what the options say instead. @throws CliError CLI_INPUT_INVALID. */
export function readSubmission(text: string, options: AlertOptions): JsonRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CliError('CLI_INPUT_INVALID', { context: { file: options.file ?? '-', fault: 'not JSON' } });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CliError('CLI_INPUT_INVALID', { context: { file: options.file ?? '-', fault: 'not an object' } });
  }
  return withEnvelopeOptions(value as JsonRecord, options);
}

function withEnvelopeOptions(submission: JsonRecord, options: AlertOptions): JsonRecord {
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
      region: options.region,
      emergency: options.emergency === undefined ? undefined : { reason: options.emergency },
      idempotencyKey: options.idempotencyKey,
      supersedes: options.supersedes,
    }),
  };
}

function given(fields: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
