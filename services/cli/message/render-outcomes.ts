import type { Answer } from '../answer.ts';
import { wordOf } from '../codes/code-words.ts';
import { ExitCode } from '../exit-codes.ts';
import { type JsonRecord, listOf, recordIn, stringOf, stringsOf } from '../office-api/office-client.ts';
import { renderTable } from '../terminal/render-table.ts';

/** What became of a submission or would become of it, one line for each recipient; the exit code tells a script the same. */
export function outcomeAnswer(result: JsonRecord): Answer {
  const recipients = listOf(result['recipients']);
  const id = stringOf(result['id']);
  const region = recordIn(result['region']);
  const told = Object.keys(region).length === 0 ? [] : [{ ...region, office: 'the region' }];
  const rows = [...recipients, ...told].map(outcomeRow);
  const table = renderTable(['to', 'outcome', 'withheld', 'policies', 'reason'], rows);
  return { exitCode: exitCodeFor(recipients), json: result, text: id === '' ? table : `${id}\n${table}` };
}

function outcomeRow(recipient: JsonRecord): readonly string[] {
  return [
    stringOf(recipient['office']),
    stringOf(recipient['outcome']),
    stringsOf(recipient['withheld']).map(wordOf).join(' ') || '-',
    stringsOf(recipient['policies']).join(' ') || '-',
    stringOf(recipient['reason']) || '-',
  ];
}

function exitCodeFor(recipients: readonly JsonRecord[]): ExitCode {
  const all = recipients.map((recipient) => recipient['outcome']);
  if (all.includes('held')) return ExitCode.HELD;
  return all.length > 0 && all.every((outcome) => outcome === 'refused') ? ExitCode.REFUSED : ExitCode.OK;
}
