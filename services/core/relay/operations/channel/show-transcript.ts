import { isLiaisonError } from '../../../foundation/index.ts';
import { type InboundMessageView, stateOfInbound } from '../../../ledger/index.ts';
import type { RelayContext } from '../../parts.ts';
import { readMessage } from '../../read-message.ts';
import type { OperationView } from '../types.ts';
import { operationPosts } from './fold-posts.ts';
import type { EntryState, EntryWithheld, KnownPost, OperationPosts, Transcript, TranscriptEntry } from './types.ts';

interface Known {
  readonly supplements: number;
  readonly withheld: readonly EntryWithheld[];
}

/** Tells how each post of an operation stands here. What is withheld of a post does not change, so it is read once. */
export interface TranscriptReader {
  readonly read: (view: OperationView) => Promise<Transcript>;
  /** One entry. */
  readonly entry: (post: KnownPost) => Promise<TranscriptEntry>;
}

/** The transcripts of this office. */
export function transcriptReader(context: RelayContext): TranscriptReader {
  const known = new WeakMap<InboundMessageView, Known>();

  /** Of what the content says no more, only what the ledger has is told: what this office itself did not let in. */
  const withheldOf = async (message: InboundMessageView): Promise<readonly EntryWithheld[]> => {
    const found = known.get(message);
    if (found !== undefined && found.supplements === message.supplements.length) return found.withheld;
    try {
      const { withheld } = await readMessage(context, message.origin, message.id);
      known.set(message, { supplements: message.supplements.length, withheld });
      return withheld;
    } catch (cause) {
      if (!isLiaisonError(cause)) throw cause;
      return (
        found?.withheld ??
        message.decision.withheld.map(({ category, policies }) => ({ category, policies, by: context.self }))
      );
    }
  };

  const stateOf = (post: KnownPost, withheld: readonly EntryWithheld[]): EntryState => {
    if (post.voided !== null) return 'void';
    const { message } = post;
    if (message === null) return 'withheld';
    if (message.direction === 'inbound' && message.deliveredMs === null)
      return stateOfInbound(message) === 'held' ? 'held' : 'refused';
    return withheld.length > 0 ? 'partly' : 'here';
  };

  const entry = async (post: KnownPost): Promise<TranscriptEntry> => {
    const { message, office, number } = post;
    const isRead = message?.direction === 'inbound' && message.deliveredMs !== null;
    const withheld = isRead ? await withheldOf(message) : [];
    return { office, number, last: number, state: stateOf(post, withheld), post, withheld };
  };

  return {
    entry,
    read: async (view) => {
      const posts = operationPosts(context.projection, view);
      const entries = await Promise.all(posts.ordered.map(entry));
      const { digest, awaited, forks } = posts;
      return {
        operation: view.id,
        digest,
        complete: awaited.length === 0 && forks.length === 0,
        entries: withAwaited(entries, posts),
        forks,
      };
    },
  };
}

/** What is awaited stands before the next of its sender's posts that is here, or at the end. */
function withAwaited(entries: readonly TranscriptEntry[], { awaited }: OperationPosts): readonly TranscriptEntry[] {
  const waiting = awaited.map(
    ({ office, first, last }): TranscriptEntry => ({
      office,
      number: first,
      last,
      state: 'awaited',
      post: null,
      withheld: [],
    }),
  );
  const placed = entries.flatMap((entry) => [
    ...waiting.filter(({ office, last }) => office === entry.office && last === entry.number - 1),
    entry,
  ]);
  return [...placed, ...waiting.filter((gap) => !placed.includes(gap))];
}
