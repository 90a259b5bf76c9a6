/** What a screen shows, in words of this console: an event names the topics whose lists it may have changed. */
export type Topic =
  | 'inbox'
  | 'outbox'
  | 'held'
  | 'requests'
  | 'hits'
  | 'control'
  | 'reviews'
  | 'operations'
  | 'region'
  | 'links'
  | 'documents'
  | 'people'
  | 'all';

const TOPICS: Readonly<Record<string, readonly Topic[]>> = {
  reset: ['all'],
  accepted: ['outbox', 'requests', 'control', 'links'],
  decided: ['outbox'],
  held: ['held', 'inbox', 'outbox'],
  'hold-approved': ['held'],
  released: ['held', 'inbox', 'outbox', 'links'],
  rejected: ['held', 'inbox', 'outbox'],
  expired: ['held', 'inbox', 'outbox', 'requests', 'links'],
  relayed: ['links'],
  delivered: ['inbox', 'requests', 'control'],
  admitted: ['inbox'],
  retrieved: ['inbox', 'outbox'],
  receipt: ['outbox', 'requests', 'control', 'links'],
  'request-changed': ['requests'],
  'request-due': ['requests'],
  'search-answered': ['hits'],
  'review-opened': ['reviews'],
  'review-closed': ['reviews'],
  'review-overdue': ['reviews'],
  recalled: ['control', 'inbox', 'outbox'],
  'recall-answered': ['control'],
  'crossing-added': ['control', 'inbox', 'outbox', 'held'],
  'operation-changed': ['operations'],
  'operation-acted': ['operations'],
  'operation-post': ['operations'],
  'region-message': ['region'],
  erased: ['inbox', 'outbox', 'control'],
  'message-triaged': ['inbox', 'outbox'],
  'officers-changed': ['people', 'inbox'],
  'subscription-changed': ['region'],
  'link-heard': ['links'],
  'link-up': ['links'],
  'link-down': ['links'],
  'document-installed': ['documents'],
  quarantined: ['links'],
  alarm: ['links'],
};

/** The topics that an event of that type touches; a type that this console does not know touches none. */
export function topicsOf(type: string): readonly Topic[] {
  return TOPICS[type] ?? [];
}
