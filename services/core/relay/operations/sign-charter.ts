import type { OfficeId } from '../../foundation/index.ts';
import { type InstalledCharter, type Signer, signaturesIn, signDocument, writeCharterText } from '../../trust/index.ts';
import { type Charter, CharterForm, type CharterSignature } from '../../wire/index.ts';
import { RelayError } from '../errors.ts';
import type { RelayContext } from '../parts.ts';
import { OperationsError } from './errors.ts';

/** What charters of this office are signed with: of an exercise a key for exercises. @throws RelayError RELAY_DRILL_KEY_MISSING. */
function signerFor({ signer, drillSigner }: RelayContext, drill: boolean): Signer {
  const found = drill ? drillSigner : signer;
  if (found === null) throw new RelayError('RELAY_DRILL_KEY_MISSING');
  return found;
}

/**
 * The charter with the lead's signature: of the light form made here, of the national form what the own authority made.
 * @throws OperationsError OPERATIONS_SIGNATURE_INVALID where a national form comes without its document, or the reverse.
 */
export async function proposalDocument(
  context: RelayContext,
  charter: Charter,
  document: Uint8Array,
): Promise<Uint8Array> {
  const isNational = charter.form === CharterForm.NATIONAL;
  if (isNational !== document.length > 0)
    throw new OperationsError('OPERATIONS_SIGNATURE_INVALID', { context: { field: 'document' } });
  return isNational
    ? document
    : await signDocument('charter', writeCharterText(charter), [signerFor(context, charter.drill)]);
}

/**
 * This office's signature of the charter: made here, or taken from the document that its national authority signed.
 * @throws OperationsError OPERATIONS_SIGNATURE_INVALID; TrustError TRUST_DOCUMENT_*; RelayError RELAY_DRILL_KEY_MISSING.
 */
export async function ownSignature(
  context: RelayContext,
  installed: InstalledCharter,
  document: Uint8Array,
): Promise<CharterSignature> {
  const { charter, document: known } = installed;
  const isNational = charter.form === CharterForm.NATIONAL;
  const fault = new OperationsError('OPERATIONS_SIGNATURE_INVALID', { context: { field: 'document' } });
  if (isNational !== document.length > 0) throw fault;
  const signed = isNational ? document : await signDocument('charter', known.text, [signerFor(context, charter.drill)]);
  const own = signaturesIn(signed, known)
    .map((signature) => ({ ...signature, office: context.self as OfficeId }))
    .find((signature) => context.trust().isCharterSignature(installed, signature, context.clock.now()));
  if (own === undefined) throw fault;
  return { office: own.office, protected: own.protected, signature: own.signature };
}
