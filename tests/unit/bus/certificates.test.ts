import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  certificateFingerprint,
  makeLinkAuthority,
  makeLinkCertificate,
} from '../../../services/core/bus/certificates/index.ts';
import { days, epochMs, later } from '../../../services/core/foundation/index.ts';

const notBefore = epochMs(Date.parse('2026-11-01T00:00:00Z'));
const validity = { notBefore, notAfter: later(notBefore, days(365)) };
const request = { commonName: 'th-chiang-khong', dnsNames: ['localhost'], ipAddresses: ['127.0.0.1', '::1'], validity };

describe('makeLinkCertificate', () => {
  it('makes a certificate that its authority, and no other, has signed', async () => {
    const [authority, other] = await Promise.all([
      makeLinkAuthority('Link authority TH', validity),
      makeLinkAuthority('Link authority TH', validity),
    ]);
    const made = new X509Certificate((await makeLinkCertificate(authority, request)).certPem);
    expect(made.checkIssued(new X509Certificate(authority.certPem))).toBe(true);
    expect(made.verify(new X509Certificate(authority.certPem).publicKey)).toBe(true);
    expect(made.verify(new X509Certificate(other.certPem).publicKey)).toBe(false);
  });
  it('names the office, the further names and the addresses, and is no authority', async () => {
    const made = new X509Certificate(
      (await makeLinkCertificate(await makeLinkAuthority('Link authority TH', validity), request)).certPem,
    );
    expect(made.checkHost('th-chiang-khong')).toBe('th-chiang-khong');
    expect(made.checkHost('localhost')).toBe('localhost');
    expect(made.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(made.subjectAltName).toContain('IP Address:0:0:0:0:0:0:0:1');
    expect(made.checkHost('la-houayxay')).toBeUndefined();
    expect(made.ca).toBe(false);
    expect(made.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
  });
  it('is valid in the given time', async () => {
    const made = new X509Certificate(
      (await makeLinkCertificate(await makeLinkAuthority('Link authority TH', validity), request)).certPem,
    );
    expect([Date.parse(made.validFrom), Date.parse(made.validTo)]).toEqual([validity.notBefore, validity.notAfter]);
  });
  it('refuses to let a link certificate sign another', async () => {
    const made = await makeLinkCertificate(await makeLinkAuthority('Link authority TH', validity), request);
    await expect(makeLinkCertificate(made, request)).rejects.toMatchObject({
      code: 'BUS_CERTIFICATE_INVALID',
      context: { kind: 'authority' },
    });
  });
  it('refuses an authority whose key is not its own', async () => {
    const [one, other] = await Promise.all([makeLinkAuthority('one', validity), makeLinkAuthority('other', validity)]);
    await expect(makeLinkCertificate({ ...one, keyPem: other.keyPem }, request)).rejects.toMatchObject({
      context: { kind: 'key' },
    });
  });
  it('refuses an address that is none', async () => {
    const authority = await makeLinkAuthority('one', validity);
    await expect(makeLinkCertificate(authority, { ...request, ipAddresses: ['127.0.0.256'] })).rejects.toMatchObject({
      context: { kind: 'address' },
    });
  });
});

describe('certificateFingerprint', () => {
  it('is that of the key, not of the certificate', async () => {
    const authority = await makeLinkAuthority('one', validity);
    const made = await makeLinkCertificate(authority, request);
    expect(made.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(certificateFingerprint(made.certPem)).toBe(made.fingerprint);
    expect(certificateFingerprint(authority.certPem)).not.toBe(made.fingerprint);
  });
  it('refuses what is not a certificate', () => {
    expect(() => certificateFingerprint('-----BEGIN CERTIFICATE-----')).toThrow(
      expect.objectContaining({ code: 'BUS_CERTIFICATE_INVALID' }),
    );
  });
});
