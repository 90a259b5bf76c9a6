import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../foundation/index.ts';

const KEEP = 'keep the original; the sender does not speak this contract or somebody altered it';
const FORGED = 'treat it as forged; keep the original';

/** The errors of this folder: what was said, or what travels, is not what it must be. */
export const ENVELOPE_ERRORS = {
  ENVELOPE_TRANSIT_TOO_LARGE: {
    meaning: 'more bytes arrived than any frame may have',
    action: 'keep the digest; ask the sender to send less',
    disposition: 'quarantine',
  },
  ENVELOPE_TRANSIT_MALFORMED: {
    meaning: 'what arrived is not a frame or document notice in the one encoding that these have',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_FRAME_HEADER_INVALID: {
    meaning: 'the header of a frame is not sound: its names, lane, numbers or digests',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_NOT_ADDRESSED_TO_US: {
    meaning: 'it is addressed to another office',
    action: 'check the link: what is for others must not arrive here',
    disposition: 'quarantine',
  },
  ENVELOPE_SCOPE_MISMATCH: {
    meaning: 'the scope is neither that of the two offices it goes between nor, of crossings, that of a channel',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_FRAME_SIGNER_MISMATCH: {
    meaning: 'the frame is signed by another office than it comes from',
    action: FORGED,
    disposition: 'quarantine',
  },
  ENVELOPE_FROM_FUTURE: {
    meaning: 'it claims a time that has not come, beyond what clocks may differ',
    action: 'compare clocks with the sending office',
    disposition: 'quarantine',
  },
  ENVELOPE_SEAL_INVALID: {
    meaning:
      'the seal does not open: its header is not the one allowed form, or its bytes or the frame header were altered',
    action: FORGED,
    disposition: 'quarantine',
  },
  ENVELOPE_CONTENT_INVALID: {
    meaning:
      'what was sealed is not a list of items in the one encoding it has, its padding is not zero or its size is no step',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_FRAME_COUNT_MISMATCH: {
    meaning: 'a frame does not hold as many items as its numbers say',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_FRAME_ROOT_MISMATCH: {
    meaning: 'the items of a frame are not those that its header was signed for',
    action: FORGED,
    disposition: 'quarantine',
  },
  ENVELOPE_FRAME_TOO_LARGE: {
    meaning: 'the items do not fit in one frame',
    action: 'put fewer items into a frame',
    disposition: 'fatal',
  },
  ENVELOPE_CROSSING_MALFORMED: {
    meaning: 'a crossing is not in the one encoding that crossings have, or lacks what every crossing has',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_CROSSING_MISPLACED: {
    meaning: 'a crossing names another sender, recipient, scope, lane or number than the frame it came in',
    action: FORGED,
    disposition: 'quarantine',
  },
  ENVELOPE_NOT_RELEASED: {
    meaning: 'the decision that goes with it does not release it',
    action: 'check the exporter: what is held or refused must not leave',
    disposition: 'quarantine',
  },
  ENVELOPE_AGREEMENT_MISSING: {
    meaning: 'it names no agreement and article that it relies on',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_MALFORMED: {
    meaning: 'an envelope is not in the one encoding that envelopes have, or lacks what every envelope has',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_HEADER_INVALID: {
    meaning: 'a field of the envelope header is missing, malformed or a code that is not known; the context names it',
    action: 'correct the named field, or ask the origin which version of the contract it speaks',
    disposition: 'quarantine',
  },
  ENVELOPE_KIND_UNKNOWN: {
    meaning: 'the envelope is of a kind that this version does not know',
    action: 'ask the origin which version of the contract it speaks',
    disposition: 'quarantine',
  },
  ENVELOPE_PARTS_INVALID: {
    meaning: 'the list of part digests is not sound: none, too many, one twice, or a category that is not known',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_SIGNER_NOT_ORIGIN: {
    meaning: 'the envelope is signed by another office than its origin',
    action: FORGED,
    disposition: 'quarantine',
  },
  ENVELOPE_ORIGIN_NOT_EXPORTER: {
    meaning: 'the exporter is not the origin and does not say on what it passes the message on, or says so of its own',
    action: 'ask the exporter; it must pass on what another office said as such',
    disposition: 'quarantine',
  },
  ENVELOPE_CONSENT_MALFORMED: {
    meaning: 'what a crossing carries as the originator’s consent is none, or its terms are not a part of it',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_CONSENT_MISMATCH: {
    meaning:
      'the consent is not the originator’s for this message, holder, recipient, purpose and time, or does not name all that goes on',
    action: 'ask the office that passed it on; tell the originator that its consent was used for something else',
    disposition: 'quarantine',
  },
  ENVELOPE_DRILL_SCOPE_MISMATCH: {
    meaning: 'an exercise is in the channel of a real operation, or what is real in the channel of an exercise',
    action: 'treat it as neither: ask the origin what it was',
    disposition: 'quarantine',
  },
  ENVELOPE_LANE_MISMATCH: {
    meaning: 'the lane is not the one for the kind and precedence of the envelope',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_PART_MALFORMED: {
    meaning: 'a part is not in the one encoding that parts have, or has no salt of 16 bytes',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_PART_FOREIGN: {
    meaning: 'a part is not one of the envelope',
    action: FORGED,
    disposition: 'quarantine',
  },
  ENVELOPE_PART_MISPLACED: {
    meaning: 'parts are there twice, or not in the order of the envelope',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_PART_MISLABELLED: {
    meaning: 'a part holds something else than fields of its category at its place in the body',
    action: 'keep the original; the origin marks data with a wrong category',
    disposition: 'quarantine',
  },
  ENVELOPE_PARTS_MISMATCH: {
    meaning: 'the parts beside a crossing are not those that it discloses',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_WITHHELD_MISMATCH: {
    meaning: 'the decision does not account for exactly the parts that are not disclosed',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_EXPIRED: {
    meaning: 'the envelope has expired',
    action: 'none; the sender gets a negative receipt',
    disposition: 'reject',
  },
  ENVELOPE_ID_REUSED: {
    meaning: 'the origin used the id of an earlier envelope for another one',
    action: 'ask the origin which of the two it means',
    disposition: 'quarantine',
  },
  ENVELOPE_OWN_MESSAGE_INVALID: {
    meaning: 'what this office kept of its own message is not what it signed',
    action: 'check the content store; the ledger has the digest of the original',
    disposition: 'fatal',
  },
  ENVELOPE_RECEIPT_MALFORMED: {
    meaning:
      'a receipt is not in the one encoding that receipts have, or one of its fields is not sound; the context names it',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_RECEIPT_SIGNER_MISMATCH: {
    meaning: 'a receipt is signed by another office than it says it is from, or came from a third',
    action: FORGED,
    disposition: 'quarantine',
  },
  ENVELOPE_RECEIPT_MISMATCH: {
    meaning: 'a receipt is for other bytes than the crossing it claims to answer',
    action: 'treat the crossing as not delivered; ask the neighbour',
    disposition: 'quarantine',
  },
  ENVELOPE_STATUS_MALFORMED: {
    meaning: 'the state of a link is not in the one encoding it has, or names lanes or numbers that make no sense',
    action: KEEP,
    disposition: 'quarantine',
  },
  ENVELOPE_EVIDENCE_MALFORMED: {
    meaning: 'the evidence is not what an office keeps of a crossing or message',
    action: 'export the evidence again from the office that holds it',
    disposition: 'reject',
  },
  ENVELOPE_REGION_TOO_LARGE: {
    meaning: 'a release to the region has more bytes than any may have',
    action: 'release less; from a hub, keep the digest and ask its operator',
    disposition: 'reject',
  },
  ENVELOPE_REGION_MALFORMED: {
    meaning: 'a release to the region is not in the one encoding that releases have, or lacks what each has',
    action: KEEP,
    disposition: 'reject',
  },
  ENVELOPE_REGION_HEADER_INVALID: {
    meaning: 'the header of a release to the region is not sound: its names, codes, numbers, times or digests',
    action: KEEP,
    disposition: 'reject',
  },
  ENVELOPE_REGION_KIND_WRONG: {
    meaning: 'the region is told alerts and bulletins only, and this is neither',
    action: KEEP,
    disposition: 'reject',
  },
  ENVELOPE_REGION_SIGNER_MISMATCH: {
    meaning: 'a release, status, subscription or head is signed by somebody else than the one it is from',
    action: FORGED,
    disposition: 'reject',
  },
  ENVELOPE_REGION_NOT_ORIGIN: {
    meaning: 'an office released to the region what another office said',
    action: 'ask the releasing office; only who says something may tell the region',
    disposition: 'reject',
  },
  ENVELOPE_REGION_MISMATCH: {
    meaning: 'the header of a release says something else than the message that it releases',
    action: FORGED,
    disposition: 'reject',
  },
  ENVELOPE_REGION_WORD_INVALID: {
    meaning: "a signed status or subscription of an office, or a hub's head, is not sound",
    action: KEEP,
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type EnvelopeErrorCode = keyof typeof ENVELOPE_ERRORS;

/** Something said, or something that travels, that is not what it must be. */
export class EnvelopeError extends LiaisonError<EnvelopeErrorCode> {
  constructor(code: EnvelopeErrorCode, details?: ErrorDetails) {
    super('EnvelopeError', code, ENVELOPE_ERRORS[code], details);
  }
}
