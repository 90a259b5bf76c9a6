import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeLinkAuthority, makeLinkCertificate } from '../../../../services/core/bus/index.ts';
import type { EpochMs } from '../../../../services/core/foundation/index.ts';
import { isLoopback } from '../../../../services/office/console-config.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { fakeOffice } from '../fake-office.ts';

const DAY = 86_400_000;

async function certificate(): Promise<{
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}> {
  const validity = { notBefore: (Date.now() - DAY) as EpochMs, notAfter: (Date.now() + DAY) as EpochMs };
  const authority = await makeLinkAuthority('Test authority', validity);
  const made = await makeLinkCertificate(authority, {
    commonName: 'office',
    dnsNames: ['localhost'],
    ipAddresses: ['127.0.0.1'],
    validity,
  });
  return { authority: authority.certPem, certificate: made.certPem, key: made.keyPem };
}

describe('an office with a certificate', () => {
  it('is served over TLS, and says that it always is', async () => {
    const tls = await certificate();
    const folder = join(temporaryFolder(), 'console');
    mkdirSync(folder);
    writeFileSync(join(folder, 'index.html'), '<p>');
    const office = fakeOffice({ tls, consoleFolder: folder });
    const address = await office.http.listen('127.0.0.1', 0);
    onTestFinished(() => office.http.close());
    expect(address).toMatch(/^https:/);
    for (const path of ['/healthz', '/console/']) {
      const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
        request(`${address}${path}`, { ca: tls.authority, agent: false }, (response) => {
          response.resume().once('end', () => resolve({ ...response.headers, status: response.statusCode }));
        })
          .once('error', reject)
          .end();
      });
      expect(headers).toMatchObject({ status: 200, 'strict-transport-security': 'max-age=31536000' });
    }
  });
});

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1', '[::1]'])('is this machine: %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example', 'localhost.example', '1127.0.0.1'])(
    'is not: %s',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
