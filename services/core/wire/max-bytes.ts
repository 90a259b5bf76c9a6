const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * The most bytes a message of each type may have before anything is read from it. What holds bodies is bounded by what
 * the API takes (256 KiB of JSON) and what a frame holds; what holds digests and signatures is small.
 */
const MAX_BYTES: Readonly<Record<string, number>> = {
  Alert: 512 * KIB,
  Part: 512 * KIB,
  Envelope: MIB,
  SignedEnvelope: MIB + 16 * KIB,
  Crossing: 2 * MIB,
  CrossingItem: 2 * MIB,
  FrameContent: 2 * MIB,
  Seal: 2 * MIB + 16 * KIB,
  Frame: 2 * MIB + 32 * KIB,
  DocumentNotice: 4 * MIB,
  Transit: 4 * MIB + 16 * KIB,
  FrameHeader: 4 * KIB,
  Proof: 8 * KIB,
  TreeHead: KIB,
  Receipt: 8 * KIB,
  SignedReceipt: 16 * KIB,
  LinkStatus: 64 * KIB,
  OwnMessage: 2 * MIB,
  ReceivedCrossing: 3 * MIB,
  LedgerRecord: MIB,
  LedgerBatch: 8 * MIB,
  ContentBatch: 8 * MIB,
};

const OTHERS = 512 * KIB;

/** The most bytes that `decode` takes of this type where the caller sets no other bound. */
export function maxBytesOf(name: string): number {
  return MAX_BYTES[name] ?? OTHERS;
}
