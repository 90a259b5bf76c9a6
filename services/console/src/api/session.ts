import { computed, signal } from '@preact/signals';
import type { components } from '../../__generated__/api.js';

/** Who is signed in at this device, as GET /v1/session tells it. */
export type Session = components['schemas']['Session'];

/**
 * `loading` until the node was asked; `ended` when it ended while somebody worked, `other` when somebody else signed in at
 * this browser meanwhile: the page is still the one's who worked on it, and what they typed is still there.
 */
export type SessionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'out' }
  | { readonly kind: 'in'; readonly session: Session }
  | { readonly kind: 'ended'; readonly session: Session }
  | { readonly kind: 'other'; readonly session: Session; readonly by: Session['officer'] };

const state = signal<SessionState>({ kind: 'loading' });

/** The state of the sign-in; reading it in a component renders that again when it changes. */
export const sessionState = computed(() => state.value);

/** Who is, or was until a moment ago, signed in. Only screens behind the sign-in read it. */
export function session(): Session {
  const found = sessionIn(state.value);
  if (found === undefined) throw new TypeError('nobody is signed in');
  return found;
}

/** Whether this person may do that; what they may not do is not offered, and the office refuses it anyway. */
export function may(action: string): boolean {
  return sessionIn(state.value)?.actions.some((one) => one === action) ?? false;
}

/**
 * The word of the session whose page this is; undefined while nobody is signed in. Every request says it, also one that
 * only reads: the node answers none that says the word of another session than the browser's.
 */
export function csrfToken(): string | undefined {
  return sessionIn(state.peek())?.csrf;
}

/** Somebody signed in, or the node says who is. */
export function signedIn(session: Session): void {
  state.value = { kind: 'in', session };
}

/** The browser has that session: the page goes on if it is the same person's, and says so where it is another's. */
export function sessionFound(found: Session): boolean {
  const next = afterFinding(state.peek(), found);
  state.value = next;
  return next.kind === 'in';
}

/** What a page is once the browser turns out to have that session. */
export function afterFinding(before: SessionState, found: Session): SessionState {
  const own = sessionIn(before);
  if (own === undefined) return before;
  return own.office === found.office && own.officer.name === found.officer.name
    ? { kind: 'in', session: found }
    : { kind: 'other', session: own, by: found.officer };
}

/** The node takes the session no longer: the page stays as it is, and asks to sign in again over it. */
export function sessionEnded(): void {
  const value = state.peek();
  const own = sessionIn(value);
  if (own !== undefined) state.value = { kind: 'ended', session: own };
  else if (value.kind === 'loading') state.value = { kind: 'out' };
}

/** Whose page it is; undefined where it is nobody's. */
export function sessionIn(state: SessionState): Session | undefined {
  return state.kind === 'loading' || state.kind === 'out' ? undefined : state.session;
}
