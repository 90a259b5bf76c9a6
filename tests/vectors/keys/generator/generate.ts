import { fromHex, toBase64url } from '../../../../services/core/foundation/index.ts';
import { signingKey, sealingKey, text } from '../../envelopes/generator/actors.ts';

/** A public key and whether it may be used; the code that refuses it, null where it is sound. */
export interface KeyRow {
  readonly what: string;
  readonly crv: string;
  readonly x: string;
  readonly code: string | null;
  /** RFC 7638 thumbprint of a sound key. */
  readonly kid?: string;
}

const hex = (digits: string): string => toBase64url(fromHex(digits));
const refused = (crv: 'Ed25519' | 'X25519') => (what: string, x: string): KeyRow => ({ what, crv, x, code: 'TRUST_KEY_INVALID' });
const ed = refused('Ed25519');
const x = refused('X25519');
const FF = 'ff'.repeat(31);

const SIGNING: readonly KeyRow[] = [
  { what: 'RFC 8037 appendix A.2', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', code: null, kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k' },
  { what: 'a key of these vectors', ...signingKey('th-current').publicKey, code: null, kid: signingKey('th-current').kid },
  ed('31 bytes', toBase64url(new Uint8Array(31).fill(9))),
  ed('33 bytes', toBase64url(new Uint8Array(33).fill(9))),
  ed('empty', ''),
  ed('padding', `${signingKey('th-current').publicKey.x}=`),
  ed('the same bytes with another last character', `${'11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUR'}p`),
  ed('base64 instead of base64url', '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo'),
  { what: 'the name of the other curve', crv: 'X25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', code: null },
  ed('y = 0, order 4', hex('00'.repeat(32))),
  ed('y = 0 with the sign bit, order 4', hex(`${'00'.repeat(31)}80`)),
  ed('y = 1, the neutral element', hex(`01${'00'.repeat(31)}`)),
  ed('y = -1, order 2', hex(`ec${'ff'.repeat(30)}7f`)),
  ed('order 8', hex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')),
  ed('order 8 with the sign bit', hex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85')),
  ed('order 8, the other', hex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a')),
  ed('order 8, the other, with the sign bit', hex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa')),
  ed('y = p, that is 0 written too large', hex(`ed${'ff'.repeat(30)}7f`)),
  ed('y = p + 1, that is 1 written too large', hex(`ee${'ff'.repeat(30)}7f`)),
  ed('y = p + 3, of large order but written too large', hex(`f0${'ff'.repeat(30)}7f`)),
  ed('y = 2, not on the curve', hex(`02${'00'.repeat(31)}`)),
];

const SEALING: readonly KeyRow[] = [
  { what: 'RFC 7748 section 6.1, Alice', crv: 'X25519', x: hex('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a'), code: null },
  { what: 'a key of these vectors', ...sealingKey('la-sealing').publicKey, code: null, kid: sealingKey('la-sealing').kid },
  x('31 bytes', toBase64url(new Uint8Array(31).fill(9))),
  x('u = 0', hex('00'.repeat(32))),
  x('u = 1', hex(`01${'00'.repeat(31)}`)),
  x('u = -1', hex(`ec${'ff'.repeat(30)}7f`)),
  x('order 8', hex('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800')),
  x('order 8 on the twist', hex('5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157')),
  x('u = p', hex(`ed${'ff'.repeat(30)}7f`)),
  x('u = p + 1', hex(`ee${'ff'.repeat(30)}7f`)),
  x('the highest bit set', hex(`09${FF.slice(2)}80`)),
];

/** All files of tests/vectors/keys that are made, by their names in that folder. */
export function keyVectors(): ReadonlyMap<string, Uint8Array> {
  return new Map([
    ['signing.json', text(SIGNING.filter(({ crv }) => crv === 'Ed25519'))],
    ['sealing.json', text([...SEALING, ...SIGNING.filter(({ crv }) => crv === 'X25519').map((row) => ({ ...row, what: 'a point of the other curve is a point here as well' }))])],
  ]);
}
