import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExitCode } from '../../../services/cli/exit-codes.ts';
import { runProgram } from '../../../services/cli/program.ts';

const POST = '01900000-0000-7000-8000-000000000001';
const CONTENT = Buffer.from('seen at the bridge');
const DIGEST = createHash('sha256').update(CONTENT).digest();

let folder: string;
let server: Server;
let asked: { url: string | undefined; type: string | undefined; body: string }[];
let answer: unknown;
let headers: Record<string, string>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blo-files-'));
  asked = [];
  headers = { 'content-type': 'application/json' };
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    asked.push({ url: request.url, type: request.headers['content-type'], body });
    response.writeHead(200, headers);
    response.end(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await writeFile(join(folder, 'token'), 'blo_token\n', { mode: 0o600 });
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

async function blo(...argv: readonly string[]) {
  const out: string[] = [];
  const print = (text: string): void => void out.push(text);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const code = await runProgram(['operation', ...argv, '--url', url, '--token-file', join(folder, 'token')], {
    terminal: { print, note: print, readInput: async () => '', readSecret: async () => '' },
    env: {},
    cwd: folder,
    untilStopped: () => new AbortController().signal,
  });
  return { code, out: out.join('\n') };
}

const OF_POST = ['op-naga', 'th-chiang-khong', POST];
const URL_OF_POST = `/v1/operations/op-naga/posts/th-chiang-khong/${POST}/attachments`;

describe('blo operation attach', () => {
  it('hands a file in as it is, under its own name, and says what it is called for a post', async () => {
    await writeFile(join(folder, 'seen.txt'), CONTENT);
    answer = {
      file: 'f1',
      mediaType: 'MEDIA_TYPE_TEXT',
      bytes: CONTENT.length,
      digest: DIGEST.toString('hex'),
      removed: ['Exif'],
    };
    const { code, out } = await blo('attach', 'op-naga', 'seen.txt', '--category', 'free-text', '--keep-metadata');
    expect(code).toBe(0);
    expect(out).toContain('text, 18 bytes');
    expect(out).toContain('Taken out: Exif.');
    expect(out).toContain('Its name for a post: f1');
    expect(asked).toEqual([
      {
        url: '/v1/operations/op-naga/attachments?category=DATA_CATEGORY_FREE_TEXT&name=seen.txt&keepMetadata=true',
        type: 'application/octet-stream',
        body: CONTENT.toString(),
      },
    ]);
  });
});

describe('blo operation files', () => {
  it('shows how far each file is, here and with the members', async () => {
    const holders = [
      { office: 'la-houayxay', state: 'sending', pieces: 2, code: '' },
      { office: 'mm-tachileik', state: 'refused', pieces: 0, code: 'ATTACHMENTS_STORE_FULL' },
    ];
    const facts = { name: 'seen.txt', category: 'DATA_CATEGORY_FREE_TEXT', bytes: 18, state: 'here' };
    answer = { items: [{ label: 'A1', ...facts, piecesHere: 3, pieces: 3, holders }] };
    const { out } = await blo('files', ...OF_POST);
    expect(asked[0]?.url).toBe(URL_OF_POST);
    for (const part of ['A1', 'free-text', '3 of 3', 'la-houayxay sending (2)', 'refused (ATTACHMENTS_STORE_FULL)'])
      expect(out).toContain(part);
  });
});

describe('blo operation save', () => {
  const save = () => blo('save', ...OF_POST, 'A1', '--to', 'out.txt');

  it('writes the file, for its owner alone, once its digest is right', async () => {
    answer = CONTENT;
    headers = { 'repr-digest': `sha-256=:${DIGEST.toString('base64')}:` };
    const { code, out } = await save();
    expect([code, out.includes(DIGEST.toString('hex'))]).toEqual([0, true]);
    expect(await readFile(join(folder, 'out.txt'), 'utf8')).toBe(CONTENT.toString());
    expect((await stat(join(folder, 'out.txt'))).mode & 0o077).toBe(0);
    expect(asked[0]?.url).toBe(`${URL_OF_POST}/A1`);
  });

  it('writes nothing over another file, and nothing whose digest is wrong', async () => {
    answer = CONTENT;
    headers = { 'repr-digest': 'sha-256=:AAAA:' };
    expect((await save()).code).not.toBe(ExitCode.OK);
    await expect(stat(join(folder, 'out.txt'))).rejects.toThrow();
    await writeFile(join(folder, 'out.txt'), 'mine');
    expect((await save()).code).not.toBe(ExitCode.OK);
    expect([asked.length, await readFile(join(folder, 'out.txt'), 'utf8')]).toEqual([1, 'mine']);
  });
});

describe('blo operation custody', () => {
  it('shows the chain of custody line by line', async () => {
    const line = { at: '2026-03-01T10:00:00.000Z', office: 'la-houayxay', by: 'officer-2', code: '', record: 7 };
    answer = {
      mediaType: 'MEDIA_TYPE_JPEG',
      bytes: 9,
      digest: 'aa',
      originalDigest: 'bb',
      lines: [{ ...line, event: 'opened' }],
    };
    const { out } = await blo('custody', ...OF_POST, 'A1');
    expect(asked[0]?.url).toBe(`${URL_OF_POST}/A1/custody`);
    for (const part of ['jpeg, 9 bytes, SHA-256 aa', 'As it was handed in: SHA-256 bb', 'opened', 'officer-2', '7'])
      expect(out).toContain(part);
  });
});

describe('blo operation read', () => {
  it('takes the number that the transcript shows as well as the id', async () => {
    answer = { entries: [{ office: 'th-chiang-khong', number: 3, id: POST }], items: [], by: 'officer-1' };
    expect((await blo('files', 'op-naga', 'th-chiang-khong', '3')).code).toBe(ExitCode.OK);
    expect((await blo('read', 'op-naga', 'th-chiang-khong/3')).code).toBe(ExitCode.OK);
    expect(asked.map(({ url }) => url)).toEqual([
      '/v1/operations/op-naga/transcript',
      URL_OF_POST,
      '/v1/operations/op-naga/transcript',
      `/v1/operations/op-naga/posts/th-chiang-khong/${POST}`,
    ]);
  });

  it('says so where no post has that number, or where no office is named', async () => {
    answer = {
      entries: [
        { office: 'th-chiang-khong', number: 3, id: POST },
        { office: 'la-houayxay', number: 4 },
      ],
    };
    for (const place of ['th-chiang-khong/4', 'la-houayxay/4', 'la-houayxay/3'])
      expect((await blo('read', 'op-naga', place)).code).toBe(ExitCode.FAILURE);
    expect((await blo('read', 'op-naga', '3')).code).toBe(ExitCode.USAGE);
  });
});
