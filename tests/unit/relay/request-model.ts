import { AnswerOutcome, RequestAction } from '../../../services/core/wire/index.ts';

/** What was said and has arrived, as plain data. */
export interface ModelFact {
  readonly atMs: number;
  readonly origin: string;
  readonly id: string;
  readonly action: RequestAction | null;
  readonly assignee: string;
  readonly results: readonly { readonly question: number; readonly outcome: AnswerOutcome }[];
}

/** A request of the model, with what the rules say about its time. */
export interface ModelRequest {
  readonly questions: number;
  readonly createdMs: number;
  readonly answerByMs: number;
  readonly expiresMs: number;
}

/** What the rules of a request's life say, written down a second time and as plainly as possible. */
export function modelLife(
  request: ModelRequest,
  arrived: readonly ModelFact[],
  nowMs: number,
): Record<string, unknown> {
  const facts = [...arrived].sort((a, b) =>
    a.atMs !== b.atMs ? a.atMs - b.atMs : `${a.origin}/${a.id}` < `${b.origin}/${b.id}` ? -1 : 1,
  );
  const closing = facts.findIndex((_, index) => closes(request, facts.slice(0, index + 1)) !== null);
  const closingFact = closing < 0 ? undefined : facts[closing];
  const isExpiredFirst =
    closingFact === undefined
      ? nowMs > request.expiresMs || facts.some(isAfter(request))
      : isAfter(request)(closingFact);
  const counted = facts.slice(0, closing < 0 ? facts.length : closing + 1).filter((fact) => !isAfter(request)(fact));
  const actions = counted.map(({ action }) => action);
  const last = (action: RequestAction): number => actions.lastIndexOf(action);
  const acknowledged = counted.filter(({ action }) => action === RequestAction.ACKNOWLEDGE);
  const said = new Map(
    counted.flatMap(({ results }) => results.map(({ question, outcome }) => [question, outcome] as const)),
  );
  const state = isExpiredFirst
    ? 'expired'
    : closingFact !== undefined
      ? (closes(request, facts.slice(0, closing + 1)) as string)
      : last(RequestAction.ASK_CLARIFICATION) > last(RequestAction.CLARIFY)
        ? 'clarification-asked'
        : said.size > 0
          ? 'answered-in-part'
          : acknowledged.length > 0
            ? 'acknowledged'
            : 'delivered';
  const closedMs = isExpiredFirst ? request.expiresMs : (closingFact?.atMs ?? null);
  return {
    state,
    open: closedMs === null,
    closedMs,
    acknowledgedMs: acknowledged[0]?.atMs ?? null,
    assignee: acknowledged.at(-1)?.assignee ?? '',
    overdue: (closedMs ?? nowMs) > request.answerByMs,
    results: Object.fromEntries(said),
    lateAnswers: facts.filter((fact) => fact.action === null && !counted.includes(fact)).length,
  };
}

const isAfter =
  ({ expiresMs }: ModelRequest) =>
  ({ atMs }: ModelFact): boolean =>
    atMs > expiresMs;

/** Whether these facts, the last of them included, bring it to an end by that last one. */
function closes({ questions }: ModelRequest, facts: readonly ModelFact[]): string | null {
  const last = facts.at(-1);
  if (last?.action === RequestAction.REFUSE) return 'refused';
  if (last?.action === RequestAction.WITHDRAW) return 'withdrawn';
  if (last?.action !== null) return null;
  const outcomes = new Map(facts.flatMap(({ results }) => results.map((result) => [result.question, result.outcome])));
  const isWhole = Array.from({ length: questions }, (_, index) => outcomes.get(index + 1)).every(
    (outcome) => outcome !== undefined && outcome !== AnswerOutcome.PARTLY,
  );
  return isWhole ? 'answered' : null;
}
