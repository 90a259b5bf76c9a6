import { Command, CommanderError } from 'commander';
import type { CommandContext } from './context.ts';
import { describeError, errorJson, exitCodeOf } from './describe-error.ts';
import { CliError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';
import { type Cli, verbMaker } from './verb.ts';

const ADD_COMMANDS: readonly ((cli: Cli) => void)[] = [];

/** Runs one command line to its end and says what it has to say; every failure becomes one sentence and an exit code. */
export async function runProgram(argv: readonly string[], context: CommandContext): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.OK;
  const program = new Command('blo')
    .description('Runs and uses border liaison offices: keys, agreements, policies, servers, alerts and evidence.')
    .showHelpAfterError('(add --help for what it takes)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.terminal.print(text.trimEnd()),
      writeErr: (text) => context.terminal.note(text.trimEnd()),
    });
  const cli: Cli = { program, context, verb: verbMaker(context, (code) => (exitCode = code)) };
  for (const addCommands of ADD_COMMANDS) addCommands(cli);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return sayFailure(error, argv.includes('--json'), context);
  }
}

async function sayFailure(error: unknown, json: boolean, { terminal }: CommandContext): Promise<ExitCode> {
  if (!(error instanceof CommanderError)) {
    terminal.note(`blo: ${await describeError(error)}`);
    if (json) terminal.print(JSON.stringify(errorJson(error)));
    return exitCodeOf(error);
  }
  if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version') return ExitCode.OK;
  if (json) terminal.print(JSON.stringify(errorJson(new CliError('CLI_USAGE', { context: { reason: error.code } }))));
  return ExitCode.USAGE;
}
