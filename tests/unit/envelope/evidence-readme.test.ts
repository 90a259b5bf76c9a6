import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportEvidence } from '../../../services/core/envelope/index.ts';
import { days, fromUtf8, later, utf8 } from '../../../services/core/foundation/index.ts';
import { NOON } from '../../vectors/envelopes/generator/actors.ts';
import { crossingEvidence, protoFiles, store, underAgreement } from './evidence-fixtures.ts';

const files = exportEvidence({
  evidence: await crossingEvidence(await underAgreement()),
  store,
  protoFiles,
  exportedAt: later(NOON, days(40)),
});
const bytesOf = (name: string): Uint8Array => files.find((file) => file.name === name)?.bytes ?? utf8(`no ${name}`);
const textOf = (name: string): string => fromUtf8(bytesOf(name));

const folder = mkdtempSync(join(tmpdir(), 'liaison-evidence-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The commands of the README's blocks of that language. */
function blocks(language: string): readonly string[] {
  return [...textOf('README.md').matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\``, 'g'))].map(
    (match) => match[1] as string,
  );
}

function missing(tool: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${tool}`]);
    return false;
  } catch {
    console.warn(`${tool} is not installed: the README's steps with it were not run`);
    return true;
  }
}

function run(script: string): string {
  return execFileSync('sh', ['-eu', '-c', script], { cwd: folder, encoding: 'utf8' });
}

describe('the README of an evidence folder', () => {
  for (const { name, bytes } of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const [inclusion, parts] = blocks('python');
  writeFileSync(join(folder, 'check-inclusion.py'), inclusion ?? '');
  writeFileSync(join(folder, 'check-parts.py'), parts ?? '');
  const shell = blocks('sh');

  it.skipIf(missing('sha256sum'))('checks the files with sha256sum', () => {
    expect(run(shell[0] ?? 'false')).toContain('manifest.json: OK');
  });

  it.skipIf(missing('openssl'))('checks every signature with openssl', () => {
    const commands = shell.filter((block) => block.startsWith('openssl')).flatMap((block) => block.split('\n'));
    expect(commands.length).toBe(7);
    for (const command of commands) expect(run(command)).toContain('Signature Verified Successfully');
  });

  it.skipIf(missing('openssl'))('finds a signature that was altered', () => {
    const altered = new Uint8Array(bytesOf('origin/signature.bin'));
    altered[5] = (altered[5] ?? 0) ^ 1;
    writeFileSync(join(folder, 'altered.bin'), altered);
    const command = (shell.find((block) => block.startsWith('openssl'))?.split('\n')[0] ?? '').replace(
      'origin/signature.bin',
      'altered.bin',
    );
    expect(() => run(command)).toThrow();
    rmSync(join(folder, 'altered.bin'));
  });

  it.skipIf(missing('basenc'))('shows that the signing inputs are made of the files beside them', () => {
    const commands = shell.find((block) => block.startsWith('{ basenc')) ?? 'false';
    expect(() => run(commands)).not.toThrow();
  });

  it.skipIf(missing('python3'))('checks inclusion with Python, and finds an item that is not in the tree', () => {
    const command = shell.find((block) => block.startsWith('python3')) ?? 'false';
    expect(run(command).trimEnd().split('\n')).toEqual(['origin OK', 'frame OK', 'receipt-001 OK', 'crossing OK']);
    writeFileSync(join(folder, 'origin/item.bin'), 'something else');
    expect(() => run(`${command} 2>/dev/null`)).toThrow();
    writeFileSync(join(folder, 'origin/item.bin'), bytesOf('origin/item.bin'));
  });

  it.skipIf(missing('python3'))('checks the parts with Python', () => {
    const lines = run('python3 check-parts.py').trimEnd().split('\n');
    expect(lines.length).toBe(files.filter(({ name }) => name.startsWith('parts/')).length);
    expect(lines.every((line) => line.endsWith('OK'))).toBe(true);
  });

  it.skipIf(missing('protoc'))('decodes every message with protoc', () => {
    const commands = (shell.find((block) => block.startsWith('protoc')) ?? 'false').split('\n');
    for (const command of commands) expect(run(command).length).toBeGreaterThan(10);
  });
});
