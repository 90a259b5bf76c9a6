import { parseDocument } from 'yaml';
import type { EpochMs } from '../../core/foundation/index.ts';
import { CliError } from '../errors.ts';
import { readText, writePublicFile } from './files.ts';
import { neighbourYaml } from './office-home.ts';
import { officeHome } from './paths.ts';
import { ensureServerHome, readServerPlan } from './server-home.ts';
import type { PlannedLink } from './server-plan.ts';

/**
 * The office has one link more: keys for it, a card for the neighbour, and the neighbour in its configuration.
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
  const streams = plan.links.length === 0 ? link.peers.length - 1 : link.peers.length;
  const maxFileBytes = plan.maxFileBytes + streams * Number(config.getIn(['limits', 'inboundBytes']));
  await ensureServerHome(home, { ...plan, maxFileBytes, links: [...plan.links, link] }, now);
  for (const office of link.peers)
    config.addIn(['neighbours'], config.createNode(neighbourYaml(office, link.neighbour)));
  await writePublicFile(officeHome.config(home), String(config));
}
