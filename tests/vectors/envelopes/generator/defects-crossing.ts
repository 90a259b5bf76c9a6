import { utf8 } from '../../../../services/core/foundation/index.ts';
import { type Crossing, DataCategory, type Decision, HandlingCode, type Init, Lane, MessageKind, Outcome, partCodec, Precedence, type Purpose } from '../../../../services/core/wire/index.ts';
import { NOON } from './actors.ts';
import { type BuiltPart, ENVELOPE_ID, type Recipe, WITHHELD_CATEGORY } from './build-transit.ts';
import { flipped, withUnknownField } from './change-bytes.ts';
import type { Defect } from './defects-frame.ts';

const bytes = (size: number) => new Uint8Array(size).fill(1);
const TOLERANCE = 300_000;

function crossing(what: string, code: string, change: (sound: Init<Crossing>) => Init<Crossing>): Defect {
  return { what, code, recipe: { crossing: (sound) => ({ ...sound, ...change(sound) }) } };
}

const malformed = (what: string, change: (sound: Init<Crossing>) => Init<Crossing>) => crossing(what, 'ENVELOPE_CROSSING_MALFORMED', change);
const decision = (what: string, change: Init<Decision>) => malformed(what, (sound) => ({ decision: { ...sound.decision, ...change } }));
const agreement = (what: string, change: Init<Crossing['agreement'] & object>) => crossing(what, 'ENVELOPE_AGREEMENT_MISSING', (sound) => ({ agreement: { ...sound.agreement, ...change } }));
const misplaced = (what: string, change: Init<Crossing>) => crossing(what, 'ENVELOPE_CROSSING_MISPLACED', () => change);
const header = (what: string, change: Recipe['header'], code = 'ENVELOPE_HEADER_INVALID'): Defect => ({ what, code, recipe: { header: change ?? {} } });

function withheld(what: string, change: (sound: Decision['withheld']) => readonly unknown[]): Defect {
  return crossing(what, 'ENVELOPE_WITHHELD_MISMATCH', (sound) => ({ decision: { ...sound.decision, withheld: change((sound.decision as Decision).withheld) as never } }));
}

export const CROSSING_DEFECTS: Readonly<Record<string, Defect>> = {
  'crossing-unknown-field': { what: 'the crossing has a field that the contract does not have', code: 'ENVELOPE_CROSSING_MALFORMED', recipe: { crossingBytes: withUnknownField } },
  'crossing-salt-short': malformed('a salt of 15 bytes', () => ({ salt: bytes(15) })),
  'crossing-without-envelope': malformed('no envelope', () => ({ envelope: null })),
  'crossing-disclosed-twice': malformed('a part is disclosed twice', (sound) => ({ disclosed: [0, ...(sound.disclosed ?? [])] })),
  'crossing-disclosed-descending': malformed('the disclosed parts are not in order', (sound) => ({ disclosed: [...(sound.disclosed ?? [])].reverse() })),
  'crossing-without-decision': malformed('no decision', () => ({ decision: null })),
  'decision-policy-unnamed': decision('a policy without a name', { policies: [''] }),
  'decision-policy-long': decision('a policy name of 121 characters', { policies: ['p'.repeat(121)] }),
  'decision-policy-two-lines': decision('a policy name with a line break', { policies: ['permit\nforged log line'] }),
  'decision-withheld-policy-unnamed': malformed('a part is withheld by a policy without a name', (sound) => ({
    decision: { ...sound.decision, withheld: (sound.decision as Decision).withheld.map((entry) => ({ ...entry, policies: [''] })) },
  })),
  'decision-reason-not-a-code': decision('a reason that is a sentence', { reason: 'because I say so' }),
  'decision-bundle-name': decision('a bundle name that is no reference', { bundles: [{ name: 'base line', version: 1, digest: bytes(32) }] }),
  'decision-bundle-digest-short': decision('a bundle digest of 31 bytes', { bundles: [{ name: 'baseline', version: 1, digest: bytes(31) }] }),
  'decision-time-missing': decision('no time', { decidedMs: 0 }),
  'decision-released-by-two-lines': decision('the person who released it has two lines', { releasedBy: 'a\nb' }),
  'crossing-held': crossing('the decision holds it', 'ENVELOPE_NOT_RELEASED', (sound) => ({ decision: { ...sound.decision, outcome: Outcome.HELD } })),
  'crossing-refused': crossing('the decision refuses it', 'ENVELOPE_NOT_RELEASED', (sound) => ({ decision: { ...sound.decision, outcome: Outcome.REFUSED } })),
  'crossing-without-agreement': crossing('no agreement', 'ENVELOPE_AGREEMENT_MISSING', () => ({ agreement: null })),
  'agreement-id-missing': agreement('an agreement without an id', { id: '' }),
  'agreement-id-malformed': agreement('an agreement id that is no reference', { id: 'th la' }),
  'agreement-digest-short': agreement('an agreement digest of 31 bytes', { digest: bytes(31) }),
  'agreement-article-missing': agreement('no article', { article: '' }),
  'agreement-article-malformed': agreement('an article that is no reference', { article: 'article 1' }),
  'crossing-of-another-scope': misplaced('the scope of another pair', { scope: 'la-houayxay--th-mae-sai' }),
  'crossing-from-another-office': misplaced('exported by another office than the frame', { from: 'th-mae-sai' }),
  'crossing-for-another-office': misplaced('for another office than the frame', { to: 'la-pakbeng' }),
  'crossing-of-another-lane': misplaced('of another lane than the frame', { lane: Lane.ROUTINE }),
  'crossing-of-another-number': misplaced('has another number than its place in the frame', { number: 2 }),
  'lane-of-another-precedence': header('flash on the lane of priority', { precedence: Precedence.FLASH }, 'ENVELOPE_LANE_MISMATCH'),
  'envelope-expired': header('it expired 5 minutes ago', { createdMs: NOON - 2 * TOLERANCE, expiresMs: NOON - TOLERANCE }, 'ENVELOPE_EXPIRED'),
  'envelope-from-future': header('created 5 minutes and a millisecond from now', { createdMs: NOON + TOLERANCE + 1 }, 'ENVELOPE_FROM_FUTURE'),
};

export const ENVELOPE_DEFECTS: Readonly<Record<string, Defect>> = {
  'envelope-unknown-field': { what: 'the signed envelope has a field that the contract does not have', code: 'ENVELOPE_MALFORMED', recipe: { envelopeBytes: withUnknownField } },
  'envelope-without-header': { what: 'no header', code: 'ENVELOPE_MALFORMED', recipe: { envelope: (sound) => ({ ...sound, header: null }) } },
  'envelope-kind-unspecified': header('no kind', { kind: MessageKind.UNSPECIFIED }, 'ENVELOPE_KIND_UNKNOWN'),
  'envelope-kind-unknown': header('a kind that this version does not know', { kind: 99 as MessageKind }, 'ENVELOPE_KIND_UNKNOWN'),
  'header-id-not-v7': header('an id of another version of UUID', { id: '01935f3c-a000-4abc-8def-0123456789ab' }),
  'header-id-uppercase': header('an id in capitals', { id: ENVELOPE_ID.toUpperCase() }),
  'header-origin-invalid': header('the origin is no office id', { origin: 'TH' }),
  'header-officer-missing': header('no officer', { officer: '' }),
  'header-officer-two-lines': header('the officer has two lines', { officer: 'a\nb' }),
  'header-officer-long': header('the officer has 121 characters', { officer: 'o'.repeat(121) }),
  'header-purpose-unspecified': header('no purpose', { purpose: 0 as Purpose }),
  'header-purpose-unknown': header('a purpose that this version does not know', { purpose: 99 as Purpose }),
  'header-handling-unspecified': header('no handling code', { handling: 0 as HandlingCode }),
  'header-caveat-missing': header('H3 without a caveat', { handling: HandlingCode.H3 }),
  'header-caveat-long': header('a caveat of 201 characters', { caveat: 'c'.repeat(201) }),
  'header-precedence-unspecified': header('no precedence', { precedence: 0 as Precedence }),
  'header-created-missing': header('no time of creation', { createdMs: 0 }),
  'header-expires-before-created': header('expires when it is created', { expiresMs: NOON }),
  'header-expires-too-large': header('expires at a time that no calendar has', { expiresMs: 8_640_000_000_000_001 }),
  'header-case-reference-malformed': header('a case reference with a space', { caseReference: 'CK 118' }),
  'header-in-reply-to-malformed': header('answers something that is no envelope id', { inReplyTo: 'CK-118' }),
  'header-in-reply-to-itself': header('answers itself', { inReplyTo: ENVELOPE_ID }),
  'header-supersedes-malformed': header('replaces something that is no envelope id', { supersedes: 'CK-118' }),
  'header-supersedes-itself': header('replaces itself', { supersedes: ENVELOPE_ID }),
  'envelope-without-parts': { what: 'no part at all', code: 'ENVELOPE_PARTS_INVALID', recipe: { envelope: (sound) => ({ ...sound, parts: [] }) } },
  'envelope-digest-short': { what: 'a part digest of 31 bytes', code: 'ENVELOPE_PARTS_INVALID', recipe: { envelope: (sound) => ({ ...sound, parts: [...(sound.parts ?? []), { digest: bytes(31), category: DataCategory.CORE }] }) } },
  'envelope-digest-twice': { what: 'a part twice', code: 'ENVELOPE_PARTS_INVALID', recipe: { envelope: (sound) => ({ ...sound, parts: [...(sound.parts ?? []), ...(sound.parts ?? []).slice(0, 1)] }) } },
  'envelope-category-unspecified': { what: 'a part without a category', code: 'ENVELOPE_PARTS_INVALID', recipe: { envelope: (sound) => ({ ...sound, parts: (sound.parts ?? []).map((part) => ({ ...part, category: DataCategory.UNSPECIFIED })) }) } },
  'envelope-category-unknown': { what: 'a category that this version does not know', code: 'ENVELOPE_PARTS_INVALID', recipe: { envelope: (sound) => ({ ...sound, parts: (sound.parts ?? []).map((part) => ({ ...part, category: 99 as DataCategory })) }) } },
  'envelope-signed-by-another-office': { what: 'signed by another office of the nation, with its own good key', code: 'ENVELOPE_SIGNER_NOT_ORIGIN', recipe: { envelopeProof: { key: 'mae-sai', signer: 'th-mae-sai' } } },
  'envelope-of-another-origin': { what: 'said by another office and passed on without permission', code: 'ENVELOPE_ORIGIN_NOT_EXPORTER', recipe: { header: { origin: 'th-mae-sai' }, envelopeProof: { key: 'mae-sai', signer: 'th-mae-sai' } } },
  'envelope-altered': { what: 'altered after it was signed', code: 'TRUST_PROOF_INCLUSION_INVALID', recipe: { crossing: (sound) => ({ ...sound, envelope: { ...sound.envelope, envelope: flipped(sound.envelope?.envelope as Uint8Array, -1) } }) } },
  'envelope-without-proof': { what: 'not signed', code: 'TRUST_PROOF_HEADER_INVALID', recipe: { crossing: (sound) => ({ ...sound, envelope: { ...sound.envelope, proof: null } }) } },
  'envelope-proof-of-a-frame': { what: 'signed as a frame', code: 'TRUST_PROOF_HEADER_INVALID', recipe: { envelopeProof: { protected: (text) => text.replace('liaison-envelope', 'liaison-frame') } } },
  'envelope-key-expired': { what: 'signed a millisecond after the last one at which the key was good', code: 'TRUST_KEY_EXPIRED', recipe: { envelopeProof: { key: 'th-expired' } } },
  'envelope-key-revoked': { what: 'signed with a revoked key, the frame with a good one', code: 'TRUST_KEY_REVOKED', recipe: { envelopeProof: { key: 'th-revoked', at: NOON - 5 * 86_400_000 } } },
};

const parts = (what: string, code: string, item: (parts: readonly Uint8Array[]) => readonly Uint8Array[]): Defect => ({ what, code, recipe: { item: (sound) => ({ ...sound, parts: item(sound.parts ?? []) }) } });

/** The first part of that category changed before it is digested and signed. */
function changePart(category: DataCategory, change: (part: BuiltPart) => BuiltPart): Recipe {
  return {
    parts: (sound) => {
      const at = sound.findIndex((part) => part.category === category);
      return sound.map((part, index) => (index === at ? change(part) : part));
    },
  };
}

const part = (what: string, code: string, change: (part: BuiltPart) => BuiltPart, category: DataCategory = DataCategory.IDENTITY): Defect => ({ what, code, recipe: changePart(category, change) });

export const PART_DEFECTS: Readonly<Record<string, Defect>> = {
  'part-altered': parts('one bit of a part is the other way', 'ENVELOPE_PART_FOREIGN', (sound) => sound.map((bytesOf, index) => (index === 1 ? flipped(bytesOf, -1) : bytesOf))),
  'part-of-another-envelope': parts('a part of another envelope besides', 'ENVELOPE_PART_FOREIGN', (sound) => [...sound, partCodec.encode({ salt: bytes(16), value: utf8('') })]),
  'part-missing': parts('a part that is disclosed is not there', 'ENVELOPE_PARTS_MISMATCH', (sound) => sound.slice(0, -1)),
  'part-twice': parts('a part is there twice', 'ENVELOPE_PART_MISPLACED', (sound) => [...sound.slice(0, 1), ...sound]),
  'parts-swapped': parts('two parts in the other order', 'ENVELOPE_PART_MISPLACED', (sound) => [...sound].reverse()),
  'part-not-disclosed': { what: 'a part is there that the decision withholds', code: 'ENVELOPE_PARTS_MISMATCH', recipe: { crossing: (sound) => ({ ...sound, ...withholdMore(sound) }) } },
  'part-unknown-field': part('a part has a field that the contract does not have', 'ENVELOPE_PART_MALFORMED', (sound) => ({ ...sound, bytes: withUnknownField(partCodec.encode(sound)) })),
  'part-salt-short': part('a salt of 15 bytes', 'ENVELOPE_PART_MALFORMED', (sound) => ({ ...sound, salt: bytes(15) })),
  'part-mislabelled': part('a name under the category of codes', 'ENVELOPE_PART_MISLABELLED', (sound) => ({ ...sound, category: DataCategory.CORE })),
  'part-with-unknown-field': part('a part holds a field that the body does not have', 'ENVELOPE_PART_MISLABELLED', (sound) => ({ ...sound, value: withUnknownField(sound.value) })),
  'part-path-unknown': part('a part for a place that the body does not have', 'ENVELOPE_PART_MISLABELLED', (sound) => ({ ...sound, path: [99] })),
  'part-place-twice': {
    what: 'two parts of one category for the same place',
    code: 'ENVELOPE_PART_MISLABELLED',
    recipe: { parts: (sound) => [...sound, ...sound.filter(({ category }) => category === DataCategory.IDENTITY).map((again) => ({ ...again, salt: bytes(16) }))] },
  },
};

/** The last disclosed part withheld as well by the decision, though it is still there. */
function withholdMore(sound: Init<Crossing>): Init<Crossing> {
  const disclosed = [...(sound.disclosed ?? [])];
  const last = disclosed.pop() as number;
  const more = { category: DataCategory.TRANSPORT, policies: ['no-transport-data'], parts: [last] };
  return { disclosed, decision: { ...sound.decision, withheld: [...((sound.decision as Decision).withheld ?? []), more] } };
}

export const WITHHELD_DEFECTS: Readonly<Record<string, Defect>> = {
  'withheld-unaccounted': withheld('a part is neither there nor said to be withheld', () => []),
  'withheld-category-wrong': withheld('a part is said to be withheld under another category', (sound) => sound.map((entry) => ({ ...entry, category: DataCategory.CORE }))),
  'withheld-though-disclosed': withheld('a part that is there is said to be withheld', (sound) => [...sound, { category: DataCategory.CORE, policies: ['p'], parts: [0] }]),
  'withheld-twice': withheld('a part is said to be withheld twice', (sound) => [...sound, ...sound]),
  'withheld-unknown-part': withheld('a part is said to be withheld that the envelope does not have', (sound) => [...sound, { category: WITHHELD_CATEGORY, policies: ['p'], parts: [999] }]),
  'disclosed-unknown-part': crossing('a part is said to be disclosed that the envelope does not have', 'ENVELOPE_WITHHELD_MISMATCH', (sound) => ({ disclosed: [...(sound.disclosed ?? []), 999] })),
};

