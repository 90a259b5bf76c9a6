import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectRoot, readSource } from './source-files.ts';

// Some packages of protoc come without the files of google.protobuf; these say as much of them as the contract uses.
const includes = mkdtempSync(join(tmpdir(), 'liaison-protoc-'));
afterAll(() => rmSync(includes, { recursive: true, force: true }));
mkdirSync(join(includes, 'google/protobuf'), { recursive: true });
writeFileSync(join(includes, 'google/protobuf/timestamp.proto'), 'syntax = "proto3"; package google.protobuf; message Timestamp { int64 seconds = 1; int32 nanos = 2; }');
writeFileSync(
  join(includes, 'google/protobuf/descriptor.proto'),
  'syntax = "proto2"; package google.protobuf; message FieldOptions { extensions 1000 to max; } message MessageOptions { extensions 1000 to max; }',
);

const proto = join(projectRoot, 'proto');
const files = readdirSync(join(proto, 'liaison/v1')).map((name) => `liaison/v1/${name}`);
const protoc = (args: readonly string[], input: Uint8Array) => spawnSync('protoc', ['-I', proto, '-I', includes, ...args, ...files], { input, timeout: 30_000 });

const isThere = spawnSync('protoc', ['--version']).status === 0;
if (!isThere) console.warn('skipped: no protoc on the PATH to read the parts with');

const vectors = JSON.parse(readSource('tests/vectors/wire/parts-valid.json')) as { parts: { message: string; value: string }[] }[];
const values = new Map(vectors.flatMap((vector) => vector.parts).map((part) => [`${part.message} ${part.value}`, part]));

describe('protoc', () => {
  it.skipIf(!isThere).each([...values.values()])('reads a part of $message and writes the same bytes', ({ message, value }) => {
    const bytes = Buffer.from(value, 'hex');
    const text = protoc([`--decode=liaison.v1.${message}`], bytes);
    expect(text.stderr.toString()).toBe('');
    expect(text.stdout.toString()).not.toMatch(/^\s*\d+:/m);
    expect(protoc([`--encode=liaison.v1.${message}`], text.stdout).stdout.toString('hex')).toBe(value);
  });
});
