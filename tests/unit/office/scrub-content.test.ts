import { describe, expect, it } from 'vitest';
import type { OfficeProjection, ScrubReport } from '../../../services/core/ledger/index.ts';
import type { Logger } from '../../../services/core/telemetry/index.ts';
import { type ContentRef, CustodyAction, Outcome } from '../../../services/core/wire/index.ts';
import { scrubRegularly } from '../../../services/office/scrub-content.ts';
import { copyTo, inbound, OTHER, outbound, PEER } from './fake-office.ts';

const ref = (batch: string): ContentRef => ({ day: '20260401', batch, index: 0, digest: new Uint8Array(32), size: 1 });
const log: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Files by their names, with what happened to each. */
function custodyOf(files: Readonly<Record<string, readonly CustodyAction[]>>): OfficeProjection['custody'] {
  const all = Object.entries(files).flatMap(([file, actions]) =>
    actions.map((action) => ({ action, file, chunks: [ref(`${file} piece`)], fileContent: ref(`${file} key`) })),
  ) as unknown as OfficeProjection['custody']['all'];
  const ofFile = (file: string) => all.filter((one) => one.file === file);
  return { all, ofFile, ofAttachment: () => [] };
}

function scrubOf(report: Partial<ScrubReport>, slow = false) {
  const seen: string[] = [];
  const alarms: string[] = [];
  let first: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    first = resolve;
  });
  const scrub = scrubRegularly({
    content: {
      scrub: async (references) => {
        for await (const reference of references) {
          seen.push(reference.batch);
          first();
          if (slow) await new Promise((resolve) => setImmediate(resolve));
        }
        return { checked: seen.length, ended: 0, findings: [], dropped: 0, ...report } as ScrubReport;
      },
    },
    projection: {
      outbound: new Map([
        [
          'a',
          outbound(1, [copyTo(PEER, Outcome.RELEASED, { crossing: ref('crossing') }), copyTo(OTHER, Outcome.HELD)], {
            content: ref('own'),
          }),
        ],
      ]),
      inbound: new Map([
        ['b', inbound(2, { content: ref('received') })],
        ['c', inbound(3, { content: null })],
      ]),
      quarantine: [{ content: ref('quarantined') }] as never,
      triage: {
        of: () => undefined,
        all: () => new Map([['a', { steps: [{ note: ref('note') }, { note: null }] } as never]]).entries(),
      },
      custody: custodyOf({ kept: [CustodyAction.ENTERED], gone: [CustodyAction.ENTERED, CustodyAction.ERASED] }),
    },
    business: { alarm: ({ code }) => alarms.push(code) as never },
    log,
    quietly: (work) => work,
  });
  return { scrub, seen, alarms, started };
}

describe('scrubRegularly', () => {
  it('looks at every body that the ledger refers to', async () => {
    const { scrub, seen, started } = scrubOf({});
    await started;
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual(['own', 'crossing', 'received', 'note', 'quarantined', 'kept piece', 'kept key']);
    expect(scrub.damaged()).toBe(0);
    await scrub.close();
  });

  it('counts what is damaged and raises one alarm for each kind of damage', async () => {
    const finding = (code: 'LEDGER_CONTENT_MISSING' | 'LEDGER_CONTENT_DAMAGED') => ({
      code,
      day: '',
      batch: '',
      index: 0,
    });
    const findings = [
      finding('LEDGER_CONTENT_DAMAGED'),
      finding('LEDGER_CONTENT_DAMAGED'),
      finding('LEDGER_CONTENT_MISSING'),
    ];
    const { scrub, alarms, started } = scrubOf({ findings, dropped: 4 });
    await started;
    await new Promise((resolve) => setImmediate(resolve));
    expect(scrub.damaged()).toBe(7);
    expect(alarms).toEqual(['LEDGER_CONTENT_DAMAGED', 'LEDGER_CONTENT_MISSING']);
    await scrub.close();
  });

  it('ends early when it is closed, and says nothing then', async () => {
    const { scrub, seen, alarms, started } = scrubOf(
      { findings: [{ code: 'LEDGER_CONTENT_MISSING', day: '', batch: '', index: 0 }] },
      true,
    );
    await started;
    await scrub.close();
    expect(seen).toEqual(['own']);
    expect([alarms, scrub.damaged()]).toEqual([[], 0]);
  });
});
