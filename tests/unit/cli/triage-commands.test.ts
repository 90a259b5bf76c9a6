import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../../services/cli/program.ts';

let folder: string;
let server: Server;
let asked: { method: string | undefined; url: string | undefined; body: unknown }[];
const STEP = {
  step: 1,
  at: '2026-03-01T08:00:00Z',
  officer: 'officer-1',
  action: 'TRIAGE_ACTION_NOTE',
  note: { state: 'present', text: 'At the pier' },
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blo-triage-'));
  asked = [];
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    asked.push({ method: request.method, url: request.url, body: text === '' ? undefined : JSON.parse(text) });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ triage: { step: 4 }, steps: request.url?.includes('none') ? [] : [STEP] }));
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
  const code = await runProgram(['triage', ...argv, '--url', url, '--token-file', join(folder, 'token')], {
    terminal: { print, note: print, readInput: async () => '', readSecret: async () => '' },
    env: {},
    cwd: folder,
    untilStopped: () => new AbortController().signal,
  });
  return { code, out: out.join('\n') };
}

describe('blo triage', () => {
  it.each([
    [['assign', 'm1', 'officer-2'], { action: 'TRIAGE_ACTION_ASSIGN', assignee: 'officer-2' }],
    [['assign', 'm1'], { action: 'TRIAGE_ACTION_ASSIGN' }],
    [['case', 'm1', 'NK-7'], { action: 'TRIAGE_ACTION_CASE', caseReference: 'NK-7' }],
    [['note', 'm1', 'At the pier'], { action: 'TRIAGE_ACTION_NOTE', note: 'At the pier', noteLanguage: 'en' }],
    [['close', 'm1', '--outcome', 'seizure'], { action: 'TRIAGE_ACTION_CLOSE', outcome: 'TRIAGE_OUTCOME_SEIZURE' }],
    [['reopen', 'm1'], { action: 'TRIAGE_ACTION_REOPEN' }],
    [
      ['restrict', 'm1', 'narcotics', 'customs'],
      { action: 'TRIAGE_ACTION_RESTRICT', agencies: ['narcotics', 'customs'] },
    ],
    [['restrict', 'm1'], { action: 'TRIAGE_ACTION_RESTRICT', agencies: [] }],
  ])('says %j on the newest step', async (argv, body) => {
    expect((await blo(...argv)).code).toBe(0);
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v1/messages/m1/triage',
      'POST /v1/messages/m1/triage',
    ]);
    expect(asked[1]?.body).toEqual({ ...body, step: 4 });
  });

  it('acts on the step that is named, of the message of that office', async () => {
    await blo('reopen', 'm1', '--step', '2', '--origin', 'la-houayxay');
    expect(asked).toEqual([
      {
        method: 'POST',
        url: '/v1/messages/m1/triage?origin=la-houayxay',
        body: { action: 'TRIAGE_ACTION_REOPEN', step: 2 },
      },
    ]);
  });

  it('shows who did what', async () => {
    const { out } = await blo('show', 'm1');
    expect(out).toContain('officer-1');
    expect(out).toContain('At the pier');
    expect((await blo('show', 'none')).out).toBe('Nobody has done anything with it.');
  });

  it('knows the outcomes that there are', async () => {
    expect((await blo('close', 'm1', '--outcome', 'whatever')).code).not.toBe(0);
    expect(asked).toEqual([]);
  });
});
