import { inWords, wordOf } from '../codes/code-words.ts';
import { type JsonRecord, listOf, recordIn, stringOf, stringsOf } from '../office-api/office-client.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderBody } from '../terminal/render-body.ts';
import { renderTable } from '../terminal/render-table.ts';

/** A transcript for a terminal, where an exercise says so first: a line for each post, what is not here and why, and the digest that all members compare. */
export function renderTranscript(transcript: JsonRecord): string {
  const entries = listOf(transcript['entries']);
  const table = renderTable(
    ['post', 'made', 'type', 'here', 'says', 'received by'],
    entries.map((entry) => [
      placeOf(entry),
      stringOf(entry['createdAt']) || '-',
      wordOf(stringOf(entry['type'])) || '-',
      stateOf(entry),
      textOf(entry),
      readersOf(entry),
    ]),
  );
  const forks = listOf(transcript['forks']).map(
    ({ office, number }) => `TWO HISTORIES: members were told different posts ${stringOf(office)}/${String(number)}`,
  );
  return [
    ...(transcript['drill'] === true ? ['EXERCISE'] : []),
    entries.length === 0 ? 'Nothing has been said yet.' : table,
    ...forks,
    `digest ${stringOf(transcript['digest'])}`,
    transcript['complete'] === true ? 'complete' : 'not complete: see what is awaited',
  ].join('\n');
}

function placeOf(entry: JsonRecord): string {
  const last = entry['last'] === entry['number'] ? '' : `-${String(entry['last'])}`;
  return `${stringOf(entry['office'])}/${String(entry['number'])}${last}`;
}

function stateOf(entry: JsonRecord): string {
  const keptBack = recordIn(entry['keptBack']);
  const rules = stringsOf(keptBack['policies']).join(' ');
  const withheld = listOf(entry['withheldParts']).map(({ category }) => wordOf(stringOf(category)));
  const why = [wordOf(stringOf(keptBack['reason'])), rules, [...new Set(withheld)].join(' '), stringOf(entry['void'])];
  const said = why.filter((word) => word !== '').join(' ');
  return said === '' ? stringOf(entry['state']) : `${stringOf(entry['state'])} (${said})`;
}

function textOf(entry: JsonRecord): string {
  const post = recordIn(recordIn(entry['content'])['operationPost']);
  const text = stringOf(post['headline']) || stringOf(post['text']);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text || '-';
}

function readersOf(entry: JsonRecord): string {
  const words = listOf(entry['readers']).map((reader) => {
    const isHere = reader['receivedAt'] || reader['seen'] === true;
    // Without a copy of this office's own, only what its reader has said since is known here.
    const missing = reader['state'] === null ? 'not known' : 'not yet';
    const has = reader['openedAt'] ? 'opened' : isHere ? 'has it' : missing;
    return `${stringOf(reader['office'])} ${has}`;
  });
  return words.join(', ') || '-';
}

/** One post with everything that is here of it. */
export function renderPost(post: JsonRecord): string {
  const content = recordIn(post['content']);
  const withheld = listOf(post['withheldParts']).map(
    ({ category, by, policies }) =>
      `withheld  ${wordOf(stringOf(category))} by ${stringOf(by)}: ${stringsOf(policies).join(' ') || 'nothing permits it'}`,
  );
  return [
    `${placeOf(post)}  ${wordOf(stringOf(post['type']))}  ${stateOf(post)}`,
    `made  ${stringOf(post['createdAt'])}`,
    Object.keys(content).length === 0
      ? `content  ${stringOf(post['contentState']) || 'not here'}`
      : renderBody(inWords(content)),
    ...withheld.map(escapeText),
    `received by  ${readersOf(post)}`,
  ].join('\n');
}

/** Taskings, a line for each tasked office. */
export function renderTaskings(items: readonly JsonRecord[]): string {
  const rows = items.flatMap((tasking) =>
    listOf(tasking['parts']).map((part) => [
      `${stringOf(tasking['office'])}/${stringOf(tasking['id'])}`,
      stringOf(part['office']),
      part['overdue'] === true ? `${stringOf(part['state'])}, OVERDUE` : stringOf(part['state']),
      stringOf(tasking['due']) || '-',
      stringOf(part['answeredAt']) || '-',
    ]),
  );
  return rows.length === 0
    ? 'There are no taskings.'
    : renderTable(['tasking', 'for', 'state', 'due', 'answered'], rows);
}

/** Who takes part and how they are reached. */
export function renderRoster(items: readonly JsonRecord[]): string {
  return renderTable(
    ['office', 'role', 'state', 'duty contact', 'on duty', 'focal points'],
    items.map((member) => [
      stringOf(member['office']),
      wordOf(stringOf(member['role'])),
      stringOf(member['state']),
      stringOf(member['dutyContact']) || '-',
      listOf(member['onDuty'])
        .map(({ contact }) => stringOf(contact))
        .join(', ') || '-',
      listOf(member['focalPoints'])
        .map((point) => [point['role'], point['telephone'] || point['email']].map(stringOf).join(' '))
        .join(', ') || '-',
    ]),
  );
}

/** The log of an operation, the oldest first. */
export function renderLog(items: readonly JsonRecord[]): string {
  return renderTable(
    ['at', 'office', 'what', 'number'],
    items.map((entry) => [
      stringOf(entry['at']),
      stringOf(entry['office']),
      [stringOf(entry['what']), wordOf(stringOf(entry['action']) || stringOf(entry['type'])), stringOf(entry['member'])]
        .filter((word) => word !== '')
        .join(' '),
      String(entry['number']),
    ]),
  );
}
