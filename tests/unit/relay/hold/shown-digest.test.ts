import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../../services/core/foundation/index.ts';
import { shownDigest } from '../../../../services/core/relay/hold/shown-digest.ts';
import { LA, TH } from '../../trust/fixtures.ts';

const ENVELOPE = 'e'.repeat(64) as Digest;
const part = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

describe('shownDigest', () => {
  it('is what anybody computes with a common tool', () => {
    const lines = `${ENVELOPE}\n${LA}\n${'01'.repeat(32)}\n${'02'.repeat(32)}`;
    expect(shownDigest(ENVELOPE, LA, [part(1), part(2)])).toBe(createHash('sha256').update(lines).digest('hex'));
  });

  it('differs with the envelope, the reader, the parts and their order', () => {
    const all = [
      shownDigest(ENVELOPE, LA, [part(1), part(2)]),
      shownDigest('f'.repeat(64) as Digest, LA, [part(1), part(2)]),
      shownDigest(ENVELOPE, TH, [part(1), part(2)]),
      shownDigest(ENVELOPE, LA, [part(1)]),
      shownDigest(ENVELOPE, LA, [part(2), part(1)]),
      shownDigest(ENVELOPE, LA, []),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
