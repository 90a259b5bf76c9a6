// What must not compile: each line that says so is an error to the compiler, and `tsc -p tsconfig.json` fails where one is
// not. Nothing here is run.

import {
  type AdmittedCrossing,
  buildCrossing,
  composeMessage,
  type DecidedCrossing,
  type ExportableCrossing,
  type FrameItem,
  keepOwnMessage,
  type MessageDraft,
  type OpenContext,
  type OpenedFrame,
  openFrame,
  type ReceivedFrame,
  receiveTransit,
  type SignedMessage,
  signMessages,
  type UnsignedMessage,
  type UnverifiedCrossing,
  type UnverifiedReceipt,
  type VerifiedCrossing,
  type VerifiedCrossingShape,
  type VerifiedReceipt,
  verifyCrossing,
  verifyReceipt,
  verifyStatus,
} from '../../services/core/envelope/index.ts';
import type { EpochMs, KeyId, OfficeId } from '../../services/core/foundation/index.ts';
import {
  type InstalledDirectory,
  parseSealingPublicKey,
  parseSigningPublicKey,
  type RandomBytes,
  type SealingPublicKey,
  type Signer,
  type SigningPublicKey,
  type TrustStore,
  verifyProof,
} from '../../services/core/trust/index.ts';
import type { Decision, Lane, Proof, PublicKey } from '../../services/core/wire/index.ts';

declare const random: RandomBytes;
declare const signer: Signer;
declare const office: OfficeId;
declare const now: EpochMs;
declare const bytes: Uint8Array;
declare const draft: MessageDraft;
declare const unsigned: UnsignedMessage;
declare const signed: SignedMessage;
declare const decided: DecidedCrossing;
declare const decision: Decision;
declare const lane: Lane;
declare const frame: ReceivedFrame;
declare const opened: OpenedFrame;
declare const openContext: OpenContext;
declare const item: FrameItem;
declare const unverified: UnverifiedCrossing;
declare const unverifiedReceipt: UnverifiedReceipt;
declare const verified: VerifiedCrossing;
declare const shape: VerifiedCrossingShape;
declare const key: PublicKey;
declare const signingKey: SigningPublicKey;
declare const sealingKey: SealingPublicKey;
declare const store: TrustStore;
declare const proof: Proof;
declare const kid: KeyId;

/** Outward: composed, signed, decided, built, in this order. */
export const outward = {
  sound: [
    composeMessage(draft, random),
    signMessages(signer, office, [unsigned], now),
    buildCrossing(decided, lane, 1, random),
  ],
  // @ts-expect-error a draft is not a message: nobody has split it or checked its header
  draftSigned: signMessages(signer, office, [draft], now),
  // @ts-expect-error a signed message is not signed again
  signedTwice: signMessages(signer, office, [signed], now),
  // @ts-expect-error nothing that no gate decided is built
  undecidedBuilt: buildCrossing(signed, lane, 1, random),
  // @ts-expect-error a decision beside a message is not the gate's decision about it
  selfMadeDecision: buildCrossing({ message: signed, from: office, to: office, decision }, lane, 1, random),
  // @ts-expect-error what nobody signed is not kept as the office's own
  unsignedKept: keepOwnMessage(unsigned),
};

/** Inward: received, opened, verified, admitted, in this order. */
export const inward = {
  sound: [receiveTransit(bytes), openFrame(frame, openContext), verifyCrossing(unverified, openContext)],
  // @ts-expect-error bytes off the wire are received first
  bytesOpened: openFrame(bytes, openContext),
  // @ts-expect-error what was received may be a document and no frame
  eitherOpened: openFrame(receiveTransit(bytes), openContext),
  // @ts-expect-error an item that is not out of an opened frame of crossings
  itemVerified: verifyCrossing(item, openContext),
  // @ts-expect-error a receipt is not a crossing
  receiptVerified: verifyCrossing(unverifiedReceipt, openContext),
  // @ts-expect-error a crossing is not a receipt
  crossingAsReceipt: verifyReceipt(unverified, openContext),
  // @ts-expect-error nor a status
  crossingAsStatus: verifyStatus(unverified),
  // @ts-expect-error an opened frame may carry something else than crossings
  crossingsOfAny: opened.crossings,
};

// @ts-expect-error what is not verified is not a verified crossing
export const unverifiedIsVerified: VerifiedCrossing = unverified;
// @ts-expect-error nor is what looks like one
export const shapeIsVerified: VerifiedCrossing = shape;
// @ts-expect-error what is verified is not admitted: no policy has been asked
export const verifiedIsAdmitted: AdmittedCrossing = verified;
// @ts-expect-error nor is it with a decision beside it
export const selfMadeAdmission: AdmittedCrossing = { crossing: verified, decision, accepted: [] };
// @ts-expect-error what is decided is not yet exportable
export const decidedIsExportable: ExportableCrossing = decided;
// @ts-expect-error a receipt is verified before it counts
export const receiptIsVerified: VerifiedReceipt = unverifiedReceipt;

/** Keys are of one use, and parsed before they are used. */
export const keys = {
  sound: [parseSigningPublicKey(key), parseSealingPublicKey(key)],
  // @ts-expect-error a key as it stands in a document is not yet sound
  unparsed: key satisfies SigningPublicKey,
  // @ts-expect-error a signing key is not sealed to
  signingAsSealing: signingKey satisfies SealingPublicKey,
  // @ts-expect-error nor does a sealing key verify
  sealingAsSigning: sealingKey satisfies SigningPublicKey,
};

/** A verifier has no optional parts. */
export const complete = {
  // @ts-expect-error nobody vouches for the key
  withoutKeys: verifyProof(bytes, proof, { kind: 1 }),
  // @ts-expect-error no time, so nothing expires
  withoutTime: verifyCrossing(unverified, { keyOf: openContext.keyOf, heads: openContext.heads }),
  // @ts-expect-error a text is not a key id until it is parsed
  textAsKeyId: store.keysForArrival(now)({ kid: 'abc', signer: office, signedMs: now, drill: false }),
  // @ts-expect-error a number is not a time
  numberAsTime: store.keysForArrival(1_700_000_000_000),
  sound: store.keysForArrival(now)({ kid, signer: office, signedMs: now, drill: false }),
};

declare const directory: { -readonly [Key in keyof InstalledDirectory]: InstalledDirectory[Key] };
// @ts-expect-error what is installed does not change
store.directories = new Map();
// @ts-expect-error nor do the bytes of a part's place
verified.parts = [];
export const installed: InstalledDirectory | undefined = store.directoryOf(directory.nation);
