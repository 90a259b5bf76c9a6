import {
  type AnyMessage,
  type InboundMessageView,
  messageKey,
  type OfficeProjection,
  type OutboundMessage,
  stateOfCopy,
  type TriageView,
} from '../../core/ledger/index.ts';
import { codeName, codeNames, crimeAreaName } from './code-names.ts';

type Json = Readonly<Record<string, unknown>>;

/** Whether nobody of this office has opened it. */
export function isUnread({ retrievals }: InboundMessageView): boolean {
  return retrievals.length === 0;
}

/** Whether officers are done with it. */
export function isClosed(triage: TriageView | undefined): boolean {
  return triage !== undefined && triage.closed !== null;
}

/** How many messages an inbox holds, as one person sees it; all but the first two of those that are open. */
export function inboxCounts(
  inbox: readonly InboundMessageView[],
  projection: Pick<OfficeProjection, 'triage'>,
  name: string,
): Json {
  const counts = openCounts(projection, name);
  let unread = 0;
  const unreadByPrecedence = new Tally();
  for (const message of inbox) {
    const isOpen = counts.add(message, message.from);
    if (!isOpen || !isUnread(message)) continue;
    unread++;
    unreadByPrecedence.add(codeName('Precedence', message.precedence));
  }
  const precedences = codeNames('Precedence');
  return {
    ...counts.json(),
    unread,
    unreadByPrecedence: Object.fromEntries(precedences.map((code) => [code, unreadByPrecedence.of(code)])),
  };
}

/** The same of an outbox; a message counts under every state that one of its copies is in. */
export function outboxCounts(
  outbox: readonly OutboundMessage[],
  projection: Pick<OfficeProjection, 'triage'>,
  name: string,
): Json {
  const counts = openCounts(projection, name);
  const byState = new Tally();
  let own = 0;
  for (const message of outbox) {
    if (message.submittedBy === name) own++;
    counts.add(message, undefined);
    const states = new Set([...message.copies.values()].map(stateOfCopy));
    for (const state of states) byState.add(state);
  }
  return { ...counts.json(), own, byState: byState.entries('state') };
}

function openCounts(
  { triage }: Pick<OfficeProjection, 'triage'>,
  name: string,
): {
  /** Whether it is open. */
  readonly add: (message: AnyMessage, neighbour: string | undefined) => boolean;
  readonly json: () => Json;
} {
  let open = 0;
  let closed = 0;
  let mine = 0;
  let unassigned = 0;
  const byPrecedence = new Tally();
  const byCrimeArea = new Tally();
  const byNeighbour = new Tally();
  const byAssignee = new Tally();
  return {
    add: (message, neighbour) => {
      const view = triage.of(messageKey(message.origin, message.id));
      if (isClosed(view)) {
        closed++;
        return false;
      }
      open++;
      const assignee = view?.assignee ?? '';
      if (assignee === name) mine++;
      if (assignee === '') unassigned++;
      else byAssignee.add(assignee);
      byPrecedence.add(codeName('Precedence', message.precedence));
      const area = crimeAreaName(message.crimeArea);
      if (area !== null) byCrimeArea.add(area);
      const offices = message.direction === 'outbound' ? [...message.copies.keys()] : [neighbour ?? message.from];
      for (const office of offices) byNeighbour.add(office);
      return true;
    },
    json: () => ({
      total: open + closed,
      closed,
      open,
      mine,
      unassigned,
      byPrecedence: Object.fromEntries(codeNames('Precedence').map((code) => [code, byPrecedence.of(code)])),
      byCrimeArea: byCrimeArea.entries('crimeArea'),
      byNeighbour: byNeighbour.entries('office'),
      byAssignee: byAssignee.entries('assignee'),
    }),
  };
}

class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string): void {
    this.#counts.set(name, this.of(name) + 1);
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** The most first, equals by their names. */
  entries(as: string): readonly Json[] {
    return [...this.#counts]
      .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
      .map(([name, count]) => ({ [as]: name, count }));
  }
}
