import { randomBytes, webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  CryptoEngine,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
  RelativeDistinguishedNames,
} from 'pkijs';
import type { CertificateAndKey, Validity } from './types.ts';

const ECDSA_P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const OID = {
  commonName: '2.5.4.3',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectAltName: '2.5.29.17',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** KeyUsage bits, RFC 5280 §4.2.1.3. */
const DIGITAL_SIGNATURE = 0x80;
const CERT_SIGN_AND_CRL_SIGN = 0x06;

/** Signs with an ECDSA P-256 key; the issuer's name stands in what it signs. */
export interface Issuer {
  readonly name: string;
  readonly key: webcrypto.CryptoKey;
}

/** What a certificate says besides its key. */
export interface CertificateContent {
  readonly commonName: string;
  readonly validity: Validity;
  readonly extensions: readonly Extension[];
}

// pkijs is typed against the browser's Web Crypto; Node's is the same interface under other type names, hence `as never`.

/** A fresh ECDSA P-256 key pair. */
export async function newKeyPair(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ECDSA_P256, true, ['sign', 'verify']);
}

/** A signing key from PKCS #8 bytes. */
export async function signingKeyOf(pkcs8: Uint8Array): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', pkcs8, ECDSA_P256, false, ['sign']);
}

/** An X.509 version 3 certificate (RFC 5280) over `keys`, signed by `issuer`, with a random serial number. */
export async function buildCertificate(
  content: CertificateContent,
  keys: webcrypto.CryptoKeyPair,
  issuer: Issuer,
): Promise<CertificateAndKey> {
  const engine = new CryptoEngine({ name: 'node', crypto: webcrypto as never });
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ valueHex: positiveSerial() });
  certificate.issuer = distinguishedName(issuer.name);
  certificate.subject = distinguishedName(content.commonName);
  certificate.notBefore.value = new Date(content.validity.notBefore);
  certificate.notAfter.value = new Date(content.validity.notAfter);
  certificate.extensions = [...content.extensions];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey as never, engine);
  await certificate.sign(issuer.key as never, 'SHA-256', engine);
  return {
    certPem: pem('CERTIFICATE', certificate.toSchema(true).toBER(false)),
    keyPem: pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)),
  };
}

/** The extensions of an authority that signs link certificates and no further authorities. */
export function authorityExtensions(): Extension[] {
  return [
    extension(OID.basicConstraints, true, new BasicConstraints({ cA: true, pathLenConstraint: 0 }).toSchema()),
    extension(OID.keyUsage, true, keyUsage(CERT_SIGN_AND_CRL_SIGN, 1)),
  ];
}

/** The extensions of a link certificate: either end of a TLS connection, under these names. */
export function linkExtensions(dnsNames: readonly string[], ipAddresses: readonly Uint8Array[]): Extension[] {
  const names = [
    ...dnsNames.map((value) => new GeneralName({ type: 2, value })),
    ...ipAddresses.map(
      (bytes) => new GeneralName({ type: 7, value: new asn1js.OctetString({ valueHex: exactBuffer(bytes) }) }),
    ),
  ];
  return [
    extension(OID.basicConstraints, true, new BasicConstraints({ cA: false }).toSchema()),
    extension(OID.keyUsage, true, keyUsage(DIGITAL_SIGNATURE, 7)),
    extension(
      OID.extendedKeyUsage,
      false,
      new ExtKeyUsage({ keyPurposes: [OID.serverAuth, OID.clientAuth] }).toSchema(),
    ),
    extension(OID.subjectAltName, false, new GeneralNames({ names }).toSchema()),
  ];
}

function keyUsage(bits: number, unusedBits: number): asn1js.BitString {
  return new asn1js.BitString({ valueHex: exactBuffer(Uint8Array.of(bits)), unusedBits });
}

function extension(extnID: string, critical: boolean, value: asn1js.AsnType): Extension {
  return new Extension({ extnID, critical, extnValue: value.toBER(false) });
}

function distinguishedName(commonName: string): RelativeDistinguishedNames {
  const value = new asn1js.Utf8String({ value: commonName });
  return new RelativeDistinguishedNames({
    typesAndValues: [new AttributeTypeAndValue({ type: OID.commonName, value })],
  });
}

function positiveSerial(): ArrayBuffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return exactBuffer(serial);
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
