import { type EpochMs, type OfficeId, rfc3339, toHex } from '../../../foundation/index.ts';
import {
  charterCodec,
  OperationAction,
  type OperationFigures,
  type OutcomeCount,
  type PostFact,
  PostType,
  toJson,
} from '../../../wire/index.ts';
import type { OperationMember, OperationView } from '../types.ts';
import { wordOf } from './code-words.ts';
import { reportTaskings } from './report-taskings.ts';
import type { AfterActionReport, ReportedCounts, ReportedEvent, ReportedMember } from './types.ts';

/** Acts that a timeline names; that a report was signed comes after it. */
const TOLD_ACTS: ReadonlySet<OperationAction> = new Set([
  OperationAction.SIGN,
  OperationAction.DECLINE,
  OperationAction.LEAVE,
  OperationAction.REMOVE,
  OperationAction.SUSPEND,
  OperationAction.RESUME,
  OperationAction.CLOSE,
]);

/** A post as its sender stated it. */
export interface StatedPost {
  readonly office: OfficeId;
  readonly fact: PostFact;
}

/**
 * The report of an operation, from its charter, its acts and what each member stated of its own posts, and from nothing
 * else: no clock, no content, nothing that only one member has.
 */
export function afterActionReport(view: OperationView): AfterActionReport {
  const stated = statedPosts(view);
  const figures = [...view.members.keys()].flatMap((office) => {
    const of = view.contributions.get(office);
    return of === undefined ? [] : [{ office, of }];
  });
  return {
    reportVersion: 1,
    operation: view.id,
    drill: view.drill,
    charterDigest: view.charter.document.digest,
    charter: toJson(charterCodec, view.charter.charter),
    lead: view.lead,
    openedAt: timeText(view.openedMs),
    closedAt: timeText(view.closedMs),
    members: [...view.members.values()].map((member) => reportedMember(member, view.contributions.get(member.office))),
    timeline: timelineOf(view, stated),
    beyondTimeline: figures.reduce((sum, { of }) => sum + postCount(of) - of.facts.length, 0),
    taskings: reportTaskings(stated),
    outcomes: figures.map(({ office, of }) => ({ office, counts: outcomeCounts(of.outcomes) })),
    outcomesTotal: outcomeCounts(figures.flatMap(({ of }) => of.outcomes)),
    posts: figures.map(({ office, of }) => ({ office, counts: postCounts(of) })),
    withheld: figures.flatMap(({ office, of }) =>
      of.withheld.map(({ member, whole, parts }) => ({ from: office, to: member, whole, parts })),
    ),
    deliveries: figures.flatMap(({ office, of }) =>
      of.deliveries.map(({ member, ...times }) => ({ from: office, to: member, ...times })),
    ),
    lessons: stated
      .filter(({ fact }) => fact.postType === PostType.LESSON)
      .map(({ office, fact }) => ({
        office,
        number: fact.number,
        digest: toHex(fact.digest),
        at: rfc3339(fact.createdMs as EpochMs),
      })),
  };
}

/** Every post that was stated one by one, in the order of their making; ties by office and number. */
export function statedPosts(view: OperationView): readonly StatedPost[] {
  return [...view.members.keys()]
    .flatMap((office) => (view.contributions.get(office)?.facts ?? []).map((fact) => ({ office, fact })))
    .sort((a, b) => a.fact.createdMs - b.fact.createdMs || byText(a.office, b.office) || a.fact.number - b.fact.number);
}

/** How many posts a member stated. */
export function postCount(figures: OperationFigures): number {
  return figures.posts.reduce((sum, { count }) => sum + count, 0);
}

function reportedMember(member: OperationMember, figures: OperationFigures | undefined): ReportedMember {
  return {
    office: member.office,
    role: wordOf('OperationRole', member.role),
    state: member.state,
    joinedAt: timeText(member.joinedMs),
    joinedLate: member.joinedLate,
    endedAt: timeText(member.endedMs),
    dutyContact: member.dutyContact,
    stated: figures !== undefined,
    posts: figures === undefined ? 0 : postCount(figures),
  };
}

function timelineOf(view: OperationView, stated: readonly StatedPost[]): readonly ReportedEvent[] {
  const opened: readonly ReportedEvent[] =
    view.openedMs === null ? [] : [actEvent(view.openedMs, view.lead, OperationAction.OPEN, null)];
  const acts = view.acts
    .filter(({ action }) => TOLD_ACTS.has(action))
    .map(({ createdMs, origin, action, member }) => actEvent(createdMs, origin, action, member));
  const posts = stated.map(({ office, fact }) => ({
    at: rfc3339(fact.createdMs as EpochMs),
    office,
    what: wordOf('PostType', fact.postType),
    number: fact.number,
    digest: toHex(fact.digest),
    member: null,
  }));
  return [...opened, ...acts, ...posts].sort(
    (a, b) =>
      byText(a.at, b.at) || byText(a.office, b.office) || byText(a.what, b.what) || (a.number ?? 0) - (b.number ?? 0),
  );
}

function actEvent(at: EpochMs, office: OfficeId, action: OperationAction, member: OfficeId | null): ReportedEvent {
  return { at: rfc3339(at), office, what: wordOf('OperationAction', action), number: null, digest: null, member };
}

function outcomeCounts(outcomes: readonly OutcomeCount[]): ReportedCounts {
  return counts(outcomes.map(({ outcome, count }) => [wordOf('OutcomeType', outcome), count]));
}

function postCounts({ posts }: OperationFigures): ReportedCounts {
  return counts(posts.map(({ postType, count }) => [wordOf('PostType', postType), count]));
}

function counts(entries: readonly (readonly [string, number])[]): ReportedCounts {
  const totals: Record<string, number> = {};
  for (const [word, count] of entries) totals[word] = (totals[word] ?? 0) + count;
  return totals;
}

function timeText(ms: EpochMs | null): string | null {
  return ms === null ? null : rfc3339(ms);
}

/** By code units, which is the same everywhere. */
function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
