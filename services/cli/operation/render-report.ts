import { wordOf } from '../codes/code-words.ts';
import { type JsonRecord, listOf, recordIn, stringOf } from '../office-api/office-client.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderPairs, renderTable } from '../terminal/render-table.ts';

/** An after-action report for a terminal: what people want to see first; the page and the JSON have all of it. */
export function renderReport(view: JsonRecord): string {
  const report = recordIn(view['report']);
  const charter = recordIn(report['charter']);
  return [
    renderPairs([
      ['operation', `${escapeText(stringOf(charter['name']))} (${stringOf(report['operation'])})`],
      ...(report['drill'] === true ? [['drill', 'an exercise: nothing in it is real'] as const] : []),
      ['opened', stringOf(report['openedAt']) || '-'],
      ['closed', stringOf(report['closedAt']) || '-'],
      ['outcomes', countsText(report['outcomesTotal'])],
      ['digest', stringOf(view['digest'])],
      ['final', view['final'] === true ? 'yes' : 'no: the operation is not closed'],
    ]),
    membersTable(report),
    taskingsTable(report),
    withheldTable(report),
    signatures(view),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function membersTable(report: JsonRecord): string {
  const outcomes = new Map(listOf(report['outcomes']).map((each) => [stringOf(each['office']), each['counts']]));
  return renderTable(
    ['member', 'role', 'state', 'posts', 'outcomes'],
    listOf(report['members']).map((member) => [
      stringOf(member['office']),
      wordOf(stringOf(member['role'])),
      stringOf(member['state']) + (member['joinedLate'] === true ? ', late' : ''),
      member['stated'] === true ? String(member['posts']) : 'not stated',
      countsText(outcomes.get(stringOf(member['office']))),
    ]),
  );
}

function taskingsTable(report: JsonRecord): string {
  const rows = listOf(report['taskings']).flatMap((tasking) =>
    listOf(tasking['assignments']).map((each) => [
      `${stringOf(tasking['office'])} ${String(tasking['number'])}`,
      stringOf(each['office']),
      (each['state'] === 'TASKING_STATE_UNSPECIFIED' ? 'open' : wordOf(stringOf(each['state']))) +
        (each['late'] === true ? ', late' : ''),
      secondsText(each['acceptedAfterMs']),
      secondsText(each['doneAfterMs']),
    ]),
  );
  return rows.length === 0 ? '' : renderTable(['tasking', 'for', 'state', 'accepted after', 'done after'], rows);
}

function withheldTable(report: JsonRecord): string {
  const rows = listOf(report['withheld'])
    .filter(({ whole, parts }) => Number(whole) + Number(parts) > 0)
    .map(({ from, to, whole, parts }) => [stringOf(from), stringOf(to), String(whole), String(parts)]);
  return rows.length === 0 ? '' : renderTable(['withheld by', 'from', 'whole posts', 'parts of posts'], rows);
}

function signatures(view: JsonRecord): string {
  const signed = listOf(view['signatures']).map(
    ({ office, agrees }) => `signed by ${stringOf(office)}${agrees === true ? '' : ': ANOTHER REPORT'}`,
  );
  const against = listOf(view['contradictions']).map(
    ({ office, number }) =>
      `${stringOf(office)} states ${number === 0 ? 'fewer posts than are here' : `post ${String(number)} otherwise than it is here`}`,
  );
  return [...signed, ...against].join('\n') || 'nobody has signed it yet';
}

function countsText(value: unknown): string {
  const counts = Object.entries(recordIn(value)).map(([code, count]) => `${wordOf(code)} ${String(count)}`);
  return counts.join(', ') || '-';
}

function secondsText(ms: unknown): string {
  return typeof ms === 'number' ? `${(ms / 1000).toFixed(1)} s` : '-';
}
