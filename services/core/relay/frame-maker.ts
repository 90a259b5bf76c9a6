import { makeFrames, sealFrame } from '../envelope/index.ts';
import type { Clock, OfficeId, Scope } from '../foundation/index.ts';
import type { FrameProof } from '../ledger/index.ts';
import type { RandomBytes, Signer, TrustStore } from '../trust/index.ts';
import type { Lane, Proof } from '../wire/index.ts';

/** Makes frames of this office: a signed header once, sealed content as often as it has to be sent. */
export interface FrameMaker {
  /** The header is to be recorded before the frame is sent. */
  readonly make: (
    to: OfficeId,
    lane: Lane,
    first: number,
    previous: Uint8Array | null,
    items: readonly Uint8Array[],
  ) => Promise<{ readonly header: Uint8Array; readonly proof: Proof }>;
  /** What is published: the frame with its content sealed to the neighbour's newest key. @throws TrustError without a key to seal to. */
  readonly seal: (to: OfficeId, header: Uint8Array, proof: FrameProof, items: readonly Uint8Array[]) => Uint8Array;
}

/** The frame maker of `self`. */
export function frameMaker(parts: {
  readonly self: OfficeId;
  readonly scopeOf: (to: OfficeId) => Scope;
  readonly signer: Signer;
  readonly trust: () => TrustStore;
  readonly chain: () => Uint8Array;
  readonly clock: Clock;
  readonly random: RandomBytes;
}): FrameMaker {
  return {
    make: async (to, lane, first, previous, items) => {
      const draft = {
        scope: parts.scopeOf(to),
        from: parts.self,
        to,
        lane,
        first,
        chain: parts.chain(),
        previous: previous ?? new Uint8Array(),
        items,
      };
      const [made] = await makeFrames(parts.signer, parts.self, [draft], parts.clock.now());
      if (made === undefined) throw new TypeError('a frame was asked for and none was made');
      return { header: made.headerBytes, proof: made.proof };
    },
    seal: (to, header, proof, items) => {
      const key = parts.trust().sealingKeyOf(to, parts.clock.now());
      return sealFrame({ headerBytes: header, proof: { ...proof, path: [...proof.path] } }, items, key, parts.random);
    },
  };
}
