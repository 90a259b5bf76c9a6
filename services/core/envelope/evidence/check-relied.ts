import { days, type EpochMs, earlier, later, type OfficeId, toHex } from '../../foundation/index.ts';
import { CHARTER_ARTICLE, type TrustStore } from '../../trust/index.ts';
import type { AgreementRef, Crossing } from '../../wire/index.ts';
import type { EvidenceCheck } from './types.ts';

/** What was said in time may come over the border so long after an operation has ended. */
const CLOSING_MS = days(7);

/** Notes how a check came out. */
export type NoteCheck = (check: string, passed: boolean, code: string, facts: EvidenceCheck['facts']) => void;

function checkAgreement(
  note: NoteCheck,
  ref: AgreementRef,
  { agreements, clockToleranceMs }: TrustStore,
  recordedMs: EpochMs,
): void {
  const installed = agreements.get(ref.id);
  const digest = toHex(ref.digest);
  const isSigned = installed?.document.digest === digest || installed?.earlier.get(ref.version) === digest;
  const inForce =
    installed !== undefined &&
    installed.validFromMs <= later(recordedMs, clockToleranceMs) &&
    earlier(recordedMs, clockToleranceMs) < installed.validUntilMs;
  const facts = { id: ref.id, version: ref.version, article: ref.article, digest };
  note('the agreement it relied on was signed by all its parties', isSigned, 'AGREEMENT_DIFFERS', facts);
  note('the agreement it relied on was in force', inForce, 'AGREEMENT_NOT_IN_FORCE', facts);
}

function checkCharter(
  note: NoteCheck,
  ref: AgreementRef,
  { from, to }: Crossing,
  { charters, clockToleranceMs }: TrustStore,
  recordedMs: EpochMs,
): void {
  const installed = charters.get(ref.id);
  const digest = toHex(ref.digest);
  const isSigned =
    installed?.document.digest === digest &&
    installed.signatures.has(from as OfficeId) &&
    installed.signatures.has(to as OfficeId);
  const inForce =
    installed !== undefined &&
    installed.startsMs <= later(recordedMs, clockToleranceMs) &&
    earlier(recordedMs, CLOSING_MS) < installed.endsMs;
  const facts = { id: ref.id, digest };
  note('the charter it relied on was signed by both offices', isSigned, 'CHARTER_DIFFERS', facts);
  note('the charter it relied on was in force', inForce, 'CHARTER_NOT_IN_FORCE', facts);
}

/** The text that the crossing relied on was signed by those it binds, and in force when the crossing was recorded. */
export function checkRelied(note: NoteCheck, crossing: Crossing, store: TrustStore, recordedMs: EpochMs): void {
  const { agreement } = crossing;
  if (agreement === null) return;
  if (agreement.article === CHARTER_ARTICLE) checkCharter(note, agreement, crossing, store, recordedMs);
  else checkAgreement(note, agreement, store, recordedMs);
}
