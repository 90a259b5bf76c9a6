import { type Document, parseDocument, type YAMLSeq } from 'yaml';
import { type EpochMs, isOfficeId, type OfficeId } from '../../core/foundation/index.ts';
import { CliError } from '../errors.ts';
import { readText, writePublicFile } from './files.ts';
import { wayYaml } from './neighbour-yaml.ts';
import { officeHome } from './paths.ts';
import { ensureServerHome, readServerPlan } from './server-home.ts';
import type { PlannedLink } from './server-plan.ts';

/**
 * The office has one link more: keys for it, a card for the neighbour, and the neighbour in its configuration; a neighbour
 * that it reaches already has a further way.
 * @throws CliError CLI_FILE_EXISTS where it has a link to that neighbour, CLI_INPUT_INVALID.
 */
export async function addOfficeLink(home: string, link: PlannedLink, now: EpochMs): Promise<void> {
  const plan = await readServerPlan(home);
  if (plan.links.some((known) => known.neighbour === link.neighbour)) {
    throw new CliError('CLI_FILE_EXISTS', { context: { link: link.neighbour } });
  }
  if (link.kind === 'accepts' && plan.listener === null) {
    throw new CliError('CLI_INPUT_INVALID', {
      context: { link: link.neighbour, fault: 'the office was made without --listen' },
    });
  }
  const config = parseDocument(await readText(officeHome.config(home)));
  if (config.errors.length > 0)
    throw new CliError('CLI_INPUT_INVALID', { context: { file: officeHome.config(home), fault: 'not YAML' } });
  // The first neighbour's stream is reckoned in from the start.
  const known = new Set(plan.links.flatMap(({ peers }) => peers));
  const added = link.peers.filter((peer) => !known.has(peer)).length;
  const streams = plan.links.length === 0 ? added - 1 : added;
  const maxFileBytes = plan.maxFileBytes + streams * Number(config.getIn(['limits', 'inboundBytes']));
  await ensureServerHome(home, { ...plan, maxFileBytes, links: [...plan.links, link] }, now);
  for (const office of link.peers) addWay(config, office, link);
  if (!isOfficeId(link.neighbour)) {
    // A hub carries more than what goes between two offices: the region is told and asked over the same link.
    const entry = { hub: link.neighbour, key: `keys/link-${link.neighbour}.nk` };
    if (config.hasIn(['hubs'])) config.addIn(['hubs'], config.createNode(entry));
    else config.setIn(['hubs'], config.createNode([entry]));
  }
  await writePublicFile(officeHome.config(home), String(config));
}

function addWay(config: Document, office: OfficeId, link: PlannedLink): void {
  const way = wayYaml(link);
  const neighbours = config.get('neighbours') as YAMLSeq | undefined;
  const at = neighbours?.items.findIndex((_, index) => config.getIn(['neighbours', index, 'office']) === office) ?? -1;
  if (at < 0) config.addIn(['neighbours'], config.createNode({ office, ...way }));
  else if (config.hasIn(['neighbours', at, 'also'])) config.addIn(['neighbours', at, 'also'], config.createNode(way));
  else config.setIn(['neighbours', at, 'also'], config.createNode([way]));
}
