import { inWords, wordOf } from '../codes/code-words.ts';
import { type JsonRecord, listOf, stringOf, stringsOf } from '../office-api/office-client.ts';
import { renderBody } from '../terminal/render-body.ts';
import { renderPairs } from '../terminal/render-table.ts';
import { renderTimeline } from './render-timeline.ts';

/** One message, what it says as far as this office has it, what was withheld, and its custody timeline. */
export function renderMessage(message: JsonRecord): string {
  const outbound = message['direction'] === 'outbound';
  const head = renderPairs([
    ['message', stringOf(message['id'])],
    [outbound ? 'submitted by' : 'from', stringOf(outbound ? message['submittedBy'] : message['from'])],
    ['kind', wordOf(stringOf(message['kind']))],
    ['precedence', wordOf(stringOf(message['precedence']))],
    ['created', stringOf(message['createdAt'])],
    ['current until', stringOf(message['expiresAt'])],
    ...(message['drill'] === true ? [['drill', 'an exercise'] as const] : []),
    ...standingPairs(message),
    ...recipientPairs(message),
  ]);
  return [head, content(message), `Custody\n${renderTimeline(listOf(message['timeline']))}`].join('\n\n');
}

function standingPairs(message: JsonRecord): (readonly [string, string])[] {
  const recalled = message['recalled'] as JsonRecord | undefined;
  const supersedes = stringOf(message['supersedes']);
  const supersededBy = stringOf(message['supersededBy']);
  const words = recalled === undefined ? '' : `${wordOf(stringOf(recalled['action']))}, ${stringOf(recalled['id'])}`;
  return [
    ...(supersedes === '' ? [] : [['in place of', supersedes] as const]),
    ...(supersededBy === '' ? [] : [['newer version', supersededBy] as const]),
    ...(words === '' ? [] : [['called back', words] as const]),
  ];
}

function recipientPairs(message: JsonRecord): (readonly [string, string])[] {
  return listOf(message['recipients']).map((recipient) => {
    const withheld = stringsOf(recipient['withheld']).map(wordOf);
    const without = withheld.length === 0 ? '' : `, without ${withheld.join(', ')}`;
    return ['to', `${stringOf(recipient['office'])}: ${stringOf(recipient['state'])}${without}`] as const;
  });
}

function content(message: JsonRecord): string {
  const state = stringOf(message['contentState']);
  if (state !== 'present') return `What it says is not shown here: ${state}.`;
  const withheld = listOf(message['withheldParts']).map(
    (part) =>
      `  ${wordOf(stringOf(part['category']))} by ${stringOf(part['by'])}: ${stringsOf(part['policies']).join(' ') || 'no policy permits it'}`,
  );
  const said = `What it says\n${renderBody(inWords(message['content']), '  ')}`;
  return withheld.length === 0 ? said : `${said}\n\nWithheld\n${withheld.join('\n')}`;
}
