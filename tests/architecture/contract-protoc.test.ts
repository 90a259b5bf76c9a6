import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot, readSource } from './source-files.ts';

const proto = join(projectRoot, 'proto');
const files = readdirSync(join(proto, 'liaison/v1')).map((name) => `liaison/v1/${name}`);
const protoc = (args: readonly string[], input: Uint8Array) =>
  spawnSync('protoc', ['-I', proto, '-I', join(proto, 'include'), ...args, ...files], { input, timeout: 30_000 });

const isThere = spawnSync('protoc', ['--version']).status === 0;
if (!isThere) console.warn('skipped: no protoc on the PATH to read the parts with');

const vectors = JSON.parse(readSource('tests/vectors/wire/parts-valid.json')) as {
  parts: { message: string; value: string }[];
}[];
const values = new Map(
  vectors.flatMap((vector) => vector.parts).map((part) => [`${part.message} ${part.value}`, part]),
);

describe('protoc', () => {
  it.skipIf(!isThere).each([...values.values()])(
    'reads a part of $message and writes the same bytes',
    ({ message, value }) => {
      const bytes = Buffer.from(value, 'hex');
      const text = protoc([`--decode=liaison.v1.${message}`], bytes);
      expect(text.stderr.toString()).toBe('');
      expect(text.stdout.toString()).not.toMatch(/^\s*\d+:/m);
      expect(protoc([`--encode=liaison.v1.${message}`], text.stdout).stdout.toString('hex')).toBe(value);
    },
  );
});
