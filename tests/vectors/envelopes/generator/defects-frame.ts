import { utf8 } from '../../../../services/core/foundation/index.ts';
import { crossingItemCodec, frameCodec, frameContentCodec, frameHeaderCodec, HeadKind, Lane, transitCodec } from '../../../../services/core/wire/index.ts';
import { NOON, signingKey } from './actors.ts';
import type { Recipe } from './build-transit.ts';
import { concat, flipped, withLongLength, withUnknownField } from './change-bytes.ts';

/** One defect: what it is, the code that must refuse it, and how it is made. */
export interface Defect {
  readonly what: string;
  readonly code: string;
  readonly recipe: Recipe;
}

const TOLERANCE = 300_000;
const bytes = (size: number) => new Uint8Array(size).fill(1);

function transit(what: string, recipe: Recipe): Defect {
  return { what, code: 'ENVELOPE_TRANSIT_MALFORMED', recipe };
}

function header(what: string, frameHeader: Recipe['frameHeader'], more: Recipe = {}): Defect {
  return { what, code: 'ENVELOPE_FRAME_HEADER_INVALID', recipe: { ...more, frameHeader: (sound) => ({ ...sound, ...frameHeader?.(sound) }) } };
}

function frameProof(what: string, code: string, proof: Recipe['frameProof'], more: Recipe = {}): Defect {
  return { what, code, recipe: { ...more, frameProof: proof ?? {} } };
}

function proofHeader(what: string, change: (text: string) => string): Defect {
  return frameProof(what, 'TRUST_PROOF_HEADER_INVALID', { protected: change });
}

function sealed(what: string, recipe: Recipe): Defect {
  return { what, code: 'ENVELOPE_SEAL_INVALID', recipe };
}

function sealHeader(what: string, change: (text: string) => string): Defect {
  return sealed(what, { seal: (sound) => ({ ...sound, protected: utf8(change(Buffer.from(sound.protected).toString())) }) });
}

/** The x of a point of small order (u = 1) and one that is not below 2^255 - 19. */
const SMALL_ORDER_X = Buffer.from([1, ...new Uint8Array(31)]).toString('base64url');
const NOT_CANONICAL_X = Buffer.from([0xf6, ...new Uint8Array(30).fill(0xff), 0x7f]).toString('base64url');

export const TRANSIT_DEFECTS: Readonly<Record<string, Defect>> = {
  'transit-truncated': transit('the last byte is missing', { transitBytes: (sound) => sound.subarray(0, -1) }),
  'transit-unknown-field': transit('a field follows that the contract does not have', { transitBytes: withUnknownField }),
  'transit-frame-unknown-field': transit('the frame has a field that the contract does not have', {
    transitBytes: (sound) => {
      const frame = withUnknownField(frameCodec.encode(transitCodec.decode(sound).frame as never));
      return concat(new Uint8Array([0x0a, (frame.length & 0x7f) | 0x80, frame.length >> 7]), frame);
    },
  }),
  'transit-fields-reordered': transit('header, seal and proof in another order, otherwise the same', {
    transitBytes: (sound) => {
      const { header: head, proof, seal } = transitCodec.decode(sound).frame as never as { header: Uint8Array; proof: never; seal: never };
      const frame = concat(frameCodec.encode({ header: head }), frameCodec.encode({ seal }), frameCodec.encode({ proof }));
      return concat(new Uint8Array([0x0a, (frame.length & 0x7f) | 0x80, frame.length >> 7]), frame);
    },
  }),
  'transit-length-not-minimal': transit('the length of the frame is written with a byte more than it needs', { transitBytes: withLongLength }),
  'transit-empty': transit('nothing at all', { transitBytes: () => new Uint8Array(0) }),
  'transit-frame-and-document': transit('both a frame and a document notice', {
    transitBytes: (sound) => concat(sound, transitCodec.encode({ document: { from: 'th-chiang-khong', to: 'la-houayxay' } })),
  }),
  'frame-without-proof': transit('a frame without a proof', { transit: (sound) => ({ frame: { ...sound.frame, proof: null } }) }),
  'frame-without-seal': transit('a frame without a seal', { transit: (sound) => ({ frame: { ...sound.frame, seal: null } }) }),
  'document-without-seal': transit('a document notice without a seal', { transit: () => ({ document: { from: 'th-chiang-khong', to: 'la-houayxay' } }) }),
};

export const FRAME_HEADER_DEFECTS: Readonly<Record<string, Defect>> = {
  'frame-header-unknown-field': { what: 'the signed header has a field that the contract does not have', code: 'ENVELOPE_FRAME_HEADER_INVALID', recipe: { frameHeaderBytes: withUnknownField } },
  'frame-header-malformed': { what: 'the signed header is no message', code: 'ENVELOPE_FRAME_HEADER_INVALID', recipe: { frameHeaderBytes: () => utf8('header') } },
  'frame-from-invalid': header('the sender is no office id', () => ({ from: 'TH Chiang Khong' })),
  'frame-to-invalid': header('the recipient is no office id', () => ({ to: 'la' })),
  'frame-lane-unspecified': header('no lane', () => ({ lane: 0 as Lane })),
  'frame-lane-unknown': header('a lane that this version does not know', () => ({ lane: 9 as Lane })),
  'frame-first-zero': header('the first number of a numbered lane is 0', () => ({ first: 0, last: 0 })),
  'frame-last-before-first': header('the last number is before the first', () => ({ first: 2, last: 1 })),
  'frame-too-many-numbers': header('257 numbers', () => ({ first: 1, last: 257 })),
  'frame-previous-of-first': header('a frame comes before number 1', () => ({ previous: bytes(32) })),
  'frame-previous-short': header('the digest of the frame before has 31 bytes', () => ({ first: 2, last: 2, previous: bytes(31) })),
  'frame-status-numbered': header('a frame of the status lane has a number', () => ({ first: 1, last: 1 }), { lane: Lane.STATUS }),
  'frame-status-chained': header('a frame of the status lane names one before', () => ({ previous: bytes(32) }), { lane: Lane.STATUS }),
  'frame-chain-short': header('the identity of the ledger has 15 bytes', () => ({ chain: bytes(15) })),
  'frame-root-short': header('the root has 31 bytes', () => ({ root: bytes(31) })),
  'frame-time-missing': header('no time', () => ({ madeMs: 0 })),
  'frame-for-another-office': { what: 'addressed to another office of the same nation', code: 'ENVELOPE_NOT_ADDRESSED_TO_US', recipe: { frameHeader: (sound) => ({ ...sound, to: 'la-pakbeng', scope: 'la-pakbeng--th-chiang-khong' }) } },
  'frame-scope-of-another-pair': { what: 'the scope of another pair', code: 'ENVELOPE_SCOPE_MISMATCH', recipe: { frameHeader: (sound) => ({ ...sound, scope: 'la-houayxay--th-mae-sai' }) } },
  'frame-scope-reversed': { what: 'the offices of the scope in the other order', code: 'ENVELOPE_SCOPE_MISMATCH', recipe: { frameHeader: (sound) => ({ ...sound, scope: 'th-chiang-khong--la-houayxay' }) } },
  'frame-within-a-nation': { what: 'from an office of the same nation', code: 'ENVELOPE_SCOPE_MISMATCH', recipe: { frameHeader: (sound) => ({ ...sound, from: 'la-pakbeng', scope: 'la-houayxay--la-pakbeng' }) } },
  'frame-from-future': { what: 'made 5 minutes and a millisecond from now', code: 'ENVELOPE_FROM_FUTURE', recipe: { frameHeader: (sound) => ({ ...sound, madeMs: NOON + TOLERANCE + 1 }) } },
};

export const FRAME_PROOF_DEFECTS: Readonly<Record<string, Defect>> = {
  'proof-header-with-space': proofHeader('a space in the protected header', (text) => text.replace(',"b64"', ', "b64"')),
  'proof-header-eddsa': proofHeader('the older name of the algorithm', (text) => text.replace('"Ed25519"', '"EdDSA"')),
  'proof-header-none': proofHeader('the algorithm "none"', (text) => text.replace('"Ed25519"', '"none"')),
  'proof-header-extra-member': proofHeader('a member besides the allowed ones', (text) => text.replace('}', ',"x":1}')),
  'proof-header-kid-twice': proofHeader('two key ids', (text) => text.replace('"kid"', `"kid":"${signingKey('th-unlisted').kid}","kid"`)),
  'proof-header-encoded-payload': proofHeader('without "b64": false', (text) => text.replace('"b64":false,"crit":["b64"],', '')),
  'proof-header-type-of-envelope': proofHeader('the type of an envelope on a frame', (text) => text.replace('liaison-frame', 'liaison-envelope')),
  'proof-head-malformed': frameProof('the signed tree head is no message', 'TRUST_PROOF_HEAD_INVALID', { headBytes: () => utf8('head') }),
  'proof-head-of-envelopes': frameProof('the tree is one of envelopes', 'TRUST_PROOF_HEAD_INVALID', { head: (head) => ({ ...head, kind: HeadKind.ENVELOPE }) }),
  'proof-head-size-zero': frameProof('the tree has no leaf', 'TRUST_PROOF_HEAD_INVALID', { head: (head) => ({ ...head, size: 0 }) }),
  'proof-head-root-long': frameProof('the root has 33 bytes', 'TRUST_PROOF_HEAD_INVALID', { head: (head) => ({ ...head, root: bytes(33) }) }),
  'proof-head-signer-missing': frameProof('nobody is named as signer', 'TRUST_PROOF_HEAD_INVALID', { head: (head) => ({ ...head, signer: '' }) }),
  'proof-head-signer-long': frameProof('the signer has 49 characters', 'TRUST_PROOF_HEAD_INVALID', { head: (head) => ({ ...head, signer: `th-${'a'.repeat(46)}` }) }),
  'proof-head-before-1970': frameProof('signed before 1970', 'TRUST_PROOF_HEAD_INVALID', { head: (head) => ({ ...head, signedMs: -1 }) }),
  'proof-signature-altered': frameProof('one bit of the signature is the other way', 'TRUST_PROOF_SIGNATURE_INVALID', { change: (proof) => ({ ...proof, signature: flipped(proof.signature, 40) }) }),
  'proof-signature-short': frameProof('the signature has 63 bytes', 'TRUST_PROOF_SIGNATURE_INVALID', { change: (proof) => ({ ...proof, signature: proof.signature.subarray(0, 63) }) }),
  'proof-by-another-key': frameProof('signed with another key than the one it names', 'TRUST_PROOF_SIGNATURE_INVALID', { key: 'th-unlisted', claimedKey: 'th-current' }),
  'proof-key-unknown': frameProof('signed with a key that no directory lists', 'TRUST_KEY_UNKNOWN', { key: 'th-unlisted' }),
  'proof-key-of-another-office': frameProof('signed with the key of another office of the nation', 'TRUST_KEY_UNKNOWN', { key: 'mae-sai' }),
  'proof-key-expired': frameProof('signed a millisecond after the last one at which the key was good', 'TRUST_KEY_EXPIRED', { key: 'th-expired' }),
  'proof-key-not-yet-valid': frameProof('signed a millisecond before the key was good', 'TRUST_KEY_NOT_YET_VALID', { key: 'th-future' }),
  'proof-key-revoked': frameProof('signed after the key was revoked', 'TRUST_KEY_REVOKED', { key: 'th-revoked' }),
  'proof-key-revoked-backdated': frameProof('claims to be signed before the key was revoked, but arrives afterwards', 'TRUST_KEY_REVOKED', { key: 'th-revoked', at: NOON - 5 * 86_400_000 }),
  'proof-signed-in-future': frameProof('signed 5 minutes and a millisecond from now', 'TRUST_SIGNED_IN_FUTURE', { at: NOON + TOLERANCE + 1 }),
  'proof-signer-unlisted': frameProof('the signer is an office that its nation does not list', 'TRUST_OFFICE_UNKNOWN', { signer: 'th-nowhere' }),
  'proof-signer-no-office': frameProof('the signer is not an office', 'TRUST_OFFICE_UNKNOWN', { signer: 'TH' }),
  'proof-signer-of-unknown-nation': frameProof('the signer is of a nation without a directory', 'TRUST_DIRECTORY_MISSING', { signer: 'mm-tachileik', key: 'mm-current' }),
  'proof-of-another-item': frameProof('the tree that was signed holds another item', 'TRUST_PROOF_INCLUSION_INVALID', { head: (head) => ({ ...head, root: bytes(32) }) }),
  'proof-leaf-index-outside': frameProof('the place is outside the tree', 'TRUST_PROOF_INCLUSION_INVALID', { change: (proof) => ({ ...proof, leafIndex: 1 }) }),
  'proof-leaf-index-wrong': frameProof('the place is another one', 'TRUST_PROOF_INCLUSION_INVALID', { beside: { before: 1, after: 2 }, change: (proof) => ({ ...proof, leafIndex: 2 }) }),
  'proof-path-too-long': frameProof('the path has an entry too many', 'TRUST_PROOF_INCLUSION_INVALID', { change: (proof) => ({ ...proof, path: [...proof.path, bytes(32)] }) }),
  'proof-path-too-short': frameProof('the path has an entry too few', 'TRUST_PROOF_INCLUSION_INVALID', { beside: { before: 1, after: 2 }, change: (proof) => ({ ...proof, path: proof.path.slice(0, -1) }) }),
  'proof-path-altered': frameProof('one bit of the path is the other way', 'TRUST_PROOF_INCLUSION_INVALID', { beside: { before: 1, after: 2 }, change: (proof) => ({ ...proof, path: proof.path.map((hash, i) => (i === 1 ? flipped(hash, 0) : hash)) }) }),
  'frame-signed-by-another-office': frameProof('signed by another office, with its own good key', 'ENVELOPE_FRAME_SIGNER_MISMATCH', { key: 'mae-sai', signer: 'th-mae-sai' }),
  'frame-header-altered': {
    what: 'the header was altered after it was signed and sealed with',
    code: 'TRUST_PROOF_INCLUSION_INVALID',
    recipe: { transit: (sound) => ({ frame: { ...sound.frame, header: frameHeaderCodec.encode({ ...frameHeaderCodec.decode(sound.frame?.header as Uint8Array), first: 7, last: 7 }) } }) },
  },
};

export const SEAL_DEFECTS: Readonly<Record<string, Defect>> = {
  'seal-header-with-space': sealHeader('a space in the protected header', (text) => text.replace(',"enc"', ', "enc"')),
  'seal-header-other-encryption': sealHeader('another content encryption', (text) => text.replace('A256GCM', 'A128GCM')),
  'seal-header-compressed': sealHeader('a member besides the allowed ones', (text) => text.replace('"kid"', '"zip":"DEF","kid"')),
  'seal-as-document': sealed('sealed as a document', { sealedAs: 'liaison-document' }),
  'seal-ephemeral-small-order': sealHeader('an ephemeral key of small order, with which anybody knows the secret', (text) => text.replace(/"x":"[^"]+"/, `"x":"${SMALL_ORDER_X}"`)),
  'seal-ephemeral-not-canonical': sealHeader('an ephemeral key that is not below 2^255 - 19', (text) => text.replace(/"x":"[^"]+"/, `"x":"${NOT_CANONICAL_X}"`)),
  'seal-to-a-lost-key': { what: 'sealed to a key that the office does not hold any more', code: 'TRUST_UNSEALER_KEY_UNKNOWN', recipe: { sealedTo: 'la-sealing-lost' } },
  'seal-iv-long': sealed('an initialisation vector of 16 bytes', { seal: (sound) => ({ ...sound, iv: bytes(16) }) }),
  'seal-tag-short': sealed('a tag of 12 bytes, its beginning', { seal: (sound) => ({ ...sound, tag: sound.tag.subarray(0, 12) }) }),
  'seal-tag-altered': sealed('one bit of the tag is the other way', { seal: (sound) => ({ ...sound, tag: flipped(sound.tag, 0) }) }),
  'seal-ciphertext-altered': sealed('one bit of the ciphertext is the other way', { seal: (sound) => ({ ...sound, ciphertext: flipped(sound.ciphertext, 100) }) }),
  'seal-of-another-frame': sealed('sealed with the header of another frame', { boundTo: (sound) => flipped(sound, -1) }),
};

const content = (what: string, recipe: Recipe): Defect => ({ what, code: 'ENVELOPE_CONTENT_INVALID', recipe });

export const CONTENT_DEFECTS: Readonly<Record<string, Defect>> = {
  'content-size-no-step': content('a byte of padding is missing', {
    content: (sound) => {
      const { items, padding } = frameContentCodec.decode(sound);
      return frameContentCodec.encode({ items, padding: padding.subarray(1) });
    },
  }),
  'content-padding-not-zero': content('something is written in the padding', { content: (sound) => flipped(sound, -1) }),
  'content-padding-repeated': content('the items come after the padding', {
    content: (sound) => {
      const { items, padding } = frameContentCodec.decode(sound);
      return concat(frameContentCodec.encode({ padding }), frameContentCodec.encode({ items }));
    },
  }),
  'item-unknown-field': content('an item has a field that the contract does not have', { itemBytes: withUnknownField }),
  'item-fields-reordered': content('the parts of an item come before its crossing', {
    itemBytes: (sound) => {
      const { crossing, parts } = crossingItemCodec.decode(sound);
      return concat(crossingItemCodec.encode({ parts }), crossingItemCodec.encode({ crossing }));
    },
  }),
  'frame-count-mismatch': { what: 'two items under one number', code: 'ENVELOPE_FRAME_COUNT_MISMATCH', recipe: { items: 2, frameHeader: (sound) => ({ ...sound, last: 1 }) } },
  'frame-item-missing': { what: 'one item under two numbers', code: 'ENVELOPE_FRAME_COUNT_MISMATCH', recipe: { items: 2, sealedItems: (items) => items.slice(0, 1) } },
  'frame-items-swapped': { what: 'the items in another order than was signed', code: 'ENVELOPE_FRAME_ROOT_MISMATCH', recipe: { items: 2, sealedItems: (items) => [...items].reverse() } },
  'frame-item-replaced': { what: 'an item that was not signed for', code: 'ENVELOPE_FRAME_ROOT_MISMATCH', recipe: { frameHeader: (sound) => ({ ...sound, root: bytes(32) }) } },
};

