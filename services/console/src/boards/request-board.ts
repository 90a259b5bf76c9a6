import { byDue } from './by-due.ts';

/** Which side of a request this office is on. */
export type Side = 'asking' | 'asked';

/** What the board reads of a request's life towards one office. */
export interface LifeSeen {
  readonly asking: string;
  readonly asked: string;
  readonly state: string;
  readonly open: boolean;
  readonly overdue: boolean;
  readonly answerBy: string;
  readonly assignee: string | null;
}

/** What the board reads of a request. */
export interface RequestSeen<Life extends LifeSeen> {
  readonly id: string;
  readonly origin: string;
  readonly side: Side;
  readonly precedence: string;
  readonly createdAt: string;
  readonly submittedBy: string | null;
  readonly lives: readonly Life[];
}

/** One line of the board: a request and the one office on its other side. */
export interface BoardLine<Life extends LifeSeen, Request extends RequestSeen<Life>> {
  readonly request: Request;
  readonly life: Life;
  /** The other office. */
  readonly office: string;
  /** This office has the next word. */
  readonly isOurTurn: boolean;
}

/** The columns of the board, in the order in which they ask for somebody. */
export const GROUPS = [
  'overdue',
  'clarification',
  'delivered',
  'acknowledged',
  'in-part',
  'under-way',
  'closed',
] as const;

/** One of them. */
export type Group = (typeof GROUPS)[number];

const GROUP_OF_STATE: Readonly<Record<string, Group>> = {
  'clarification-asked': 'clarification',
  delivered: 'delivered',
  acknowledged: 'acknowledged',
  'answered-in-part': 'in-part',
  held: 'under-way',
  submitted: 'under-way',
};

/** The lines of the board that concern a side: one for each office that was asked, open ones by what is due. */
export function boardLines<Life extends LifeSeen, Request extends RequestSeen<Life>>(
  requests: readonly Request[],
  side: Side,
): readonly BoardLine<Life, Request>[] {
  return requests
    .filter((request) => request.side === side)
    .flatMap((request) =>
      request.lives.map((life) => ({
        request,
        life,
        office: side === 'asking' ? life.asked : life.asking,
        isOurTurn: isOurTurn(life, side),
      })),
    )
    .sort((a, b) => byDue(dueOf(a), dueOf(b)));
}

/** The lines by their column; columns with nothing in them are left out. */
export function groupLines<Line extends { readonly life: LifeSeen }>(
  lines: readonly Line[],
): readonly { readonly group: Group; readonly lines: readonly Line[] }[] {
  return GROUPS.map((group) => ({ group, lines: lines.filter(({ life }) => groupOf(life) === group) })).filter(
    ({ lines: there }) => there.length > 0,
  );
}

/** The column of a life: what is overdue stands apart, whatever its state. */
export function groupOf({ open, overdue, state }: LifeSeen): Group {
  if (!open) return 'closed';
  return overdue ? 'overdue' : (GROUP_OF_STATE[state] ?? 'under-way');
}

/** Whether this office has the next word: the asked one while nothing is asked back, the asking one when something is. */
export function isOurTurn({ open, state }: Pick<LifeSeen, 'open' | 'state'>, side: Side): boolean {
  if (!open || state === 'held' || state === 'submitted') return false;
  return (state === 'clarification-asked') === (side === 'asking');
}

/** A request is somebody's when they submitted it, or it was assigned to them. */
export function isMine(
  line: { readonly request: { readonly submittedBy: string | null }; readonly life: LifeSeen },
  name: string,
): boolean {
  return line.request.submittedBy === name || line.life.assignee === name;
}

function dueOf<Life extends LifeSeen, Request extends RequestSeen<Life>>({
  request,
  life,
}: BoardLine<Life, Request>): Parameters<typeof byDue>[0] {
  return { dueAt: life.open ? life.answerBy : null, precedence: request.precedence, createdAt: request.createdAt };
}
