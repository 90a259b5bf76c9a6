import { type FastifyInstance, fastify } from 'fastify';
import { type Clock, digestFromBytes, type HubId, isLiaisonError, rfc3339 } from '../core/foundation/index.ts';
import type { Metrics } from '../core/telemetry/index.ts';
import { labelsOf } from '../core/wire/index.ts';
import { answerFigures, type Figures, parseFiguresQuery } from './figures/answer-figures.ts';
import { figuresPage, PAGE_POLICY } from './figures/figures-page.ts';
import type { HubLinks } from './links.ts';
import { HUB_OPENAPI } from './openapi.ts';
import type { Region } from './region.ts';
import { subscriptionJson } from './subscription-json.ts';

/** What the HTTP door shows. */
export interface HubDoorParts {
  readonly hub: HubId;
  readonly links: HubLinks;
  readonly region: Region;
  readonly clock: Clock;
  readonly isConnected: () => boolean;
  readonly metrics: Metrics;
}

/** The hub's HTTP door: who is connected, what is counted and how the process is; it takes nothing in and shows no content. */
export function buildHubDoor(parts: HubDoorParts): FastifyInstance {
  const { hub, region, clock, links, metrics } = parts;
  const door = fastify({ logger: false, bodyLimit: 1024, forceCloseConnections: true });
  door.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    reply.header('x-content-type-options', 'nosniff');
  });
  door.setErrorHandler(async (error, _request, reply) => {
    const known = isLiaisonError(error) && error.code === 'HUB_FIGURES_QUERY_INVALID' ? error : undefined;
    const status = known === undefined ? 500 : 400;
    return reply
      .code(status)
      .type('application/problem+json')
      .send({
        type: 'about:blank',
        status,
        code: known?.code ?? 'HUB_FAILED',
        ...(known === undefined ? {} : known.context),
      });
  });
  const figuresOf = (query: unknown): Figures =>
    answerFigures(region.counts, parseFiguresQuery(query as Record<string, unknown>, clock.now()));

  door.get('/healthz', async () => ({ status: 'ok' }));
  door.get('/readyz', async (_request, reply) => {
    const ready = parts.isConnected() && links.answered();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  door.get('/v1/links', async () => ({
    hub,
    suspended: [...region.suspended()].sort(),
    links: links.all(),
  }));
  door.get('/v1/subscriptions', async () => ({
    hub,
    subscriptions: region.subscriptions.all().map(subscriptionJson),
  }));
  door.get('/v1/log', async () => {
    const { proof, head } = await region.head();
    const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
    return {
      hub,
      size: region.log.state.size(),
      digest: digestFromBytes(region.log.state.digest()),
      // The signed bytes, for whoever checks them against what offices were told.
      head: encode(head),
      protected: encode(proof?.protected ?? new Uint8Array()),
      treeHead: encode(proof?.head ?? new Uint8Array()),
      signature: encode(proof?.signature ?? new Uint8Array()),
    };
  });
  door.get('/v1/figures', async (request) => ({ hub, ...figuresOf(request.query) }));
  door.get('/figures', async (request, reply) => {
    const words = new Map(Object.values(labelsOf('en').codes).flatMap((codes) => Object.entries(codes)));
    const page = figuresPage(figuresOf(request.query), {
      hub,
      at: rfc3339(clock.now()),
      wordOf: (code) => words.get(code) ?? code,
    });
    return reply.header('content-security-policy', PAGE_POLICY).type('text/html; charset=utf-8').send(page);
  });
  door.get('/openapi.json', async () => HUB_OPENAPI);
  door.get('/metrics', async (_request, reply) => {
    const gauges = {
      liaison_hub_log_entries: region.log.state.size(),
      liaison_hub_waiting_pulls: region.requests.pulls.waiting(),
      liaison_hub_subscriptions: region.subscriptions.all().length,
      liaison_hub_suspended_nations: region.suspended().size,
    };
    const text = `${await metrics.text()}\n${linkGauge(links)}${region.meters.text(gauges)}\n`;
    return reply.type(metrics.contentType).send(text);
  });
  return door;
}

/** The same series as an office has of its own links; a hub has none of an office's other states. */
function linkGauge(links: HubLinks): string {
  const lines = links.all().map((link) => `liaison_link_up{peer="${link.office}"} ${link.up ? 1 : 0}`);
  return `# HELP liaison_link_up Whether the link of an office is up\n# TYPE liaison_link_up gauge\n${lines.join('\n')}\n`;
}
