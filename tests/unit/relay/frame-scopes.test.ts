import { describe, expect, it } from 'vitest';
import { digestOf, type OfficeId, type Scope, utf8 } from '../../../services/core/foundation/index.ts';
import {
  type LaneItem,
  numberSet,
  type OutboundFrame,
  type OutboundLane,
} from '../../../services/core/ledger/index.ts';
import type { LeavingItem } from '../../../services/core/relay/desk.ts';
import { type FramingParts, frameLeaving, frameNext } from '../../../services/core/relay/frame-next.ts';
import { Lane } from '../../../services/core/wire/index.ts';

const LA = 'la-houayxay' as OfficeId;
const PAIR = 'la-houayxay--th-chiang-khong' as Scope;
const NAGA = 'op-naga' as Scope;
const DRILL = 'drill-naga' as Scope;

interface Made {
  readonly scope: Scope;
  readonly first: number;
  readonly count: number;
}

/** A lane with one item for each scope, in that order from number 1 on. */
function scene(scopes: readonly Scope[], closed: readonly Scope[] = []) {
  const made: Made[] = [];
  const givenUp: [number, number, string][] = [];
  const open = new Set<Scope>([PAIR, NAGA, DRILL].filter((scope) => !closed.includes(scope)));
  const lane = {
    to: LA,
    lane: Lane.ROUTINE,
    nextNumber: scopes.length + 1,
    framedThrough: 0,
    lastHeader: null as Uint8Array | null,
    items: new Map<number, LaneItem>(
      scopes.map((scope, index) => [index + 1, { number: index + 1, bytes: null, message: scope }]),
    ),
    frames: [] as OutboundFrame[],
    voids: numberSet(),
    confirmedThrough: 0,
  };
  const gone = numberSet();
  const parts = {
    to: LA,
    projection: { lanes: { lane: () => lane as OutboundLane } },
    desk: {
      commit: async (prepare: () => { readonly events: () => readonly unknown[]; readonly result: () => unknown }) => {
        const { events, result } = prepare();
        if (events().length > 0) record(made.at(-1) as Made);
        return result();
      },
    },
    frames: {
      make: async (_to: OfficeId, scope: Scope, _lane: Lane, first: number, _previous: unknown, items: unknown[]) => {
        made.push({ scope, first, count: items.length });
        return { header: headerOf(made.at(-1) as Made), proof: null };
      },
    },
    settings: { maxFrameItems: 256 },
    events: { framed: () => undefined },
    load: async (_lane: Lane, item: LaneItem | undefined) => ({ bytes: utf8(item?.message ?? '') }),
    gone,
    giveUp: async (_lane: Lane, first: number, last: number, code: string) => {
      givenUp.push([first, last, code]);
      gone.add(first, last);
    },
    scopeOf: (_lane: Lane, item: LaneItem) => item.message as Scope,
    isOpen: (scope: Scope) => open.has(scope),
    maxBytes: 1000,
  } as unknown as FramingParts;
  const headerOf = ({ scope, first, count }: Made): Uint8Array => utf8(`${scope} ${first} ${count}`);
  const record = (frame: Made): void => {
    const header = headerOf(frame);
    const last = frame.first + frame.count - 1;
    lane.frames.push({
      first: frame.first,
      last,
      scope: frame.scope,
      header,
      digest: digestOf(header),
    } as OutboundFrame);
    lane.framedThrough = last;
    lane.lastHeader = header;
  };
  return { parts, lane, open, givenUp, made, record, headerOf };
}

async function frameAll({ parts, made }: ReturnType<typeof scene>): Promise<readonly Made[]> {
  while ((await frameNext(parts, Lane.ROUTINE)) !== 'nothing');
  return made;
}

describe('frameNext', () => {
  it('puts what follows one another in one scope into a frame, and nothing of two', async () => {
    const at = scene([PAIR, PAIR, NAGA, NAGA, NAGA, PAIR, DRILL]);
    expect(await frameAll(at)).toEqual([
      { scope: PAIR, first: 1, count: 2 },
      { scope: NAGA, first: 3, count: 3 },
      { scope: PAIR, first: 6, count: 1 },
      { scope: DRILL, first: 7, count: 1 },
    ]);
    expect(at.givenUp).toEqual([]);
  });

  it('gives up what stands in a closed channel, all that follows one another at once, and goes on behind it', async () => {
    const at = scene([PAIR, NAGA, NAGA, DRILL, PAIR, NAGA], [NAGA, DRILL]);
    expect(await frameAll(at)).toEqual([
      { scope: PAIR, first: 1, count: 1 },
      { scope: PAIR, first: 5, count: 1 },
    ]);
    expect(at.givenUp).toEqual([
      [2, 4, 'RELAY_CHANNEL_CLOSED'],
      [6, 6, 'RELAY_CHANNEL_CLOSED'],
    ]);
  });

  it('records no frame of a channel that was closed while it was made', async () => {
    const at = scene([NAGA]);
    const { make } = at.parts.frames;
    const parts: FramingParts = {
      ...at.parts,
      frames: {
        ...at.parts.frames,
        make: async (...given) => {
          const done = await make(...given);
          at.open.delete(NAGA);
          return done;
        },
      },
    };
    expect(await frameNext(parts, Lane.ROUTINE)).toBe('changed');
    expect(at.lane.frames).toEqual([]);
  });
});

describe('frameLeaving', () => {
  const leaving = (scopes: readonly Scope[]): LeavingItem[] =>
    scopes.map((scope, index) => ({ to: LA, scope, lane: Lane.ROUTINE, number: index + 1, bytes: utf8(scope) }));

  it('frames the first ones that have one scope', async () => {
    const at = scene([]);
    await frameLeaving(at.parts, Lane.ROUTINE, leaving([NAGA, NAGA, PAIR]));
    expect(at.made).toEqual([{ scope: NAGA, first: 1, count: 2 }]);
  });

  it('frames nothing for a channel that is closed', async () => {
    const at = scene([], [NAGA]);
    expect(await frameLeaving(at.parts, Lane.ROUTINE, leaving([NAGA, PAIR]))).toBeUndefined();
    expect(at.made).toEqual([]);
  });
});
