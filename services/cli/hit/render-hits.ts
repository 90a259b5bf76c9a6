import { wordOf } from '../codes/code-words.ts';
import { type JsonRecord, listOf, recordIn, stringOf } from '../office-api/office-client.ts';
import { renderTable } from '../terminal/render-table.ts';

const count = (value: unknown): string => (typeof value === 'number' ? String(value) : '-');

/** Searches, one office a line. */
export function searchesTable(searches: readonly JsonRecord[]): string {
  return renderTable(
    ['asked at', 'by', 'officer', 'of', 'state', 'hits', 'id'],
    searches.flatMap((search) =>
      listOf(search['offices']).map((entry) => [
        stringOf(search['createdAt']),
        stringOf(search['origin']),
        stringOf(search['officer']),
        stringOf(entry['office']),
        stringOf(entry['state']),
        String(hitsOf(entry).length),
        stringOf(search['id']),
      ]),
    ),
  );
}

/** What each office said of each subject of a search. */
export function findingsTable(search: JsonRecord): string {
  const rows = listOf(search['offices']).flatMap((entry) => {
    const office = stringOf(entry['office']);
    const findings = findingsOf(entry);
    if (findings.length === 0) return [[office, '-', stringOf(entry['state']), '-', '-']];
    return findings.map((finding) => [
      office,
      count(finding['subject']),
      wordOf(stringOf(finding['outcome'])),
      stringOf(finding['caseReference']) || '-',
      ownersOf(entry, finding['subject']),
    ]);
  });
  return renderTable(['office', 'subject', 'outcome', 'case', 'found'], rows);
}

/** Counts of searches, one officer and side a line. */
export function figuresTable(figures: readonly JsonRecord[], refusedHere: readonly JsonRecord[]): string {
  const refused = refusedHere.map(
    (row) => `Refused here, the limit spent: ${count(row['searches'])} by ${stringOf(row['officer'])}.`,
  );
  if (figures.length === 0) return ['Nobody has searched.', ...refused].join('\n');
  const table = renderTable(
    ['neighbour', 'side', 'officer', 'searches', 'subjects', 'hits', 'no-hits', 'not searched', 'limit spent'],
    figures.map((row) => [
      stringOf(row['peer']),
      stringOf(row['side']),
      stringOf(row['officer']),
      ...['searches', 'subjects', 'hits', 'noHits', 'notSearched', 'quotaSpent'].map((name) => count(row[name])),
    ]),
  );
  return [table, ...refused].join('\n');
}

function findingsOf(entry: JsonRecord): readonly JsonRecord[] {
  return listOf(recordIn(entry['result'])['findings']);
}

function hitsOf(entry: JsonRecord): readonly JsonRecord[] {
  return findingsOf(entry).filter((finding) => stringOf(finding['outcome']) === 'SEARCH_OUTCOME_HIT');
}

/** On the asked side: whose it is. */
function ownersOf(entry: JsonRecord, subject: unknown): string {
  const found = listOf(entry['found']).filter((one) => one['subject'] === subject);
  return (
    found
      .map((one) => `${stringOf(one['messageId'])} of ${stringOf(one['owner']) || stringOf(one['origin'])}`)
      .join(' ') || '-'
  );
}
