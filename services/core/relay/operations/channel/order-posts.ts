import type { Digest, OfficeId } from '../../../foundation/index.ts';
import { digestOf, utf8 } from '../../../foundation/index.ts';
import type { PostPlace } from './types.ts';

/** What the order of a transcript rests on. */
export interface OrderedPost extends PostPlace {
  readonly createdMs: number;
  readonly seen: readonly PostPlace[];
}

interface Chain<Post> {
  readonly posts: readonly Post[];
  next: number;
}

/**
 * The one order that all members put the same posts in: none before one that its sender had made or seen, and among
 * those that are free the earliest, then by office. A clock that is wrong moves a post among those that nobody had seen,
 * and nothing else. What claims to have seen another post than the one that is there claims nothing.
 */
export function orderPosts<Post extends OrderedPost>(posts: readonly Post[]): readonly Post[] {
  const chains = new Map<OfficeId, Chain<Post>>();
  const digests = new Map<string, Digest>();
  for (const office of [...new Set(posts.map((post) => post.office))].sort()) {
    const own = posts.filter((post) => post.office === office).sort((a, b) => a.number - b.number);
    chains.set(office, { posts: own, next: 0 });
  }
  for (const { office, number, digest } of posts) digests.set(`${office}/${number}`, digest);

  /** Whether all that it had seen has its place. */
  const isFree = (post: Post): boolean =>
    post.seen.every(({ office, number, digest }) => {
      const chain = chains.get(office);
      const next = chain?.posts[chain.next];
      if (next === undefined || next.number > number || office === post.office) return true;
      return (digests.get(`${office}/${number}`) ?? digest) !== digest;
    });

  const ordered: Post[] = [];
  while (ordered.length < posts.length) {
    const heads = [...chains.values()].flatMap((chain) => chain.posts[chain.next] ?? []);
    const free = heads.filter(isFree);
    // Only claims about what is not here can stand in each other's way.
    const first = (free.length > 0 ? free : heads).reduce((a, b) => (comesBefore(b, a) ? b : a));
    (chains.get(first.office) as Chain<Post>).next++;
    ordered.push(first);
  }
  return ordered;
}

function comesBefore(a: OrderedPost, b: OrderedPost): boolean {
  return a.createdMs === b.createdMs ? a.office < b.office : a.createdMs < b.createdMs;
}

/** The lines that the digest of a transcript is over: office, number and digest of each post, in order. */
export function transcriptLines(ordered: readonly PostPlace[]): string {
  return ordered.map(({ office, number, digest }) => `${office} ${number} ${digest}\n`).join('');
}

/** SHA-256 over `transcriptLines`. */
export function transcriptDigest(ordered: readonly PostPlace[]): Digest {
  return digestOf(utf8(transcriptLines(ordered)));
}
