import { resolve } from 'node:path';
import type { OfficerRecord } from '../../core/access/index.ts';
import { type EpochMs, rfc3339, systemClock } from '../../core/foundation/index.ts';
import type { Answer } from '../answer.ts';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { readIfThere, readText } from '../home/files.ts';
import { changeOfficers, readOfficers } from '../home/officers.ts';
import { officeHome } from '../home/paths.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type Cli, noun, type VerbInput } from '../verb.ts';

interface HomeOptions {
  readonly home: string;
}

interface TermsOptions extends HomeOptions {
  readonly role?: string;
  readonly agency?: readonly string[];
  readonly agencies?: false;
  readonly displayName?: string;
  readonly oidcSubject?: string;
}

interface OneTime {
  readonly text: string;
  readonly until: EpochMs;
}

interface PasswordOptions extends HomeOptions {
  readonly passwordFile?: string;
  readonly oneTime?: true;
}

const HOME = ['--home <folder>', "the office's folder"] as const;

/** `blo officer add|list|change|disable|enable|reset|first-run-code`. */
export function addOfficerCommands(cli: Cli): void {
  const officer = noun(cli, 'officer', "who signs in at an office's console");
  cli
    .verb<TermsOptions & PasswordOptions & { role: string }>(officer, 'add <name>', 'add a person by their post', add)
    .requiredOption(...HOME)
    .requiredOption('--role <role>', 'officer, supervisor, oversight, auditor or operator')
    .option('--agency <id...>', 'the agencies they belong to')
    .option('--display-name <text>', 'how colleagues call the post; not a personal name')
    .option('--oidc-subject <sub>', "who they are at the ministry's sign-in")
    .option('--password-file <file>', 'read the password from there; left out, it is asked for')
    .option('--one-time', 'make a password for their first sign-in within three days, and show it');
  cli.verb<HomeOptions>(officer, 'list', 'the people of an office', list).requiredOption(...HOME);
  cli
    .verb<TermsOptions>(officer, 'change <name>', 'give somebody another role, other agencies or another name', change)
    .requiredOption(...HOME)
    .option('--role <role>', 'officer, supervisor, oversight, auditor or operator')
    .option('--agency <id...>', 'these agencies from now on')
    .option('--no-agencies', 'no agency from now on')
    .option('--display-name <text>', 'how colleagues call the post')
    .option('--oidc-subject <sub>', "who they are at the ministry's sign-in; empty for nobody");
  cli
    .verb<HomeOptions>(officer, 'disable <name>', 'let somebody in no more', async (input) => {
      const { disableOfficer } = await import('../../core/access/index.ts');
      return changed(input, (table, name) => disableOfficer(table, name, systemClock.now()));
    })
    .requiredOption(...HOME);
  cli
    .verb<HomeOptions>(officer, 'enable <name>', 'let somebody in again', async (input) => {
      const { enableOfficer } = await import('../../core/access/index.ts');
      return changed(input, enableOfficer);
    })
    .requiredOption(...HOME);
  cli
    .verb<PasswordOptions>(
      officer,
      'reset <name>',
      'give somebody another password; their sessions are over and their passkeys gone',
      reset,
    )
    .requiredOption(...HOME)
    .option('--password-file <file>', 'read the password from there; left out, it is asked for')
    .option('--one-time', 'make a password for one sign-in within three days, and show it');
  cli
    .verb<HomeOptions>(officer, 'first-run-code', 'what makes the first operator at the console', firstRunCode)
    .requiredOption(...HOME);
}

async function add({ args, options, context }: VerbInput<TermsOptions & PasswordOptions & { role: string }>) {
  const { addOfficer, setPassword } = await import('../../core/access/index.ts');
  const name = args[0] ?? '';
  const { hash, oneTime } = await choosePassword(options, name, context);
  const terms = { ...termsOf(options), role: options.role };
  const now = systemClock.now();
  await changeOfficers(homeOf(options, context), (table) =>
    setPassword(addOfficer(table, name, terms, now), name, hash, oneTime?.until),
  );
  return passwordAnswer(name, oneTime, `${name} is added.`);
}

async function list({ options, context }: VerbInput<HomeOptions>): Promise<Answer> {
  const officers = [...(await readOfficers(homeOf(options, context))).officers.values()];
  const rows = officers.map((officer) => [
    officer.name,
    officer.role,
    officer.agencies.join(' ') || '-',
    officer.displayName || '-',
    signInOf(officer),
    officer.disabledAt === undefined ? 'good' : `disabled ${rfc3339(officer.disabledAt)}`,
  ]);
  return {
    json: { officers: officers.map(publicPart) },
    text:
      rows.length === 0
        ? 'The office has nobody yet; its first operator is made at the console, or with blo officer add.'
        : renderTable(['name', 'role', 'agencies', 'called', 'signs in with', 'state'], rows),
  };
}

async function change(input: VerbInput<TermsOptions>): Promise<Answer> {
  const { changeOfficer } = await import('../../core/access/index.ts');
  return changed(input, (table, name) => changeOfficer(table, name, termsOf(input.options)));
}

async function reset({ args, options, context }: VerbInput<PasswordOptions>): Promise<Answer> {
  const { resetSignIn } = await import('../../core/access/index.ts');
  const name = args[0] ?? '';
  const { hash, oneTime } = await choosePassword(options, name, context);
  await changeOfficers(homeOf(options, context), (table) => resetSignIn(table, name, hash, oneTime?.until));
  return passwordAnswer(name, oneTime, `${name} has another password.`);
}

async function firstRunCode({ options, context }: VerbInput<HomeOptions>): Promise<Answer> {
  const home = homeOf(options, context);
  const code = (await readIfThere(officeHome.firstRunCode(home)))?.trim();
  if (code !== undefined) return { json: { code }, text: code };
  const hasPeople = (await readOfficers(home)).officers.size > 0;
  const fault = hasPeople ? 'the office has people already' : 'start the node first: it makes the code';
  throw new CliError('CLI_INPUT_INVALID', { context: { fault } });
}

type Change = Parameters<typeof changeOfficers>[1];

async function changed(
  { args, options, context }: VerbInput<HomeOptions>,
  change: (table: Parameters<Change>[0], name: string) => ReturnType<Change>,
): Promise<Answer> {
  const name = args[0] ?? '';
  const table = await changeOfficers(homeOf(options, context), (before) => change(before, name));
  const officer = table.officers.get(name as OfficerRecord['name']);
  return { json: officer === undefined ? {} : publicPart(officer), text: `${name} is changed.` };
}

/** From a file, made up for one sign-in, or typed: never a word of the command line, which others can see. */
async function choosePassword(options: PasswordOptions, name: string, context: CommandContext) {
  const { assertPasswordGood, hashPassword, newPassword, oneTimeEnd } = await import('../../core/access/index.ts');
  const isOneTime = options.oneTime === true;
  const text = isOneTime ? newPassword() : await readPassword(options, context);
  assertPasswordGood(text, name);
  const oneTime: OneTime | undefined = isOneTime ? { text, until: oneTimeEnd(systemClock.now()) } : undefined;
  return { oneTime, hash: await hashPassword(text) };
}

async function readPassword({ passwordFile }: PasswordOptions, { cwd, terminal }: CommandContext): Promise<string> {
  if (passwordFile === undefined) return await terminal.readSecret('Password (it is not shown): ');
  return (await readText(resolve(cwd, passwordFile))).replace(/\r?\n$/, '');
}

function passwordAnswer(name: string, oneTime: OneTime | undefined, done: string): Answer {
  if (oneTime === undefined) return { json: { name }, text: done };
  const { text: password, until } = oneTime;
  return {
    json: { name, password, until: rfc3339(until) },
    text: `${done} Their password for one sign-in, until ${rfc3339(until)}:\n${password}`,
  };
}

function termsOf({ role, agency, agencies, displayName, oidcSubject }: TermsOptions) {
  return {
    ...(role === undefined ? {} : { role }),
    ...(agency === undefined ? {} : { agencies: agency }),
    ...(agencies === false ? { agencies: [] } : {}),
    ...(displayName === undefined ? {} : { displayName }),
    ...(oidcSubject === undefined ? {} : { oidcSubject }),
  };
}

function publicPart({ name, role, agencies, displayName, passkeys, createdAt, disabledAt, ...rest }: OfficerRecord) {
  return {
    name,
    role,
    agencies,
    displayName,
    hasPassword: rest.password !== undefined,
    oneTimeUntil: rest.oneTimeUntil === undefined ? null : rfc3339(rest.oneTimeUntil),
    passkeys: passkeys.length,
    oidcSubject: rest.oidcSubject ?? null,
    createdAt: rfc3339(createdAt),
    disabledAt: disabledAt === undefined ? null : rfc3339(disabledAt),
  };
}

function signInOf({ password, passkeys, oidcSubject, oneTimeUntil }: OfficerRecord): string {
  const forOne = oneTimeUntil === undefined ? '' : ` (for one sign-in, until ${rfc3339(oneTimeUntil)})`;
  const means = [
    password === undefined ? '' : `password${forOne}`,
    passkeys.length === 0 ? '' : `${passkeys.length} passkeys`,
    oidcSubject === undefined ? '' : "the ministry's sign-in",
  ].filter((each) => each !== '');
  return means.join(', ') || '-';
}

function homeOf({ home }: HomeOptions, { cwd }: CommandContext): string {
  return resolve(cwd, home);
}
