import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initNationHome } from '../../../services/cli/home/nation-home.ts';
import { renderOperation } from '../../../services/cli/operation/render-operation.ts';
import { runProgram } from '../../../services/cli/program.ts';
import type { NationCode } from '../../../services/core/foundation/index.ts';
import { claimsOf, writeCharterText } from '../../../services/core/trust/index.ts';
import { type Charter, CharterForm, OperationRole } from '../../../services/core/wire/index.ts';
import { charterOf } from '../relay/operations/charters.ts';

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly body: unknown;
}

let folder: string;
let server: Server;
let asked: Asked[];
let answer: unknown;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blo-operation-'));
  asked = [];
  answer = { recipients: [{ office: 'la-houayxay' }, { office: 'mm-tachileik' }] };
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    asked.push({ method: request.method, url: request.url, body: text === '' ? undefined : JSON.parse(text) });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
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
  const isOffline = argv[1] === 'sign-charter';
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const where = isOffline ? [] : ['--url', url, '--token-file', join(folder, 'token')];
  const code = await runProgram([...argv, ...where], {
    terminal: { print, note: print, readInput: async () => '', readSecret: async () => '' },
    env: {},
    cwd: folder,
    untilStopped: () => new AbortController().signal,
  });
  return { code, out: out.join('\n') };
}

async function charterFile(init: Partial<Charter> = {}): Promise<string> {
  const file = join(folder, 'charter.json');
  await writeFile(file, writeCharterText(charterOf(init)));
  return file;
}

describe('blo operation', () => {
  it('proposes a charter from its text', async () => {
    const { code, out } = await blo('operation', 'propose', await charterFile());
    expect([code, out]).toEqual([0, 'op-naga is proposed to la-houayxay, mm-tachileik.']);
    expect(asked).toMatchObject([{ method: 'POST', url: '/v1/operations', body: { charter: { id: 'op-naga' } } }]);
  });

  it.each([
    ['sign', 'SIGN'],
    ['decline', 'DECLINE'],
    ['leave', 'LEAVE'],
    ['suspend', 'SUSPEND'],
    ['resume', 'RESUME'],
    ['close', 'CLOSE'],
  ])('says %s', async (verb, action) => {
    expect((await blo('operation', verb, 'op-naga', '--text', 'Storm')).code).toBe(0);
    const body = { action: `OPERATION_ACTION_${action}`, text: 'Storm', textLanguage: 'en' };
    expect(asked).toEqual([{ method: 'POST', url: '/v1/operations/op-naga/acts', body }]);
  });

  it('removes the member that it is told', async () => {
    await blo('operation', 'remove', 'op-naga', 'mm-tachileik');
    expect(asked[0]?.body).toEqual({ action: 'OPERATION_ACTION_REMOVE', member: 'mm-tachileik' });
  });

  it('lists, shows and writes the charter to a file', async () => {
    answer = { items: [] };
    expect((await blo('operation', 'list', '--state', 'live')).out).toBe('There is no operation.');
    answer = { payload: 'e30', signatures: [] };
    expect((await blo('operation', 'charter', 'op-naga', '--out', 'signed.json')).code).toBe(0);
    expect(await readFile(join(folder, 'signed.json'), 'utf8')).toBe(JSON.stringify(answer));
    expect(asked.map(({ url }) => url)).toEqual(['/v1/operations?state=live', '/v1/operations/op-naga/charter']);
  });

  it('writes the text of a charter without its signatures, as a start for another', async () => {
    const text = writeCharterText(charterOf({}));
    answer = { payload: Buffer.from(text).toString('base64url'), signatures: [{ protected: 'e30', signature: 'AA' }] };
    expect((await blo('operation', 'charter', 'op-naga', '--unsigned', '--out', 'next.json')).code).toBe(0);
    expect(await readFile(join(folder, 'next.json'), 'utf8')).toBe(Buffer.from(text).toString('utf8'));
    expect((await blo('operation', 'charter', 'op-naga', '--unsigned', '--json')).out).toContain('"id": "op-naga"');
  });

  it('lets nations sign the national form offline, one after the other, and proposes and signs with that file', async () => {
    const nations = ['TH', 'LA', 'MM'];
    for (const nation of nations) await initNationHome(join(folder, nation), nation as NationCode);
    const file = await charterFile({ form: CharterForm.NATIONAL });
    for (const nation of nations) {
      const { code, out } = await blo('operation', 'sign-charter', file, '--nation', nation);
      expect([code, out]).toEqual([0, `${nation} has signed op-naga.`]);
    }
    const signed = await readFile(file);
    expect(claimsOf(new Uint8Array(signed))).toMatchObject({ kind: 'charter' });
    expect(claimsOf(new Uint8Array(signed)).signedBy).toHaveLength(3);
    await blo('operation', 'propose', file);
    await blo('operation', 'sign', 'op-naga', '--document', file);
    expect(asked.map(({ body }) => (body as { document: string }).document)).toEqual([String(signed), String(signed)]);
  });

  it('does not let a nation sign the light form, or what it is no member of', async () => {
    await initNationHome(join(folder, 'VN'), 'VN' as NationCode);
    await initNationHome(join(folder, 'TH'), 'TH' as NationCode);
    const light = await charterFile();
    expect((await blo('operation', 'sign-charter', light, '--nation', 'TH')).code).not.toBe(0);
    const national = await charterFile({ form: CharterForm.NATIONAL });
    expect((await blo('operation', 'sign-charter', national, '--nation', 'VN')).code).not.toBe(0);
    const twoLeads = charterOf().members.map((one) => ({ ...one, role: OperationRole.LEAD }));
    const unsound = await charterFile({ form: CharterForm.NATIONAL, members: twoLeads });
    expect((await blo('operation', 'sign-charter', unsound, '--nation', 'TH', '--json')).out).toContain(
      'TRUST_CHARTER_MEMBERS_INVALID',
    );
  });
});

describe('renderOperation', () => {
  it('says first that it is an exercise, and lets no control character through', () => {
    const member = {
      office: 'th-chiang-khong',
      role: 'OPERATION_ROLE_LEAD',
      state: 'joined',
      dutyContact: 'Desk\u001b[2J',
    };
    const text = renderOperation({
      id: 'op-naga',
      drill: true,
      members: [member],
      charter: { words: ['a\u001bb'] },
      acts: [],
    });
    expect(text).toContain('EXERCISE op-naga');
    expect(text).not.toContain('\u001b');
  });
});
