import type { JSX } from 'preact';
import { may, session } from '../../api/index.ts';
import { go, Link } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { t } from '../../i18n/index.ts';
import { type Line, MessageList } from '../../message-list/index.ts';
import { Page } from '../../ui/index.ts';
import { FilterPanel } from './filter-panel.tsx';
import { filterCount, filtersAddress, type InboxFilters, inboxAddress, readFilters } from './inbox-filters.ts';
import { SearchField } from './search-field.tsx';

/** What came to this office and what is done with it: the working list. */
export default function Inbox({ query }: ScreenProps): JSX.Element {
  const filters = readFilters(query);
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
      {isSearch ? null : <FilterPanel filters={filters} onChange={change} />}
      <MessageList<Line>
        address={inboxAddress(filters, session().officer.name)}
        key={isSearch ? 'search' : 'list'}
        topic={isSearch ? 'search' : 'inbox'}
        label={isSearch ? t('inbox.found') : t('nav.inbox')}
        empty={isSearch ? t('inbox.foundNothing') : count > 0 ? t('inbox.emptyFiltered') : t('inbox.empty')}
        facts={originOf}
      />
    </Page>
  );
}

const originOf = (line: Line): JSX.Element => <Origin line={line} />;

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
