import { type FastifyInstance, fastify } from 'fastify';
import type { HubId } from '../core/foundation/index.ts';
import type { Metrics } from '../core/telemetry/index.ts';
import type { HubLinks } from './links.ts';
import { HUB_OPENAPI } from './openapi.ts';

/** What the HTTP door shows. */
export interface HubDoorParts {
  readonly hub: HubId;
  readonly links: HubLinks;
  readonly isConnected: () => boolean;
  readonly metrics: Metrics;
}

/** The hub's HTTP door: who is connected and how the process is, nothing else; it takes nothing in. */
export function buildHubDoor(parts: HubDoorParts): FastifyInstance {
  const door = fastify({ logger: false, bodyLimit: 1024, forceCloseConnections: true });
  door.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    reply.header('x-content-type-options', 'nosniff');
  });
  door.get('/healthz', async () => ({ status: 'ok' }));
  door.get('/readyz', async (_request, reply) => {
    const ready = parts.isConnected() && parts.links.answered();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  door.get('/v1/links', async () => ({ hub: parts.hub, links: parts.links.all() }));
  door.get('/openapi.json', async () => HUB_OPENAPI);
  door.get('/metrics', async (_request, reply) => {
    const text = `${await parts.metrics.text()}\n${linkGauge(parts.links)}`;
    return reply.type(parts.metrics.contentType).send(text);
  });
  return door;
}

/** The same series as an office has of its own links; a hub has none of an office's other states. */
function linkGauge(links: HubLinks): string {
  const lines = links.all().map((link) => `liaison_link_up{peer="${link.office}"} ${link.up ? 1 : 0}`);
  return `# HELP liaison_link_up Whether the link of an office is up\n# TYPE liaison_link_up gauge\n${lines.join('\n')}\n`;
}
