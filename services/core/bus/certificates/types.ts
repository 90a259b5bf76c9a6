import type { EpochMs } from '../../foundation/index.ts';

/** From when until when a certificate is valid. */
export interface Validity {
  readonly notBefore: EpochMs;
  readonly notAfter: EpochMs;
}

/** A certificate with its private key, PEM. The key is PKCS #8 and unencrypted: write it with mode 0600. */
export interface CertificateAndKey {
  readonly certPem: string;
  readonly keyPem: string;
}

/** A link certificate, and the fingerprint that the other side pins. */
export interface LinkCertificate extends CertificateAndKey {
  readonly fingerprint: string;
}

/** Whom a link certificate is for. */
export interface LinkCertificateRequest {
  /** The office or hub id; also its first DNS name. */
  readonly commonName: string;
  /** Further DNS names under which it is dialled. */
  readonly dnsNames: readonly string[];
  /** Further addresses under which it is dialled, IPv4 or IPv6. */
  readonly ipAddresses: readonly string[];
  readonly validity: Validity;
}
