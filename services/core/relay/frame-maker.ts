import { makeFrames, sealFrame } from '../envelope/index.ts';
import { type Clock, isDrillScope, type OfficeId, type Scope } from '../foundation/index.ts';
import type { FrameProof } from '../ledger/index.ts';
import type { RandomBytes, Signer, TrustStore } from '../trust/index.ts';
import { frameHeaderCodec, type Lane, type Proof } from '../wire/index.ts';
import { RelayError } from './errors.ts';

/** Makes frames of this office: a signed header once, sealed content as often as it has to be sent. */
export interface FrameMaker {
  /** The header is to be recorded before the frame is sent. All items are of that scope. @throws RelayError RELAY_DRILL_KEY_MISSING. */
  readonly make: (
    to: OfficeId,
    scope: Scope,
    lane: Lane,
    first: number,
    previous: Uint8Array | null,
    items: readonly Uint8Array[],
  ) => Promise<{ readonly header: Uint8Array; readonly proof: Proof }>;
  /** What is published: the frame with its content sealed to the neighbour's newest key, of an exercise to one for exercises. @throws TrustError without a key to seal to. */
  readonly seal: (to: OfficeId, header: Uint8Array, proof: FrameProof, items: readonly Uint8Array[]) => Uint8Array;
}

/** The frame maker of `self`. */
export function frameMaker(parts: {
  readonly self: OfficeId;
  readonly signer: Signer;
  readonly drillSigner: Signer | null;
  readonly trust: () => TrustStore;
  readonly chain: () => Uint8Array;
  readonly clock: Clock;
  readonly random: RandomBytes;
}): FrameMaker {
  return {
    make: async (to, scope, lane, first, previous, items) => {
      const signer = isDrillScope(scope) ? parts.drillSigner : parts.signer;
      if (signer === null) throw new RelayError('RELAY_DRILL_KEY_MISSING');
      const draft = {
        scope,
        from: parts.self,
        to,
        lane,
        first,
        chain: parts.chain(),
        previous: previous ?? new Uint8Array(),
        items,
      };
      const [made] = await makeFrames(signer, parts.self, [draft], parts.clock.now());
      if (made === undefined) throw new TypeError('a frame was asked for and none was made');
      return { header: made.headerBytes, proof: made.proof };
    },
    seal: (to, header, proof, items) => {
      const drill = isDrillScope(frameHeaderCodec.decode(header).scope);
      const key = parts.trust().sealingKeyOf(to, parts.clock.now(), drill);
      return sealFrame({ headerBytes: header, proof: { ...proof, path: [...proof.path] } }, items, key, parts.random);
    },
  };
}
