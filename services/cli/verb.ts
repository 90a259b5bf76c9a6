import type { Command, OptionValues } from 'commander';
import type { Answer } from './answer.ts';
import type { CommandContext } from './context.ts';
import { ExitCode } from './exit-codes.ts';

/** What a command gets: its options, and its arguments in order. */
export interface VerbInput<Options extends OptionValues> {
  readonly options: Options & { readonly json?: true };
  readonly args: readonly string[];
  readonly context: CommandContext;
}

/** Does the work of a command. */
export type Action<Options extends OptionValues> = (input: VerbInput<Options>) => Promise<Answer>;

/** Adds a command under a parent: `usage` is its name and arguments as commander has them, `sign <file>`. */
export type AddVerb = <Options extends OptionValues = OptionValues>(
  parent: Command,
  usage: string,
  description: string,
  action: Action<Options>,
) => Command;

/** What a noun's file needs to add its commands. */
export interface Cli {
  readonly program: Command;
  readonly context: CommandContext;
  readonly verb: AddVerb;
}

/** Commands that all take `--json` and say their answer in one place. */
export function verbMaker(context: CommandContext, exitWith: (code: ExitCode) => void): AddVerb {
  return <Options extends OptionValues>(parent: Command, usage: string, description: string, action: Action<Options>) =>
    parent
      .command(usage)
      .description(description)
      .option('--json', 'print the result as JSON')
      .action(async (...given: unknown[]) => {
        const command = given.at(-1) as Command;
        const options = command.opts<Options & { json?: true }>();
        const answer = await action({ options, args: given.slice(0, -2).flat().map(textOf), context });
        say(answer, options.json === true, context);
        exitWith(answer.exitCode ?? ExitCode.OK);
      });
}

/** A word without a command of its own: shows what it takes. */
export function noun(cli: Cli, name: string, description: string): Command {
  return cli.program.command(name).description(description);
}

function say(answer: Answer, json: boolean, { terminal }: CommandContext): void {
  if (json && answer.json !== undefined) terminal.print(JSON.stringify(answer.json, null, 2));
  if (!json && answer.text !== undefined) terminal.print(answer.text);
}

function textOf(value: unknown): string {
  return value === undefined ? '' : String(value);
}
