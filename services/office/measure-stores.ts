import type { DurationMs } from '../core/foundation/index.ts';
import type { ContentStore, Ledger } from '../core/ledger/index.ts';
import type { Metrics } from '../core/telemetry/index.ts';

/** The same ledger; how long its appends take is counted. */
export function measuredLedger(ledger: Ledger, metrics: Pick<Metrics, 'ledgerAppend'>): Ledger {
  return {
    ...ledger,
    append: async (events) => {
      const started = performance.now();
      const records = await ledger.append(events);
      metrics.ledgerAppend(records.length, since(started));
      return records;
    },
  };
}

/** The same store; how long its writes take is counted. */
export function measuredContent(content: ContentStore, metrics: Pick<Metrics, 'contentPut'>): ContentStore {
  return {
    ...content,
    put: async (items) => {
      const started = performance.now();
      const references = await content.put(items);
      let bytes = 0;
      for (const item of items) bytes += item.bytes.length;
      metrics.contentPut(bytes, since(started));
      return references;
    },
  };
}

function since(started: number): DurationMs {
  return (performance.now() - started) as DurationMs;
}
