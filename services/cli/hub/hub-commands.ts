import { resolve } from 'node:path';
import type { Answer } from '../answer.ts';
import type { ExitCode } from '../exit-codes.ts';
import { hubHome } from '../home/paths.ts';
import { runAttached } from '../supervise/run-attached.ts';
import { type Cli, noun } from '../verb.ts';

/** `blo hub run`. */
export function addHubCommands(cli: Cli): void {
  const hub = noun(cli, 'hub', 'a regional hub');
  cli
    .verb<{ home: string }>(
      hub,
      'run',
      'run the process of a hub until it is stopped',
      async ({ options, context }): Promise<Answer> => {
        const config = hubHome.config(resolve(context.cwd, options.home));
        return { exitCode: (await runAttached('hub', ['--config', config], context.cwd)) as ExitCode };
      },
    )
    .requiredOption('--home <folder>', "the hub's folder");
}
