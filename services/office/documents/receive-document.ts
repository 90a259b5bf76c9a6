import { DocumentKind } from '../../core/wire/index.ts';
import { OfficeError } from '../errors.ts';
import type { TrustKeeper } from './trust-keeper.ts';

/**
 * A document that a neighbour passed on, or a charter of an operation that this office was invited to, is in force and kept when it resolves. A neighbour has no say in this office's
 * policy.
 *
 * @throws OfficeError OFFICE_DOCUMENT_MISPLACED for a policy bundle or a kind that is none; as `TrustKeeper.receive`.
 */
export async function receiveDocument(
  trust: Pick<TrustKeeper, 'receive'>,
  kind: DocumentKind,
  bytes: Uint8Array,
): Promise<void> {
  if (kind === DocumentKind.DIRECTORY) await trust.receive('directory', bytes);
  else if (kind === DocumentKind.AGREEMENT) await trust.receive('agreement', bytes);
  else if (kind === DocumentKind.CHARTER) await trust.receive('charter', bytes);
  else throw new OfficeError('OFFICE_DOCUMENT_MISPLACED');
}
