import { calculateJwkThumbprint } from 'jose';
import { describe, expect, it } from 'vitest';
import { fromBase64url, fromHex, fromUtf8, toBase64url, toHex } from '../../../services/core/foundation/index.ts';
import {
  ephemeralKey,
  fileSigner,
  fileUnsealer,
  generateSealingKey,
  generateSigningKey,
  jwkOf,
  parseSealingPublicKey,
  parseSigningPublicKey,
  pemOf,
  thumbprintOf,
} from '../../../services/core/trust/index.ts';
import { type KeyRow, keyVectors } from '../../vectors/keys/generator/generate.ts';
import { committedVectors } from './committed-vectors.ts';
import { seededRandom } from './fixtures.ts';

const vectors = committedVectors('keys', keyVectors());
const rows = (name: string): KeyRow[] => JSON.parse(fromUtf8(vectors.read(name))) as KeyRow[];
const fixed = (hex: string) => () => fromHex(hex);
const RFC7748 = {
  aliceSecret: '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a',
  alicePublic: '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
  bobPublic: 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
  shared: '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
};
const code = (value: string) => expect.objectContaining({ code: value });

describe('key vectors', () => {
  it('are what the committed generator makes, byte for byte', vectors.expectCommitted);
});

describe.each([
  ['parseSigningPublicKey', 'signing.json', parseSigningPublicKey],
  ['parseSealingPublicKey', 'sealing.json', parseSealingPublicKey],
] as const)('%s', (_, file, parse) => {
  it.each(rows(file))('$what', ({ crv, x, code: refused, kid }) => {
    if (refused !== null) expect(() => parse({ crv, x })).toThrow(code(refused));
    else expect(kid ?? parse({ crv, x }).kid).toBe(parse({ crv, x }).kid);
  });

  it('refuses a key of the other curve', () => {
    const other =
      file === 'signing.json' ? generateSealingKey(seededRandom('a')) : generateSigningKey(seededRandom('a'));
    expect(() => parse(other.publicKey)).toThrow(code('TRUST_KEY_INVALID'));
  });
});

describe('thumbprintOf', () => {
  it('is the thumbprint that jose computes', async () => {
    const { publicKey } = generateSigningKey(seededRandom('thumbprint'));
    expect(thumbprintOf(publicKey)).toBe(await calculateJwkThumbprint({ kty: 'OKP', ...publicKey }));
  });
});

describe('generateSigningKey', () => {
  it('makes the key of RFC 8032 section 7.1 test 1 from its secret', () => {
    const key = generateSigningKey(fixed('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'));
    expect(toHex(Buffer.from(key.publicKey.x, 'base64url'))).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
  });
});

describe('fileSigner', () => {
  it('makes the signature of RFC 8032 section 7.1 test 1', async () => {
    const key = generateSigningKey(fixed('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'));
    const signature = await fileSigner(key.privateJwk).sign(new Uint8Array(0));
    expect(toHex(signature)).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
  });

  const { privateJwk, publicKey } = generateSigningKey(seededRandom('private'));
  const other = generateSigningKey(seededRandom('other'));
  it.each([
    ['another member', privateJwk.replace('}', ',"use":"sig"}')],
    ['members in another order', privateJwk.replace('"crv":"Ed25519",', '').replace('}', ',"crv":"Ed25519"}')],
    ['white space', privateJwk.replace(',', ', ')],
    ['the public part of another key', privateJwk.replace(publicKey.x, other.publicKey.x)],
    ['a sealing key', generateSealingKey(seededRandom('private')).privateJwk],
    ['a secret whose text is not its only one', privateJwk.replace(/"d":"(.{42})."/, '"d":"$1_"')],
    ['no key at all', ''],
  ])('refuses %s, and says nothing of the key', (_, text) => {
    const attempt = () => fileSigner(text);
    expect(attempt).toThrow(code('TRUST_KEY_INVALID'));
    try {
      attempt();
    } catch (refused) {
      const said = JSON.stringify([String(refused), (refused as { context: unknown }).context]);
      expect(said).not.toContain(privateJwk.slice(25, 45));
    }
  });
});

describe('fileUnsealer', () => {
  it('agrees on the secret of RFC 7748 section 6.1', async () => {
    const alice = generateSealingKey(fixed(RFC7748.aliceSecret));
    const bob = parseSealingPublicKey({ crv: 'X25519', x: toBase64url(fromHex(RFC7748.bobPublic)) });
    expect(toHex(fromBase64url(alice.publicKey.x))).toBe(RFC7748.alicePublic);
    expect(toHex(await fileUnsealer([alice.privateJwk]).agree(alice.kid, bob))).toBe(RFC7748.shared);
  });

  it('holds every key it was given and no other', async () => {
    const [one, two, three] = ['1', '2', '3'].map((seed) => generateSealingKey(seededRandom(seed))) as [
      ReturnType<typeof generateSealingKey>,
      ReturnType<typeof generateSealingKey>,
      ReturnType<typeof generateSealingKey>,
    ];
    const unsealer = fileUnsealer([one.privateJwk, two.privateJwk]);
    expect([one, two, three].map(({ kid }) => unsealer.holds(kid))).toEqual([true, true, false]);
    await expect(unsealer.agree(three.kid, parseSealingPublicKey(one.publicKey))).rejects.toMatchObject({
      code: 'TRUST_UNSEALER_KEY_UNKNOWN',
    });
  });
});

describe('ephemeralKey', () => {
  it('shares the secret with the recipient', async () => {
    const recipient = generateSealingKey(seededRandom('recipient'));
    const ephemeral = ephemeralKey(seededRandom('ephemeral'));
    const secret = await fileUnsealer([recipient.privateJwk]).agree(
      recipient.kid,
      parseSealingPublicKey({ crv: 'X25519', x: ephemeral.x }),
    );
    expect(toHex(ephemeral.agree(parseSealingPublicKey(recipient.publicKey)))).toBe(toHex(secret));
  });
});

describe('pemOf and jwkOf', () => {
  it('write the key for openssl and for JOSE libraries', () => {
    const key = parseSigningPublicKey(generateSigningKey(seededRandom('pem')).publicKey);
    expect(pemOf(key)).toMatch(/^-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA/);
    expect(jwkOf(key)).toEqual({ kty: 'OKP', crv: 'Ed25519', x: key.key.x, kid: key.kid });
  });
});
