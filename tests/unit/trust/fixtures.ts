import { createHash } from 'node:crypto';
import {
  type EpochMs,
  epochMs,
  type KeyId,
  type OfficeId,
  parseOfficeId,
} from '../../../services/core/foundation/index.ts';
import {
  fileSigner,
  fileUnsealer,
  generateSealingKey,
  generateSigningKey,
  type KeyOf,
  type NewKey,
  parseSealingPublicKey,
  type RandomBytes,
  type SealingPublicKey,
  type Signer,
  type SigningPublicKey,
  TrustError,
  type Unsealer,
} from '../../../services/core/trust/index.ts';

/** Bytes that look random and are the same at every run: SHA-256 of the seed and a counter. */
export function seededRandom(seed: string): RandomBytes {
  let counter = 0;
  return (size) => {
    const out = new Uint8Array(size);
    for (let at = 0; at < size; at += 32) {
      const block = createHash('sha256').update(`${seed}:${counter++}`).digest();
      out.set(block.subarray(0, Math.min(32, size - at)), at);
    }
    return out;
  };
}

export const NOW: EpochMs = epochMs(Date.UTC(2026, 10, 22, 8, 0, 0));

export const TH: OfficeId = parseOfficeId('th-chiang-khong');
export const LA: OfficeId = parseOfficeId('la-houayxay');
export const MM: OfficeId = parseOfficeId('mm-tachileik');

/** An office with one key of each use. */
export interface TestOffice {
  readonly office: OfficeId;
  readonly signingKey: NewKey;
  readonly sealingKey: NewKey;
  readonly signer: Signer;
  readonly unsealer: Unsealer;
  readonly sealTo: SealingPublicKey;
  readonly drillSigner: Signer;
  readonly drillUnsealer: Unsealer;
  readonly drillSealTo: SealingPublicKey;
}

export function testOffice(office: OfficeId, seed: string = office): TestOffice {
  const signingKey = generateSigningKey(seededRandom(`${seed}/signing`));
  const sealingKey = generateSealingKey(seededRandom(`${seed}/sealing`));
  const drillSigningKey = generateSigningKey(seededRandom(`${seed}/drill-signing`));
  const drillSealingKey = generateSealingKey(seededRandom(`${seed}/drill-sealing`));
  return {
    office,
    signingKey,
    sealingKey,
    signer: fileSigner(signingKey.privateJwk),
    unsealer: fileUnsealer([sealingKey.privateJwk]),
    sealTo: parseSealingPublicKey(sealingKey.publicKey),
    drillSigner: fileSigner(drillSigningKey.privateJwk),
    drillUnsealer: fileUnsealer([drillSealingKey.privateJwk]),
    drillSealTo: parseSealingPublicKey(drillSealingKey.publicKey),
  };
}

/** Knows exactly these signers' keys, for ever: those for what is real, and those for exercises. */
export function keysOf(
  signers: Readonly<Record<string, Signer>>,
  drillSigners: Readonly<Record<string, Signer>> = {},
): KeyOf {
  const known = (from: Readonly<Record<string, Signer>>) =>
    new Map<string, SigningPublicKey>(
      Object.entries(from).map(([name, signer]) => [`${name}/${signer.kid}`, signer.publicKey]),
    );
  const real = known(signers);
  const drills = known(drillSigners);
  return ({ signer, kid, drill }: { readonly signer: string; readonly kid: KeyId; readonly drill?: boolean }) => {
    const key = (drill === true ? drills : real).get(`${signer}/${kid}`);
    if (key === undefined && (drill === true ? real : drills).has(`${signer}/${kid}`))
      throw new TrustError('TRUST_KEY_USE_WRONG', { context: { signer } });
    if (key === undefined) throw new TrustError('TRUST_KEY_UNKNOWN', { context: { signer } });
    return key;
  };
}
