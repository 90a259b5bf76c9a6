import { addressOf } from '../../api/client.ts';

/** What of the inbox is shown; kept in the address, so that it can be gone back to and passed on. */
export interface InboxFilters {
  readonly unread: boolean;
  readonly mine: boolean;
  readonly from: string;
  readonly crimeArea: string;
  readonly caseReference: string;
  readonly precedence: string;
  readonly status: 'open' | 'closed' | 'all';
  readonly order: 'newest' | 'urgent' | 'due';
  /** What is searched for; empty shows the list. */
  readonly search: string;
}

const STATUSES = ['open', 'closed', 'all'] as const;
const ORDERS = ['newest', 'urgent', 'due'] as const;

/** The filters that an address names; what it names wrongly is as if it were not there. */
export function readFilters(query: URLSearchParams): InboxFilters {
  const text = (name: string): string => query.get(name) ?? '';
  return {
    unread: text('unread') === 'true',
    mine: text('mine') === 'true',
    from: text('from'),
    crimeArea: text('crimeArea'),
    caseReference: text('case'),
    precedence: text('precedence'),
    status: STATUSES.find((one) => one === text('status')) ?? 'open',
    order: ORDERS.find((one) => one === text('order')) ?? 'newest',
    search: text('q').trim(),
  };
}

/** The address of the inbox with these filters; what is as usual is left out. */
export function filtersAddress(filters: InboxFilters): string {
  return addressOf('/inbox', {
    q: filters.search,
    unread: filters.unread || undefined,
    mine: filters.mine || undefined,
    from: filters.from,
    crimeArea: filters.crimeArea,
    case: filters.caseReference,
    precedence: filters.precedence,
    status: filters.status === 'open' ? undefined : filters.status,
    order: filters.order === 'newest' ? undefined : filters.order,
  });
}

/** What the office is asked for. A search goes over everything that the person may see. */
export function inboxAddress(filters: InboxFilters, me: string): string {
  if (filters.search !== '') return addressOf('/v1/find', { q: filters.search, in: 'all' });
  return addressOf('/v1/inbox', {
    state: filters.unread ? 'delivered' : undefined,
    assignee: filters.mine ? me : undefined,
    from: filters.from,
    crimeArea: filters.crimeArea,
    caseReference: filters.caseReference,
    precedence: filters.precedence,
    status: filters.status === 'all' ? undefined : filters.status,
    order: filters.order === 'newest' ? undefined : filters.order,
  });
}

/** How many filters are set, for where the row is folded away. */
export function filterCount({ order, search, ...filters }: InboxFilters): number {
  const { unread, mine, status, ...texts } = filters;
  return [unread, mine, status !== 'open', ...Object.values(texts).map((text) => text !== '')].filter(Boolean).length;
}
