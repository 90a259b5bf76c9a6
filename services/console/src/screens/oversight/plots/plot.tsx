import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { number, t } from '../../../i18n/index.ts';
import { DataTable } from '../../../ui/index.ts';
import { fillOf, type Look, lookOf, Patterns } from './look.tsx';

/** The numbers behind a drawing: what a row is called, and a text for each column. */
export interface PlotTable {
  readonly heads: readonly string[];
  /** So many columns after the first are words and no numbers; none where it is left out. */
  readonly words?: number;
  readonly rows: readonly (readonly [name: ComponentChildren, ...cells: ComponentChildren[]])[];
}

/** A drawing with its legend, and the same as a table for everybody who would rather read it. */
export function Plot({
  label,
  series,
  table,
  note,
  looks,
  children,
}: {
  readonly label: string;
  /** Names of the series, in their order; left out where there is one. */
  readonly series?: readonly string[];
  readonly table: PlotTable;
  readonly note?: string;
  readonly looks?: readonly Look[];
  /** Gets the id under which the patterns stand. */
  readonly children: (id: string) => ComponentChildren;
}): JSX.Element {
  const id = useId();
  return (
    <figure class="plot" aria-label={label}>
      <svg class="plot-patterns" width="0" height="0" aria-hidden="true" focusable="false">
        <Patterns id={id} />
      </svg>
      {series === undefined ? null : (
        <ul class="plot-legend" aria-hidden="true">
          {series.map((name, index) => (
            <li key={name}>
              <svg width="14" height="14" aria-hidden="true" focusable="false">
                <rect
                  class="plot-shape"
                  x="0.5"
                  y="0.5"
                  width="13"
                  height="13"
                  fill={fillOf(id, looks?.[index] ?? lookOf(index))}
                />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      )}
      {children(id)}
      {note === undefined ? null : <figcaption class="muted small">{note}</figcaption>}
      <details class="details">
        <summary>{t('figures.asTable')}</summary>
        <Table label={label} table={table} />
      </details>
    </figure>
  );
}

/** A table of figures. */
export function Table({ label, table }: { readonly label: string; readonly table: PlotTable }): JSX.Element {
  return (
    <DataTable
      label={t('figures.tableOf', { what: label })}
      columns={table.heads.map((head, column) => ({ head, numeric: column > (table.words ?? 0) }))}
      rows={table.rows.map((cells, index) => ({ key: String(index), cells }))}
    />
  );
}

/** A count in the reader's way of writing it; nothing is a dash. */
export function countText(count: number): string {
  return count === 0 ? '–' : number(count);
}
