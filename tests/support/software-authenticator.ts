import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { makerCertificate } from './maker-certificate.ts';

/** What a software authenticator can be told to get wrong. */
export interface Misbehaviour {
  /** The page's origin as the browser would see it. */
  readonly origin?: string;
  readonly rpId?: string;
  /** The person was not asked for a finger or a PIN. */
  readonly unverified?: true;
  /** Signs with a key of its own making. */
  readonly wrongKey?: true;
  readonly counter?: number;
  readonly userHandle?: string;
  /** How a new passkey says where it comes from; left out, `none`. */
  readonly attestation?: Attestation;
}

/** `self` signs with the passkey itself, `maker` and `fido-u2f` with a key that brings a certificate (§8.2, §8.6). */
export type Attestation = 'self' | 'maker' | 'fido-u2f';

/** A passkey in software: it answers as a browser with an authenticator would, with real keys and signatures. */
export interface SoftwareAuthenticator {
  readonly id: string;
  /** navigator.credentials.create(), WebAuthn Level 3 §5.1.3, with the attestation `none` (§8.7) unless told otherwise. */
  readonly create: (options: CreationOptions, wrong?: Misbehaviour) => unknown;
  /** navigator.credentials.get(), §5.1.4. */
  readonly get: (options: { readonly challenge: string }, wrong?: Misbehaviour) => unknown;
}

interface CreationOptions {
  readonly challenge: string;
  readonly user: { readonly id: string };
}

const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

/** An authenticator that belongs to a page of `origin`. */
export function softwareAuthenticator(origin: string, algorithm: 'ES256' | 'EdDSA' = 'ES256'): SoftwareAuthenticator {
  const credentialId = randomBytes(32);
  const id = b64(credentialId);
  const { publicKey, privateKey } = keyPair(algorithm);
  let counter = 0;
  let handle = '';

  const clientData = (type: string, challenge: string, wrong: Misbehaviour): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin: wrong.origin ?? origin, crossOrigin: false }));
  const authData = (wrong: Misbehaviour, attested: Buffer): Buffer => {
    const isCreation = attested.length > 0;
    // Flags of §6.1: user present, user verified, attested data included.
    const flags = 0x01 | (wrong.unverified === true ? 0 : 0x04) | (isCreation ? 0x40 : 0);
    const count = Buffer.alloc(4);
    counter = wrong.counter ?? counter + 1;
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(wrong.rpId ?? new URL(origin).hostname), Buffer.from([flags]), count, attested]);
  };

  return {
    id,
    create: ({ challenge, user }, wrong = {}) => {
      handle = user.id;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey(publicKey, algorithm)]);
      const data = authData(wrong, attested);
      const client = clientData('webauthn.create', challenge, wrong);
      const signed = { key: privateKey, data: Buffer.concat([data, sha256(client)]) };
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        cborText('fmt'),
        cborText(wrong.attestation === undefined ? 'none' : wrong.attestation === 'fido-u2f' ? 'fido-u2f' : 'packed'),
        cborText('attStmt'),
        statementOf(wrong.attestation, signed, u2fData(data, client, credentialId, publicKey)),
        cborText('authData'),
        cborBytes(data),
      ]);
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: b64(client),
          attestationObject: b64(attestation),
          transports: ['internal'],
        },
      };
    },
    get: ({ challenge }, wrong = {}) => {
      const client = clientData('webauthn.get', challenge, wrong);
      const data = authData(wrong, Buffer.alloc(0));
      const key = wrong.wrongKey === true ? keyPair(algorithm).privateKey : privateKey;
      const signature = sign(algorithm === 'EdDSA' ? null : 'sha256', Buffer.concat([data, sha256(client)]), key);
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: b64(client),
          authenticatorData: b64(data),
          signature: b64(signature),
          userHandle: wrong.userHandle ?? handle,
        },
      };
    },
  };
}

/** What a U2F key signs, FIDO U2F Raw Message Formats §4.3. */
function u2fData(data: Buffer, client: Buffer, credentialId: Buffer, key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const point = [Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return Buffer.concat([Buffer.from([0]), data.subarray(0, 32), sha256(client), credentialId, ...point]);
}

/** The attestation statement as CBOR; of an ES256 key. */
function statementOf(
  attestation: Attestation | undefined,
  own: { readonly key: KeyObject; readonly data: Buffer },
  u2f: Buffer,
): Buffer {
  if (attestation === undefined) return Buffer.from([0xa0]);
  const algorithm = [cborText('alg'), Buffer.from([0x26])];
  if (attestation === 'self')
    return Buffer.concat([Buffer.from([0xa2]), ...algorithm, cborText('sig'), signature(own.data, own.key)]);
  const { der, key } = makerCertificate();
  const certified = [cborText('x5c'), Buffer.from([0x81]), cborBytes(der), cborText('sig')];
  return attestation === 'fido-u2f'
    ? Buffer.concat([Buffer.from([0xa2]), ...certified, signature(u2f, key)])
    : Buffer.concat([Buffer.from([0xa3]), ...algorithm, ...certified, signature(own.data, key)]);
}

function signature(data: Buffer, key: KeyObject): Buffer {
  return cborBytes(sign('sha256', data, key));
}

function keyPair(algorithm: 'ES256' | 'EdDSA'): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return algorithm === 'EdDSA'
    ? generateKeyPairSync('ed25519')
    : generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}

/** RFC 9053 §7: kty, alg, crv and coordinates under small integers. */
function coseKey(key: KeyObject, algorithm: 'ES256' | 'EdDSA'): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const coordinate = (text: string): Buffer => cborBytes(Buffer.from(text, 'base64url'));
  // Keys 1, 3, -1, -2 and -3 as CBOR writes them: 01, 03, 20, 21, 22.
  if (algorithm === 'EdDSA')
    return Buffer.concat([Buffer.from([0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21]), coordinate(x)]);
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    coordinate(x),
    Buffer.from([0x22]),
    coordinate(y),
  ]);
}

/** RFC 8949 §3: a text of fewer than 24 bytes. */
function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
}

/** RFC 8949 §3: bytes of a length below 65,536. */
function cborBytes(bytes: Buffer): Buffer {
  const head =
    bytes.length < 24
      ? [0x40 + bytes.length]
      : bytes.length < 256
        ? [0x58, bytes.length]
        : [0x59, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from(head), bytes]);
}
