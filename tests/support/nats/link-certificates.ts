import {
  type LinkCertificate,
  makeLinkAuthority,
  makeLinkCertificate,
  type TlsFiles,
} from '../../../services/core/bus/index.ts';
import { days, earlier, later, systemClock } from '../../../services/core/foundation/index.ts';
import { writePrivate } from './start-office-server.ts';

/** One side's certificate, its authority, and the files that a server reads. */
export interface TestCertificate extends LinkCertificate {
  readonly authorityPem: string;
  /** Another certificate under the same name, signed by the same authority over another key. */
  readonly anotherOfSameAuthority: () => Promise<LinkCertificate>;
}

/** A certificate of its own authority, for an office or hub that is reached on loopback. */
export async function testCertificate(commonName: string): Promise<TestCertificate> {
  const now = systemClock.now();
  const validity = { notBefore: earlier(now, days(1)), notAfter: later(now, days(2)) };
  const authority = await makeLinkAuthority(`Link authority of ${commonName}`, validity);
  const make = (): Promise<LinkCertificate> =>
    makeLinkCertificate(authority, { commonName, dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'], validity });
  return { ...(await make()), authorityPem: authority.certPem, anotherOfSameAuthority: make };
}

/** Writes one side's TLS files into `folder`, trusting the authorities of `others`. */
export async function tlsFiles(
  folder: string,
  own: LinkCertificate,
  others: readonly TestCertificate[],
): Promise<TlsFiles> {
  return {
    certFile: await writePrivate(folder, 'link.crt', own.certPem),
    keyFile: await writePrivate(folder, 'link.key', own.keyPem),
    caFile: await writePrivate(folder, 'link-authorities.crt', others.map((other) => other.authorityPem).join('')),
  };
}
