import { type KeyId, toBase64url, utf8 } from '../foundation/index.ts';
import { HeadKind } from '../wire/index.ts';
import { equalBytes } from './equal-bytes.ts';
import { TrustError } from './errors.ts';

const TYPES: ReadonlyMap<HeadKind, string> = new Map([
  [HeadKind.ENVELOPE, 'liaison-envelope'],
  [HeadKind.FRAME, 'liaison-frame'],
  [HeadKind.RECEIPT, 'liaison-receipt'],
  [HeadKind.LEDGER, 'liaison-ledger'],
  [HeadKind.REGION, 'liaison-region'],
  [HeadKind.HUB, 'liaison-hub'],
]);

const BEFORE_KID = '{"alg":"Ed25519","b64":false,"crit":["b64"],"kid":"';
const KID_LENGTH = 43;

function typeOf(kind: HeadKind): string {
  const type = TYPES.get(kind);
  if (type === undefined) throw new TypeError('no signature is made over a tree of that kind');
  return type;
}

/**
 * The one protected header that a proof of that kind has (RFC 7515 §4; `b64` by RFC 7797 §3, `alg` by RFC 9864 §2.2):
 * no white space, members in alphabetical order.
 */
export function proofHeader(kind: HeadKind, kid: KeyId): Uint8Array {
  return utf8(`${BEFORE_KID}${kid}","typ":"${typeOf(kind)}"}`);
}

/** The key id of a protected header that is byte for byte the one of its kind. @throws TrustError TRUST_PROOF_HEADER_INVALID. */
export function parseProofHeader(bytes: Uint8Array, kind: HeadKind): KeyId {
  const at = BEFORE_KID.length;
  const kid = Buffer.from(bytes.subarray(at, at + KID_LENGTH)).toString('latin1');
  if (!/^[A-Za-z0-9_-]{43}$/.test(kid) || !equalBytes(bytes, proofHeader(kind, kid as KeyId))) {
    throw new TrustError('TRUST_PROOF_HEADER_INVALID');
  }
  return kid as KeyId;
}

/** What an Ed25519 signature of a proof is made over: BASE64URL(protected) || "." || head (RFC 7515 §5.1 step 8, RFC 7797 §3). */
export function proofSigningInput(protectedHeader: Uint8Array, head: Uint8Array): Uint8Array {
  const text = utf8(`${toBase64url(protectedHeader)}.`);
  const input = new Uint8Array(text.length + head.length);
  input.set(text);
  input.set(head, text.length);
  return input;
}
