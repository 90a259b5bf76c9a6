import { AccessError } from '../../core/access/index.ts';
import { fromBase64url } from '../../core/foundation/index.ts';

/** The formats in which a new passkey may say where it comes from: not at all, or by its own signature alone. */
const FORMATS: ReadonlySet<unknown> = new Set(['none', 'packed']);

/**
 * A registration that brings no maker's certificate (WebAuthn Level 3 §6.5.3): none was asked for, this office trusts no
 * maker, and nothing here is to read certificates of a stranger's choice.
 *
 * @throws AccessError ACCESS_PASSKEY_REFUSED for any other format, a certificate, and what is no registration.
 */
export async function assertNoMaker(registration: unknown): Promise<void> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  let isOwnWord = false;
  try {
    const { attestationObject } = (registration as { readonly response: { readonly attestationObject: string } })
      .response;
    const object = decodeAttestationObject(new Uint8Array(fromBase64url(attestationObject)));
    isOwnWord = FORMATS.has(object.get('fmt')) && object.get('attStmt').get('x5c') === undefined;
  } catch (cause) {
    throw new AccessError('ACCESS_PASSKEY_REFUSED', { cause });
  }
  if (!isOwnWord) throw new AccessError('ACCESS_PASSKEY_REFUSED');
}
