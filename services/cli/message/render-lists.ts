import { wordOf } from '../codes/code-words.ts';
import { type JsonRecord, listOf, recordIn, stringOf, stringsOf } from '../office-api/office-client.ts';
import { renderTable } from '../terminal/render-table.ts';

/** The inbox, one message a line, with what it is about as far as it is shown here. */
export function inboxTable(items: readonly JsonRecord[]): string {
  return renderTable(
    ['received', 'precedence', 'from', 'state', 'drill', 'kind', 'crime area', 'headline', 'id'],
    items.map((item) => [
      stringOf(item['receivedAt']),
      wordOf(stringOf(item['precedence'])),
      stringOf(item['from']),
      stringOf(item['state']),
      item['drill'] === true ? 'drill' : '-',
      ...aboutColumns(item),
      stringOf(item['id']),
    ]),
  );
}

/** The outbox, one copy a line. */
export function outboxTable(items: readonly JsonRecord[]): string {
  return renderTable(
    ['accepted', 'precedence', 'to', 'state', 'withheld', 'kind', 'crime area', 'headline', 'id'],
    items.flatMap((item) =>
      listOf(item['recipients']).map((recipient) => [
        stringOf(item['acceptedAt']),
        wordOf(stringOf(item['precedence'])),
        stringOf(recipient['office']),
        stringOf(recipient['state']),
        stringsOf(recipient['withheld']).map(wordOf).join(' ') || '-',
        ...aboutColumns(item),
        stringOf(item['id']),
      ]),
    ),
  );
}

const HEADLINE_LENGTH = 48;

/** Kind, crime area and headline of a message. */
function aboutColumns(item: JsonRecord): readonly [string, string, string] {
  const kind = wordOf(stringOf(item['kind']));
  const body = bodyOf(recordIn(item['content']));
  const letters = [...stringOf(body['headline'])];
  const shown =
    letters.length > HEADLINE_LENGTH
      ? `${letters
          .slice(0, HEADLINE_LENGTH - 1)
          .join('')
          .trimEnd()}…`
      : letters.join('');
  return [kind, wordOf(stringOf(body['crimeArea'])) || '-', shown || '-'];
}

/** What the message says, whatever its kind: the one field of its content that has fields of its own. */
function bodyOf(content: JsonRecord): JsonRecord {
  return (
    Object.values(content)
      .map(recordIn)
      .find((value) => Object.keys(value).length > 0) ?? {}
  );
}
