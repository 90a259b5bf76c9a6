import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addOfficer,
  disableOfficer,
  formatOfficersFile,
  NO_OFFICERS,
  officerIn,
  setPassword,
} from '../../../services/core/access/index.ts';
import type { DurationMs, EpochMs } from '../../../services/core/foundation/index.ts';
import { LedgerError } from '../../../services/core/ledger/index.ts';
import { OfficerAct } from '../../../services/core/wire/index.ts';
import { challenges } from '../../../services/office/people/challenges.ts';
import type { Act } from '../../../services/office/people/officer-acts.ts';
import { officersKeeper } from '../../../services/office/people/officers-keeper.ts';
import { privateFile } from '../../../services/office/people/private-file.ts';
import { sessionKeeper } from '../../../services/office/people/session-keeper.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { memoryFile } from './fake-people.ts';

const NOW = Date.UTC(2026, 0, 1) as EpochMs;
const HASH = { cost: 2, blockSize: 1, parallelization: 1, salt: 'A'.repeat(22), hash: 'B'.repeat(43) };
const ONE = addOfficer(NO_OFFICERS, 'op-1', { role: 'operator' }, NOW);

function keeper(officers = memoryFile(), recorded = memoryFile()) {
  const acts: (Act & { by: string })[] = [];
  const refused: string[] = [];
  const changes: number[] = [];
  let failure: unknown;
  return {
    officers,
    recorded,
    acts,
    refused,
    changes,
    failWith: (error: unknown) => {
      failure = error;
    },
    keeper: officersKeeper({
      file: officers,
      recorded,
      record: async (done, by) => {
        if (failure !== undefined) throw failure;
        acts.push(...done.map((act) => ({ ...act, by })));
      },
      refused: (code) => refused.push(code),
      changed: () => changes.push(acts.length),
    }),
  };
}

describe('officersKeeper', () => {
  it('puts on record what was done in the file while the node ran, and what was done while it was away, once', async () => {
    const first = keeper();
    await first.keeper.scan();
    first.officers.text = formatOfficersFile(ONE);
    const before = first.changes.length;
    await first.keeper.scan();
    expect(first.changes).toHaveLength(before + 1);
    await first.keeper.scan();
    expect(first.changes).toHaveLength(before + 1);
    expect(first.acts).toMatchObject([
      { officer: 'op-1', act: OfficerAct.ADDED, by: 'command-line', role: 'operator' },
    ]);
    first.officers.text = formatOfficersFile(setPassword(ONE, 'op-1', HASH, undefined));
    const second = keeper(first.officers, first.recorded);
    await second.keeper.scan();
    expect(second.acts).toMatchObject([{ officer: 'op-1', act: OfficerAct.PASSWORD_SET, by: 'command-line' }]);
    const third = keeper(first.officers, first.recorded);
    await third.keeper.scan();
    expect(third.acts).toEqual([]);
  });

  it('lets a disabled account count at once, and puts it on record when the ledger takes it', async () => {
    const world = keeper(memoryFile(formatOfficersFile(ONE)));
    await world.keeper.scan();
    world.failWith(new LedgerError('LEDGER_APPEND_FAILED'));
    const two = addOfficer(ONE, 'op-2', { role: 'operator' }, NOW);
    world.officers.text = formatOfficersFile(disableOfficer(two, 'op-1', NOW));
    await world.keeper.scan();
    expect(officerIn(world.keeper.table(), 'op-1').disabledAt).toBe(NOW);
    expect(world.keeper.faults()).toEqual([{ file: 'officers.json', code: 'LEDGER_APPEND_FAILED' }]);
    world.failWith(undefined);
    await world.keeper.scan();
    expect(world.acts.map(({ officer, act }) => [officer, act])).toEqual([
      ['op-1', OfficerAct.ADDED],
      ['op-1', OfficerAct.DISABLED],
      ['op-2', OfficerAct.ADDED],
    ]);
    expect(world.keeper.faults()).toEqual([]);
  });

  it('keeps the people of before where the file cannot be read, and says so', async () => {
    const world = keeper(memoryFile(formatOfficersFile(ONE)));
    await world.keeper.scan();
    world.officers.text = '{';
    await world.keeper.scan();
    expect(world.keeper.table().officers.size).toBe(1);
    expect([world.keeper.faults(), world.refused]).toEqual([
      [{ file: 'officers.json', code: 'ACCESS_FILE_INVALID' }],
      ['ACCESS_FILE_INVALID'],
    ]);
  });

  it('changes what is in the file at that moment, whatever it knew before', async () => {
    const world = keeper(memoryFile(formatOfficersFile(ONE)));
    await world.keeper.scan();
    world.officers.text = formatOfficersFile(addOfficer(ONE, 'by-hand', { role: 'auditor' }, NOW));
    await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        world.keeper.change('op-1', (table) => addOfficer(table, name, { role: 'auditor' }, NOW)),
      ),
    );
    expect([...world.keeper.table().officers.keys()]).toEqual(['op-1', 'by-hand', 'a', 'b', 'c']);
    expect(world.acts.slice(1).map(({ officer, by }) => [officer, by])).toEqual([
      ['by-hand', 'command-line'],
      ['a', 'op-1'],
      ['b', 'op-1'],
      ['c', 'op-1'],
    ]);
  });

  it('writes nothing that is not on record', async () => {
    const world = keeper(memoryFile(formatOfficersFile(ONE)));
    await world.keeper.scan();
    world.failWith(new LedgerError('LEDGER_APPEND_FAILED'));
    const { text } = world.officers;
    const change = world.keeper.change('op-1', (table) => addOfficer(table, 'a', { role: 'auditor' }, NOW));
    await expect(change).rejects.toMatchObject({ code: 'LEDGER_APPEND_FAILED' });
    expect([world.officers.text, world.keeper.table().officers.size]).toEqual([text, 1]);
  });
});

describe('privateFile', () => {
  it('is written whole, for its owner alone', async () => {
    const path = join(temporaryFolder(), 'officers.json');
    const file = privateFile(path);
    expect(await file.stamp()).toBeUndefined();
    await file.write('one');
    await file.write('two');
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['two', 0o600]);
    expect(readdirSync(join(path, '..'))).toEqual(['officers.json']);
  });

  it('is changed by one at a time, and waits for the lock of the command line', async () => {
    const path = join(temporaryFolder(), 'officers.json');
    const order: string[] = [];
    mkdirSync(`${path}.lock`);
    const held = privateFile(path).alone(async () => void order.push('node'));
    await expect(Promise.race([held, Promise.resolve('waiting')])).resolves.toBe('waiting');
    await expect(held).rejects.toMatchObject({ code: 'OFFICE_PEOPLE_BUSY' });
    expect(order).toEqual([]);
  });

  it('takes the lock of whoever died with it', async () => {
    const path = join(temporaryFolder(), 'officers.json');
    mkdirSync(`${path}.lock`);
    utimesSync(`${path}.lock`, 1, 1);
    await expect(privateFile(path).alone(async () => 'done')).resolves.toBe('done');
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });
});

describe('sessionKeeper', () => {
  const limits = { idleMs: 1000 as DurationMs, absoluteMs: 5000 as DurationMs };
  const of = (file = memoryFile(), refused: string[] = []) => {
    const clock = { nowMs: NOW as number };
    const sessions = sessionKeeper({
      file,
      people: () => ONE,
      limits,
      clock: { now: () => clock.nowMs as EpochMs },
      refused: (code) => refused.push(code),
    });
    return { file, sessions, clock, refused };
  };
  const op = officerIn(ONE, 'op-1');

  it('knows after a restart who was signed in', async () => {
    const before = of();
    const secret = await before.sessions.begin(op, 'password');
    const after = of(before.file);
    await after.sessions.load();
    expect(after.sessions.resume(secret).principal.name).toBe('op-1');
  });

  it('ends all where what was written down cannot be read', async () => {
    const world = of(memoryFile('{'));
    await world.sessions.load();
    expect(world.refused).toEqual(['ACCESS_FILE_INVALID']);
    expect(() => world.sessions.resume('A'.repeat(43))).toThrow(
      expect.objectContaining({ code: 'ACCESS_SESSION_INVALID' }),
    );
  });

  it('ends one at the end of its day, however busy it is', async () => {
    const { sessions, clock } = of();
    const secret = await sessions.begin(op, 'password');
    for (let i = 0; i < 9; i++) {
      clock.nowMs += 500;
      expect(sessions.resume(secret).endsAt).toBeLessThanOrEqual(NOW + 5000);
    }
    clock.nowMs += 500;
    expect(() => sessions.resume(secret)).toThrow(expect.objectContaining({ code: 'ACCESS_SESSION_EXPIRED' }));
  });

  it('ends the oldest of one officer who has too many', async () => {
    const { sessions } = of();
    const secrets: string[] = [];
    for (let i = 0; i < 17; i++) secrets.push(await sessions.begin(op, 'password'));
    expect(() => sessions.resume(secrets[0] ?? '')).toThrow(
      expect.objectContaining({ code: 'ACCESS_SESSION_INVALID' }),
    );
    expect(sessions.resume(secrets[1] ?? '').principal.name).toBe('op-1');
  });

  it('forgets what has ended, and writes down when others were used at the end', async () => {
    const { sessions, clock, file } = of();
    const secret = await sessions.begin(op, 'password');
    clock.nowMs += 500;
    sessions.resume(secret);
    await sessions.close();
    expect(file.text).toContain('00:00:00.500Z');
    clock.nowMs += 60_000;
    await sessions.sweep();
    await sessions.close();
    expect(JSON.parse(file.text ?? '').sessions).toEqual([]);
  });
});

describe('challenges', () => {
  it('are as many as there may be, the oldest forgotten first', () => {
    const open = challenges<number>({ now: () => NOW });
    const secrets = Array.from({ length: 1025 }, (_, index) => open.begin(index));
    expect(() => open.take(secrets[0])).toThrow(expect.objectContaining({ code: 'OFFICE_CHALLENGE_INVALID' }));
    expect(open.take(secrets[1])).toBe(1);
  });
});
