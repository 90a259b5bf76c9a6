import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { fakeOffice, inbound } from '../fake-office.ts';

const PAGE = '<script nonce="__CSP_NONCE__" src="/console/assets/a-1.js"></script><meta nonce="__CSP_NONCE__">';

function built(): { readonly folder: string; readonly office: ReturnType<typeof fakeOffice> } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'assets/a-1.js'), 'plain');
  writeFileSync(join(folder, 'assets/a-1.js.br'), 'brotli');
  writeFileSync(join(folder, 'assets/a-1.js.gz'), 'gzip');
  writeFileSync(join(folder, 'secret.html'), 'no');
  return { folder, office: fakeOffice({ consoleFolder: folder }) };
}

describe('the console', () => {
  it.each(['/console/', '/console/inbox', '/console/held/outbound.th-chiang-khong.x.y', '/console/secret.html'])(
    'is its page at %s, under a nonce of this answer alone',
    async (url) => {
      const { office } = built();
      const answers = [await office.ask('GET', url, { role: null }), await office.ask('GET', url, { role: null })];
      const nonces = answers.map(
        ({ headers }) => /'nonce-([\w-]{22})'/.exec(String(headers['content-security-policy']))?.[1],
      );
      expect(new Set(nonces).size).toBe(2);
      for (const [index, { status, text, headers }] of answers.entries()) {
        expect([status, headers['cache-control'], headers['content-type']]).toEqual([
          200,
          'no-store',
          'text/html; charset=utf-8',
        ]);
        expect(text).toBe(PAGE.replaceAll('__CSP_NONCE__', nonces[index] ?? ''));
        expect(headers['content-security-policy']).toBe(
          `default-src 'none'; script-src 'nonce-${nonces[index]}'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
        );
        expect(headers).toMatchObject({
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        });
        expect(headers['permissions-policy']).toContain('camera=(self)');
      }
    },
  );

  it.each(['/', '/console'])('is where %s leads', async (url) => {
    const { status, headers } = await built().office.ask('GET', url, { role: null });
    expect([status, headers['location']]).toEqual([302, '/console/']);
  });

  it.each([
    ['br, gzip', 'br', 'brotli'],
    ['gzip', 'gzip', 'gzip'],
    ['identity', undefined, 'plain'],
  ])('gives an asset to who takes %s as it was compressed beforehand', async (accept, encoding, text) => {
    const headers = { 'accept-encoding': accept };
    const answer = await built().office.ask('GET', '/console/assets/a-1.js', { role: null, headers });
    expect([answer.status, answer.headers['content-encoding'], answer.text]).toEqual([200, encoding, text]);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toContain('javascript');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    '/console/assets/b.js',
    '/console/assets/..%2f..%2fetc%2fpasswd',
    '/console/assets/.hidden',
    '/console/assets/a-1.js.br',
  ])('has nothing at %s', async (url) => {
    expect((await built().office.ask('GET', url, { role: null })).json.code).toBe('OFFICE_ROUTE_UNKNOWN');
  });

  it('is only read', async () => {
    const { office } = built();
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await office.ask(method, '/console/', { role: null })).status).toBe(404);
    expect((await office.ask('HEAD', '/console/', { role: null })).status).toBe(200);
  });

  it('says that it is not there, and the rest works on', async () => {
    const { folder, office } = built();
    rmSync(join(folder, 'index.html'));
    const answer = await office.ask('GET', '/console/', { role: null });
    expect([answer.status, answer.json.code]).toEqual([503, 'OFFICE_CONSOLE_MISSING']);
    expect((await office.ask('GET', '/healthz', { role: null })).status).toBe(200);
  });

  it('is told to come over TLS alone from then on, where there is TLS', async () => {
    expect(
      (await built().office.ask('GET', '/console/', { role: null })).headers['strict-transport-security'],
    ).toBeUndefined();
  });
});

describe('an answer of the API', () => {
  const asked = async (accept: string) => {
    const office = fakeOffice();
    for (let number = 1; number < 20; number++) office.put(inbound(number));
    const headers = { 'accept-encoding': accept, authorization: `Bearer ${office.tokens.officer}` };
    await office.people.ready();
    return office.http.app.inject({ method: 'GET', url: '/v1/inbox', headers });
  };

  it('is compressed where it is long and the client takes it', async () => {
    const plain = await asked('identity');
    const brotli = await asked('gzip, br');
    const gzip = await asked('gzip;q=0.5');
    expect([plain, brotli, gzip].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip']);
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(plain.payload);
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.payload);
    expect((await asked('br;q=0')).headers['content-encoding']).toBeUndefined();
  });
});
