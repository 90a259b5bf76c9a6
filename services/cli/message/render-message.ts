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
    ...(message['emergency'] === true ? [['emergency', 'it went past the hold; oversight reviews it'] as const] : []),
    ...standingPairs(message),
    ...recipientPairs(message),
    ...controlPairs(message),
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

/** On what it came where another office than its origin sent it, and what went on or was opened of it since. */
function controlPairs(message: JsonRecord): (readonly [string, string])[] {
  const onward = message['onward'] as JsonRecord | undefined;
  const consent = onward?.['consent'] as JsonRecord | null | undefined;
  const by = consent ? `with consent ${stringOf(consent['id'])}` : 'without consent';
  const purpose = wordOf(stringOf(onward?.['purpose']));
  return [
    ...(onward === undefined
      ? []
      : [['said by', `${stringOf(message['origin'])}; passed on for ${purpose}, ${by}`] as const]),
    ...listOf(message['added']).map((copy) => {
      const what = stringOf(copy['occasion']) === 'opening' ? 'opened to' : 'passed on to';
      return [what, `${stringOf(copy['office'])}: ${stringOf(copy['state'])}`] as const;
    }),
    ...listOf(message['supplements']).map((supplement) => {
      const opened = stringsOf(supplement['opened']).map(wordOf).join(', ') || 'nothing was let in';
      return ['opened later', `${stringOf(supplement['receivedAt'])}: ${opened}`] as const;
    }),
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
