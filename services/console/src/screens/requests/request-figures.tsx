import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, useResource } from '../../api/index.ts';
import type { Side } from '../../boards/index.ts';
import { number, span, t } from '../../i18n/index.ts';
import { Button, DataTable, Empty, Loaded } from '../../ui/index.ts';

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
          <DataTable
            label={t('requests.figures.title')}
            caption
            columns={[
              { head: t('requests.figures.office') },
              ...COUNTS.map((count) => ({ head: t(`requests.figures.${count}`), numeric: true })),
              { head: t('requests.figures.toAcknowledge'), numeric: true },
              { head: t('requests.figures.toAnswer'), numeric: true },
            ]}
            rows={ofSide.map((one) => ({
              key: one.office,
              cells: [
                one.office,
                ...COUNTS.map((count) => number(one[count])),
                medianOf(one.toAcknowledge),
                medianOf(one.toAnswer),
              ],
            }))}
          />
        );
      }}
    </Loaded>
  );
}

function medianOf({ count, medianSeconds }: Figures['toAnswer']): string {
  return count === 0 ? '–' : span(medianSeconds * 1000);
}
