import { wordOf } from '../codes/code-words.ts';
import { type JsonRecord, listOf, stringOf } from '../office-api/office-client.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderPairs, renderTable } from '../terminal/render-table.ts';

/** How a recall stands, with how many of its holders have answered. */
export function stateOfRecall(recall: JsonRecord): string {
  const holders = listOf(recall['holders']);
  const answered = holders.filter((holder) => (holder['answer'] ?? null) !== null).length;
  return `${escapeText(stringOf(recall['state']))} ${answered}/${holders.length}`;
}

/** One recall with every holder, for a terminal. */
export function renderRecall(recall: JsonRecord): string {
  const message = (recall['message'] ?? {}) as JsonRecord;
  const head = renderPairs([
    ['recall', `${stringOf(recall['id'])} of ${stringOf(recall['origin'])}`],
    ['message', stringOf(message['id'])],
    ['action', `${wordOf(stringOf(recall['action']))}, because ${wordOf(stringOf(recall['ground']))}`],
    ['answer by', stringOf(recall['answerBy'])],
    ['state', stateOfRecall(recall)],
  ]);
  const rows = listOf(recall['holders']).map((holder) => {
    const answer = (holder['answer'] ?? {}) as JsonRecord;
    return [
      stringOf(holder['office']),
      stringOf(holder['via']),
      stringOf(holder['state']),
      wordOf(stringOf(answer['ground'])) || '-',
      stringOf(answer['at']) || '-',
      stringOf(answer['messageId']) || '-',
    ];
  });
  const table = renderTable(['holder', 'via', 'state', 'ground', 'answered', 'answer'], rows);
  return `${head}\n\n${rows.length === 0 ? 'Nobody has it.' : table}`;
}
