import { describe, expect, it } from 'vitest';
import { BusError } from '../../../services/core/bus/index.ts';
import type { EpochMs, OfficeId, Scope } from '../../../services/core/foundation/index.ts';
import { arrivalChannels } from '../../../services/core/relay/arrival-channels.ts';
import type { OperationView, OperationViews } from '../../../services/core/relay/operations/index.ts';
import { inboundScopes } from '../../../services/core/relay/operations/index.ts';

const TH = 'th-chiang-khong' as OfficeId;
const LA = 'la-houayxay' as OfficeId;
const MM = 'mm-tachileik' as OfficeId;
const NAGA = 'op-naga' as Scope;

function scene() {
  const said: [OfficeId, readonly Scope[]][] = [];
  const open = new Map<OfficeId, readonly Scope[]>();
  let failure: Error | undefined;
  const neighbours = [LA, MM].map((office) => ({
    office,
    arrivals: {
      next: async () => undefined,
      setChannels: async (channels: readonly Scope[]) => {
        if (failure !== undefined) throw failure;
        said.push([office, channels]);
      },
    },
  }));
  const { sweep } = arrivalChannels(neighbours, (office) => open.get(office) ?? []);
  return {
    said,
    open,
    sweep,
    fail: (cause: Error | undefined) => {
      failure = cause;
    },
  };
}

describe('arrivalChannels', () => {
  it('says at first what every neighbour may send, and then only what changed', async () => {
    const { said, open, sweep } = scene();
    await sweep();
    expect(said.splice(0)).toEqual([
      [LA, []],
      [MM, []],
    ]);
    await sweep();
    expect(said).toEqual([]);
    open.set(LA, [NAGA]);
    await sweep();
    open.set(LA, []);
    await sweep();
    expect(said).toEqual([
      [LA, [NAGA]],
      [LA, []],
    ]);
  });

  it('says again what could not be said', async () => {
    const { said, open, sweep, fail } = scene();
    await sweep();
    said.length = 0;
    open.set(MM, [NAGA]);
    fail(new BusError('BUS_TIMEOUT'));
    await sweep();
    fail(undefined);
    await sweep();
    expect(said).toEqual([[MM, [NAGA]]]);
  });

  it('does not pass a bug of ours over', async () => {
    const { sweep, fail } = scene();
    fail(new RangeError('ours'));
    await expect(sweep()).rejects.toThrow(RangeError);
  });
});

describe('inboundScopes', () => {
  const operations = (state: string): OperationViews => {
    const members = new Map([
      [TH, { state: 'joined' }],
      [LA, { state }],
    ]);
    const view = { scope: NAGA, state: 'live', sinceMs: 0, members } as unknown as OperationView;
    return { get: () => view, all: () => [view], byScope: (scope: Scope) => (scope === NAGA ? view : undefined) };
  };
  const now = 1 as EpochMs;

  it.each(['invited', 'joined'])('lets a member that is %s send', (state) => {
    expect(inboundScopes(TH, operations(state), LA, now)).toEqual([NAGA]);
  });
  it.each(['declined', 'left', 'removed'])('lets none that has %s', (state) => {
    expect(inboundScopes(TH, operations(state), LA, now)).toEqual([]);
  });
  it('lets no office send that is no member', () => {
    expect(inboundScopes(TH, operations('joined'), MM, now)).toEqual([]);
  });
});
