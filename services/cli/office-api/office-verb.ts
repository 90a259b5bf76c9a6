import type { Command } from 'commander';
import type { Role } from '../../core/access/index.ts';
import type { Answer } from '../answer.ts';
import type { Cli, VerbInput } from '../verb.ts';
import { findOffice, type OfficeOptions } from './find-office.ts';
import { type OfficeClient, officeClient } from './office-client.ts';

/** Does the work of a command at an office. */
export type OfficeAction<Options extends OfficeOptions> = (
  office: OfficeClient,
  input: VerbInput<Options>,
) => Promise<Answer>;

/** Adds a command that speaks to one office, by default with the token of `role`. */
export function officeVerb<Options extends OfficeOptions = OfficeOptions>(
  cli: Cli,
  parent: Command,
  usage: string,
  description: string,
  role: Role,
  action: OfficeAction<Options>,
): Command {
  const command = cli.verb<Options>(parent, usage, description, async (input) =>
    action(officeClient(await findOffice(input.options, role, input.context)), input),
  );
  return withOfficeOptions(command, role);
}

/** The options by which a command is told which office it speaks to. */
export function withOfficeOptions(command: Command, role: Role): Command {
  return command
    .option('--office <id>', 'the office, as .liaison/region.json names it')
    .option('--home <folder>', "the region's folder, where it is not .liaison here or above")
    .option('--role <role>', `act with the region's token of this role instead of ${role}`)
    .option('--url <address>', "the office's HTTP address, instead of --office (or BLO_URL)")
    .option('--token-file <file>', 'the file with the token (or BLO_TOKEN_FILE)');
}
