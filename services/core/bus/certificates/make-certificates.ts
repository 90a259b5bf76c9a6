import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { toHex } from '../../foundation/index.ts';
import { BusError } from '../errors.ts';
import {
  authorityExtensions,
  buildCertificate,
  linkExtensions,
  newKeyPair,
  signingKeyOf,
} from './build-certificate.ts';
import type { CertificateAndKey, LinkCertificate, LinkCertificateRequest, Validity } from './types.ts';

/** A self-signed authority (ECDSA P-256) that may sign link certificates and nothing else. */
export async function makeLinkAuthority(name: string, validity: Validity): Promise<CertificateAndKey> {
  const keys = await newKeyPair();
  return buildCertificate({ commonName: name, validity, extensions: authorityExtensions() }, keys, {
    name,
    key: keys.privateKey,
  });
}

/**
 * A certificate (ECDSA P-256) for either end of a link, signed by `authority`.
 *
 * @throws BusError BUS_CERTIFICATE_INVALID for an authority that cannot be read, or an address that is none.
 */
export async function makeLinkCertificate(
  authority: CertificateAndKey,
  request: LinkCertificateRequest,
): Promise<LinkCertificate> {
  const issuer = await issuerOf(authority);
  const extensions = linkExtensions([request.commonName, ...request.dnsNames], request.ipAddresses.map(addressBytes));
  const made = await buildCertificate(
    { commonName: request.commonName, validity: request.validity, extensions },
    await newKeyPair(),
    issuer,
  );
  return { ...made, fingerprint: certificateFingerprint(made.certPem) };
}

/**
 * What a server pins of a certificate: SHA-256 over the DER of its public key (SubjectPublicKeyInfo), in lowercase
 * hexadecimal. It stays the same when a certificate is renewed over the same key.
 *
 * @throws BusError BUS_CERTIFICATE_INVALID when `certPem` is not a certificate.
 */
export function certificateFingerprint(certPem: string): string {
  const spki = readCertificate(certPem).publicKey.export({ type: 'spki', format: 'der' });
  return toHex(createHash('sha256').update(spki).digest());
}

async function issuerOf(
  authority: CertificateAndKey,
): Promise<{ name: string; key: Awaited<ReturnType<typeof signingKeyOf>> }> {
  const certificate = readCertificate(authority.certPem);
  const name = /^CN=(.+)$/m.exec(certificate.subject)?.[1];
  if (name === undefined || !certificate.ca)
    throw new BusError('BUS_CERTIFICATE_INVALID', { context: { kind: 'authority' } });
  try {
    const key = createPrivateKey(authority.keyPem);
    if (!certificate.checkPrivateKey(key)) throw new TypeError('the key is not that of the certificate');
    return { name, key: await signingKeyOf(key.export({ type: 'pkcs8', format: 'der' })) };
  } catch (cause) {
    throw new BusError('BUS_CERTIFICATE_INVALID', { cause, context: { kind: 'key' } });
  }
}

function readCertificate(certPem: string): X509Certificate {
  try {
    return new X509Certificate(certPem);
  } catch (cause) {
    throw new BusError('BUS_CERTIFICATE_INVALID', { cause, context: { kind: 'certificate' } });
  }
}

function addressBytes(address: string): Uint8Array {
  if (isIP(address) === 4) return Uint8Array.from(address.split('.'), Number);
  if (isIP(address) === 6) return sixteenBytes(address);
  throw new BusError('BUS_CERTIFICATE_INVALID', { context: { kind: 'address' } });
}

function sixteenBytes(address: string): Uint8Array {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string | undefined): string[] => (text === undefined || text === '' ? [] : text.split(':'));
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...new Array<string>(missing).fill('0'), ...groups(tail)];
  return Uint8Array.from(all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]));
}
