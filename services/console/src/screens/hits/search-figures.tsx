import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { number, t } from '../../i18n/index.ts';
import { Empty, Loaded } from '../../ui/index.ts';

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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard
    <section class="table-scroll" tabIndex={0} aria-label={t('hits.tab.figures')}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('hits.figures.office')}</th>
            <th scope="col">{t('hits.figures.side')}</th>
            <th scope="col">{t('hits.figures.officer')}</th>
            {COUNTS.map((count) => (
              <th key={count} scope="col" class="numeric">
                {t(`hits.figures.${count}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={`${one.peer}/${one.side}/${one.officer}`}>
              <th scope="row">{one.peer}</th>
              <td>{t(one.side === 'asking' ? 'hits.figures.asking' : 'hits.figures.asked')}</td>
              <td>{one.officer}</td>
              {COUNTS.map((count) => (
                <td key={count} class="numeric">
                  {number(one[count])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
