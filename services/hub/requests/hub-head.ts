import { signHubHead } from '../../core/envelope/index.ts';
import { type Clock, copyBytes, type HubId } from '../../core/foundation/index.ts';
import type { Signer } from '../../core/trust/index.ts';
import type { SignedHubHead } from '../../core/wire/index.ts';
import type { LogState } from '../log/log-state.ts';

const FRESH_FOR_MS = 30_000;

/** The hub's signed word on its log as it is now; signed once for everybody who asks before the log grows. */
export function headOf(hub: HubId, signer: Signer, state: LogState, clock: Clock): () => Promise<SignedHubHead> {
  let known: { readonly size: number; readonly atMs: number; readonly head: Promise<SignedHubHead> } | undefined;
  return () => {
    const now = clock.now();
    const size = state.size();
    if (known !== undefined && known.size === size && Math.abs(now - known.atMs) < FRESH_FOR_MS) return known.head;
    const head = signHubHead(signer, { hub, size, digest: copyBytes(state.digest()), atMs: now }, now);
    known = { size, atMs: now, head };
    // A signer that failed once is asked again.
    head.catch(() => {
      known = undefined;
    });
    return head;
  };
}
