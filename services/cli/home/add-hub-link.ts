import { parseDocument } from 'yaml';
import { type EpochMs, nationOf, type OfficeId } from '../../core/foundation/index.ts';
import { CliError } from '../errors.ts';
import { readText, writePublicFile } from './files.ts';
import { hubHome } from './paths.ts';
import { ensureServerHome, readServerPlan } from './server-home.ts';

/** An office that links to a hub. */
export interface NewHubLink {
  readonly office: OfficeId;
  /** The offices that it may exchange with through the hub. */
  readonly routes: readonly OfficeId[];
  readonly operations: boolean;
}

/**
 * The hub lets one office more in, and lets it exchange with these others: a card for it, and its name in the
 * configuration. With `operations` channels of joint operations pass on its routes to offices that may too. @throws CliError CLI_FILE_EXISTS where it has that link, CLI_INPUT_INVALID for a route that cannot be.
 */
export async function addHubLink(
  home: string,
  { office, routes, operations }: NewHubLink,
  now: EpochMs,
): Promise<void> {
  const plan = await readServerPlan(home);
  const linked = plan.links.map(({ neighbour }) => neighbour);
  if (linked.includes(office)) throw new CliError('CLI_FILE_EXISTS', { context: { link: office } });
  const impossible = routes.find((other) => !linked.includes(other) || nationOf(other) === nationOf(office));
  if (impossible !== undefined)
    throw new CliError('CLI_INPUT_INVALID', {
      context: { route: impossible, fault: 'not an office of another nation that links to this hub' },
    });
  const config = parseDocument(await readText(hubHome.config(home)));
  if (config.errors.length > 0)
    throw new CliError('CLI_INPUT_INVALID', { context: { file: hubHome.config(home), fault: 'not YAML' } });
  await ensureServerHome(
    home,
    {
      ...plan,
      links: [...plan.links, { neighbour: office, kind: 'accepts', peers: [office], via: null, operations }],
      routes: [...plan.routes, ...routes.map((other) => [office, other] as const)],
    },
    now,
  );
  config.addIn(['offices'], office);
  await writePublicFile(hubHome.config(home), String(config));
}
