import { byteCount, durationMs } from '../foundation/index.ts';

/** How far two clocks may differ without changing a decision. */
export const CLOCK_TOLERANCE_MS = durationMs(5 * 60_000);

/** The largest signed document. */
export const MAX_DOCUMENT_BYTES = byteCount(1024 * 1024);
