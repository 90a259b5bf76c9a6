import type { Digest, EnvelopeId, EpochMs, OfficeId } from '../../../foundation/index.ts';
import type { AnyMessage } from '../../../ledger/index.ts';
import type { DataCategory, GapReason, PostTerms } from '../../../wire/index.ts';

/** One post of one member's history, by the digest of its envelope. */
export interface PostPlace {
  readonly office: OfficeId;
  /** Its place among that member's posts, from 1. */
  readonly number: number;
  readonly digest: Digest;
}

/** A post whose place is known here: it is on record, or its sender said that it keeps it back. */
export interface KnownPost extends PostPlace {
  /** Null where only the notice is here. */
  readonly id: EnvelopeId | null;
  /** By the sender's clock. */
  readonly createdMs: EpochMs;
  /** What the sender had of the other members. */
  readonly seen: readonly PostPlace[];
  /** Null where only the notice is here. */
  readonly terms: PostTerms | null;
  readonly message: AnyMessage | null;
  /** The sender's notice, where the post itself is not here. */
  readonly gap: PostGap | null;
  /** Why it counts for nothing, as far as the acts are known here: a code; null where it counts. */
  readonly voided: string | null;
}

/** Why a member did not get a post, by its sender's word. */
export interface PostGap {
  readonly reason: GapReason;
  /** By whose rule: policies of the sender. */
  readonly policies: readonly string[];
}

/** One place of which two different posts are told. */
export interface PostFork {
  readonly office: OfficeId;
  readonly number: number;
  /** Each digest with the offices that told of it, in order. */
  readonly versions: readonly { readonly digest: Digest; readonly toldBy: readonly OfficeId[] }[];
}

/** Posts of an operation as this office has them, from its ledger alone. */
export interface OperationPosts {
  /** The post at that place. */
  readonly at: (office: OfficeId, number: number) => KnownPost | undefined;
  /** Of that member, by number. */
  readonly of: (office: OfficeId) => readonly KnownPost[];
  /** All that count, in the one order that every member puts them in. */
  readonly ordered: readonly KnownPost[];
  /** SHA-256 over office, number and digest of all that count, in that order. */
  readonly digest: Digest;
  /** Numbers that must exist and of which nothing is here, as ranges. */
  readonly awaited: readonly { readonly office: OfficeId; readonly first: number; readonly last: number }[];
  /** The newest post of that member up to which there is no gap; null before the first. */
  readonly through: (office: OfficeId) => KnownPost | null;
  readonly forks: readonly PostFork[];
}

/** How an entry of a transcript stands here. `here` has all of it, `partly` some parts, `withheld` its sender's notice. */
export const ENTRY_STATES = ['here', 'partly', 'held', 'refused', 'withheld', 'awaited', 'void'] as const;

/** One of them. */
export type EntryState = (typeof ENTRY_STATES)[number];

/** What did not reach this office, and by whose rule. */
export interface EntryWithheld {
  readonly category: DataCategory;
  readonly policies: readonly string[];
  readonly by: OfficeId;
}

/** One line of a transcript; `last` differs from `number` for a range that is awaited. */
export interface TranscriptEntry {
  readonly office: OfficeId;
  readonly number: number;
  readonly last: number;
  readonly state: EntryState;
  /** Null for what is awaited. */
  readonly post: KnownPost | null;
  readonly withheld: readonly EntryWithheld[];
}

/** The story of an operation as this office has it. */
export interface Transcript {
  readonly operation: string;
  /** Equal at all members that know of the same posts. */
  readonly digest: Digest;
  /** Nothing is awaited and no history forks. */
  readonly complete: boolean;
  readonly entries: readonly TranscriptEntry[];
  readonly forks: readonly PostFork[];
}
