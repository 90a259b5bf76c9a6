/** What a cell may hold; null is an empty cell. */
export type CsvCell = string | number | null;

/** A spreadsheet takes a cell that begins so for a formula, also behind spaces. */
const FORMULA = /^\s*[=+\-@\t\r]/;

/**
 * A table as CSV (RFC 4180), its heads first. A text that a spreadsheet would run as a formula gets an apostrophe before
 * it, whoever wrote it; numbers are left as they are.
 */
export function csvText(heads: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [heads.map(cellText).join(',')];
  for (const row of rows) lines.push(row.map(cellText).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
