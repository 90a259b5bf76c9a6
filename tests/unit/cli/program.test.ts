import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../../services/cli/context.ts';
import { runProgram } from '../../../services/cli/program.ts';

async function blo(...argv: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const context: CommandContext = {
    terminal: {
      print: (text) => out.push(text),
      note: (text) => err.push(text),
      readInput: async () => '',
      readSecret: async () => '',
    },
    env: {},
    cwd: '/nowhere',
    untilStopped: () => new AbortController().signal,
  };
  const code = await runProgram(argv, context);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const errorIn = (out: string): { code: string } => (JSON.parse(out) as { error: { code: string } }).error;

describe('runProgram', () => {
  it('shows what there is, and exits 0', async () => {
    const { code, out } = await blo('--help');
    expect(code).toBe(0);
    for (const noun of [
      'nation',
      'office',
      'directory',
      'agreement',
      'policy',
      'token',
      'region',
      'hub',
      'server',
      'alert',
      'inbox',
      'outbox',
      'held',
      'recall',
      'operation',
      'show',
      'links',
      'events',
      'ledger',
      'envelope',
      'evidence',
      'doctor',
    ]) {
      expect(out).toMatch(new RegExp(`^ {2}${noun}\\b`, 'm'));
    }
  });

  it.each([
    ['nothing at all', []],
    ['an unknown command', ['alarm']],
    ['an unknown option', ['inbox', '--colour']],
    ['half a command', ['alert']],
    ['an argument that is missing', ['show']],
    ['an option that is missing', ['token', 'list']],
    ['one argument too many', ['inbox', 'x']],
  ])('exits 2 for %s', async (_, argv) => {
    expect((await blo(...argv)).code).toBe(2);
  });

  it('exits 2 and says CLI_OFFICE_NOT_NAMED where no office is named', async () => {
    const { code, out, err } = await blo('inbox', '--json');
    expect(code).toBe(2);
    expect(errorIn(out).code).toBe('CLI_OFFICE_NOT_NAMED');
    expect(err.split('\n')).toHaveLength(1);
  });

  it('gives scripts the code CLI_USAGE for what the parser refuses', async () => {
    const { code, out } = await blo('inbox', '--colour', '--json');
    expect(code).toBe(2);
    expect(errorIn(out).code).toBe('CLI_USAGE');
  });

  it.each([
    ['an office without a region', ['inbox', '--office', 'th-mae-sai'], 'CLI_REGION_MISSING'],
    [
      'a token file that is not there',
      ['inbox', '--url', 'http://127.0.0.1:1', '--token-file', 'none'],
      'CLI_FILE_UNREADABLE',
    ],
    ['an address that is none', ['inbox', '--url', 'ftp://x', '--token-file', 'none'], 'CLI_INPUT_INVALID'],
  ])('exits 1 for %s', async (_, argv, expected) => {
    const { code, out } = await blo(...argv, '--json');
    expect(code).toBe(1);
    expect(errorIn(out).code).toBe(expected);
  });

  it('takes --json on every command', async () => {
    const { out } = await blo('--help');
    const nouns = [...out.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name ?? '').filter((name) => name !== 'help');
    for (const name of nouns) {
      const help = (await blo(name, '--help')).out;
      const verbs = [...help.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, verb]) => verb ?? '');
      const pages =
        verbs.length === 0
          ? [help]
          : await Promise.all(verbs.map(async (verb) => (await blo(name, verb, '--help')).out));
      for (const page of pages) expect(page, name).toContain('--json');
    }
  });
});
