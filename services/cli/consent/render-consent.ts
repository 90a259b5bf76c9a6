import type { Answer } from '../answer.ts';
import { wordOf } from '../codes/code-words.ts';
import { ExitCode } from '../exit-codes.ts';
import { type JsonRecord, stringOf, stringsOf } from '../office-api/office-client.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderPairs } from '../terminal/render-table.ts';

/** Codes as people say them, or a dash. */
export function wordsOf(codes: unknown): string {
  return stringsOf(codes).map(wordOf).join(', ') || '-';
}

/** One request for consent with its answer, for a terminal. */
export function renderConsent(consent: JsonRecord): string {
  const message = (consent['message'] ?? {}) as JsonRecord;
  const answer = (consent['answer'] ?? {}) as JsonRecord;
  const time =
    stringOf(answer['notBefore']) === '' ? '' : `${stringOf(answer['notBefore'])} to ${stringOf(answer['notAfter'])}`;
  return renderPairs([
    ['request', `${stringOf(consent['id'])} of ${stringOf(consent['holder'])}`],
    ['message', `${stringOf(message['id'])} of ${stringOf(message['origin'])}`],
    ['to go to', `${stringOf(consent['recipient'])}, for ${wordOf(stringOf(consent['purpose']))}`],
    ['asked for', `${wordsOf(consent['categories'])}, until ${stringOf(consent['until'])}`],
    ['state', stringOf(consent['state'])],
    ['answer', stringOf(answer['id']) || '-'],
    ['granted', answer['granted'] === true ? `${wordsOf(answer['categories'])}, ${time}` : '-'],
    ['ground', wordOf(stringOf(answer['ground'])) || '-'],
  ]);
}

/** One request to open parts with what was opened, for a terminal. */
export function renderOpening(opening: JsonRecord): string {
  const message = (opening['message'] ?? {}) as JsonRecord;
  return renderPairs([
    ['request', `${stringOf(opening['id'])} of ${stringOf(opening['holder'])}`],
    ['message', `${stringOf(message['id'])} of ${stringOf(message['origin'])}`],
    ['asked for', wordsOf(opening['categories'])],
    ['opened', wordsOf(opening['opened'])],
    ['state', stringOf(opening['state'])],
  ]);
}

/** What the gate said to one more crossing, and, where `saysRest`, what it leaves out; a refusal by policy has its own exit code. */
export function addedAnswer(result: JsonRecord, done: string, saysRest = true): Answer {
  const crossing = (result['crossing'] ?? {}) as JsonRecord;
  const office = escapeText(stringOf(crossing['office']));
  const policies =
    stringsOf(crossing['policies']).map(escapeText).join(' ') || escapeText(stringOf(crossing['reason']));
  if (stringOf(crossing['outcome']) !== 'released')
    return { json: result, text: `Nothing goes to ${office}: ${policies}`, exitCode: ExitCode.REFUSED };
  const withheld =
    !saysRest || stringsOf(crossing['withheld']).length === 0 ? '' : `\nWithheld: ${wordsOf(crossing['withheld'])}`;
  return { json: result, text: `${done} ${office}.${withheld}` };
}
