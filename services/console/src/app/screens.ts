import type { ComponentType } from 'preact';
import type { Key } from '../i18n/index.ts';
import Inbox from '../screens/inbox/index.tsx';

/** What a screen is given: the values of its address. */
export interface ScreenProps {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** A screen: its address, who may see it, where it stands in the navigation, and its code. */
export interface Screen {
  /** Below /console, with `{name}` for values. */
  readonly path: string;
  readonly title: Key;
  /** Somebody who may do one of these sees it; null for everybody who is signed in. */
  readonly actions: readonly string[] | null;
  /** The group of the navigation it stands in; left out, it is reached from elsewhere. */
  readonly group?: 'work' | 'together' | 'office' | 'me';
  /** The screen itself, where it comes with the console: nobody waits for it. */
  readonly component?: ComponentType<ScreenProps>;
  /** Loads its code when it is first shown. */
  readonly load?: () => Promise<{ readonly default: ComponentType<ScreenProps> }>;
}

const message = () => import('../screens/message/index.tsx');
const compose = () => import('../screens/compose/index.tsx');
const operations = () => import('../screens/operations/index.tsx');
const operation = () => import('../screens/operations/operation.tsx');

/** Every screen, in the order of the navigation. */
export const SCREENS: readonly Screen[] = [
  { path: '/inbox', title: 'nav.inbox', actions: ['read-inbox'], group: 'work', component: Inbox },
  { path: '/compose', title: 'nav.compose', actions: ['submit'], group: 'work', load: compose },
  { path: '/compose/{template}', title: 'nav.compose', actions: ['submit'], load: compose },
  {
    path: '/sent',
    title: 'nav.sent',
    actions: ['read-outbox'],
    group: 'work',
    load: () => import('../screens/sent/index.tsx'),
  },
  { path: '/messages/{origin}/{id}', title: 'nav.message', actions: ['read-message'], load: message },
  {
    path: '/held',
    title: 'nav.held',
    actions: ['read-held'],
    group: 'work',
    load: () => import('../screens/held/index.tsx'),
  },
  {
    path: '/held/{id}',
    title: 'nav.held',
    actions: ['read-held'],
    load: () => import('../screens/held/held-item.tsx'),
  },
  {
    path: '/requests',
    title: 'nav.requests',
    actions: ['read-requests'],
    group: 'work',
    load: () => import('../screens/requests/index.tsx'),
  },
  {
    path: '/requests/{origin}/{id}',
    title: 'nav.requests',
    actions: ['read-requests'],
    load: () => import('../screens/requests/request.tsx'),
  },
  {
    path: '/hits',
    title: 'nav.hits',
    actions: ['read-hits'],
    group: 'work',
    load: () => import('../screens/hits/index.tsx'),
  },
  {
    path: '/control',
    title: 'nav.control',
    actions: ['read-recalls', 'read-consents'],
    group: 'work',
    load: () => import('../screens/control/index.tsx'),
  },
  {
    path: '/reviews',
    title: 'nav.reviews',
    actions: ['read-reviews'],
    group: 'work',
    load: () => import('../screens/reviews/index.tsx'),
  },
  { path: '/operations', title: 'nav.operations', actions: ['read-operations'], group: 'together', load: operations },
  {
    path: '/operations/new',
    title: 'nav.operations',
    actions: ['run-operations'],
    load: () => import('../screens/operations/new-operation.tsx'),
  },
  { path: '/operations/{id}', title: 'nav.operations', actions: ['read-operations'], load: operation },
  {
    path: '/map',
    title: 'nav.map',
    actions: ['read-inbox', 'read-region', 'read-directory'],
    group: 'together',
    load: () => import('../screens/map/index.tsx'),
  },
  {
    path: '/bulletins',
    title: 'nav.bulletins',
    actions: ['read-region'],
    group: 'together',
    load: () => import('../screens/bulletins/index.tsx'),
  },
  {
    path: '/directory',
    title: 'nav.directory',
    actions: ['read-directory'],
    group: 'office',
    load: () => import('../screens/directory/index.tsx'),
  },
  {
    path: '/oversight',
    title: 'nav.oversight',
    actions: ['read-figures'],
    group: 'office',
    load: () => import('../screens/oversight/index.tsx'),
  },
  {
    path: '/people',
    title: 'nav.people',
    actions: ['manage-officers'],
    group: 'office',
    load: () => import('../screens/people/index.tsx'),
  },
  {
    path: '/settings',
    title: 'nav.settings',
    actions: null,
    group: 'me',
    load: () => import('../screens/settings/index.tsx'),
  },
  { path: '/kit', title: 'nav.kit', actions: null, load: () => import('../screens/kit/index.tsx') },
];
