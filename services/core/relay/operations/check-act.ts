import { type EpochMs, later, type OfficeId } from '../../foundation/index.ts';
import type { InstalledCharter, TrustStore } from '../../trust/index.ts';
import { type ActTerms, OperationAction } from '../../wire/index.ts';
import { OperationsError } from './errors.ts';
import { areFiguresSound } from './report/are-figures-sound.ts';

/** What an act is checked with. */
export interface ActContext {
  readonly trust: Pick<TrustStore, 'isCharterSignature' | 'clockToleranceMs'>;
  readonly charter: InstalledCharter;
  /** When it came; null for one that is on record: keys may have ended since. */
  readonly at: EpochMs | null;
}

const OF_LEAD: ReadonlySet<OperationAction> = new Set([
  OperationAction.REMOVE,
  OperationAction.SUSPEND,
  OperationAction.RESUME,
  OperationAction.CLOSE,
]);
const OF_OTHERS: ReadonlySet<OperationAction> = new Set([
  OperationAction.SIGN,
  OperationAction.DECLINE,
  OperationAction.LEAVE,
]);
const WITH_SIGNATURES: ReadonlySet<OperationAction> = new Set([OperationAction.SIGN, OperationAction.OPEN]);
const WITH_LAST_POST: ReadonlySet<OperationAction> = new Set([OperationAction.LEAVE, OperationAction.CONTRIBUTE]);

/** Whether only the lead may do that. */
export function isOfLead(action: OperationAction): boolean {
  return OF_LEAD.has(action);
}

/** Whether every member but the lead may do that. */
export function isOfOthers(action: OperationAction): boolean {
  return OF_OTHERS.has(action);
}

function invalid(fault: string): OperationsError {
  return new OperationsError('OPERATIONS_ACT_INVALID', { context: { fault } });
}

/** It says what its action needs and nothing besides. @throws OperationsError OPERATIONS_ACT_INVALID. */
function assertComplete(terms: ActTerms, { lead, members }: InstalledCharter): void {
  const { action, number, member, signatures, lastPost, figures, report } = terms;
  if (action === OperationAction.UNSPECIFIED || number < 1) throw invalid('number');
  const isNamed = member !== '' && members.has(member as OfficeId) && member !== lead;
  if ((action === OperationAction.REMOVE) !== isNamed && (action === OperationAction.REMOVE || member !== ''))
    throw invalid('member');
  if (signatures.length > 0 !== WITH_SIGNATURES.has(action)) throw invalid('signatures');
  if (lastPost > 0 && !WITH_LAST_POST.has(action)) throw invalid('lastPost');
  if (figures === null ? action === OperationAction.CONTRIBUTE : !WITH_LAST_POST.has(action)) throw invalid('figures');
  if (figures !== null && !areFiguresSound(figures, members)) throw invalid('figures');
  if (report.length !== (action === OperationAction.SIGN_REPORT ? 32 : 0)) throw invalid('report');
}

/** @throws OperationsError OPERATIONS_SIGNATURE_INVALID. */
function assertSignatures({ signatures }: ActTerms, { trust, charter, at }: ActContext): void {
  const offices = signatures.map(({ office }) => office);
  const isRight = (signature: (typeof signatures)[number]): boolean => {
    const known = charter.signatures.get(signature.office as OfficeId);
    // What is on record is not asked again: its key may have ended since.
    if (known?.signature === signature.signature && known.protected === signature.protected) return true;
    return trust.isCharterSignature(charter, signature, at);
  };
  if (new Set(offices).size < offices.length || !signatures.every(isRight))
    throw new OperationsError('OPERATIONS_SIGNATURE_INVALID', { context: { id: charter.charter.id } });
}

function assertOpening({ signatures }: ActTerms, { charter, trust, at }: ActContext): void {
  const context = { id: charter.charter.id };
  const hasLead = signatures.some(({ office }) => office === charter.lead);
  if (!hasLead || signatures.length < charter.charter.quorum)
    throw new OperationsError('OPERATIONS_QUORUM_MISSING', { context });
  if (at !== null && charter.startsMs > later(at, trust.clockToleranceMs))
    throw new OperationsError('OPERATIONS_TOO_EARLY', { context });
}

/**
 * An act that its sender may say of this charter whatever else was said: so that every member that gets it comes to the
 * same result, in whatever order acts arrive.
 * @throws OperationsError OPERATIONS_NOT_MEMBER, OPERATIONS_NOT_LEAD, OPERATIONS_OF_LEAD, OPERATIONS_ACT_INVALID,
 * OPERATIONS_SIGNATURE_INVALID, OPERATIONS_QUORUM_MISSING, OPERATIONS_TOO_EARLY.
 */
export function assertActSound(context: ActContext, origin: OfficeId, terms: ActTerms): void {
  const { charter } = context;
  const { action } = terms;
  if (!charter.members.has(origin))
    throw new OperationsError('OPERATIONS_NOT_MEMBER', { context: { id: charter.charter.id, office: origin } });
  if (isOfLead(action) && origin !== charter.lead) throw new OperationsError('OPERATIONS_NOT_LEAD');
  if (isOfOthers(action) && origin === charter.lead) throw new OperationsError('OPERATIONS_OF_LEAD');
  assertComplete(terms, charter);
  assertSignatures(terms, context);
  if (action === OperationAction.SIGN && terms.signatures.some(({ office }) => office !== origin))
    throw new OperationsError('OPERATIONS_SIGNATURE_INVALID', { context: { id: charter.charter.id } });
  if (action === OperationAction.SIGN && terms.signatures.length !== 1) throw invalid('signatures');
  if (action === OperationAction.OPEN) assertOpening(terms, context);
}
