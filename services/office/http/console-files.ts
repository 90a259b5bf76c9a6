import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toBase64url } from '../../core/foundation/index.ts';
import { OfficeError } from '../errors.ts';
import { encoded } from './compress.ts';

const NONCE_PLACE = '__CSP_NONCE__';
const NAME = /^(?:[A-Za-z0-9_-]+\/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;
const ASSETS = 'assets/';
const HEAD_TOO = { exposeHeadRoute: true };
const YEAR_SECONDS = 365 * 24 * 3600;

/** What every file of the console is served with, beside the policy of the page. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), geolocation=(), microphone=(), payment=(), usb=()',
};

/** What a page of the console may do: run and load what this node serves, and nothing else; strings become no markup. */
function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** Adds the console's files at `/console/`; every address below it that is no file is the page itself. */
export function serveConsole(app: FastifyInstance, folder: string): void {
  const page = pageReader(join(folder, 'index.html'));
  void app.register(async (scope) => {
    await scope.register(staticFiles, {
      root: folder,
      serve: false,
      preCompressed: true,
      cacheControl: false,
      dotfiles: 'ignore',
      index: false,
    });
    const sendPage = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const nonce = toBase64url(randomBytes(16));
      const text = (await page()).replaceAll(NONCE_PLACE, nonce);
      const { bytes, encoding } = await encoded(text, request.headers['accept-encoding']);
      return reply
        .headers({
          ...HEADERS,
          'cache-control': 'no-store',
          'content-security-policy': pagePolicy(nonce),
          vary: 'accept-encoding',
          ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
        })
        .type('text/html; charset=utf-8')
        .send(bytes);
    };
    const toConsole = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
      reply.header('cache-control', 'no-store').redirect('/console/', 302);
    scope.get('/', HEAD_TOO, toConsole);
    scope.get('/console', HEAD_TOO, toConsole);
    scope.get('/console/*', HEAD_TOO, async (request, reply) => {
      const name = (request.params as { readonly '*': string })['*'];
      if (!(await isFile(folder, name))) {
        if (name.startsWith(ASSETS)) throw new OfficeError('OFFICE_ROUTE_UNKNOWN');
        return sendPage(request, reply);
      }
      return reply
        .headers({
          ...HEADERS,
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
          // The name of an asset holds a digest of what it says.
          'cache-control': name.startsWith(ASSETS) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
        })
        .sendFile(name);
    });
  });
}

/** The page as it lies in the folder now, read again when it changed. @throws OfficeError OFFICE_CONSOLE_MISSING. */
function pageReader(path: string): () => Promise<string> {
  let known: { readonly at: number; readonly text: string } | undefined;
  return async () => {
    try {
      const { mtimeMs } = await stat(path);
      if (known?.at !== mtimeMs) known = { at: mtimeMs, text: await readFile(path, 'utf8') };
      return known.text;
    } catch (cause) {
      throw new OfficeError('OFFICE_CONSOLE_MISSING', { cause, context: { retryAfterSeconds: 60 } });
    }
  };
}

async function isFile(folder: string, name: string): Promise<boolean> {
  if (!NAME.test(name) || /\.(html|br|gz)$/.test(name)) return false;
  const found = await stat(join(folder, name)).catch(() => undefined);
  return found?.isFile() === true;
}
