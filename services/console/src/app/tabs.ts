import { type SessionState, sessionIn, sessionState, stillHere, stopFollowing } from '../api/index.ts';
import { dropAllDrafts } from '../drafts/index.ts';
import { beginAnew } from './leave.ts';

/** What the pages of one browser tell each other; the node decides, and this only makes them look at once. */
export type Word =
  | { readonly kind: 'in'; readonly officer: string }
  /** `drop`: what they began here is to be deleted. */
  | { readonly kind: 'out'; readonly officer: string; readonly drop: boolean };

const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('liaison') : undefined;

/** Tells the other pages of this browser. */
export function tellTabs(word: Word): void {
  channel?.postMessage(word);
}

/** What a page does when another says that: asks the node whose session it is now, goes with its officer, or nothing. */
export function afterWord(state: SessionState, word: Word): 'look' | 'leave' | 'nothing' {
  const own = sessionIn(state);
  if (own === undefined) return 'nothing';
  const isOwn = own.officer.name === word.officer;
  if (word.kind === 'out') return isOwn ? 'leave' : 'nothing';
  return isOwn && state.kind === 'in' ? 'nothing' : 'look';
}

/** Does from now on what other pages of this browser make necessary. */
export function followTabs(): void {
  channel?.addEventListener('message', ({ data: word }: MessageEvent<Word>) => {
    const state = sessionState.peek();
    const next = afterWord(state, word);
    if (next === 'look') void stillHere();
    if (next === 'leave') void leaveToo(state, word.kind === 'out' && word.drop);
  });
}

/** Each page deletes for itself, after the last thing that it kept. */
async function leaveToo(state: SessionState, drop: boolean): Promise<void> {
  const own = sessionIn(state);
  stopFollowing();
  if (drop && own !== undefined) await dropAllDrafts({ office: own.office, officer: own.officer.name });
  beginAnew();
}
