import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A certificate with which the maker of an authenticator vouches for it, and its key. */
export interface MakerCertificate {
  readonly der: Buffer;
  readonly key: KeyObject;
}

const OID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  country: '550406',
  organisation: '55040a',
  unit: '55040b',
  commonName: '550403',
  basicConstraints: '551d13',
} as const;

/** A certificate that anybody can make for themselves, of the form that WebAuthn Level 3 §8.2.1 asks of a maker's. */
export function makerCertificate(): MakerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = tlv(0x30, oid(OID.ecdsaWithSha256));
  const attribute = (type: string, tag: number, text: string): Buffer =>
    tlv(0x31, tlv(0x30, Buffer.concat([oid(type), tlv(tag, Buffer.from(text))])));
  const name = tlv(
    0x30,
    Buffer.concat([
      attribute(OID.country, 0x13, 'TH'),
      attribute(OID.organisation, 0x0c, 'Anybody'),
      attribute(OID.unit, 0x0c, 'Authenticator Attestation'),
      attribute(OID.commonName, 0x0c, 'Anybody'),
    ]),
  );
  const noAuthority = tlv(0x30, Buffer.concat([oid(OID.basicConstraints), tlv(0x04, tlv(0x30, Buffer.alloc(0)))]));
  const body = tlv(
    0x30,
    Buffer.concat([
      tlv(0xa0, tlv(0x02, Buffer.from([2]))),
      tlv(0x02, Buffer.from([1])),
      algorithm,
      name,
      tlv(0x30, Buffer.concat([tlv(0x17, Buffer.from('200101000000Z')), tlv(0x17, Buffer.from('490101000000Z'))])),
      name,
      publicKey.export({ type: 'spki', format: 'der' }),
      tlv(0xa3, tlv(0x30, noAuthority)),
    ]),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
  return { der: tlv(0x30, Buffer.concat([body, algorithm, tlv(0x03, signature)])), key: privateKey };
}

function oid(hex: string): Buffer {
  return tlv(0x06, Buffer.from(hex, 'hex'));
}

/** X.690 §8.1: tag, length, value. */
function tlv(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), value]);
}
