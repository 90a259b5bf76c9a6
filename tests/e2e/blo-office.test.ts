import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../deploy/bootstrap/paths.mjs';
import { DEMO_REGION } from '../../services/cli/region/region-spec.ts';
import { eventually } from '../support/eventually.ts';
import { startRegion, type TestRegion } from '../support/region.ts';
import { type BloResult, blo, startNode } from './run-blo.ts';

// `blo` at work with the offices of a running region.
let region: TestRegion;
let folder: string;

const CAR = ['--vehicle', 'registration=DEMO 1;type=car;make=Toyota'];
const PERSON = ['--person', 'family=Example;given=Noy;nationality=LA;role=suspect'];

/** At an office of the region, as its command line knows it. */
function at(office: string, ...argv: readonly string[]): Promise<BloResult> {
  return blo([...argv, '--office', office, '--home', region.home, '--json'], { cwd: folder });
}

async function sent(result: BloResult): Promise<string> {
  expect(result, result.stderr).toMatchObject({ code: 0 });
  return String(result.json()['id']);
}

function send(from: string, to: string, area: string, ...more: readonly string[]): Promise<BloResult> {
  return at(from, 'alert', 'send', '--to', to, '--crime-area', area, '--headline', 'A car', ...more);
}

const items = (result: BloResult): readonly Record<string, unknown>[] =>
  result.json()['items'] as readonly Record<string, unknown>[];

beforeAll(async () => {
  region = await startRegion({ pairs: DEMO_REGION.pairs });
  folder = await mkdtemp(join(tmpdir(), 'liaison-blo-'));
}, 240_000);
afterAll(async () => {
  await region?.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

describe('blo alert send', () => {
  it('exits 0 when it is released, and the other office has it', async () => {
    const id = await sent(await send('th-chiang-khong', 'la-houayxay', 'drugs', '--precedence', 'flash', ...CAR));
    await eventually(
      async () => expect(items(await at('la-houayxay', 'inbox')).map((item) => item['id'])).toContain(id),
      { withinMs: 30_000 },
    );
    const shown = await blo(['show', id, '--office', 'la-houayxay', '--home', region.home], { cwd: folder });
    expect(shown.stdout).toContain('la-houayxay received it from th-chiang-khong');
    expect(shown.stdout).toContain('DEMO 1');
  });

  it('exits 3 when it is held, and 0 once another person has released it', async () => {
    const held = await send('la-houayxay', 'th-chiang-khong', 'drugs', ...PERSON);
    expect(held).toMatchObject({ code: 3 });
    expect(held.json()).toMatchObject({
      recipients: [{ office: 'th-chiang-khong', outcome: 'held', policies: ['la.persons-need-review'] }],
    });
    const [waiting] = items(await at('la-houayxay', 'held', 'list'));
    expect(waiting).toMatchObject({ messageId: held.json()['id'], direction: 'outbound' });
    const detail = await at('la-houayxay', 'held', 'show', String(waiting?.['id']));
    expect(detail.json()).toMatchObject({
      why: [{ policy: 'la.persons-need-review', reason: expect.stringMatching(/person/i) }],
      deadline: { outcome: 'expires-without-release' },
    });
    const release = (shown: unknown): Promise<BloResult> =>
      at('la-houayxay', 'held', 'release', String(waiting?.['id']), '--shown', String(shown), '--reason', 'Checked');
    const blind = await release('0'.repeat(64));
    expect(blind.json()).toMatchObject({ error: { context: { reason: 'HOLD_CHANGED_SINCE_SHOWN' } } });
    const released = await release(detail.json()['shown']);
    expect(released.code, released.stderr).toBe(0);
    expect(items(await at('la-houayxay', 'held', 'list'))).toEqual([]);
    const again = await release(detail.json()['shown']);
    expect(again.json()).toMatchObject({ error: { code: 'CLI_API_REFUSED', context: { reason: 'RELAY_NOT_HELD' } } });
    expect(again.code).toBe(1);
  });

  it('goes past the hold for danger to life, and the oversight of both offices closes the review', async () => {
    const emergency = ['--purpose', 'life-safety', '--emergency', 'Boat is sinking'];
    const sentAtOnce = await send('la-houayxay', 'th-chiang-khong', 'people-smuggling', ...PERSON, ...emergency);
    expect(sentAtOnce.json()).toMatchObject({ emergency: true, recipients: [{ outcome: 'released' }] });
    const id = await sent(sentAtOnce);
    expect(items(await at('la-houayxay', 'review', 'list', '--state', 'open'))).toMatchObject([
      { id, author: 'duty-officer', reason: 'Boat is sinking' },
    ]);
    const close = (office: string): Promise<BloResult> => at(office, 'review', 'close', id, '--finding', 'justified');
    expect((await close('la-houayxay')).code).toBe(0);
    expect((await close('la-houayxay')).json()).toMatchObject({ error: { context: { reason: 'REVIEW_CLOSED' } } });
    await eventually(async () => expect((await close('th-chiang-khong')).code).toBe(0), { withinMs: 30_000 });
    await eventually(
      async () =>
        expect((await at('la-houayxay', 'review', 'show', id)).json()).toMatchObject({
          state: 'closed',
          others: [{ office: 'th-chiang-khong', found: { finding: 'REVIEW_FINDING_JUSTIFIED' } }],
        }),
      { withinMs: 30_000 },
    );
  });

  it('lets a named person end what is held', async () => {
    const held = await send('la-houayxay', 'th-chiang-khong', 'drugs', ...PERSON);
    const [waiting] = items(await at('la-houayxay', 'held', 'list'));
    expect(
      (await at('la-houayxay', 'held', 'reject', String(waiting?.['id']), '--reason', 'Not proportionate')).code,
    ).toBe(0);
    const shown = await at('la-houayxay', 'show', String(held.json()['id']));
    expect(shown.json()).toMatchObject({ recipients: [{ state: 'rejected' }] });
  });

  it('exits 4 when policy refuses all of it', async () => {
    const refused = await send('mm-tachileik', 'th-mae-sai', 'terrorism', ...CAR);
    expect(refused).toMatchObject({ code: 4 });
    expect(refused.json()).toMatchObject({
      recipients: [{ outcome: 'refused', policies: ['mm.terrorism-through-capital'] }],
    });
  });

  it('exits 1 and names the field for what the office does not take', async () => {
    const unknown = await send('th-chiang-khong', 'vn-lao-bao', 'drugs');
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('recipients');
  });

  it('exits 2 and lists the words that there are for a word that is none of them', async () => {
    const result = await send('th-chiang-khong', 'la-houayxay', 'drugs', '--urgency', 'soonish');
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('immediate, expected, future, past, unknown');
  });

  it('takes a submission from a file or from its standard input', async () => {
    const submission = {
      recipients: ['th-mae-sai'],
      precedence: 'PRECEDENCE_ROUTINE',
      purpose: 'PURPOSE_INVESTIGATION',
      handling: 'HANDLING_CODE_H1',
      alert: {
        messageType: 'MESSAGE_TYPE_ALERT',
        crimeArea: 'CRIME_AREA_TIMBER',
        urgency: 'URGENCY_PAST',
        severity: 'SEVERITY_MINOR',
        certainty: 'CERTAINTY_LIKELY',
      },
    };
    await writeFile(join(folder, 'alert.json'), JSON.stringify(submission));
    await sent(await at('mm-tachileik', 'alert', 'send', '--file', 'alert.json'));
    const options = { cwd: folder, input: JSON.stringify({ ...submission, idempotencyKey: 'from-stdin' }) };
    const argv = ['alert', 'send', '--file', '-', '--office', 'mm-tachileik', '--home', region.home, '--json'];
    const first = await sent(await blo(argv, options));
    expect(await sent(await blo(argv, options))).toBe(first);
  });
});

describe('blo request and blo answer', () => {
  const [TH, LA] = ['th-chiang-khong', 'la-houayxay'];
  const states = async (office: string, ...argv: readonly string[]) =>
    items(await at(office, 'request', 'list', ...argv)).map((item) => (item['lives'] as { state: string }[])[0]?.state);

  it('take a request from its preview to its answer, and both sides show the same', async () => {
    const options = ['--to', LA, '--class', 'urgent', '--crime-area', 'stolen-vehicles', '--headline', 'A pickup'];
    const asking = [
      ...options,
      '--vehicle',
      'label=V1;registration=DEMO 1',
      '--question',
      'vehicle V1: Has it crossed?',
    ];
    expect((await at(TH, 'request', 'preview', ...asking)).code).toBe(0);
    expect((await at(TH, 'request', 'send', ...options)).code).toBe(2);
    const id = await sent(await at(TH, 'request', 'send', ...asking));
    await eventually(async () => expect(await states(LA, '--side', 'asked')).toEqual(['delivered']), {
      withinMs: 30_000,
    });
    await sent(await at(LA, 'request', 'ack', id, '--assignee', 'desk-4'));
    expect((await at(LA, 'request', 'refuse', id, '--ground', 'because')).code).toBe(2);
    expect((await at(LA, 'request', 'withdraw', id)).json()).toMatchObject({
      error: { context: { reason: 'REQUESTS_NOT_OURS' } },
    });
    const answering = ['--result', '1=answered', '--text', '1=Twice.\nThe second time at dusk.'];
    expect(JSON.stringify((await at(LA, 'answer', 'preview', id, ...answering)).json()['copies'])).toContain('Twice.');
    const answer = await sent(await at(LA, 'answer', 'send', id, ...answering));
    await eventually(async () => expect(await states(TH, '--state', 'answered')).toEqual(['answered']), {
      withinMs: 30_000,
    });
    expect(items(await at(TH, 'answer', 'list', '--request', id))).toMatchObject([{ id: answer }]);
    const shown = await blo(['request', 'show', id, '--office', TH, '--home', region.home], { cwd: folder });
    expect(shown.stdout).toContain('assigned to');
    expect(shown.stdout).not.toMatch(/(REQUEST|ANSWER|CRIME|RESPONSE)_[A-Z]/);
    const read = await blo(['show', answer, '--office', TH, '--home', region.home], { cwd: folder });
    expect(read.stdout).toContain('The second time at dusk.');
    expect(read.stdout).not.toContain('\\u{a}');
    expect(items(await at(TH, 'request', 'figures'))).toMatchObject([{ office: LA, side: 'asking', answered: 1 }]);
    const lists = await blo(['inbox', '--office', LA, '--home', region.home], { cwd: folder });
    expect(lists.stdout).toContain('A pickup');
  });
});

describe('blo alert preview', () => {
  it("shows each recipient's copy and sends nothing", async () => {
    const before = items(await at('la-houayxay', 'outbox')).length;
    const preview = await at(
      'la-houayxay',
      'alert',
      'preview',
      '--to',
      'th-chiang-khong',
      '--crime-area',
      'drugs',
      ...CAR,
    );
    expect(preview).toMatchObject({ code: 0 });
    expect(JSON.stringify(preview.json()['copies'])).toContain('DEMO 1');
    expect(items(await at('la-houayxay', 'outbox'))).toHaveLength(before);
  });
});

describe('blo at another address', () => {
  it('finds an office by address and token file, or by the environment, and never shows the token', async () => {
    const office = region.office('th-mae-sai');
    const tokenFile = join(office.home, 'tokens', 'officer.token');
    const named = await blo(['outbox', '--url', office.url, '--token-file', tokenFile, '--json'], { cwd: folder });
    expect(named).toMatchObject({ code: 0 });
    const env = { BLO_URL: office.url, BLO_TOKEN_FILE: tokenFile };
    const byEnvironment = await blo(['outbox', '--json'], { cwd: folder, env });
    expect(byEnvironment).toMatchObject({ code: 0 });
    for (const { stdout, stderr } of [named, byEnvironment])
      expect(stdout + stderr).not.toContain(office.tokens.officer);
  });

  it('exits 1 for a role that may not, an office that is not there, and a door that is closed', async () => {
    const forbidden = await at(
      'th-mae-sai',
      'alert',
      'send',
      '--to',
      'mm-tachileik',
      '--crime-area',
      'drugs',
      '--role',
      'operator',
    );
    expect(forbidden.json()).toMatchObject({ error: { context: { reason: 'OFFICE_ROLE_FORBIDDEN' } } });
    expect((await at('th-nong-khai', 'inbox')).json()).toMatchObject({ error: { code: 'CLI_OFFICE_UNKNOWN' } });
    const tokenFile = join(region.office('th-mae-sai').home, 'tokens', 'officer.token');
    const closed = await blo(['inbox', '--url', 'http://127.0.0.1:9', '--token-file', tokenFile, '--json'], {
      cwd: folder,
    });
    expect(closed.json()).toMatchObject({ error: { code: 'CLI_API_UNREACHABLE' } });
    expect(closed.code).toBe(1);
  });

  it('does not take an answer for one that it does not understand', async () => {
    const { createServer } = await import('node:http');
    const server = createServer((_, response) => response.end('<html>'));
    await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
    const { port } = server.address() as { port: number };
    const tokenFile = join(region.office('th-mae-sai').home, 'tokens', 'officer.token');
    const result = await blo(['inbox', '--url', `http://127.0.0.1:${port}`, '--token-file', tokenFile, '--json'], {
      cwd: folder,
    });
    await new Promise((resolve) => server.close(resolve));
    expect(result.json()).toMatchObject({ error: { code: 'CLI_API_ANSWER_INVALID' } });
  });
});

describe('blo links, events and doctor', () => {
  it('show how the links stand', async () => {
    expect(items(await at('th-mae-sai', 'links'))).toMatchObject([{ office: 'mm-tachileik', up: true, silent: false }]);
  });

  it('follow what happens until they are stopped', async () => {
    const child = startNode(
      [join(projectRoot, 'dist/cli/main.js'), 'events', '--office', 'th-chiang-khong', '--home', region.home, '--json'],
      {
        cwd: folder,
      },
    );
    let printed = '';
    child.stdout?.on('data', (chunk) => {
      printed += String(chunk);
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    // Events of before the stream began are not repeated; so something goes on happening until one is seen.
    await eventually(
      async () => {
        await send('th-chiang-khong', 'la-houayxay', 'drugs', ...CAR);
        expect(printed).toMatch(/^\{"id":"[^"]+","type":/m);
      },
      { withinMs: 60_000, everyMs: 500 },
    );
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  }, 120_000);

  it('find a region healthy, and an office that is down', async () => {
    const doctor = (): Promise<BloResult> =>
      blo(['doctor', '--home', region.home, '--office', 'mm-tachileik', '--json'], { cwd: folder });
    const healthy = await doctor();
    expect(healthy.json(), healthy.stdout).toMatchObject({ healthy: true });
    await region.office('mm-tachileik').halt();
    const ill = await doctor();
    region.office('mm-tachileik').restart();
    expect(ill.code).toBe(1);
    expect(ill.json()).toMatchObject({ healthy: false });
    await region.linked();
  }, 120_000);
});

describe('blo office run and blo hub run', () => {
  it.each([
    ['office', () => region.office('mm-tachileik'), () => region.office('mm-tachileik').home],
    ['hub', () => region.hub('hub-mekong'), () => join(region.home, 'hubs/hub-mekong')],
  ] as const)(
    'run the %s on this terminal until they are stopped',
    async (noun, memberOf, homeOf) => {
      const member = memberOf();
      await member.halt();
      const child = startNode([join(projectRoot, 'dist/cli/main.js'), noun, 'run', '--home', homeOf()], {
        cwd: folder,
      });
      const ended = new Promise((resolve) => child.once('close', resolve));
      const ready = async (): Promise<number> => (await fetch(`${member.url}/readyz`)).status;
      await eventually(async () => expect(await ready()).toBe(200), { withinMs: 60_000 });
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      await expect(ready()).rejects.toThrow(TypeError);
      member.restart();
      await region.linked();
    },
    180_000,
  );

  it('exit 1 with one sentence where there is nothing to run', async () => {
    const result = await blo(['office', 'run', '--home', 'nowhere'], { cwd: folder });
    expect(result.code).toBe(1);
  });
});

describe('blo ledger, evidence and envelope', () => {
  it('verify a running office and an exported file, and notice one changed byte', async () => {
    const running = await at('th-chiang-khong', 'ledger', 'verify');
    expect(running.json(), running.stdout).toMatchObject({ intact: true, signatures: 'checked' });
    await at('th-chiang-khong', 'ledger', 'export', '--out', 'ledger.bin');
    const trust = join(region.office('th-chiang-khong').home, 'trust');
    const nation = JSON.parse(await readFile(join(region.home, 'nations/TH/nation.json'), 'utf8')) as {
      thumbprint: string;
    };
    const verify = (file: string): Promise<BloResult> =>
      blo(
        [
          'ledger',
          'verify',
          '--file',
          file,
          '--of',
          'th-chiang-khong',
          '--trust',
          trust,
          '--root',
          nation.thumbprint,
          '--json',
        ],
        { cwd: folder },
      );
    const exported = await verify('ledger.bin');
    expect(exported.json(), exported.stdout).toMatchObject({ intact: true, signatures: 'checked' });
    const bytes = await readFile(join(folder, 'ledger.bin'));
    const place = Math.floor(bytes.length / 2);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    await writeFile(join(folder, 'changed.bin'), bytes);
    const changed = await verify('changed.bin');
    expect(changed).toMatchObject({ code: 1 });
    expect(changed.json()).toMatchObject({ intact: false });
  }, 120_000);

  it('export what a stranger can check, and check it', async () => {
    const id = await sent(await send('th-chiang-khong', 'la-houayxay', 'stolen-vehicles', ...CAR));
    await eventually(
      async () => expect(items(await at('la-houayxay', 'inbox')).map((item) => item['id'])).toContain(id),
      { withinMs: 30_000 },
    );
    const exported = await at('la-houayxay', 'evidence', 'export', id, 'evidence');
    expect(exported, exported.stderr).toMatchObject({ code: 0 });
    expect(await readdir(join(folder, 'evidence'))).toEqual(
      expect.arrayContaining(['README.md', 'SHA256SUMS', 'manifest.json']),
    );
    const nation = JSON.parse(await readFile(join(region.home, 'nations/LA/nation.json'), 'utf8')) as {
      thumbprint: string;
    };
    const verify = (...more: readonly string[]): Promise<BloResult> =>
      blo(['envelope', 'verify', 'evidence', '--json', ...more], { cwd: folder });
    const verified = await verify('--root', nation.thumbprint);
    expect(verified, verified.stdout).toMatchObject({ code: 0 });
    expect(verified.json()).toMatchObject({ verified: true, rootConfirmed: true });
    expect((await verify('--root', 'A'.repeat(43))).code).toBe(1);
    const record = join(folder, 'evidence/record.bin');
    const bytes = await readFile(record);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    await writeFile(record, bytes);
    expect((await verify()).json()).toMatchObject({ error: { code: 'CLI_INPUT_INVALID' } });
    expect((await at('la-houayxay', 'evidence', 'export', id, 'evidence')).json()).toMatchObject({
      error: { code: 'CLI_FILE_EXISTS' },
    });
  }, 120_000);

  it('explain a decision with the policies that made it', async () => {
    const refused = await send('mm-tachileik', 'th-mae-sai', 'terrorism', ...CAR);
    const bundle = join(region.office('mm-tachileik').home, 'policy/bundle.json');
    const explained = await at('mm-tachileik', 'policy', 'explain', bundle, '--message', String(refused.json()['id']));
    expect(explained, explained.stderr).toMatchObject({ code: 0 });
    expect(JSON.stringify(explained.json())).toContain('central bureau');
  });
});
