import { LEDGER_ERRORS } from '../errors.ts';

/** How much a finding weighs: a ledger with a `broken` one is no evidence; a `notice` is for a person to judge. */
export type FindingWeight = 'broken' | 'notice';

/** What one kind of finding means. */
export interface FindingEntry {
  readonly sentence: string;
  readonly weight: FindingWeight;
}

const ofChain = (code: keyof typeof LEDGER_ERRORS): FindingEntry => ({
  sentence: LEDGER_ERRORS[code].meaning,
  weight: 'broken',
});
const broken = (sentence: string): FindingEntry => ({ sentence, weight: 'broken' });
const notice = (sentence: string): FindingEntry => ({ sentence, weight: 'notice' });

/** Everything that `verifyLedger` can find. Those that `openLedger` stops at as well have the same code and words. */
export const LEDGER_FINDINGS = {
  LEDGER_BATCH_MALFORMED: ofChain('LEDGER_BATCH_MALFORMED'),
  LEDGER_RECORD_MALFORMED: ofChain('LEDGER_RECORD_MALFORMED'),
  LEDGER_EVENT_UNKNOWN: ofChain('LEDGER_EVENT_UNKNOWN'),
  LEDGER_NUMBER_GAP: ofChain('LEDGER_NUMBER_GAP'),
  LEDGER_PREVIOUS_MISMATCH: ofChain('LEDGER_PREVIOUS_MISMATCH'),
  LEDGER_FIRST_NOT_FOUNDED: ofChain('LEDGER_FIRST_NOT_FOUNDED'),
  LEDGER_FOUNDED_AGAIN: ofChain('LEDGER_FOUNDED_AGAIN'),
  LEDGER_OFFICE_MISMATCH: ofChain('LEDGER_OFFICE_MISMATCH'),
  LEDGER_TIME_BACKWARDS: notice('a record is more than five minutes older than one before it: the clock was set back'),

  LEDGER_RELEASE_WITHOUT_NUMBER: broken('a crossing was released without a number or without its bytes'),
  LEDGER_NUMBER_WITHOUT_RELEASE: broken(
    'a crossing that was held or refused has a number or bytes to go: it could leave without a release',
  ),
  LEDGER_LANE_NUMBER_GAP: broken('a crossing or receipt does not have the next number of its lane'),
  LEDGER_HOLD_UNKNOWN: broken('a crossing left the hold queue that did not wait there'),
  LEDGER_RELEASE_UNNAMED: broken(
    'a held crossing was released, and no named person stands for it, or another one in its decision',
  ),
  LEDGER_RELEASE_UNAPPROVED: broken(
    'a release that takes two persons lacks the word of a first one, of another name and role, who was shown the same',
  ),
  LEDGER_RELEASE_BY_AUTHOR: broken('a held crossing was released or approved by the person who submitted it'),
  LEDGER_EMERGENCY_UNFOUNDED: broken(
    "a crossing went past the hold without a reason on record, or in another name than its author's",
  ),
  LEDGER_RELEASE_UNDECIDED: broken('a held crossing was released although the gate did not decide to release it'),

  LEDGER_FRAME_MALFORMED: broken('the header of a frame cannot be read'),
  LEDGER_FRAME_FOREIGN: broken('a frame was sealed in the name of another office or of another ledger'),
  LEDGER_FRAME_UNCHAINED: broken('a frame does not follow from the frame before it on its lane'),
  LEDGER_FRAME_GAP: broken('a frame repeats numbers of its lane, or leaves out numbers that did not expire'),
  LEDGER_FRAME_UNDECIDED: broken('a frame holds a number that no decision recorded before it let go'),
  LEDGER_RELAYED_UNSEALED: broken('a frame was relayed that was not recorded as sealed'),

  LEDGER_RECEIVED_UNFRAMED: broken(
    'a crossing or receipt arrived, and the frame it came in is not on record before it',
  ),
  LEDGER_RECEIVED_TWICE: broken("a number of a neighbour's lane was recorded twice"),
  LEDGER_RECEIVED_UNDECIDED: broken(
    'a crossing that arrived has neither a decision nor the code of the check it failed, or both',
  ),
  LEDGER_DELIVERY_UNDECIDED: broken(
    'a delivery was receipted for a crossing that no decision recorded before it admitted',
  ),

  LEDGER_RECEIPT_MALFORMED: broken('a receipt cannot be read'),
  LEDGER_RECEIPT_FOREIGN: broken('a receipt is not by the office, or not for the office, that its record says'),
  LEDGER_RECEIPT_HEAD_MISMATCH: broken(
    'a receipt of this office names a state of its ledger that the ledger never had',
  ),
  LEDGER_SIGNATURE_INVALID: broken('a signature does not verify with a key that was good for it'),

  LEDGER_DOCUMENT_ROLLBACK: broken('a directory, agreement or bundle was replaced by an older one'),
  LEDGER_DOCUMENT_FORKED: broken('two different documents of one kind, name and version came into use'),

  LEDGER_HEAD_MISSING: broken('a neighbour has seen this ledger further than it goes: records were cut off its end'),
  LEDGER_HEAD_DIFFERS: broken(
    'a neighbour has seen another record under this number: the ledger was rewritten, or there are two',
  ),
  LEDGER_CHAIN_DIFFERS: broken('a neighbour has seen another ledger of this office'),
} as const satisfies Record<string, FindingEntry>;

/** The codes of findings. */
export type LedgerFindingCode = keyof typeof LEDGER_FINDINGS;
