import type { EpochMs, OfficeId } from '../../foundation/index.ts';
import {
  type AnyMessage,
  type InboundMessageView,
  messageKey,
  type OfficeProjection,
  type OutboundCopy,
  type OutboundMessage,
  stateOfCopy,
  stateOfInbound,
} from '../../ledger/index.ts';
import { MessageKind, SearchRefusal } from '../../wire/index.ts';
import type { SearchOwner, SearchResultView, SearchState, SearchView } from './types.ts';

type Messages = Pick<OfficeProjection, 'about' | 'matchesOf' | 'outbound' | 'inbound'>;

/** The searches that a message is: one towards each office that it is for, or the one that came in. */
export function searchViews(
  messages: Messages,
  self: OfficeId,
  search: AnyMessage,
  now: EpochMs,
): readonly SearchView[] {
  if (search.direction === 'inbound') return [askedView(messages, self, search, now)];
  return [...search.copies.values()].map((copy) => askingView(messages, search, copy, now));
}

/** The first result that `office` gave, of this office's own or of those that arrived here; later ones count for nothing. */
export function resultOf(
  messages: Pick<OfficeProjection, 'about'>,
  search: AnyMessage,
  office: OfficeId,
): AnyMessage | undefined {
  return messages
    .about(messageKey(search.origin, search.id))
    .filter(
      (message) =>
        message.kind === MessageKind.SEARCH_RESULT &&
        message.origin === office &&
        (message.direction === 'outbound' || message.deliveredMs !== null),
    )
    .sort((a, b) => a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1))[0];
}

/** Whether the other side has it, as both sides know. */
export function hasArrived(copy: OutboundCopy | undefined): boolean {
  if (copy === undefined) return false;
  const state = stateOfCopy(copy);
  return state === 'delivered' || state === 'retrieved';
}

function resultView(result: AnyMessage | undefined): SearchResultView | null {
  const terms = result?.terms?.searchResult ?? null;
  if (result === undefined || terms === null) return null;
  return { id: result.id, atMs: result.createdMs, findings: terms.findings, refusal: terms.refusal };
}

function stateWith(result: SearchResultView | null, search: AnyMessage, now: EpochMs): SearchState {
  if (result !== null) return result.refusal === SearchRefusal.UNSPECIFIED ? 'answered' : 'quota-spent';
  return now > search.expiresMs ? 'unanswered' : 'waiting';
}

function askingView(messages: Messages, search: OutboundMessage, copy: OutboundCopy, now: EpochMs): SearchView {
  const result = resultView(resultOf(messages, search, copy.to));
  const state = stateOfCopy(copy);
  const there = state === 'delivered' || state === 'retrieved';
  return {
    ...common(search),
    side: 'asking',
    asked: copy.to,
    officer: search.submittedBy,
    state: there || result !== null ? stateWith(result, search, now) : state,
    result,
    resultState: null,
    owners: [],
  };
}

function askedView(messages: Messages, self: OfficeId, search: InboundMessageView, now: EpochMs): SearchView {
  const said = resultOf(messages, search, self);
  const result = resultView(said);
  const copy = said?.direction === 'outbound' ? said.copies.get(search.from) : undefined;
  const state = stateOfInbound(search);
  return {
    ...common(search),
    side: 'asked',
    asked: self,
    officer: search.officer,
    state:
      search.deliveredMs === null && state !== 'delivered' && state !== 'retrieved'
        ? state
        : stateWith(result, search, now),
    result,
    resultState: copy === undefined ? null : stateOfCopy(copy),
    owners: ownersOf(messages, search),
  };
}

function ownersOf(messages: Messages, search: InboundMessageView): readonly SearchOwner[] {
  return messages.matchesOf(messageKey(search.origin, search.id)).flatMap(({ subject, message }) => {
    const own = messages.outbound.get(message);
    const found = own ?? messages.inbound.get(message);
    return found === undefined
      ? []
      : [{ subject, origin: found.origin, id: found.id, owner: own === undefined ? null : own.submittedBy }];
  });
}

function common(
  search: AnyMessage,
): Pick<SearchView, 'origin' | 'id' | 'drill' | 'createdMs' | 'expiresMs' | 'subjects'> {
  const { origin, id, drill, createdMs, expiresMs } = search;
  return { origin, id, drill, createdMs, expiresMs, subjects: search.terms?.search?.subjects ?? 0 };
}
