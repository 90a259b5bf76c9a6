import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { whenIdle } from '../../app/when-idle.ts';
import { useNeighbours } from '../../boards/links.ts';
import { t } from '../../i18n/index.ts';
import { FilterRow } from './filter-row.tsx';
import { filterCount, type InboxFilters } from './inbox-filters.ts';

const WIDE_PX = 640;

/**
 * The filters, open where there is room or one is set. Where they are folded away, the messages are drawn before them:
 * they are there a moment later, or as soon as somebody unfolds them.
 */
export function FilterPanel({
  filters,
  onChange,
}: {
  readonly filters: InboxFilters;
  readonly onChange: (filters: InboxFilters) => void;
}): JSX.Element {
  const neighbours = useNeighbours();
  const count = filterCount(filters);
  const isOpen = count > 0 || innerWidth > WIDE_PX;
  const [isDrawn, setDrawn] = useState(isOpen);
  useEffect(() => (isDrawn ? undefined : whenIdle(() => setDrawn(true))), [isDrawn]);
  return (
    <details class="details no-print" open={isOpen} onToggle={() => setDrawn(true)}>
      <summary>{t('inbox.filtersCount', { count })}</summary>
      {isDrawn ? (
        <FilterRow key={filters.caseReference} filters={filters} neighbours={neighbours} onChange={onChange} />
      ) : null}
    </details>
  );
}
