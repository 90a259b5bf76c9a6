import type { JSX } from 'preact';
import type { Message } from './message-types.ts';

/** Why the gates decided as they did. */
export interface Explained {
  /** By the name of a policy, what it says. */
  readonly sentences: ReadonlyMap<string, string>;
}

const NONE: Explained = { sentences: new Map() };

/** The rules that decided about a message, asked for with it. */
export function useExplain(_message: Message): Explained {
  return NONE;
}

/** Which rules of which bundle decided what about each copy and part. */
export function ExplainPanel(_: { readonly explain: Explained }): JSX.Element | null {
  return null;
}
