import type { JSX } from 'preact';
import { type Key, leading, t } from '../i18n/index.ts';
import { type Shape, State, type Tone } from '../ui/index.ts';

const LOOKS: Readonly<Record<string, { readonly shape: Shape; readonly tone: Tone; readonly word: Key }>> = {
  refused: { shape: 'cross', tone: 'danger', word: 'copy.refused' },
  held: { shape: 'pause', tone: 'warn', word: 'copy.held' },
  rejected: { shape: 'cross', tone: 'danger', word: 'copy.rejected' },
  expired: { shape: 'clock', tone: 'danger', word: 'copy.expired' },
  queued: { shape: 'clock', tone: 'warn', word: 'copy.queued' },
  sent: { shape: 'arrowOut', tone: 'plain', word: 'copy.sent' },
  accepted: { shape: 'arrowOut', tone: 'plain', word: 'copy.accepted' },
  delivered: { shape: 'arrowIn', tone: 'good', word: 'copy.delivered' },
  retrieved: { shape: 'check', tone: 'good', word: 'copy.retrieved' },
  failed: { shape: 'cross', tone: 'danger', word: 'copy.failed' },
};

/** How far a copy of a message is, by the strongest evidence there is. */
export function CopyState({ state, children }: { readonly state: string; readonly children?: string }): JSX.Element {
  const look = LOOKS[state];
  const word = look === undefined ? state : t(look.word);
  return (
    <State shape={look?.shape ?? 'circle'} tone={look?.tone ?? 'plain'}>
      {children === undefined ? word : `${leading(children)}${word}`}
    </State>
  );
}
