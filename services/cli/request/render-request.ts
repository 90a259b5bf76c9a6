import { inWords, wordOf } from '../codes/code-words.ts';
import { type JsonRecord, listOf, recordIn, stringOf } from '../office-api/office-client.ts';
import { renderBody } from '../terminal/render-body.ts';
import { renderPairs, renderTable } from '../terminal/render-table.ts';

/** Requests, one life a line: what is still open the sooner its time is up. */
export function requestTable(items: readonly JsonRecord[]): string {
  return renderTable(
    ['asked', 'by', 'of', 'class', 'state', 'time left', 'assignee', 'drill', 'headline', 'id'],
    items.flatMap((item) =>
      listOf(item['lives']).map((life) => [
        stringOf(item['createdAt']),
        stringOf(life['asking']),
        stringOf(life['asked']),
        wordOf(stringOf(item['responseClass'])),
        stringOf(life['state']),
        timeLeft(life),
        stringOf(life['assignee']) || '-',
        item['drill'] === true ? 'drill' : '-',
        stringOf(recordIn(recordIn(item['content'])['request'])['headline']) || '-',
        stringOf(item['id']),
      ]),
    ),
  );
}

/** One request with its content, and everything that was said of it towards each office. */
export function renderRequest(request: JsonRecord): string {
  const head = renderPairs([
    ['request', stringOf(request['id'])],
    ['class', wordOf(stringOf(request['responseClass']))],
    ['precedence', wordOf(stringOf(request['precedence']))],
    ['created', stringOf(request['createdAt'])],
    ['expires', stringOf(request['expiresAt'])],
    ...(request['drill'] === true ? [['drill', 'an exercise'] as const] : []),
  ]);
  const content =
    request['contentState'] === 'present'
      ? `What it says\n${renderBody(inWords(request['content']), '  ')}`
      : `What it says is not shown here: ${stringOf(request['contentState'])}.`;
  return [head, content, ...listOf(request['lives']).map(renderLife)].join('\n\n');
}

/** Answers, one a line. */
export function answerTable(items: readonly JsonRecord[]): string {
  return renderTable(
    ['created', 'from', 'to', 'state', 'says', 'request', 'id'],
    items.flatMap((item) =>
      listOf(item['copies']).map((copy) => [
        stringOf(item['createdAt']),
        stringOf(item['origin']),
        item['direction'] === 'outbound' ? stringOf(copy['office']) : 'us',
        stringOf(copy['state']),
        listOf(item['results']).map(resultWords).join(', '),
        stringOf(recordIn(item['request'])['id']),
        stringOf(item['id']),
      ]),
    ),
  );
}

/** How long until the time limit, or how long past it: `2 d 4 h`, `35 min over`. */
export function timeLeft(life: JsonRecord): string {
  const seconds = life['secondsLeft'];
  if (typeof seconds !== 'number') return life['overdue'] === true ? 'closed late' : '-';
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const text = days > 0 ? `${days} d ${hours} h` : hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
  return seconds < 0 ? `${text} over` : text;
}

function renderLife(life: JsonRecord): string {
  const pairs: (readonly [string, string])[] = [
    ['state', stringOf(life['state'])],
    ['answer by', `${stringOf(life['answerBy'])} (${timeLeft(life)})`],
  ];
  for (const [name, field] of [
    ['delivered', 'deliveredAt'],
    ['acknowledged', 'acknowledgedAt'],
    ['assigned to', 'assignee'],
    ['reminded', 'remindedAt'],
    ['said to be overdue', 'overdueNoticeAt'],
    ['closed', 'closedAt'],
  ] as const) {
    const value = stringOf(life[field]);
    if (value !== '') pairs.push([name, value]);
  }
  const ground = stringOf(life['ground']);
  if (ground !== '') pairs.push(['ground', wordOf(ground)]);
  for (const result of listOf(life['results']))
    pairs.push([`question ${String(result['question'])}`, outcomeWords(result)]);
  const facts = listOf(life['facts']).map((fact) => [
    stringOf(fact['at']),
    stringOf(fact['origin']),
    fact['what'] === 'answer' ? listOf(fact['results']).map(resultWords).join(', ') : wordOf(stringOf(fact['action'])),
    stringOf(fact['standing']),
    stringOf(fact['id']),
  ]);
  const said = facts.length === 0 ? '' : `\n${renderTable(['at', 'office', 'says', 'standing', 'message'], facts)}`;
  return `${stringOf(life['asking'])} asks ${stringOf(life['asked'])}\n${renderPairs(pairs)}${said}`;
}

function resultWords(result: JsonRecord): string {
  return `${String(result['question'])} ${outcomeWords(result)}`;
}

function outcomeWords(result: JsonRecord): string {
  const ground = stringOf(result['ground']);
  return `${wordOf(stringOf(result['outcome']))}${ground === '' ? '' : ` (${wordOf(ground)})`}`;
}
