import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../deploy/bootstrap/build.mjs';
import { projectRoot } from '../../deploy/bootstrap/paths.mjs';
import { type BloResult, blo } from './run-blo.ts';

// Two nations set up an office each, from nothing to a link and an agreement, as their operators would.
let folder: string;

async function run(...argv: readonly string[]): Promise<BloResult> {
  return blo(argv, { cwd: folder });
}

async function json(...argv: readonly string[]): Promise<Record<string, unknown>> {
  const result = await run(...argv, '--json');
  expect(result, result.stderr).toMatchObject({ code: 0 });
  return result.json();
}

async function failure(...argv: readonly string[]): Promise<{ code: number; error: unknown }> {
  const result = await run(...argv, '--json');
  return { code: result.code, error: (result.json()['error'] as { code: string }).code };
}

const modeOf = async (file: string): Promise<number> => (await stat(join(folder, file))).mode & 0o777;

beforeAll(async () => {
  await ensureBuilt(projectRoot);
  folder = await mkdtemp(join(tmpdir(), 'liaison-blo-'));
  for (const nation of ['TH', 'LA']) await json('nation', 'init', nation, '--home', nation);
  for (const [office, nation, ...more] of [
    ['th-chiang-khong', 'TH', '--listen', '127.0.0.1:7422'],
    ['la-houayxay', 'LA'],
  ] as const) {
    const { thumbprint } = JSON.parse(await readFile(join(folder, nation, 'nation.json'), 'utf8')) as {
      thumbprint: string;
    };
    const { entry } = await json(
      'office',
      'init',
      office,
      '--home',
      office,
      '--root',
      thumbprint,
      '--name',
      `Office ${office}`,
      ...more,
    );
    await writeFile(join(folder, nation, 'offices', `${office}.json`), await readFile(String(entry)));
  }
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('blo nation init', () => {
  it('keeps the root key to its owner, and overwrites nothing', async () => {
    expect(await modeOf('TH/root.jwk')).toBe(0o600);
    expect(await modeOf('TH')).toBe(0o700);
    expect(await failure('nation', 'init', 'TH', '--home', 'TH')).toEqual({ code: 1, error: 'CLI_FILE_EXISTS' });
    expect(await failure('nation', 'init', 'Thailand', '--home', 'X')).toEqual({
      code: 1,
      error: 'FOUNDATION_ID_INVALID',
    });
  });

  it('prints nothing of the key', async () => {
    const { d } = JSON.parse(await readFile(join(folder, 'TH/root.jwk'), 'utf8')) as { d: string };
    const shown = await run('nation', 'init', 'MM', '--home', 'MM');
    expect(shown.stdout).not.toContain(d);
    expect(shown.stdout).toMatch(/thumbprint {2}[A-Za-z0-9_-]{43}/);
  });
});

describe('blo office init', () => {
  it('keeps every key to its owner', async () => {
    for (const file of [
      'keys/signing.jwk',
      'keys/sealing-1.jwk',
      'keys/node.nk',
      'keys/operator.nk',
      'tls/link.key',
      'tls/authority.key',
    ]) {
      expect(await modeOf(`th-chiang-khong/${file}`), file).toBe(0o600);
    }
    expect(await modeOf('th-chiang-khong/keys')).toBe(0o700);
  });

  it('overwrites nothing', async () => {
    const root = 'A'.repeat(43);
    expect(await failure('office', 'init', 'th-chiang-khong', '--home', 'th-chiang-khong', '--root', root)).toEqual({
      code: 1,
      error: 'CLI_FILE_EXISTS',
    });
  });

  it('exits 2 without the root key of the nation', async () => {
    expect((await run('office', 'init', 'th-x', '--home', 'x')).code).toBe(2);
  });
});

describe('blo office link and blo server config', () => {
  it('make two configurations that fit together from the cards that were exchanged', async () => {
    await json('office', 'link', 'la-houayxay', '--home', 'th-chiang-khong', '--accepts');
    await json('office', 'link', 'th-chiang-khong', '--home', 'la-houayxay', '--dials', '127.0.0.1:7422');
    expect(await failure('server', 'config', '--home', 'la-houayxay')).toEqual({
      code: 1,
      error: 'CLI_FILE_UNREADABLE',
    });
    const card = async (from: string, to: string): Promise<void> =>
      writeFile(
        join(folder, to, 'links', `${from}.json`),
        await readFile(join(folder, from, 'links', `for-${to}.json`)),
      );
    await card('th-chiang-khong', 'la-houayxay');
    await card('la-houayxay', 'th-chiang-khong');
    const { file } = await json('server', 'config', '--home', 'la-houayxay');
    expect(await readFile(String(file), 'utf8')).toContain('url: "tls://127.0.0.1:7422"');
    const { file: accepting } = await json(
      'server',
      'config',
      '--home',
      'th-chiang-khong',
      '--server-version',
      '2.15.1',
    );
    const { leafKey } = JSON.parse(
      await readFile(join(folder, 'la-houayxay/links/for-th-chiang-khong.json'), 'utf8'),
    ) as { leafKey: string };
    expect(await readFile(String(accepting), 'utf8')).toContain(leafKey);
    expect(await modeOf('la-houayxay/nats/leaf-th-chiang-khong.seed.conf')).toBe(0o600);
  });

  it('know each neighbour once', async () => {
    expect(await failure('office', 'link', 'la-houayxay', '--home', 'th-chiang-khong', '--accepts')).toEqual({
      code: 1,
      error: 'CLI_FILE_EXISTS',
    });
    expect((await run('office', 'link', 'la-vientiane', '--home', 'th-chiang-khong')).code).toBe(2);
  });
});

describe('blo directory', () => {
  it('issues one directory after the other', async () => {
    expect(await json('directory', 'sign', '--home', 'TH')).toMatchObject({
      sequence: 1,
      offices: ['th-chiang-khong'],
      revoked: 0,
    });
    const shown = await json('directory', 'show', 'TH/directory.json');
    const [office] = shown['offices'] as readonly { keys: readonly { key: { x: string } }[] }[];
    expect(office?.keys).toHaveLength(4);
    expect(
      await json('directory', 'sign', '--home', 'TH', '--revoke', 'B'.repeat(43), '--reason', 'lost'),
    ).toMatchObject({ sequence: 2, revoked: 1 });
    expect(await json('directory', 'sign', '--home', 'TH')).toMatchObject({ sequence: 3, revoked: 1 });
  });

  it('refuses an entry of another nation or of no form', async () => {
    await writeFile(join(folder, 'MM/offices/th-x.json'), '{}');
    expect(await failure('directory', 'sign', '--home', 'MM')).toEqual({ code: 1, error: 'WIRE_JSON_INVALID' });
  });
});

describe('blo agreement', () => {
  it('goes from draft to signed by both, and is verified', async () => {
    const parties = ['--party', 'TH/nation.json', '--party', 'LA/nation.json'];
    const offices = ['--office', 'th-chiang-khong', '--office', 'la-houayxay'];
    await json(
      'agreement',
      'draft',
      '--id',
      'mou-la-th',
      '--title',
      'A memorandum',
      ...parties,
      ...offices,
      '--out',
      'mou.json',
    );
    expect(await failure('agreement', 'verify', 'mou.json')).toEqual({ code: 1, error: 'TRUST_DOCUMENT_MALFORMED' });
    await json('agreement', 'sign', 'mou.json', '--home', 'TH');
    expect(await failure('agreement', 'verify', 'mou.json')).toEqual({
      code: 1,
      error: 'TRUST_DOCUMENT_SIGNATURE_MISSING',
    });
    expect(await failure('agreement', 'sign', 'mou.json', '--home', 'MM')).toEqual({
      code: 1,
      error: 'CLI_INPUT_INVALID',
    });
    expect(await failure('agreement', 'sign', 'mou.json', '--home', 'TH')).toEqual({
      code: 1,
      error: 'TRUST_DOCUMENT_SIGNATURE_FOREIGN',
    });
    await json('agreement', 'sign', 'mou.json', '--home', 'LA');
    const verified = await json('agreement', 'verify', 'mou.json');
    expect(verified).toMatchObject({ verified: true, id: 'mou-la-th', version: 1 });
    expect(verified['daysLeft']).toBeGreaterThan(700);
    expect(await json('agreement', 'show', 'mou.json')).toMatchObject({ trustLevel: 'TRUST_LEVEL_PERSONS' });
  });

  it('notices one changed character', async () => {
    const text = await readFile(join(folder, 'mou.json'), 'utf8');
    const document = JSON.parse(text) as { payload: string };
    const payload = Buffer.from(
      Buffer.from(document.payload, 'base64url').toString('utf8').replace('A memorandum', 'B memorandum'),
    ).toString('base64url');
    await writeFile(join(folder, 'forged.json'), text.replace(document.payload, payload));
    expect(await failure('agreement', 'verify', 'forged.json')).toEqual({
      code: 1,
      error: 'TRUST_DOCUMENT_SIGNATURE_INVALID',
    });
  });
});

describe('blo policy', () => {
  const bundle = join(projectRoot, 'deploy/policies/th');

  it('checks, tests and explains what is shipped', async () => {
    expect(await json('policy', 'check', bundle)).toMatchObject({ sound: true });
    expect(await json('policy', 'test', bundle)).toMatchObject({ failed: 0 });
    const explained = await run('policy', 'explain', bundle, 'th.withhold-biometrics');
    expect(explained.code).toBe(0);
    expect(explained.stdout).toContain('th.withhold-biometrics (forbids, 10-export.cedar:');
    expect((await run('policy', 'explain', 'baseline')).code).toBe(0);
    expect(explained.stdout).not.toContain('two named persons');
  });

  it("shows a nation's limits, and which policies take two persons", async () => {
    const mm = join(projectRoot, 'deploy/policies/mm');
    const limits = { breakGlass: { openReviews: 1, reviewHours: 48 }, searches: { perForeignOfficerPerDay: 30 } };
    expect(await json('policy', 'check', mm)).toMatchObject({ sound: true, limits });
    expect((await run('policy', 'check', mm)).stdout).toMatch(/The bundle is sound\.\n\nLimits:\n.*48 hours/);
    expect(await json('policy', 'check', join(projectRoot, 'deploy/policies/baseline'))).not.toHaveProperty('limits');
    expect((await run('policy', 'explain', mm)).stdout).toContain('48 hours');
    const two = await run('policy', 'explain', mm, 'mm.children-need-two');
    expect(two.stdout).toContain('What it holds needs two named persons of different roles.');
  });

  it('exits 1 for a bundle that does not parse, and for a case that comes out otherwise', async () => {
    const broken = join(folder, 'broken');
    await json('policy', 'build', bundle, '--out', 'th.bundle.json');
    await rm(broken, { recursive: true, force: true });
    await writeFolder(broken, { 'bundle.json': '{"name":"th","version":1,"schema":1}', 'a.cedar': 'permit (' });
    const checked = await run('policy', 'check', broken, '--json');
    expect(checked.code).toBe(1);
    expect(checked.json()).toMatchObject({ sound: false });
    expect(await failure('policy', 'explain', broken)).toEqual({ code: 1, error: 'POLICY_BUNDLE_INVALID' });
    const cases = join(projectRoot, 'deploy/policies/mm/cases.json');
    expect((await run('policy', 'test', bundle, '--cases', cases, '--json')).code).toBe(1);
  });

  it('signs a built bundle, and nothing else', async () => {
    expect(await json('policy', 'sign', 'th.bundle.json', '--home', 'TH', '--out', 'signed.json')).toMatchObject({
      name: 'th',
    });
    expect(await failure('policy', 'sign', 'mou.json', '--home', 'TH', '--out', 'x.json')).toEqual({
      code: 1,
      error: 'POLICY_BUNDLE_MALFORMED',
    });
    expect((await run('policy', 'explain', 'signed.json', 'th.release')).code).toBe(0);
  });
});

describe('blo token', () => {
  it('shows a token once, keeps its hash, lists and revokes it', async () => {
    const made = await json('token', 'create', '--home', 'th-chiang-khong', '--role', 'officer', '--name', 'duty-1');
    const tokens = await readFile(join(folder, 'th-chiang-khong/tokens.json'), 'utf8');
    expect(made['token']).toMatch(/^blo_/);
    expect(tokens).not.toContain(String(made['token']).slice(-43));
    expect(await modeOf('th-chiang-khong/tokens.json')).toBe(0o600);
    await json('token', 'revoke', String(made['id']), '--home', 'th-chiang-khong');
    const [listed] = (await json('token', 'list', '--home', 'th-chiang-khong'))['tokens'] as readonly Record<
      string,
      unknown
    >[];
    expect(listed).toMatchObject({ id: made['id'], role: 'officer', name: 'duty-1' });
    expect(listed?.['revokedAt']).not.toBeNull();
    expect(listed).not.toHaveProperty('hash');
  });

  it('puts a token into a file of its owner instead', async () => {
    const made = await run(
      'token',
      'create',
      '--home',
      'th-chiang-khong',
      '--role',
      'auditor',
      '--name',
      'audit',
      '--out',
      'audit.token',
    );
    expect(made.stdout).not.toContain('blo_');
    expect(await modeOf('audit.token')).toBe(0o600);
    expect(await readFile(join(folder, 'audit.token'), 'utf8')).toMatch(/^blo_/);
  });

  it.each([
    ['a role that there is not', ['--role', 'chief', '--name', 'a'], 'ACCESS_ROLE_INVALID'],
    ['a personal name', ['--role', 'officer', '--name', 'Somchai Example'], 'ACCESS_NAME_INVALID'],
    [
      'an expiry that is over',
      ['--role', 'officer', '--name', 'a', '--expires', '2020-01-01T00:00:00Z'],
      'ACCESS_EXPIRY_INVALID',
    ],
    ['an expiry that is no time', ['--role', 'officer', '--name', 'a', '--expires', 'tomorrow'], 'CLI_INPUT_INVALID'],
  ])('refuses %s', async (_, options, error) => {
    expect(await failure('token', 'create', '--home', 'th-chiang-khong', ...options)).toEqual({ code: 1, error });
  });
});

async function writeFolder(path: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(path);
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
}
