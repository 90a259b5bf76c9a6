import type { ComponentChildren, JSX } from 'preact';

/** A column: its head, and whether it has numbers. */
export interface Column {
  readonly head: string;
  readonly numeric?: boolean;
}

/**
 * A table that never has to be scrolled sideways: where the page is narrow every row is a card, in which each value
 * stands beside the head of its column. The first cell of a row names the row.
 */
export function DataTable({
  label,
  caption = false,
  columns,
  rows,
}: {
  /** What the table is, for who reads it without seeing it; as its caption for everybody. */
  readonly label: string;
  readonly caption?: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ComponentChildren[] }[];
}): JSX.Element {
  const look = (column: number): string => (columns[column]?.numeric === true ? 'numeric' : '');
  return (
    <table class={columns.length > 2 ? 'table cards' : 'table'} {...(caption ? {} : { 'aria-label': label })}>
      {caption ? <caption>{label}</caption> : null}
      <thead>
        <tr>
          {columns.map(({ head }, column) => (
            <th key={head} scope="col" class={look(column)}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [name, ...cells] }) => (
          <tr key={key}>
            <th scope="row" class={look(0)}>
              {name}
            </th>
            {cells.map((cell, column) => (
              <td key={column} class={look(column + 1)} data-head={columns[column + 1]?.head}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
