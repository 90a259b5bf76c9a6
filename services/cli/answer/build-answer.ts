import { code } from '../codes/code-words.ts';
import { CliError } from '../errors.ts';
import { type JsonRecord, recordIn } from '../office-api/office-client.ts';
import { given, subjectsOf } from '../request/build-request.ts';
import type { SubjectOptions } from '../request/subject-options.ts';

/** What `answer send` and `answer preview` take. */
export interface AnswerOptions extends SubjectOptions {
  readonly file?: string;
  readonly origin?: string;
  readonly result?: readonly string[];
  readonly text?: readonly string[];
  readonly language?: string;
  readonly precedence?: string;
  readonly handling?: string;
  readonly caveat?: string;
  readonly case?: string;
  readonly source?: string;
  readonly information?: string;
  readonly idempotencyKey?: string;
}

/** The answer that the options describe, in the JSON form of the contract. @throws CliError CLI_INPUT_INVALID, CLI_USAGE. */
export function buildAnswer(request: JsonRecord, options: AnswerOptions): JsonRecord {
  if (options.result === undefined) throw new CliError('CLI_USAGE', { context: { missing: '--file, or --result' } });
  const subjects = subjectsOf(options);
  const asked = recordIn(recordIn(request['content'])['request']);
  return withAnswerOptions(
    {
      answer: given({
        terms: { results: options.result.map(parseResult) },
        crimeArea: asked['crimeArea'],
        texts: options.text?.map(parseText),
        language: options.text === undefined ? undefined : (options.language ?? 'en'),
        sourceEvaluation: code('SOURCE_EVALUATION', options.source),
        informationEvaluation: code('INFORMATION_EVALUATION', options.information),
        subjects: subjects.length === 0 ? undefined : subjects,
      }),
    },
    request,
    options,
  );
}

/** A submission of a file, with what the options say instead. */
export function withAnswerOptions(submission: JsonRecord, request: JsonRecord, options: AnswerOptions): JsonRecord {
  return {
    ...submission,
    ...given({
      request: request['id'],
      origin: request['origin'],
      precedence: code('PRECEDENCE', options.precedence),
      handling: code('HANDLING_CODE', options.handling),
      caveat: options.caveat,
      caseReference: options.case,
      idempotencyKey: options.idempotencyKey,
    }),
  };
}

/** What becomes of a question: `1=answered`, `2=withheld:national-security`. @throws CliError CLI_INPUT_INVALID, CLI_USAGE. */
export function parseResult(text: string): JsonRecord {
  const [, question, outcome, ground] = /^\s*([0-9]{1,2})\s*=\s*([a-z_-]+)(?::([a-z_-]+))?\s*$/i.exec(text) ?? [];
  if (question === undefined || outcome === undefined)
    throw new CliError('CLI_INPUT_INVALID', {
      context: { result: text, fault: 'not "question=outcome" or "question=outcome:ground"' },
    });
  return given({
    question: Number(question),
    outcome: code('ANSWER_OUTCOME', outcome),
    ground: code('REFUSAL_GROUND', ground),
  });
}

/** What is said to a question: `1=Twice.`, `1 V1,P1=Twice.`. @throws CliError CLI_INPUT_INVALID. */
export function parseText(text: string): JsonRecord {
  const [, question, about, said] = /^\s*([0-9]{1,2})(?:\s+([^\s=]+))?\s*=([\s\S]*)$/.exec(text) ?? [];
  if (question === undefined || said === undefined)
    throw new CliError('CLI_INPUT_INVALID', { context: { text, fault: 'not "question=text"' } });
  return given({ question: Number(question), about: about?.split(','), text: said.trim() });
}
