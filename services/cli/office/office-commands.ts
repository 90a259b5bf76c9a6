import { resolve } from 'node:path';
import { days, isOfficeId, parseKeyId, parseOfficeId, systemClock } from '../../core/foundation/index.ts';
import type { Answer } from '../answer.ts';
import { CliError } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import { parseAddress, parseEnd } from '../home/link-card.ts';
import { OFFICE_BOUNDS } from '../home/office-bounds.ts';
import { officeHome, serverHome } from '../home/paths.ts';
import { runAttached } from '../supervise/run-attached.ts';
import { renderPairs } from '../terminal/render-table.ts';
import { type Cli, noun, type VerbInput } from '../verb.ts';

interface InitOptions {
  readonly home: string;
  readonly root: string;
  readonly name?: string;
  readonly http: string;
  readonly clientPort: string;
  readonly monitorPort: string;
  readonly listen?: string;
}

interface LinkOptions {
  readonly home: string;
  readonly accepts?: true;
  readonly dials?: string;
  readonly peer?: readonly string[];
  readonly operations?: true;
}

interface RotateOptions {
  readonly home: string;
  readonly activate?: true;
  readonly overlapDays: string;
}

/** `blo office init|link|rotate-keys|run`. */
export function addOfficeCommands(cli: Cli): void {
  const office = noun(cli, 'office', "an office's folder and process");
  cli
    .verb<InitOptions>(office, 'init <id>', 'make the folder of an office, with keys of its own', initOffice)
    .requiredOption('--home <folder>', 'the folder to make')
    .requiredOption('--root <thumbprint>', "thumbprint of the own nation's root key")
    .option('--name <name>', 'its name for people, in English')
    .option('--http <address>', 'where its HTTP door listens', '127.0.0.1:8101')
    .option('--client-port <port>', 'of its own server, on loopback', '4222')
    .option('--monitor-port <port>', 'of its own server, on loopback', '8222')
    .option('--listen <address>', 'where neighbours dial it; left out where it dials all of them');
  cli
    .verb<LinkOptions>(
      office,
      'link <neighbour>',
      'add a link to a neighbour or hub, and make the card to give to it',
      linkOffice,
    )
    .requiredOption('--home <folder>', "the office's folder")
    .option('--accepts', 'the neighbour dials this office')
    .option('--dials <address>', 'this office dials the neighbour there')
    .option('--operations', 'joint operations may be run with the neighbour, or with the offices behind the hub')
    .option(
      '--peer <office>',
      'an office behind the hub; may be repeated',
      (value: string, before: readonly string[] = []) => [...before, value],
    );
  cli
    .verb<RotateOptions>(
      office,
      'rotate-keys',
      'make fresh keys beside the old ones; with --activate, sign with them once the directory lists them',
      rotateOfficeKeys,
    )
    .requiredOption('--home <folder>', "the office's folder")
    .option('--activate', 'the prepared signing key takes the place of the old one')
    .option('--overlap-days <count>', 'how long the old keys stay good', '7');
  cli
    .verb<{ home: string }>(
      office,
      'run',
      'run the process of an office until it is stopped',
      async ({ options, context }): Promise<Answer> => {
        const config = officeHome.config(resolve(context.cwd, options.home));
        return { exitCode: (await runAttached('office', ['--config', config], context.cwd)) as ExitCode };
      },
    )
    .requiredOption('--home <folder>', "the office's folder");
}

async function initOffice({ args, options, context }: VerbInput<InitOptions>): Promise<Answer> {
  const { initOfficeHome } = await import('../home/office-home.ts');
  const id = parseOfficeId(args[0]);
  const home = resolve(context.cwd, options.home);
  await initOfficeHome(
    home,
    {
      office: id,
      name: options.name ?? id,
      root: parseKeyId(options.root),
      http: parseAddress(options.http),
      clientPort: portOf(options.clientPort),
      monitorPort: portOf(options.monitorPort),
      listener: options.listen === undefined ? null : parseAddress(options.listen),
      links: [],
      bounds: OFFICE_BOUNDS,
    },
    systemClock.now(),
  );
  const entry = officeHome.entry(home);
  const text = renderPairs([
    ['office', id],
    ['folder', home],
    ['to the nation', `${entry} (blo directory sign)`],
  ]);
  return { json: { office: id, home, entry }, text };
}

async function linkOffice({ args, options, context }: VerbInput<LinkOptions>): Promise<Answer> {
  const { addOfficeLink } = await import('../home/add-office-link.ts');
  const home = resolve(context.cwd, options.home);
  const neighbour = parseEnd(args[0]);
  const dials = options.dials;
  if ((options.accepts === true) === (dials !== undefined))
    throw new CliError('CLI_USAGE', { context: { choose: '--accepts or --dials' } });
  const peers = isOfficeId(neighbour) ? [neighbour] : (options.peer ?? []).map(parseOfficeId);
  const via = dials === undefined ? null : parseAddress(dials);
  const kind = via === null ? 'accepts' : 'dials';
  await addOfficeLink(
    home,
    { neighbour, kind, peers, via, operations: options.operations === true },
    systemClock.now(),
  );
  const own = serverHome.ownCard(home, neighbour);
  const theirs = serverHome.card(home, neighbour);
  const text = renderPairs([
    ['give to the neighbour', own],
    ['put its card here', theirs],
    ['then', 'blo server config'],
  ]);
  return { json: { neighbour, card: own, expects: theirs }, text };
}

async function rotateOfficeKeys({ options, context }: VerbInput<RotateOptions>): Promise<Answer> {
  const { activateOfficeKey, prepareOfficeKeys } = await import('../home/rotate-office-keys.ts');
  const home = resolve(context.cwd, options.home);
  if (options.activate === true) {
    const signing = await activateOfficeKey(home, systemClock.now());
    return {
      json: { signing, active: true },
      text: renderPairs([
        ['signs with', signing],
        ['then', 'start the office again'],
      ]),
    };
  }
  const count = Number(options.overlapDays);
  if (!Number.isInteger(count) || count < 1 || count > 90)
    throw new CliError('CLI_USAGE', { context: { overlapDays: options.overlapDays } });
  const prepared = await prepareOfficeKeys(home, days(count), systemClock.now());
  const text = renderPairs([
    ['signing key', prepared.signing],
    ['sealing key', prepared.sealing],
    ['first', 'start the office again, so that it can read what will be sealed to the new key'],
    ['to the nation', `${prepared.entry} (blo directory sign)`],
    ['when the directory is here', 'blo office rotate-keys --activate, and start the office again'],
  ]);
  return { json: { ...prepared, active: false }, text };
}

function portOf(text: string): number {
  return parseAddress(`localhost:${text}`).port;
}
