import { displayWidth, padToWidth } from './display-width.ts';
import { escapeText } from './escape-text.ts';

/** Rows under headings, columns as wide as their widest cell; every cell is escaped. No line ends in spaces. */
export function renderTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [headings, ...rows].map((row) => row.map(escapeText));
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => displayWidth(row[column] ?? ''))));
  return cells.map((row) => renderRow(row, widths)).join('\n');
}

/** Names and values, one pair a line; every value is escaped. */
export function renderPairs(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(0, ...pairs.map(([name]) => displayWidth(name)));
  return pairs.map(([name, value]) => `${padToWidth(name, width)}  ${escapeText(value)}`.trimEnd()).join('\n');
}

function renderRow(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => padToWidth(cell, widths[column] ?? 0))
    .join('  ')
    .trimEnd();
}
