import type { JSX } from 'preact';
import { may, session, useResource } from '../../api/index.ts';
import { go, Link } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { t } from '../../i18n/index.ts';
import { type Line, MessageList } from '../../message-list/index.ts';
import { Page } from '../../ui/index.ts';
import { FilterRow } from './filter-row.tsx';
import { filterCount, filtersAddress, type InboxFilters, inboxAddress, readFilters } from './inbox-filters.ts';
import { SearchField } from './search-field.tsx';

/** What came to this office and what is done with it: the working list. */
export default function Inbox({ query }: ScreenProps): JSX.Element {
  const filters = readFilters(query);
  const links = useResource<{ readonly items: readonly { readonly office: string }[] }>(
    may('read-links') ? '/v1/links' : null,
  );
  const change = (next: InboxFilters) => go(filtersAddress(next), { replace: true });
  const count = filterCount(filters);
  const isSearch = filters.search !== '';
  return (
    <Page
      title={isSearch ? t('inbox.found') : t('nav.inbox')}
      actions={
        may('submit') ? (
          <Link class="button primary" to="/compose">
            {t('nav.compose')}
          </Link>
        ) : undefined
      }
    >
      <SearchField search={filters.search} onSearch={(search) => change({ ...filters, search })} />
      {isSearch ? null : (
        <details class="details no-print" open={count > 0 || innerWidth > 640}>
          <summary>{t('inbox.filtersCount', { count })}</summary>
          <FilterRow
            key={filters.caseReference}
            filters={filters}
            neighbours={(links.value?.items ?? []).map(({ office }) => office)}
            onChange={change}
          />
        </details>
      )}
      <MessageList<Line>
        address={inboxAddress(filters, session().officer.name)}
        key={isSearch ? 'search' : 'list'}
        topic={isSearch ? 'search' : 'inbox'}
        label={isSearch ? t('inbox.found') : t('nav.inbox')}
        empty={isSearch ? t('inbox.foundNothing') : count > 0 ? t('inbox.emptyFiltered') : t('inbox.empty')}
        facts={(line) => <Origin line={line} />}
      />
    </Page>
  );
}

/** Whose message it is, and through whom it came where that is another office. */
function Origin({ line }: { readonly line: Line }): JSX.Element {
  if (line.direction === 'outbound') return <span>{t('inbox.sentByUs')}</span>;
  return (
    <span>
      {line.from === undefined || line.from === line.origin
        ? line.origin
        : t('inbox.through', { origin: line.origin, from: line.from })}
    </span>
  );
}
