import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OfficeId } from '../../../../../services/core/foundation/index.ts';
import {
  type OrderedPost,
  orderPosts,
  transcriptDigest,
  transcriptLines,
} from '../../../../../services/core/relay/operations/channel/order-posts.ts';
import { digestAt, LA, MM, TH } from './fixtures.ts';

const post = (office: OfficeId, number: number, createdMs: number, seen: OrderedPost['seen'] = []): OrderedPost => ({
  office,
  number,
  digest: digestAt(office, number),
  createdMs,
  seen,
});
const place = (office: OfficeId, number: number) => ({ office, number, digest: digestAt(office, number) });
const names = (posts: readonly OrderedPost[]): string[] => posts.map(({ office, number }) => `${office}/${number}`);

/** A history as honest members make it: each post has seen some of what was there, and clocks are anything. */
const histories = fc
  .array(fc.record({ office: fc.constantFrom(TH, LA, MM), clock: fc.nat(1000), saw: fc.tuple(fc.nat(9), fc.nat(9)) }), {
    maxLength: 40,
  })
  .map((steps) => {
    const posts: OrderedPost[] = [];
    const last = new Map<OfficeId, number>();
    for (const { office, clock, saw } of steps) {
      const others = [TH, LA, MM].filter((other) => other !== office);
      const seen = others.flatMap((other, index) => {
        const through = Math.min(last.get(other) ?? 0, saw[index] ?? 0);
        return through === 0 ? [] : [place(other, through)];
      });
      const number = (last.get(office) ?? 0) + 1;
      last.set(office, number);
      posts.push(post(office, number, clock, seen));
    }
    return posts;
  });

describe('orderPosts', () => {
  it('puts what nobody had seen by the time of its making, and then by office', () => {
    expect(names(orderPosts([post(TH, 1, 5), post(LA, 1, 3), post(MM, 1, 5)]))).toEqual([
      `${LA}/1`,
      `${MM}/1`,
      `${TH}/1`,
    ]);
  });

  it('puts nothing before what its sender had seen, whatever the clocks say', () => {
    const ordered = orderPosts([post(LA, 1, 1, [place(TH, 2)]), post(TH, 1, 900), post(TH, 2, 100)]);
    expect(names(ordered)).toEqual([`${TH}/1`, `${TH}/2`, `${LA}/1`]);
  });

  it('gives nothing for a claim to have seen another post than the one that is there', () => {
    const claim = { ...place(TH, 1), digest: digestAt(TH, 99) };
    expect(names(orderPosts([post(LA, 1, 1, [claim]), post(TH, 1, 9)]))).toEqual([`${LA}/1`, `${TH}/1`]);
  });

  it('comes to its end where claims about what is not here go round in a circle', () => {
    const ordered = orderPosts([
      post(TH, 2, 1, [{ ...place(LA, 3), number: 3 }]),
      post(LA, 2, 2, [{ ...place(TH, 3), number: 3 }]),
    ]);
    expect(names(ordered)).toEqual([`${TH}/2`, `${LA}/2`]);
  });

  it('is the same whatever came first, and keeps to every chain and everything seen', () => {
    fc.assert(
      fc.property(
        histories.chain((posts) =>
          fc.tuple(fc.constant(posts), fc.shuffledSubarray(posts, { minLength: posts.length })),
        ),
        ([posts, shuffled]) => {
          const ordered = orderPosts(shuffled);
          expect(ordered).toEqual(orderPosts(posts));
          const at = new Map(names(ordered).map((name, index) => [name, index]));
          for (const [index, { office, number, seen }] of ordered.entries()) {
            if (number > 1) expect(at.get(`${office}/${number - 1}`)).toBeLessThan(index);
            for (const one of seen) expect(at.get(`${one.office}/${one.number}`)).toBeLessThan(index);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('transcriptDigest', () => {
  it('is over one line for each post, so that a stranger can compute it', () => {
    const posts = [place(LA, 1), place(TH, 1)];
    expect(transcriptLines(posts)).toBe(`${LA} 1 ${digestAt(LA, 1)}\n${TH} 1 ${digestAt(TH, 1)}\n`);
    expect(transcriptDigest(posts)).toMatch(/^[0-9a-f]{64}$/);
    expect(transcriptDigest(posts)).not.toBe(transcriptDigest(posts.toReversed()));
  });
});
