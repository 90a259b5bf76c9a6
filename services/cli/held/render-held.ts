import { inWords, wordOf } from '../codes/code-words.ts';
import { type JsonRecord, listOf, stringOf, stringsOf } from '../office-api/office-client.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderBody } from '../terminal/render-body.ts';
import { renderPairs, renderTable } from '../terminal/render-table.ts';

/** What waits for a named person, with what becomes of it by itself. */
export function renderHeldList(items: readonly JsonRecord[]): string {
  const rows = items.map((item) => [
    ageOf(item),
    expiryOf(item),
    wordOf(stringOf(item['precedence'])),
    stringOf(item['direction']),
    stringOf(item['peer']),
    `${listOf(item['approvals']).length} of ${Number(item['releasesNeeded'] ?? 1)}`,
    stringsOf(item['policies']).join(' ') || '-',
    stringOf(item['id']),
  ]);
  const headings = ['held for', 'expires without release', 'precedence', 'direction', 'other office'];
  return renderTable([...headings, 'persons', 'by policy', 'id'], rows);
}

/** One held crossing: why it is held, what a release would let pass, and how to release exactly that. */
export function renderHeld(held: JsonRecord): string {
  const head = renderPairs([
    ['held', stringOf(held['id'])],
    [held['direction'] === 'outbound' ? 'to' : 'from', stringOf(held['peer'])],
    ...(stringOf(held['submittedBy']) === '' ? [] : [['submitted by', stringOf(held['submittedBy'])] as const]),
    ['kind', wordOf(stringOf(held['kind']))],
    ['precedence', wordOf(stringOf(held['precedence']))],
    ...(held['drill'] === true ? [['drill', 'an exercise'] as const] : []),
    ['held for', ageOf(held)],
    ['deadline', `${expiryOf(held)}: it expires without release`],
    ['persons', persons(held)],
  ]);
  return [head, why(held), content(held), howToRelease(held)].join('\n\n');
}

function persons(held: JsonRecord): string {
  const needed = Number(held['releasesNeeded'] ?? 1);
  const first = listOf(held['approvals']).at(-1);
  if (needed < 2) return 'one, not the author';
  const who = 'two of different roles, not the author';
  if (first === undefined) return who;
  const counts = stringOf(first['shown']) === stringOf(held['shown']);
  const approval = `${stringOf(first['by'])} (${stringOf(first['role'])})`;
  return counts ? `${who}; approved by ${approval}` : `${who}; ${approval} approved something else, which lapsed`;
}

function why(held: JsonRecord): string {
  const lines = listOf(held['why']).map(({ policy, reason }) => {
    const sentence = stringOf(reason) || 'no policy in force has that name any more';
    return `  ${escapeText(stringOf(policy))}: ${escapeText(sentence)}`;
  });
  return `Why it is held\n${lines.length === 0 ? '  no policy lets it pass without a person' : lines.join('\n')}`;
}

function content(held: JsonRecord): string {
  const state = stringOf(held['contentState']);
  if (state !== 'present') return `What it says cannot be shown: ${state}.`;
  const now = (held['now'] ?? {}) as JsonRecord;
  if (stringOf(now['outcome']) === 'refused') {
    const by = stringsOf(now['policies']).join(' ') || stringOf(now['reason']);
    return `Nothing can be released as things stand now: ${escapeText(by)}.`;
  }
  const withheld = listOf(held['withheldParts']).map(
    (part) =>
      `  ${wordOf(stringOf(part['category']))} by ${escapeText(stringOf(part['by']))}: ${escapeText(stringsOf(part['policies']).join(' ') || 'no policy permits it')}`,
  );
  const said = `What a release lets pass\n${renderBody(inWords(held['content']), '  ')}`;
  return withheld.length === 0 ? said : `${said}\n\nWithheld\n${withheld.join('\n')}`;
}

function howToRelease(held: JsonRecord): string {
  const shown = stringOf(held['shown']);
  return shown === ''
    ? 'It can be rejected, or expires.'
    : `To release exactly this\n  blo held release ${escapeText(stringOf(held['id']))} --shown ${escapeText(shown)} --reason <why>`;
}

function expiryOf(item: JsonRecord): string {
  return stringOf(((item['deadline'] ?? {}) as JsonRecord)['at']);
}

/** The two largest units: `3 d 4 h`, `12 min 5 s`. */
function ageOf(item: JsonRecord): string {
  const seconds = Number(item['ageSeconds'] ?? 0);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}
