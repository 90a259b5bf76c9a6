import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const MIN_BYTES = 1024;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** A text as it goes over the line. */
export interface Encoded {
  readonly bytes: Uint8Array;
  readonly encoding: 'br' | 'gzip' | undefined;
}

/** The text in the best form that the client takes (RFC 9110 §12.5.3); a short one as it is. */
export async function encoded(text: string, acceptEncoding: string | undefined): Promise<Encoded> {
  const bytes = Buffer.from(text, 'utf8');
  const encoding = bytes.length < MIN_BYTES ? undefined : chosen(acceptEncoding ?? '');
  if (encoding === 'br')
    return { bytes: await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }), encoding };
  if (encoding === 'gzip') return { bytes: await zip(bytes), encoding };
  return { bytes, encoding };
}

function chosen(acceptEncoding: string): 'br' | 'gzip' | undefined {
  const taken = acceptEncoding
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().split(/\s*;\s*/))
    .filter(([, quality]) => !/^q=0(\.0*)?$/.test(quality ?? ''))
    .map(([name]) => name);
  if (taken.includes('br')) return 'br';
  return taken.includes('gzip') ? 'gzip' : undefined;
}
