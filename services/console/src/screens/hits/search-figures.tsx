import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { number, t } from '../../i18n/index.ts';
import { DataTable, Empty, Loaded } from '../../ui/index.ts';

type Figures = Schemas['SearchFigures'];

const COUNTS = ['searches', 'subjects', 'hits', 'noHits', 'notSearched', 'quotaSpent'] as const;

/** Counts of searches by neighbour, side and officer, which both offices of a pair count the same. */
export function SearchFigures(): JSX.Element {
  const figures = useResource<{
    readonly items: readonly Figures[];
    readonly refusedHere: readonly { readonly officer: string; readonly searches: number }[];
  }>('/v1/hits/figures', ['hits']);
  return (
    <>
      <p class="muted">{t('hits.aboutFigures')}</p>
      <Loaded resource={figures}>
        {({ items, refusedHere }) => (
          <>
            {items.length === 0 ? <Empty>{t('hits.emptyFigures')}</Empty> : <FiguresTable items={items} />}
            {refusedHere.map(({ officer, searches }) => (
              <p key={officer}>{t('hits.refusedHere', { name: officer, n: searches })}</p>
            ))}
          </>
        )}
      </Loaded>
    </>
  );
}

function FiguresTable({ items }: { readonly items: readonly Figures[] }): JSX.Element {
  return (
    <DataTable
      label={t('hits.tab.figures')}
      columns={[
        { head: t('hits.figures.office') },
        { head: t('hits.figures.side') },
        { head: t('hits.figures.officer') },
        ...COUNTS.map((count) => ({ head: t(`hits.figures.${count}`), numeric: true })),
      ]}
      rows={items.map((one) => ({
        key: `${one.peer}/${one.side}/${one.officer}`,
        cells: [
          one.peer,
          t(one.side === 'asking' ? 'hits.figures.asking' : 'hits.figures.asked'),
          one.officer,
          ...COUNTS.map((count) => number(one[count])),
        ],
      }))}
    />
  );
}
