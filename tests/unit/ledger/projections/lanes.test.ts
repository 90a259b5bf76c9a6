import { describe, expect, it } from 'vitest';
import type { Digest, EpochMs, OfficeId } from '../../../../services/core/foundation/index.ts';
import { inboundLanes, numberAfter, numberBefore } from '../../../../services/core/ledger/projections/inbound-lanes.ts';
import { outboundLanes } from '../../../../services/core/ledger/projections/outbound-lanes.ts';
import { type FrameSealed, frameHeaderCodec, Lane } from '../../../../services/core/wire/index.ts';

const LA = 'la-houayxay' as OfficeId;
const AT = 1 as EpochMs;

const sealed = (first: number, last: number): FrameSealed => ({
  header: frameHeaderCodec.encode({ to: LA, lane: Lane.FLASH, first, last }),
  proof: null,
});
const item = (number: number) => ({ number, bytes: null, message: `th-chiang-khong/${number}` });

function filled(count: number): ReturnType<typeof outboundLanes> {
  const lanes = outboundLanes();
  for (let number = 1; number <= count; number++) lanes.enqueue(LA, Lane.FLASH, item(number));
  return lanes;
}

describe('outboundLanes', () => {
  it('gives numbers without gaps and remembers what is in which frame', () => {
    const lanes = filled(5);
    lanes.framed(sealed(1, 2), AT);
    lanes.framed(sealed(3, 4), AT);
    expect(lanes.lane(LA, Lane.FLASH)).toMatchObject({
      nextNumber: 6,
      framedThrough: 4,
      frames: [
        { first: 1, last: 2 },
        { first: 3, last: 4 },
      ],
    });
    expect(lanes.relayed(LA, Lane.FLASH, 4, AT).map((found) => found.number)).toEqual([3, 4]);
    expect(lanes.relayed(LA, Lane.FLASH, 4, AT)).toEqual([]);
  });

  it('forgets a frame only when all of it is confirmed', () => {
    const lanes = filled(4);
    lanes.framed(sealed(1, 2), AT);
    lanes.framed(sealed(3, 4), AT);
    lanes.confirmed(LA, Lane.FLASH, 3);
    const lane = lanes.lane(LA, Lane.FLASH);
    expect(lane.frames.map((frame) => frame.first)).toEqual([3]);
    expect([...lane.items.keys()]).toEqual([3, 4]);
    lanes.confirmed(LA, Lane.FLASH, 4);
    expect(lane).toMatchObject({ frames: [], confirmedThrough: 4 });
    expect(lane.items.size).toBe(0);
    lanes.confirmed(LA, Lane.FLASH, 2);
    expect(lane.confirmedThrough).toBe(4);
  });

  it('voids what is in no frame, and nothing that is in one', () => {
    const lanes = filled(3);
    lanes.framed(sealed(1, 1), AT);
    lanes.voided(LA, Lane.FLASH, 1);
    lanes.voided(LA, Lane.FLASH, 2);
    const lane = lanes.lane(LA, Lane.FLASH);
    expect(lane.voids.ranges()).toEqual([{ first: 2, last: 2 }]);
    expect([...lane.items.keys()]).toEqual([1, 3]);
  });

  it('makes no lane when it is only asked after one', () => {
    const lanes = outboundLanes();
    expect(lanes.lane(LA, Lane.FLASH).nextNumber).toBe(1);
    expect(lanes.all()).toEqual([]);
  });
});

describe('inboundLanes', () => {
  const digest = (name: string): Digest => name.repeat(64) as Digest;
  const frame = (name: string, first: number, last: number, previous = '') => ({
    first,
    last,
    previous,
    digest: digest(name),
  });

  it('remembers for every number which frame it came in, per ledger of the neighbour', () => {
    const lanes = inboundLanes();
    lanes.frame(LA, 'one', Lane.FLASH, frame('a', 1, 2));
    lanes.frame(LA, 'other', Lane.FLASH, frame('b', 1, 1));
    expect([...lanes.lane(LA, 'one', Lane.FLASH).frameOf]).toEqual([
      [1, digest('a')],
      [2, digest('a')],
    ]);
    expect([...lanes.lane(LA, 'other', Lane.FLASH).frameOf]).toEqual([[1, digest('b')]]);
    expect(lanes.lane(LA, 'third', Lane.FLASH).have.highest()).toBe(0);
    expect(lanes.all()).toHaveLength(2);
  });

  it('awaits the frame before one that came too early, until it comes', () => {
    const lanes = inboundLanes();
    lanes.frame(LA, 'one', Lane.FLASH, frame('c', 5, 6, digest('b')));
    expect([...lanes.lane(LA, 'one', Lane.FLASH).awaited]).toEqual([[5, digest('b')]]);
    lanes.frame(LA, 'one', Lane.FLASH, frame('b', 3, 4, digest('a')));
    expect([...lanes.lane(LA, 'one', Lane.FLASH).awaited]).toEqual([[3, digest('a')]]);
    lanes.frame(LA, 'one', Lane.FLASH, frame('a', 1, 2));
    expect(lanes.lane(LA, 'one', Lane.FLASH).awaited.size).toBe(0);
  });

  it('looks for neighbours across numbers that will never come', () => {
    const lanes = inboundLanes();
    lanes.voided(LA, 'one', Lane.FLASH, 3, 5);
    const lane = lanes.lane(LA, 'one', Lane.FLASH);
    expect([numberBefore(lane, 6), numberBefore(lane, 3), numberBefore(lane, 1)]).toEqual([2, 2, 0]);
    expect([numberAfter(lane, 2), numberAfter(lane, 6)]).toEqual([6, 7]);
    expect(lane.have.has(4)).toBe(true);
  });
});
