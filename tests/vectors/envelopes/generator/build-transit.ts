import { type EnvelopeId, leafHash, merkleTree, pairScope, sha256 } from '../../../../services/core/foundation/index.ts';
import { padContent } from '../../../../services/core/envelope/frame-content.ts';
import { seal } from '../../../../services/core/envelope/seal.ts';
import {
  type Crossing,
  type CrossingItem,
  CrimeArea,
  crossingCodec,
  crossingItemCodec,
  DataCategory,
  type Envelope,
  type EnvelopeHeader,
  envelopeCodec,
  type FrameHeader,
  frameHeaderCodec,
  HandlingCode,
  HeadKind,
  type Init,
  Lane,
  type LinkStatus,
  linkStatusCodec,
  MessageKind,
  MessageType,
  Outcome,
  partCodec,
  Precedence,
  Purpose,
  type Receipt,
  ReceiptKind,
  receiptCodec,
  type Seal,
  signedReceiptCodec,
  splitBody,
  SubjectRole,
  type Transit,
  transitCodec,
} from '../../../../services/core/wire/index.ts';
import { LA, NOON, type SealingKeyName, sealTo, seeded, TH } from './actors.ts';
import { buildProof, type ProofRecipe } from './build-proof.ts';

export const ENVELOPE_ID = '01935f3c-a000-7abc-8def-0123456789ab' as EnvelopeId;
export const CHAIN = new Uint8Array(16).fill(7);
const HOUR = 3_600_000;

export interface BuiltPart {
  readonly salt: Uint8Array;
  readonly path: readonly number[];
  readonly value: Uint8Array;
  readonly category: DataCategory;
  /** Instead of the encoding of the fields above. */
  readonly bytes?: Uint8Array;
}

type Change<T> = (value: T) => T;

/** How a transit differs from the sound one; each step is done on the strength of the one before, so that nothing else is wrong. */
export interface Recipe {
  readonly lane?: Lane;
  readonly header?: Partial<Init<EnvelopeHeader>>;
  readonly parts?: Change<readonly BuiltPart[]>;
  readonly envelope?: Change<Init<Envelope>>;
  readonly envelopeBytes?: Change<Uint8Array>;
  readonly envelopeProof?: ProofRecipe;
  readonly crossing?: Change<Init<Crossing>>;
  readonly crossingBytes?: Change<Uint8Array>;
  readonly item?: Change<Init<CrossingItem>>;
  readonly itemBytes?: Change<Uint8Array>;
  readonly receipt?: Change<Init<Receipt>>;
  readonly receiptBytes?: Change<Uint8Array>;
  readonly signedReceiptBytes?: Change<Uint8Array>;
  readonly receiptProof?: ProofRecipe;
  readonly status?: Change<Init<LinkStatus>>;
  readonly statusBytes?: Change<Uint8Array>;
  /** How many crossings the frame holds. */
  readonly items?: number;
  readonly frameHeader?: Change<Init<FrameHeader>>;
  readonly frameHeaderBytes?: Change<Uint8Array>;
  readonly frameProof?: ProofRecipe;
  readonly sealedItems?: Change<readonly Uint8Array[]>;
  readonly content?: Change<Uint8Array>;
  readonly sealedTo?: SealingKeyName;
  readonly boundTo?: Change<Uint8Array>;
  readonly seal?: Change<Seal>;
  readonly sealedAs?: 'liaison-frame-content' | 'liaison-document';
  readonly transit?: Change<Init<Transit>>;
  readonly transitBytes?: Change<Uint8Array>;
}

/** A part withheld from the recipient. */
export const WITHHELD_CATEGORY = DataCategory.CONTACT;

const body = {
  messageType: MessageType.ALERT,
  crimeArea: CrimeArea.PEOPLE_SMUGGLING,
  narrative: 'White van crossed at dawn.',
  narrativeLanguage: 'en',
  subjects: [
    { role: SubjectRole.SUSPECT, person: { familyName: 'Example', telephoneNumbers: ['+66 2 555 0101'] } },
    { role: SubjectRole.MEANS, vehicle: { registration: '2KX 4471' } },
  ],
};

function apply<T>(value: T, change: Change<T> | undefined): T {
  return change === undefined ? value : change(value);
}

function builtParts(recipe: Recipe): readonly BuiltPart[] {
  const salts = seeded('salts');
  const sound = splitBody(MessageKind.ALERT, body as never).map(({ path, category, value }) => ({ salt: salts(16), path, category, value }));
  return apply<readonly BuiltPart[]>(sound, recipe.parts);
}

async function buildEnvelope(recipe: Recipe, parts: readonly BuiltPart[]) {
  const encodedParts = parts.map(({ bytes, salt, path, value }) => bytes ?? partCodec.encode({ salt, path, value }));
  const header: Init<EnvelopeHeader> = {
    id: ENVELOPE_ID,
    kind: MessageKind.ALERT,
    origin: TH,
    officer: 'duty-desk-1',
    purpose: Purpose.INVESTIGATION,
    handling: HandlingCode.H1,
    precedence: Precedence.PRIORITY,
    createdMs: NOON,
    expiresMs: NOON + HOUR,
    caseReference: 'CK-2026/118',
    ...recipe.header,
  };
  const digests = parts.map(({ category }, i) => ({ digest: sha256(encodedParts[i] as Uint8Array), category }));
  const envelope = apply<Init<Envelope>>({ header, parts: digests }, recipe.envelope);
  const bytes = apply(envelopeCodec.encode(envelope), recipe.envelopeBytes);
  const proof = await buildProof(bytes, HeadKind.ENVELOPE, TH, 'th-current', recipe.envelopeProof);
  return { encodedParts, bytes, proof };
}

async function buildItem(recipe: Recipe, number: number): Promise<{ item: Uint8Array; leaf: Uint8Array }> {
  const parts = builtParts(recipe);
  const { encodedParts, bytes, proof } = await buildEnvelope(recipe, parts);
  const isWithheld = (index: number) => parts[index]?.category === WITHHELD_CATEGORY;
  const disclosed = [...parts.keys()].filter((index) => !isWithheld(index));
  const withheld = [...parts.keys()].filter(isWithheld);
  const sound: Init<Crossing> = {
    salt: seeded(`crossing ${number}`)(16),
    envelope: { envelope: bytes, proof },
    disclosed,
    decision: {
      outcome: Outcome.RELEASED,
      policies: ['release-under-agreement'],
      bundles: [{ name: 'baseline', version: 1, digest: sha256(new Uint8Array(1)) }],
      withheld: [{ category: WITHHELD_CATEGORY, policies: ['no-contact-data'], parts: withheld }],
      decidedMs: NOON,
    },
    scope: pairScope(TH, LA),
    from: TH,
    to: LA,
    agreement: { id: 'th-la-2026', version: 1, digest: sha256(new Uint8Array(2)), article: '1' },
    lane: recipe.lane ?? Lane.PRIORITY,
    number,
  };
  const crossing = apply(crossingCodec.encode(apply(sound, recipe.crossing)), recipe.crossingBytes);
  const item: Init<CrossingItem> = { crossing, parts: disclosed.map((index) => encodedParts[index] as Uint8Array) };
  const encoded = crossingItemCodec.encode(apply(item, recipe.item));
  return { item: apply(encoded, recipe.itemBytes), leaf: crossing };
}

async function buildReceipt(recipe: Recipe): Promise<{ item: Uint8Array; leaf: Uint8Array }> {
  const sound: Init<Receipt> = {
    kind: ReceiptKind.DELIVERY,
    issuer: TH,
    addressee: LA,
    origin: LA,
    envelopeId: ENVELOPE_ID,
    envelopeDigest: sha256(new Uint8Array(3)),
    crossingDigest: sha256(new Uint8Array(4)),
    atMs: NOON,
    head: { number: 12, digest: sha256(new Uint8Array(5)) },
    relayedMs: NOON,
  };
  const bytes = apply(receiptCodec.encode(apply(sound, recipe.receipt)), recipe.receiptBytes);
  const proof = await buildProof(bytes, HeadKind.RECEIPT, TH, 'th-current', recipe.receiptProof);
  const item = apply(signedReceiptCodec.encode({ receipt: bytes, proof }), recipe.signedReceiptBytes);
  return { item, leaf: item };
}

function buildStatus(recipe: Recipe): { item: Uint8Array; leaf: Uint8Array } {
  const sound: Init<LinkStatus> = {
    lanes: [{ lane: Lane.FLASH, sentThrough: 9, haveThrough: 4, missing: [{ first: 6, last: 6 }], voided: [{ first: 3, last: 3 }] }],
    head: { number: 12, digest: sha256(new Uint8Array(5)) },
    chain: CHAIN,
    atMs: NOON,
    directorySequence: 1,
  };
  const item = apply(linkStatusCodec.encode(apply(sound, recipe.status)), recipe.statusBytes);
  return { item, leaf: item };
}

async function buildItems(recipe: Recipe): Promise<readonly { item: Uint8Array; leaf: Uint8Array }[]> {
  const numbers = Array.from({ length: recipe.items ?? 1 }, (_, i) => i + 1);
  if (recipe.lane === Lane.STATUS) return [buildStatus(recipe)];
  return Promise.all(numbers.map((number) => (recipe.lane === Lane.RECEIPTS ? buildReceipt(recipe) : buildItem(recipe, number))));
}

/** What is published, and what is sealed in it. */
export interface BuiltTransit {
  readonly transit: Uint8Array;
  readonly content: Uint8Array;
}

/** A frame from th-chiang-khong to la-houayxay, sound but for what the recipe changes. */
export async function buildTransit(recipe: Recipe = {}): Promise<BuiltTransit> {
  const built = await buildItems(recipe);
  const lane = recipe.lane ?? Lane.PRIORITY;
  const numbers = lane === Lane.STATUS ? { first: 0, last: 0 } : { first: 1, last: built.length };
  const root = merkleTree(built.map(({ leaf }) => leafHash(leaf))).root;
  const header = apply<Init<FrameHeader>>({ scope: pairScope(TH, LA), from: TH, to: LA, lane, ...numbers, chain: CHAIN, root, madeMs: NOON }, recipe.frameHeader);
  const headerBytes = apply(frameHeaderCodec.encode(header), recipe.frameHeaderBytes);
  const proof = await buildProof(headerBytes, HeadKind.FRAME, TH, 'th-current', recipe.frameProof);
  const content = apply(padContent(apply<readonly Uint8Array[]>(built.map(({ item }) => item), recipe.sealedItems)), recipe.content);
  const kind = recipe.sealedAs ?? 'liaison-frame-content';
  const sealed = seal(kind, content, apply(headerBytes, recipe.boundTo), sealTo(recipe.sealedTo ?? 'la-sealing'), seeded('seal'));
  const transit = apply<Init<Transit>>({ frame: { header: headerBytes, proof, seal: apply(sealed, recipe.seal) } }, recipe.transit);
  return { transit: apply(transitCodec.encode(transit), recipe.transitBytes), content };
}
