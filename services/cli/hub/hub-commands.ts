import { resolve } from 'node:path';
import { parseHubId, parseNationCode, parseOfficeId, systemClock } from '../../core/foundation/index.ts';
import type { Answer } from '../answer.ts';
import type { ExitCode } from '../exit-codes.ts';
import { parseAddress } from '../home/link-card.ts';
import { hubHome, serverHome } from '../home/paths.ts';
import { findNatsServer } from '../supervise/nats-server.ts';
import { runAttached } from '../supervise/run-attached.ts';
import { renderPairs } from '../terminal/render-table.ts';
import { type Cli, noun, type VerbInput } from '../verb.ts';
import { addHubViews } from './hub-views.ts';

interface CreateOptions {
  readonly home: string;
  readonly http: string;
  readonly clientPort: string;
  readonly monitorPort: string;
  readonly listen: string;
}

interface NationOptions {
  readonly home: string;
  readonly serverVersion?: string;
}

/** `blo hub create|link|run|suspend|resume|status|figures|subscriptions`. */
export function addHubCommands(cli: Cli): void {
  const hub = noun(cli, 'hub', 'a regional hub');
  cli
    .verb<CreateOptions>(hub, 'create <id>', 'make the folder of a hub, with keys of its own', createHub)
    .requiredOption('--home <folder>', 'the folder to make')
    .requiredOption('--listen <address>', 'where offices dial it')
    .option('--http <address>', 'where its HTTP door listens', '127.0.0.1:8104')
    .option('--client-port <port>', 'of its own server, on loopback', '4222')
    .option('--monitor-port <port>', 'of its own server, on loopback', '8222');
  cli
    .verb<{ home: string; route?: readonly string[]; operations?: true }>(
      hub,
      'link <office>',
      'let an office link to the hub, and make the card to give to it',
      linkOffice,
    )
    .requiredOption('--home <folder>', "the hub's folder")
    .option('--operations', 'joint operations may be run through the hub with offices of which that is said too')
    .option(
      '--route <office>',
      'an office that it may exchange with through the hub; may be repeated',
      (value: string, before: readonly string[] = []) => [...before, value],
    );
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
  for (const [name, description, action] of [
    ['suspend <nation>', 'cut a nation off: end its links, take nothing from it, answer nothing', suspend],
    ['resume <nation>', 'let a nation link again', resume],
  ] as const)
    cli
      .verb<NationOptions>(hub, name, description, action)
      .requiredOption('--home <folder>', "the hub's folder")
      .option('--server-version <version>', 'of its nats-server, instead of the one found here');
  addHubViews(cli, hub);
}

async function createHub({ args, options, context }: VerbInput<CreateOptions>): Promise<Answer> {
  const { createHubHome } = await import('../home/hub-home.ts');
  const home = resolve(context.cwd, options.home);
  const entry = await createHubHome(
    home,
    {
      hub: parseHubId(args[0]),
      http: parseAddress(options.http),
      clientPort: parseAddress(`localhost:${options.clientPort}`).port,
      monitorPort: parseAddress(`localhost:${options.monitorPort}`).port,
      listener: parseAddress(options.listen),
      links: [],
      routes: [],
    },
    systemClock.now(),
  );
  const file = hubHome.entry(home);
  const text = renderPairs([
    ['hub', entry.hub],
    ['thumbprint', entry.thumbprint],
    ['for agreements', file],
    ['signed agreements go to', hubHome.agreement(home, '*')],
    ['then', 'blo hub link, blo server config, blo hub run'],
  ]);
  return { json: { ...entry, home, entry: file }, text };
}

async function linkOffice({
  args,
  options,
  context,
}: VerbInput<{ home: string; route?: readonly string[]; operations?: true }>): Promise<Answer> {
  const { addHubLink } = await import('../home/add-hub-link.ts');
  const home = resolve(context.cwd, options.home);
  const office = parseOfficeId(args[0]);
  const routes = (options.route ?? []).map(parseOfficeId);
  await addHubLink(home, { office, routes, operations: options.operations === true }, systemClock.now());
  const card = serverHome.ownCard(home, office);
  const expects = serverHome.card(home, office);
  const text = renderPairs([
    ['give to the office', card],
    ['put its card here', expects],
    ['then', 'blo server config'],
  ]);
  return { json: { office, card, expects }, text };
}

async function suspend({ args, options, context }: VerbInput<NationOptions>): Promise<Answer> {
  const { suspendNation } = await import('./suspend-nation.ts');
  const version = options.serverVersion ?? (await findNatsServer(context.env)).version;
  const done = await suspendNation(resolve(context.cwd, options.home), parseNationCode(args[0]), version);
  const seconds = (done.tookMs / 1000).toFixed(1);
  return {
    json: done,
    text: `${done.nation} is cut off; ${done.ended} links were ended, after ${seconds} s none is back.`,
  };
}

async function resume({ args, options, context }: VerbInput<NationOptions>): Promise<Answer> {
  const { resumeNation } = await import('./suspend-nation.ts');
  const version = options.serverVersion ?? (await findNatsServer(context.env)).version;
  const nation = parseNationCode(args[0]);
  await resumeNation(resolve(context.cwd, options.home), nation, version);
  return { json: { nation }, text: `${nation} may link again.` };
}
