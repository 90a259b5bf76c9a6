import {
  type EpochMs,
  isLiaisonError,
  type KeyId,
  type NationCode,
  type OfficeId,
} from '../../core/foundation/index.ts';
import type { Signer, TrustStore, Unsealer } from '../../core/trust/index.ts';
import { OfficeError } from '../errors.ts';
import type { DocumentFault } from './document-record.ts';

/**
 * The own nation's directory is in force and lists this office with the keys it has: what it signs would otherwise be
 * refused by every neighbour, and what is sealed to it could not be opened.
 *
 * @throws OfficeError OFFICE_DIRECTORY_UNUSABLE, OFFICE_DOCUMENT_ROLLBACK, OFFICE_NOT_LISTED.
 */
export function assertOwnStanding(parts: {
  readonly office: OfficeId;
  readonly nation: NationCode;
  readonly store: TrustStore;
  readonly faults: readonly DocumentFault[];
  readonly signer: Signer;
  readonly unsealer: Unsealer;
  /** Null where the office has no key for exercises, and need not have any listed. */
  readonly drillSigner: Signer | null;
  readonly drillUnsealer: Unsealer;
  readonly now: EpochMs;
}): void {
  const { office, nation, store, now } = parts;
  const own = store.directoryOf(nation);
  if (own === undefined) {
    const refused = parts.faults.filter(({ file }) => file.startsWith('directories/'));
    const rolledBack = refused.find(({ code }) => code === 'OFFICE_DOCUMENT_ROLLBACK');
    if (rolledBack !== undefined)
      throw new OfficeError('OFFICE_DOCUMENT_ROLLBACK', { context: { file: rolledBack.file } });
    throw new OfficeError('OFFICE_DIRECTORY_UNUSABLE', {
      context: { nation, refused: refused.map(({ file, code }) => `${file} ${code}`).join(', ') },
    });
  }
  if (own.expiresMs <= now) throw new OfficeError('OFFICE_DIRECTORY_UNUSABLE', { context: { nation, expired: true } });
  try {
    store.keysForArrival(now)({ kid: parts.signer.kid, signer: office, signedMs: now, drill: false });
    const { kid } = store.sealingKeyOf(office, now);
    if (!parts.unsealer.holds(kid)) throw new OfficeError('OFFICE_NOT_LISTED', { context: { office, key: 'sealing' } });
    if (parts.drillSigner !== null) assertDrillStanding(parts, parts.drillSigner.kid);
  } catch (cause) {
    if (cause instanceof OfficeError || !isLiaisonError(cause)) throw cause;
    throw new OfficeError('OFFICE_NOT_LISTED', { cause, context: { office, reason: cause.code } });
  }
}

function assertDrillStanding(
  {
    office,
    store,
    drillUnsealer,
    now,
  }: { readonly office: OfficeId; readonly store: TrustStore; readonly drillUnsealer: Unsealer; readonly now: EpochMs },
  signing: KeyId,
): void {
  store.keysForArrival(now)({ kid: signing, signer: office, signedMs: now, drill: true });
  const { kid } = store.sealingKeyOf(office, now, true);
  if (!drillUnsealer.holds(kid))
    throw new OfficeError('OFFICE_NOT_LISTED', { context: { office, key: 'drill-sealing' } });
}
