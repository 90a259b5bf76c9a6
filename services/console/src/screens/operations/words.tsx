import type { JSX } from 'preact';
import { type Key, t } from '../../i18n/index.ts';
import { type Shape, State, type Tone } from '../../ui/index.ts';
import type { Member, Summary } from './types.ts';

const STATES: Readonly<Record<Summary['state'], { readonly shape: Shape; readonly tone: Tone; readonly key: Key }>> = {
  live: { shape: 'circle', tone: 'good', key: 'operations.state.live' },
  proposed: { shape: 'ring', tone: 'accent', key: 'operations.state.proposed' },
  suspended: { shape: 'pause', tone: 'warn', key: 'operations.state.suspended' },
  closing: { shape: 'clock', tone: 'plain', key: 'operations.state.closing' },
  closed: { shape: 'check', tone: 'plain', key: 'operations.state.closed' },
  ended: { shape: 'cross', tone: 'plain', key: 'operations.state.ended' },
};

/** Where an operation stands. */
export function OperationState({ state }: { readonly state: Summary['state'] }): JSX.Element {
  const { shape, tone, key } = STATES[state];
  return (
    <State shape={shape} tone={tone}>
      {t(key)}
    </State>
  );
}

/** The heading of a group of the list. */
export function stateWord(state: Summary['state']): string {
  return t(STATES[state].key);
}

const MEMBERS: Readonly<Record<Member['state'], { readonly shape: Shape; readonly tone: Tone; readonly key: Key }>> = {
  invited: { shape: 'ring', tone: 'accent', key: 'operations.member.invited' },
  joined: { shape: 'check', tone: 'good', key: 'operations.member.joined' },
  declined: { shape: 'cross', tone: 'warn', key: 'operations.member.declined' },
  left: { shape: 'arrowOut', tone: 'plain', key: 'operations.member.left' },
  removed: { shape: 'cross', tone: 'danger', key: 'operations.member.removed' },
};

/** Where a member stands. */
export function MemberState({ state }: { readonly state: string }): JSX.Element {
  const found = MEMBERS[state as Member['state']];
  return (
    <State shape={found?.shape ?? 'ring'} tone={found?.tone ?? 'plain'}>
      {found === undefined ? state : t(found.key)}
    </State>
  );
}
