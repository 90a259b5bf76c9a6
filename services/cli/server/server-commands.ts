import { resolve } from 'node:path';
import { findNatsServer } from '../supervise/nats-server.ts';
import { type Cli, noun } from '../verb.ts';

/** `blo server config`. */
export function addServerCommands(cli: Cli): void {
  const server = noun(cli, 'server', 'the nats-server of an office or hub');
  cli
    .verb<{ home: string; serverVersion?: string }>(
      server,
      'config',
      "write the server's configuration from its plan, keys and its neighbours' cards",
      async ({ options, context }) => {
        const { renderServerHome } = await import('../home/render-server.ts');
        const version = options.serverVersion ?? (await findNatsServer(context.env)).version;
        const file = await renderServerHome(resolve(context.cwd, options.home), version);
        return { json: { file, serverVersion: version }, text: `The configuration is in ${file}.` };
      },
    )
    .requiredOption('--home <folder>', 'the folder of the office or hub')
    .option('--server-version <version>', 'for this version, instead of the one of the nats-server found here');
}
