export { certificateFingerprint, makeLinkAuthority, makeLinkCertificate } from './make-certificates.ts';
export type { CertificateAndKey, LinkCertificate, LinkCertificateRequest, Validity } from './types.ts';
