import { describe, expect, it } from 'vitest';
import type { SafetyFinding } from '../../../services/core/bus/index.ts';
import type { EpochMs } from '../../../services/core/foundation/index.ts';
import { type ReadinessParts, readinessCheck } from '../../../services/office/check-readiness.ts';
import { START, testClock } from './document-fixtures.ts';

const FINDING: SafetyFinding = { code: 'SYNC_NOT_ALWAYS', sentence: 'The server does not sync every write.' };

function parts(changes: Partial<ReadinessParts> = {}): ReadinessParts {
  return {
    clock: testClock().clock,
    ledgerFailure: () => undefined,
    relayReady: () => true,
    historyDisputedBy: () => [],
    writable: async () => true,
    connection: () => 'connected',
    safety: async () => [],
    freeDisk: async () => 1000,
    minFreeDiskBytes: 1000,
    bundleInForce: () => true,
    ownDirectoryEnds: () => (START + 1) as EpochMs,
    documentFaults: () => [],
    damagedContents: () => 0,
    ...changes,
  };
}

const codes = (reasons: readonly { readonly code: string }[]): string[] => reasons.map(({ code }) => code);

describe('readinessCheck', () => {
  it('is ready when all is well', async () => {
    expect(await readinessCheck(parts())()).toEqual({ ready: true, reasons: [], warnings: [] });
  });

  it.each([
    ['the ledger failed', { ledgerFailure: () => 'LEDGER_APPEND_FAILED' }, 'LEDGER_APPEND_FAILED'],
    ['the node is stopping', { relayReady: () => false }, 'STOPPING'],
    ['the disk takes no write', { writable: async () => false }, 'WRITE_PROBE_FAILED'],
    ['the server is away', { connection: () => 'disconnected' as const }, 'SERVER_DISCONNECTED'],
    ['a setting is unsafe', { safety: async () => [FINDING] }, 'SYNC_NOT_ALWAYS'],
    ['the settings cannot be seen', { safety: () => Promise.reject(new TypeError('x')) }, 'SERVER_UNCHECKED'],
    ['too little of the disk is free', { freeDisk: async () => 999 }, 'DISK_LOW'],
    ['the disk cannot be asked', { freeDisk: () => Promise.reject(new TypeError('x')) }, 'DISK_LOW'],
    ['the bundle is not in force', { bundleInForce: () => false }, 'BUNDLE_NOT_IN_FORCE'],
    ['the own directory ends now', { ownDirectoryEnds: () => START }, 'OWN_DIRECTORY_EXPIRED'],
    ['there is no own directory', { ownDirectoryEnds: () => undefined }, 'OWN_DIRECTORY_EXPIRED'],
  ])('is not ready when %s', async (_, changes, code) => {
    const { ready, reasons } = await readinessCheck(parts(changes))();
    expect([ready, codes(reasons)]).toEqual([false, [code]]);
  });

  it('tells every reason at once', async () => {
    const { reasons } = await readinessCheck(
      parts({ freeDisk: async () => 0, bundleInForce: () => false, safety: async () => [FINDING] }),
    )();
    expect(codes(reasons).sort()).toEqual(['BUNDLE_NOT_IN_FORCE', 'DISK_LOW', 'SYNC_NOT_ALWAYS']);
  });

  it('writes no probe to a server that is away', async () => {
    let probes = 0;
    const writable = async (): Promise<boolean> => ++probes > 0;
    await readinessCheck(parts({ connection: () => 'disconnected', writable }))();
    expect(probes).toBe(0);
  });

  it('is ready in spite of what keeps nothing from being accepted, and tells it', async () => {
    const { ready, warnings } = await readinessCheck(
      parts({
        documentFaults: () => [{ file: 'directories/LA.json', code: 'TRUST_DIRECTORY_ROLLBACK' }],
        damagedContents: () => 2,
        historyDisputedBy: () => ['la-houayxay'],
      }),
    )();
    expect([ready, codes(warnings)]).toEqual([
      true,
      ['RELAY_OWN_HISTORY_DIFFERS', 'TRUST_DIRECTORY_ROLLBACK', 'CONTENT_DAMAGED'],
    ]);
  });

  it('looks at good settings every half minute and at bad ones each time', async () => {
    const time = testClock();
    let looks = 0;
    let findings: SafetyFinding[] = [];
    const safety = async (): Promise<SafetyFinding[]> => {
      looks++;
      return findings;
    };
    const check = readinessCheck(
      parts({ clock: time.clock, safety, ownDirectoryEnds: () => (START + 1e9) as EpochMs }),
    );
    await check();
    time.move(29_999);
    await check();
    expect(looks).toBe(1);
    time.move(1);
    findings = [FINDING];
    expect((await check()).ready).toBe(false);
    findings = [];
    expect((await check()).ready).toBe(true);
    expect(looks).toBe(3);
  });
});
