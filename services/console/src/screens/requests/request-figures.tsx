import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, useResource } from '../../api/index.ts';
import type { Side } from '../../boards/index.ts';
import { number, span, t } from '../../i18n/index.ts';
import { Button, Empty, Loaded } from '../../ui/index.ts';

type Figures = Schemas['RequestFigures'];
const COUNTS = ['open', 'overdue', 'answered', 'refused', 'withdrawn', 'expired', 'late'] as const;

/** How requests go with each neighbour, on that side; asked for when somebody wants to see it. */
export function FiguresTable({ side }: { readonly side: Side }): JSX.Element {
  const [isShown, setIsShown] = useState(false);
  const figures = useResource<{ readonly items: readonly Figures[] }>(isShown ? '/v1/requests/figures' : null, [
    'requests',
  ]);
  if (!isShown)
    return (
      <div class="no-print">
        <Button onClick={() => setIsShown(true)}>{t('requests.figures.show')}</Button>
      </div>
    );
  return (
    <Loaded resource={figures}>
      {({ items }) => {
        const ofSide = items.filter((one) => one.side === side);
        if (ofSide.length === 0) return <Empty>{t('requests.figures.empty')}</Empty>;
        return (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard
          <section class="table-scroll" tabIndex={0} aria-label={t('requests.figures.title')}>
            <table class="table">
              <caption>{t('requests.figures.title')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('requests.figures.office')}</th>
                  {COUNTS.map((count) => (
                    <th key={count} scope="col" class="numeric">
                      {t(`requests.figures.${count}`)}
                    </th>
                  ))}
                  <th scope="col" class="numeric">
                    {t('requests.figures.toAcknowledge')}
                  </th>
                  <th scope="col" class="numeric">
                    {t('requests.figures.toAnswer')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {ofSide.map((one) => (
                  <tr key={one.office}>
                    <th scope="row">{one.office}</th>
                    {COUNTS.map((count) => (
                      <td key={count} class="numeric">
                        {number(one[count])}
                      </td>
                    ))}
                    <td class="numeric">{medianOf(one.toAcknowledge)}</td>
                    <td class="numeric">{medianOf(one.toAnswer)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        );
      }}
    </Loaded>
  );
}

function medianOf({ count, medianSeconds }: Figures['toAnswer']): string {
  return count === 0 ? '–' : span(medianSeconds * 1000);
}
