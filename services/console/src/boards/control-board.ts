import { byDue } from './by-due.ts';

/** What the board reads of a recall. */
export interface RecallSeen {
  readonly direction: string;
  readonly state: string;
  readonly answerBy: string;
  readonly createdAt: string;
  readonly holders: readonly { readonly state: string }[];
}

/** What the board reads of a request to the originator: for consent, or for parts that were withheld. */
export interface AskedSeen {
  readonly side: string;
  readonly state: string;
  readonly askedAt: string;
}

/** Whether this office still owes its answer to a recall. */
export function owesRecallAnswer({ direction, holders }: RecallSeen): boolean {
  const own = holders[0]?.state;
  return direction === 'inbound' && (own === 'waiting' || own === 'overdue');
}

/** How many holders of a message have answered its recall, of how many. */
export function recallProgress({ holders }: RecallSeen): { readonly answered: number; readonly of: number } {
  return { answered: holders.filter(({ state }) => ANSWERED.has(state)).length, of: holders.length };
}

const ANSWERED = new Set(['done', 'partly', 'refused']);

/** Recalls by what is due: what this office owes, then what is open, then what is answered, the newest first. */
export function sortRecalls<Recall extends RecallSeen>(recalls: readonly Recall[]): readonly Recall[] {
  return [...recalls].sort(
    (a, b) =>
      Number(owesRecallAnswer(b)) - Number(owesRecallAnswer(a)) ||
      Number(isAnswered(a)) - Number(isAnswered(b)) ||
      (isAnswered(a)
        ? Date.parse(b.createdAt) - Date.parse(a.createdAt)
        : byDue({ dueAt: a.answerBy, createdAt: a.createdAt }, { dueAt: b.answerBy, createdAt: b.createdAt })),
  );
}

/** Whether this office is asked and has not said anything yet. */
export function owesAnswer({ side, state }: AskedSeen): boolean {
  return side === 'originator' && state === 'asked';
}

/** Requests to originators by what is due: what this office owes, then what waits, then the rest, the newest first. */
export function sortAsked<Asked extends AskedSeen>(
  asked: readonly Asked[],
  dueOf: (asked: Asked) => string,
): readonly Asked[] {
  return [...asked].sort(
    (a, b) =>
      Number(owesAnswer(b)) - Number(owesAnswer(a)) ||
      Number(isOver(a)) - Number(isOver(b)) ||
      (isOver(a)
        ? Date.parse(b.askedAt) - Date.parse(a.askedAt)
        : byDue({ dueAt: dueOf(a), createdAt: a.askedAt }, { dueAt: dueOf(b), createdAt: b.askedAt })),
  );
}

function isAnswered({ state }: RecallSeen): boolean {
  return state === 'answered';
}

const WAITING = new Set(['sending', 'asked', 'opened-in-part']);

function isOver({ state }: AskedSeen): boolean {
  return !WAITING.has(state);
}
