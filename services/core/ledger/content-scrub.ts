import { isLiaisonError } from '../foundation/index.ts';
import type { ContentRef } from '../wire/index.ts';
import { decodeContentBatch } from './content-batch.ts';
import type { ContentBatchStore, ScrubFinding, ScrubReport } from './types.ts';

const MAX_FINDINGS = 1000;

function collector() {
  const findings: ScrubFinding[] = [];
  const counts = { checked: 0, ended: 0, dropped: 0 };
  return {
    counts,
    add: (finding: ScrubFinding): void => {
      if (findings.length < MAX_FINDINGS) findings.push(finding);
      else counts.dropped++;
    },
    report: (): ScrubReport => ({ ...counts, findings }),
  };
}

/** Every reference was read through `get`, which checks it; what failed is in the report. */
export async function scrubReferences(
  get: (ref: ContentRef) => Promise<Uint8Array | undefined>,
  refs: AsyncIterable<ContentRef> | Iterable<ContentRef>,
): Promise<ScrubReport> {
  const { counts, add, report } = collector();
  for await (const ref of refs) {
    counts.checked++;
    try {
      if ((await get(ref)) === undefined) counts.ended++;
    } catch (error) {
      if (!isLiaisonError(error)) throw error;
      add({ code: findingCode(error.code), day: ref.day, batch: ref.batch, index: ref.index });
    }
  }
  return report();
}

function findingCode(code: string): ScrubFinding['code'] {
  // The ledger refers to it as to one that is there.
  if (code === 'LEDGER_CONTENT_ERASED') return 'LEDGER_CONTENT_MISSING';
  return code === 'LEDGER_CONTENT_MISSING' || code === 'LEDGER_CONTENT_DAMAGED' ? code : 'LEDGER_CONTENT_UNREADABLE';
}

/** Every batch that is in the store was read, and its bytes are those that its name was made of, or it is in the report. */
export async function scrubBatches(store: ContentBatchStore): Promise<ScrubReport> {
  const { counts, add, report } = collector();
  for await (const name of store.list()) {
    counts.checked++;
    const whole = { day: name.day, batch: name.batchId, index: -1 };
    try {
      const bytes = await store.get(name);
      // Gone between being listed and being read: its day is over.
      if (bytes === undefined) counts.ended++;
      else if (decodeContentBatch(name, bytes) === undefined) add({ code: 'LEDGER_CONTENT_DAMAGED', ...whole });
    } catch {
      add({ code: 'LEDGER_CONTENT_UNREADABLE', ...whole });
    }
  }
  return report();
}
