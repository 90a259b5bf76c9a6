import { computed, signal } from '@preact/signals';
import type { components } from '../../__generated__/api.js';

/** Who is signed in at this device, as GET /v1/session tells it. */
export type Session = components['schemas']['Session'];

/** `loading` until the node was asked; `ended` when it ended while somebody worked: what they typed is still there. */
export type SessionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'out' }
  | { readonly kind: 'in'; readonly session: Session }
  | { readonly kind: 'ended'; readonly session: Session };

const state = signal<SessionState>({ kind: 'loading' });

/** The state of the sign-in; reading it in a component renders that again when it changes. */
export const sessionState = computed(() => state.value);

/** Who is, or was until a moment ago, signed in. Only screens behind the sign-in read it. */
export function session(): Session {
  const { value } = state;
  if (value.kind === 'in' || value.kind === 'ended') return value.session;
  throw new TypeError('nobody is signed in');
}

/** Whether this person may do that; what they may not do is not offered, and the office refuses it anyway. */
export function may(action: string): boolean {
  const { value } = state;
  return (value.kind === 'in' || value.kind === 'ended') && value.session.actions.some((one) => one === action);
}

/** The token that changing requests carry; undefined while nobody is signed in. */
export function csrfToken(): string | undefined {
  const value = state.peek();
  return value.kind === 'in' || value.kind === 'ended' ? value.session.csrf : undefined;
}

/** Somebody signed in, or the node says who is. */
export function signedIn(session: Session): void {
  state.value = { kind: 'in', session };
}

/** The node takes the session no longer: the page stays as it is, and asks to sign in again over it. */
export function sessionEnded(): void {
  const { value } = state;
  if (value.kind === 'in') state.value = { kind: 'ended', session: value.session };
  else if (value.kind === 'loading') state.value = { kind: 'out' };
}
