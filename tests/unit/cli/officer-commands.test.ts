import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOfficers } from '../../../services/cli/home/officers.ts';
import { runProgram } from '../../../services/cli/program.ts';
import { ensureDemoPeople } from '../../../services/cli/region/demo-people.ts';
import { addPasskey, formatOfficersFile, verifyPassword } from '../../../services/core/access/index.ts';
import type { EpochMs } from '../../../services/core/foundation/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const PASSWORD = 'seven grey herons wade';

/** A home, and what blo says there. */
function home(typed = '') {
  const folder = temporaryFolder();
  return {
    folder,
    blo: async (...args: string[]) => {
      const said: string[] = [];
      const say = (text: string): void => void said.push(text);
      const code = await runProgram([...args, '--home', folder, '--json'], {
        terminal: { print: say, note: () => undefined, readInput: async () => '', readSecret: async () => typed },
        env: {},
        cwd: folder,
        untilStopped: () => new AbortController().signal,
      });
      const text = said.join('\n');
      return { code, json: text === '' ? undefined : JSON.parse(text) };
    },
  };
}

describe('blo officer', () => {
  it('adds a person with a password that was typed, and shows no secret', async () => {
    const { blo, folder } = home(PASSWORD);
    await blo('agency', 'add', 'narcotics', '--name', 'Narcotics', '--area', 'drugs', 'precursors');
    expect(await blo('officer', 'add', 'desk-1', '--role', 'officer', '--agency', 'narcotics')).toEqual({
      code: 0,
      json: { name: 'desk-1' },
    });
    const officer = [...(await readOfficers(folder)).officers.values()][0];
    expect(await verifyPassword(PASSWORD, officer?.password)).toBe(true);
    expect(officer?.oneTimeUntil).toBeUndefined();
    const text = readFileSync(join(folder, 'officers.json'), 'utf8');
    expect([text.includes(PASSWORD), statSync(join(folder, 'officers.json')).mode & 0o777]).toEqual([false, 0o600]);
    expect((await blo('officer', 'list')).json.officers).toMatchObject([
      { name: 'desk-1', role: 'officer', agencies: ['narcotics'], hasPassword: true, disabledAt: null },
    ]);
    expect((await blo('agency', 'list')).json.agencies).toEqual([
      { id: 'narcotics', name: 'Narcotics', crimeAreas: ['CRIME_AREA_DRUGS', 'CRIME_AREA_PRECURSORS'] },
    ]);
  });

  it('reads a password from a file, or makes one for one sign-in within three days, and says until when', async () => {
    const { blo, folder } = home();
    writeFileSync(join(folder, 'password'), `${PASSWORD}\n`);
    await blo('officer', 'add', 'op-1', '--role', 'operator', '--password-file', 'password');
    const { json } = await blo('officer', 'reset', 'op-1', '--one-time');
    const officer = [...(await readOfficers(folder)).officers.values()][0];
    expect(await verifyPassword(json.password, officer?.password)).toBe(true);
    expect(officer?.generation).toBe(2);
    const until = officer?.oneTimeUntil ?? 0;
    expect(until - Date.now()).toBeGreaterThan(71 * 3_600_000);
    expect(until - Date.now()).toBeLessThanOrEqual(72 * 3_600_000);
    expect(json.until).toBe(new Date(until).toISOString());
    expect((await blo('officer', 'list')).json.officers).toMatchObject([{ oneTimeUntil: json.until }]);
  });

  it('takes the passkeys of whom it gives another password', async () => {
    const { blo, folder } = home(PASSWORD);
    await blo('officer', 'add', 'op-1', '--role', 'operator');
    const key = 'A'.repeat(22);
    const passkey = { id: key, publicKey: key, counter: 0, label: 'Telephone', addedAt: 0 as EpochMs };
    const text = formatOfficersFile(addPasskey(await readOfficers(folder), 'op-1', passkey));
    writeFileSync(join(folder, 'officers.json'), text);
    expect((await blo('officer', 'list')).json.officers).toMatchObject([{ passkeys: 1 }]);
    expect((await blo('officer', 'reset', 'op-1')).code).toBe(0);
    expect((await blo('officer', 'list')).json.officers).toMatchObject([{ passkeys: 0 }]);
  });

  it('changes, disables and enables', async () => {
    const { blo } = home(PASSWORD);
    await blo('officer', 'add', 'op-1', '--role', 'operator');
    await blo('officer', 'add', 'desk-1', '--role', 'officer');
    expect(
      (await blo('officer', 'change', 'desk-1', '--role', 'auditor', '--display-name', 'Desk')).json,
    ).toMatchObject({ role: 'auditor', displayName: 'Desk' });
    expect((await blo('officer', 'disable', 'desk-1')).json.disabledAt).not.toBeNull();
    expect((await blo('officer', 'enable', 'desk-1')).json.disabledAt).toBeNull();
    expect((await blo('officer', 'disable', 'op-1')).json.error.code).toBe('ACCESS_LAST_OPERATOR');
    expect((await blo('officer', 'disable', 'nobody')).json.error.code).toBe('ACCESS_OFFICER_UNKNOWN');
  });

  it('takes no weak password', async () => {
    const { blo } = home('password1234');
    expect((await blo('officer', 'add', 'op-1', '--role', 'operator')).json.error.code).toBe('ACCESS_PASSWORD_WEAK');
  });

  it('changes nothing while somebody else does', async () => {
    const { blo, folder } = home(PASSWORD);
    mkdirSync(join(folder, 'officers.json.lock'));
    expect((await blo('officer', 'add', 'op-1', '--role', 'operator')).json.error.code).toBe('CLI_FILE_EXISTS');
  });

  it('shows the code of the first run where the node has made it', async () => {
    const { blo, folder } = home(PASSWORD);
    expect((await blo('officer', 'first-run-code')).json.error.code).toBe('CLI_INPUT_INVALID');
    writeFileSync(join(folder, 'first-run-code'), 'abcde-fghjk\n');
    expect((await blo('officer', 'first-run-code')).json).toEqual({ code: 'abcde-fghjk' });
  });

  it('removes an agency that nobody belongs to', async () => {
    const { blo } = home(PASSWORD);
    await blo('agency', 'add', 'customs', '--name', 'Customs', '--area', 'timber');
    expect((await blo('agency', 'remove', 'customs')).json).toEqual({ removed: 'customs' });
    expect((await blo('agency', 'add', 'x', '--name', 'X', '--area', 'none')).json.error.code).toBe('CLI_USAGE');
  });
});

describe('ensureDemoPeople', () => {
  it('makes people for every role with a password of this folder, and leaves them as they are afterwards', async () => {
    const folder = temporaryFolder();
    const now = Date.UTC(2026, 0, 1) as EpochMs;
    const first = await ensureDemoPeople(folder, now);
    expect(new Set(first.map(({ role }) => role))).toEqual(
      new Set(['officer', 'supervisor', 'oversight', 'auditor', 'operator']),
    );
    const text = readFileSync(join(folder, 'officers.json'), 'utf8');
    expect(await ensureDemoPeople(folder, now)).toEqual(first);
    expect(readFileSync(join(folder, 'officers.json'), 'utf8')).toBe(text);
    const { officers } = await readOfficers(folder);
    for (const { name, role, password } of first) {
      const officer = [...officers.values()].find((each) => each.name === name);
      expect([officer?.role, await verifyPassword(password, officer?.password)]).toEqual([role, true]);
    }
    expect((await ensureDemoPeople(temporaryFolder(), now))[0]?.password).not.toBe(first[0]?.password);
  });
});
