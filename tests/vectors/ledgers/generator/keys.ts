import { parseOfficeId, sha256, utf8 } from '../../../../services/core/foundation/index.ts';
import { fileSigner, generateSigningKey, jwkOf, type KeyOf, type Signer } from '../../../../services/core/trust/index.ts';

export const OWN = parseOfficeId('th-chiang-khong');
export const PEER = parseOfficeId('la-houayxay');
export const OTHER = parseOfficeId('mm-tachileik');

/** A signing key that is the same in every run: its secret is a digest of the office's name. For vectors only. */
function signerOf(office: string): Signer {
  return fileSigner(generateSigningKey(() => sha256(utf8(`liaison ledger vectors: ${office}`))).privateJwk);
}

export const SIGNERS: Readonly<Record<string, Signer>> = { [OWN]: signerOf(OWN), [PEER]: signerOf(PEER), [OTHER]: signerOf(OTHER) };

/** The public keys as they stand in `keys.json`. */
export const KEYS_JSON = Object.fromEntries(Object.entries(SIGNERS).map(([office, signer]) => [office, jwkOf(signer.publicKey)]));

/** Each office has its one key, whenever it is asked for. @throws Error for any other key. */
export const keyOf: KeyOf = ({ kid, signer }) => {
  const key = SIGNERS[signer]?.publicKey;
  if (key?.kid !== kid) throw Object.assign(new Error('no such key'), { code: 'TRUST_KEY_UNKNOWN' });
  return key;
};
