import { wordOf } from '../codes/code-words.ts';
import { type JsonRecord, listOf, recordIn, stringOf, stringsOf } from '../office-api/office-client.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderPairs, renderTable } from '../terminal/render-table.ts';

/** One operation with its members, charter and acts, for a terminal; an exercise says so first. */
export function renderOperation(operation: JsonRecord): string {
  const head = renderPairs([
    ['operation', `${operation['drill'] === true ? 'EXERCISE ' : ''}${stringOf(operation['id'])}`],
    ['name', stringOf(operation['name'])],
    ['state', `${stringOf(operation['state'])} since ${stringOf(operation['since'])}`],
    ['lead', stringOf(operation['lead'])],
  ]);
  const members = renderTable(
    ['member', 'role', 'state', 'joined', 'on duty'],
    listOf(operation['members']).map((member) => [
      stringOf(member['office']),
      wordOf(stringOf(member['role'])),
      `${stringOf(member['state'])}${member['joinedLate'] === true ? ', late' : ''}`,
      stringOf(member['joinedAt']) || '-',
      stringOf(member['dutyContact']) || '-',
    ]),
  );
  const acts = renderTable(
    ['at', 'office', 'act', 'whom', 'by'],
    listOf(operation['acts']).map((act) => [
      stringOf(act['at']),
      stringOf(act['origin']),
      wordOf(stringOf(act['action'])),
      stringOf(act['member']) || '-',
      stringOf(act['by']) || '-',
    ]),
  );
  const words = stringsOf(recordIn(operation['charter'])['words']).map(escapeText).join('\n');
  return [head, members, words, acts].join('\n\n');
}
