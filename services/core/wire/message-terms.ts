import { MessageKind, type MessageRef, type MessageTerms } from './__generated__/types.ts';

/** Where the terms of a message of that kind stand; a kind that is not here has none. */
const TERMS_OF: Readonly<Partial<Record<MessageKind, keyof MessageTerms>>> = {
  [MessageKind.REQUEST]: 'request',
  [MessageKind.REQUEST_STEP]: 'step',
  [MessageKind.ANSWER]: 'answer',
  [MessageKind.SEARCH]: 'search',
  [MessageKind.SEARCH_RESULT]: 'searchResult',
  [MessageKind.RECALL]: 'recall',
  [MessageKind.RECALL_ANSWER]: 'recallAnswer',
  [MessageKind.CONSENT_REQUEST]: 'consentRequest',
  [MessageKind.CONSENT]: 'consent',
  [MessageKind.PART_REQUEST]: 'partRequest',
  [MessageKind.REVIEW]: 'review',
  [MessageKind.OPERATION_CHARTER]: 'charter',
  [MessageKind.OPERATION_ACT]: 'act',
  [MessageKind.OPERATION_POST]: 'post',
  [MessageKind.OPERATION_GAP]: 'gap',
  [MessageKind.ATTACHMENT_CHUNK]: 'chunk',
};

/** What the ledgers of both sides keep of a body: references, codes and times. Null for a kind without terms, and where they are withheld. */
export function termsOf(kind: MessageKind, body: unknown): Partial<MessageTerms> | null {
  const name = TERMS_OF[kind];
  const terms = (body as { readonly terms?: unknown } | null)?.terms ?? null;
  return name === undefined || terms === null ? null : { [name]: terms };
}

/** Whether messages of that kind have terms. */
export function hasTerms(kind: MessageKind): boolean {
  return TERMS_OF[kind] !== undefined;
}

/** The earlier message that these terms are about; null where they are about none. */
export function targetOf(terms: MessageTerms | null): MessageRef | null {
  for (const one of Object.values(terms ?? {}) as readonly ({ readonly target?: MessageRef | null } | null)[])
    if (one?.target) return one.target;
  return null;
}

/**
 * Whether an article that lets messages of `kinds` cross lets one of `kind` cross too: an answer goes where its request
 * may, a result where its search may, and the originator's control over a message wherever anything may.
 */
export function isKindCovered(kinds: readonly MessageKind[], kind: MessageKind): boolean {
  if (kinds.includes(kind)) return true;
  const serves = SERVED_BY[kind];
  return serves === 'any' ? kinds.length > 0 : serves !== undefined && kinds.includes(serves);
}

const SERVED_BY: Readonly<Partial<Record<MessageKind, MessageKind | 'any'>>> = {
  [MessageKind.REQUEST_STEP]: MessageKind.REQUEST,
  [MessageKind.ANSWER]: MessageKind.REQUEST,
  [MessageKind.SEARCH_RESULT]: MessageKind.SEARCH,
  [MessageKind.RECALL]: 'any',
  [MessageKind.RECALL_ANSWER]: 'any',
  [MessageKind.CONSENT_REQUEST]: 'any',
  [MessageKind.CONSENT]: 'any',
  [MessageKind.PART_REQUEST]: 'any',
  [MessageKind.REVIEW]: 'any',
  [MessageKind.OPERATION_ACT]: MessageKind.OPERATION_CHARTER,
};
