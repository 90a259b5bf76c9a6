import type { OfficeId } from '../../../foundation/index.ts';
import { fromHex } from '../../../foundation/index.ts';
import { type OutboundCopy, stateOfCopy } from '../../../ledger/index.ts';
import { type OperationFigures, type PostTerms, ReceiptKind } from '../../../wire/index.ts';
import type { PostPlace } from '../channel/types.ts';

/** A post of this office with every crossing of it. */
export interface OwnPost extends PostPlace {
  readonly createdMs: number;
  readonly terms: PostTerms;
  readonly copies: readonly OutboundCopy[];
  /** Members that were told that they do not get it. */
  readonly keptFrom: ReadonlySet<OfficeId>;
}

/** As many posts as the contract lets be stated one by one. */
const MAX_FACTS = 512;
const WITHHELD_WHOLE: ReadonlySet<string> = new Set(['refused', 'rejected', 'expired']);
const UNDER_WAY: ReadonlySet<string> = new Set(['held', 'queued', 'sent', 'accepted']);

/** Whether it is known of every copy for these members what became of it. */
export function isSettled(posts: readonly OwnPost[], members: readonly OfficeId[]): boolean {
  return posts.every(({ copies }) =>
    copies.every((copy) => !members.includes(copy.to) || !UNDER_WAY.has(stateOfCopy(copy))),
  );
}

/** What this office states of its own posts: by its ledger, and by the receipts that the members signed. */
export function stateFigures(posts: readonly OwnPost[], members: readonly OfficeId[]): OperationFigures {
  const facts = posts.slice(0, MAX_FACTS);
  return {
    posts: [...tally(posts.map(({ terms }) => [terms.postType, 1]))].map(([postType, count]) => ({ postType, count })),
    outcomes: [
      ...tally(posts.flatMap(({ terms }) => terms.outcomes.map(({ outcome, count }) => [outcome, count] as const))),
    ].map(([outcome, count]) => ({ outcome, count })),
    withheld: members.map((member) => ({ member, ...withheldFrom(posts, member) })),
    deliveries: members.map((member) => ({ member, ...deliveredTo(posts, member) })),
    facts: facts.map(({ number, digest, createdMs, terms }) => ({
      number,
      postType: terms.postType,
      createdMs,
      digest: fromHex(digest),
      assignees: terms.assignees,
      dueMs: terms.due === null ? 0 : terms.due.seconds * 1000 + Math.floor(terms.due.nanos / 1e6),
      target: terms.target?.digest ?? new Uint8Array(),
      tasking: terms.tasking,
      outcomes: terms.outcomes,
    })),
  };
}

function tally<Code extends number>(counts: readonly (readonly [Code, number])[]): ReadonlyMap<Code, number> {
  const totals = new Map<Code, number>();
  for (const [code, count] of counts) totals.set(code, (totals.get(code) ?? 0) + count);
  return new Map([...totals].sort(([a], [b]) => a - b));
}

/** Of each post the newest copy counts: what was held may have been released, what was refused given later. */
function newestCopies(
  posts: readonly OwnPost[],
  member: OfficeId,
): readonly { readonly post: OwnPost; readonly copy: OutboundCopy }[] {
  return posts.flatMap((post) => {
    const copy = post.copies.filter(({ to }) => to === member).at(-1);
    return copy === undefined ? [] : [{ post, copy }];
  });
}

function withheldFrom(posts: readonly OwnPost[], member: OfficeId): { readonly whole: number; readonly parts: number } {
  const copies = newestCopies(posts, member).map(({ copy }) => copy);
  const whole = copies.filter((copy) => WITHHELD_WHOLE.has(stateOfCopy(copy)));
  const parts = copies.filter((copy) => copy.releasedMs !== null && copy.decision.withheld.length > 0);
  // Of what was said before it joined there may be no copy at all, only the word that it does not get one.
  const never = posts.filter((post) => post.keptFrom.has(member) && post.copies.every(({ to }) => to !== member));
  return { whole: whole.length + never.length, parts: parts.length };
}

function deliveredTo(
  posts: readonly OwnPost[],
  member: OfficeId,
): Omit<OperationFigures['deliveries'][number], 'member'> {
  const timesTo = (kind: ReceiptKind): readonly number[] =>
    newestCopies(posts, member)
      .flatMap(({ post, copy }) => {
        const receipt = copy.receipts.find((each) => each.kind === kind);
        return receipt === undefined ? [] : [Math.max(0, receipt.atMs - post.createdMs)];
      })
      .sort((a, b) => a - b);
  const delivery = timesTo(ReceiptKind.DELIVERY);
  const opening = timesTo(ReceiptKind.RETRIEVAL);
  return {
    delivered: delivery.length,
    opened: opening.length,
    medianDeliveryMs: median(delivery),
    longestDeliveryMs: delivery.at(-1) ?? 0,
    medianOpeningMs: median(opening),
  };
}

/** The nearest rank: always a time that was measured; 0 where none was. */
function median(sorted: readonly number[]): number {
  return sorted[Math.max(0, Math.ceil(sorted.length / 2) - 1)] ?? 0;
}
