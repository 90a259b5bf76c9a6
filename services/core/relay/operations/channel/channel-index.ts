import { type Digest, digestFromBytes, type OfficeId, toHex } from '../../../foundation/index.ts';
import type { AnyMessage, OfficeProjection } from '../../../ledger/index.ts';
import { type GapTerms, MessageKind, type OperationRef } from '../../../wire/index.ts';

/** Posts and notices of one operation as they came on record. */
export interface ChannelRecords {
  /** By `<office>/<number>`; a second post of one place is not among them. */
  readonly posts: ReadonlyMap<string, AnyMessage>;
  /** Of other members, by `<office>/<number>`. */
  readonly notices: ReadonlyMap<string, AnyMessage>;
  /** Of this office, by `<office>/<number>><member>`, the newest. */
  readonly ownNotices: ReadonlyMap<string, AnyMessage>;
  /** The number of this office's newest post; 0 before the first. */
  readonly lastOwn: number;
  /** Grows with every record of the operation. */
  readonly version: number;
}

interface OwnRecords extends ChannelRecords {
  readonly posts: Map<string, AnyMessage>;
  readonly notices: Map<string, AnyMessage>;
  readonly ownNotices: Map<string, AnyMessage>;
  lastOwn: number;
  version: number;
}

const NONE: ChannelRecords = Object.freeze({
  posts: new Map(),
  notices: new Map(),
  ownNotices: new Map(),
  lastOwn: 0,
  version: 0,
});

/** The key of a place of a member's history. */
export function placeKey(office: string, number: number): string {
  return `${office}/${number}`;
}

/** The key of a notice about one post for one member. */
export function noticeKey(office: string, number: number, member: OfficeId): string {
  return `${placeKey(office, number)}>${member}`;
}

/** The digest of the post at that place, by the post itself or by its sender's notice; undefined where neither is here. */
export function digestAt({ posts, notices }: ChannelRecords, office: OfficeId, number: number): Digest | undefined {
  const key = placeKey(office, number);
  const post = posts.get(key);
  if (post !== undefined) return post.envelopeDigest;
  const gap = notices.get(key)?.terms?.gap ?? null;
  return gap === null ? undefined : digestFromBytes(gap.digest);
}

/** Whose post a notice is about: its sender's own, or that of a member that was gone. */
export function subjectOf(origin: OfficeId, { office }: Pick<GapTerms, 'office'>): OfficeId {
  return office === '' ? origin : (office as OfficeId);
}

function operationKey({ operation, charter }: OperationRef): string {
  return `${operation}/${toHex(charter)}`;
}

/** Finds what was said in each channel; every record is looked at once, however often it is asked. */
interface ChannelIndex {
  readonly of: (reference: OperationRef) => ChannelRecords;
}

function channelIndex(projection: Pick<OfficeProjection, 'ofKind'>): ChannelIndex {
  const operations = new Map<string, OwnRecords>();
  let posts = 0;
  let gaps = 0;

  const own = (reference: OperationRef): OwnRecords => {
    const key = operationKey(reference);
    const found = operations.get(key) ?? {
      posts: new Map(),
      notices: new Map(),
      ownNotices: new Map(),
      lastOwn: 0,
      version: 0,
    };
    operations.set(key, found);
    found.version++;
    return found;
  };

  const addPost = (message: AnyMessage): void => {
    const terms = message.terms?.post ?? null;
    if (terms === null || terms.operation === null) return;
    const records = own(terms.operation);
    const key = placeKey(message.origin, terms.number);
    if (!records.posts.has(key)) records.posts.set(key, message);
    if (message.direction === 'outbound') records.lastOwn = Math.max(records.lastOwn, terms.number);
  };

  const addGap = (message: AnyMessage): void => {
    const terms = message.terms?.gap ?? null;
    if (terms === null || terms.operation === null) return;
    const records = own(terms.operation);
    const office = subjectOf(message.origin, terms);
    if (message.direction === 'inbound') {
      const key = placeKey(office, terms.last);
      if (!records.notices.has(key)) records.notices.set(key, message);
    } else for (const to of message.copies.keys()) records.ownNotices.set(noticeKey(office, terms.last, to), message);
  };

  return {
    of: (reference) => {
      const allPosts = projection.ofKind(MessageKind.OPERATION_POST);
      for (; posts < allPosts.length; posts++) addPost(allPosts[posts] as AnyMessage);
      const allGaps = projection.ofKind(MessageKind.OPERATION_GAP);
      for (; gaps < allGaps.length; gaps++) addGap(allGaps[gaps] as AnyMessage);
      return operations.get(operationKey(reference)) ?? NONE;
    },
  };
}

const indexes = new WeakMap<object, ChannelIndex>();

/** What is on record in the channel of an operation. A projection keeps its records in the order in which they came. */
export function channelRecords(projection: Pick<OfficeProjection, 'ofKind'>, reference: OperationRef): ChannelRecords {
  const known = indexes.get(projection) ?? channelIndex(projection);
  indexes.set(projection, known);
  return known.of(reference);
}
