import type { Answer } from '../answer.ts';
import { code, wordOf } from '../codes/code-words.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { type JsonRecord, listOf, type OfficeClient, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type Cli, noun } from '../verb.ts';

interface OneOptions extends OfficeOptions {
  readonly origin?: string;
  /** The step that is acted on; left out, the newest. */
  readonly step?: string;
}

interface NoteOptions extends OneOptions {
  readonly language?: string;
}

interface CloseOptions extends OneOptions {
  readonly outcome: string;
}

type Step = Readonly<Record<string, unknown>>;

const ORIGIN = ['--origin <office>', 'where offices have given the same id to different messages'] as const;
const STEP = ['--step <count>', 'how many steps you have seen; left out, all that there are'] as const;

/** `blo triage show|assign|case|note|close|reopen|restrict`. */
export function addTriageCommands(cli: Cli): void {
  const triage = noun(cli, 'triage', 'what officers do with a message: a matter of this office alone');
  officeVerb<OneOptions>(cli, triage, 'show <message>', 'every step', 'officer', async (office, { args, options }) =>
    shown(await office.get(pathOf(args[0]), { origin: options.origin })),
  ).option(...ORIGIN);
  const verb = <Options extends OneOptions>(
    usage: string,
    about: string,
    stepOf: (words: readonly string[], options: Options) => Step,
  ) =>
    officeVerb<Options>(cli, triage, usage, about, 'officer', (office, { args, options }) =>
      take(
        office,
        args[0] ?? '',
        options,
        stepOf(
          args.slice(1).filter((word) => word !== ''),
          options,
        ),
      ),
    )
      .option(...ORIGIN)
      .option(...STEP);
  verb('assign <message> [person]', 'give it to somebody, or to nobody any more', ([assignee]) => ({
    action: 'TRIAGE_ACTION_ASSIGN',
    ...(assignee === undefined ? {} : { assignee }),
  }));
  verb('case <message> [reference]', "this office's own case reference, or none any more", ([caseReference]) => ({
    action: 'TRIAGE_ACTION_CASE',
    ...(caseReference === undefined ? {} : { caseReference }),
  }));
  verb<NoteOptions>(
    'note <message> <text>',
    'a note, which ends with the content of the message',
    ([note], options) => ({
      action: 'TRIAGE_ACTION_NOTE',
      note,
      noteLanguage: options.language ?? 'en',
    }),
  ).option('--language <tag>', 'language of the note; en where it is left out');
  verb<CloseOptions>('close <message>', 'the office is done with it', (_, { outcome }) => ({
    action: 'TRIAGE_ACTION_CLOSE',
    outcome: code('TRIAGE_OUTCOME', outcome),
  })).requiredOption('--outcome <word>', 'acted-on, seizure, arrest, persons-safe, passed-on, nothing-found, ...');
  verb('reopen <message>', 'there is more to do', () => ({ action: 'TRIAGE_ACTION_REOPEN' }));
  verb('restrict <message> [agencies...]', 'only officers of these agencies see it; none ends that', (agencies) => ({
    action: 'TRIAGE_ACTION_RESTRICT',
    agencies,
  }));
}

async function take(office: OfficeClient, id: string, { origin, step }: OneOptions, given: Step): Promise<Answer> {
  const seen =
    step === undefined ? recordOf((await office.get(pathOf(id), { origin }))['triage'])['step'] : Number(step);
  const query = origin === undefined ? '' : `?origin=${encodeURIComponent(origin)}`;
  return shown(await office.post(`${pathOf(id)}${query}`, { ...given, step: seen }));
}

function shown(result: JsonRecord): Answer {
  const rows = listOf(result['steps']).map((step) => [
    String(step['step']),
    stringOf(step['at']),
    stringOf(step['officer']),
    wordOf(stringOf(step['action'])),
    whatOf(step),
  ]);
  const text =
    rows.length === 0 ? 'Nobody has done anything with it.' : renderTable(['step', 'at', 'by', 'did', 'what'], rows);
  return { json: result, text };
}

function whatOf(step: JsonRecord): string {
  const note = recordOf(step['note']);
  const agencies = Array.isArray(step['agencies']) ? step['agencies'].join(', ') : '';
  const words = [
    stringOf(step['assignee']),
    stringOf(step['caseReference']),
    wordOf(stringOf(step['outcome'])),
    stringOf(note['text']) || stringOf(note['state']),
    agencies,
  ];
  return words.find((word) => word !== '') ?? '-';
}

function recordOf(value: unknown): JsonRecord {
  return (value ?? {}) as JsonRecord;
}

function pathOf(id: string | undefined): string {
  return `/v1/messages/${encodeURIComponent(id ?? '')}/triage`;
}
