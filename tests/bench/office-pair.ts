import { Agent, request as httpRequest } from 'node:http';
import { createParser } from '../../services/cli/message/parse-event-stream.ts';
import { parseOfficeId } from '../../services/core/foundation/index.ts';
import { vehicleAlert } from '../faults/alert-load.ts';
import { startRegion, type TestOfficeNode } from '../support/region.ts';
import { figuresBetween, figuresOf, type NodeFigures } from './node-figures.ts';
import { type Spread, spreadOf } from './percentiles.ts';
import { usageOf } from './process-usage.ts';
import { paced } from './raw-link.ts';

/** What one process used while the throughput was measured. */
export interface ProcessCost {
  readonly name: string;
  readonly cpuSecondsPer10k: number;
  readonly residentMiB: number;
}

/** What two offices do end to end: submitted over HTTP here, told as delivered over there. */
export interface PairResult {
  readonly accepted: Spread;
  readonly delivered: Spread;
  readonly perSecond: number;
  readonly costs: readonly ProcessCost[];
  /** What both nodes wrote and sent: at the pace, and while throughput was measured. */
  readonly work: readonly NodeWork[];
}

/** What a node wrote and sent for so many alerts. */
export interface NodeWork extends NodeFigures {
  readonly name: string;
  readonly alerts: number;
}

const CONCURRENT = 128;
const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENT });

function post(office: TestOfficeNode, body: unknown): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${office.tokens.system}`,
      'content-type': 'application/json',
      'content-length': bytes.length,
    };
    const request = httpRequest(`${office.url}/v1/alerts`, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 201) resolve((JSON.parse(text) as { id: string }).id);
        else reject(new Error(`answered ${response.statusCode}: ${text.slice(0, 200)}`));
      });
    });
    request.on('error', reject);
    request.end(bytes);
  });
}

/** When each message was told as delivered, by id. */
async function followDeliveries(office: TestOfficeNode, signal: AbortSignal): Promise<Map<string, number>> {
  const arrivals = new Map<string, number>();
  const response = await office.as('auditor').open('/v1/events', { accept: 'text/event-stream' }, signal);
  const parser = createParser((event) => {
    if (event.type === 'delivered')
      arrivals.set((JSON.parse(event.data) as { envelopeId: string }).envelopeId, performance.now());
  });
  void (async () => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) parser.feed(chunk);
  })().catch(() => undefined);
  return arrivals;
}

/** Alerts from one office to its pair over a direct link: latency at a pace, then as many as they take. */
export async function measurePair(options: {
  readonly rate: number;
  readonly seconds: number;
  readonly alerts: number;
}): Promise<PairResult> {
  const th = parseOfficeId('th-chiang-khong');
  const la = parseOfficeId('la-houayxay');
  const region = await startRegion({ pairs: [{ accepts: th, dials: la }], heartbeatSeconds: 10 });
  const stop = new AbortController();
  try {
    const from = region.office(th);
    const to = region.office(la);
    const arrivals = await followDeliveries(to, stop.signal);
    let number = 0;
    const alert = (): unknown => {
      const { idempotencyKey: _, ...rest } = vehicleAlert(number++, la, 'PRECEDENCE_ROUTINE');
      return rest;
    };
    const arrived = async (count: number): Promise<void> => {
      const giveUpAt = performance.now() + 120_000;
      while (arrivals.size < count && performance.now() < giveUpAt)
        await new Promise((resolve) => setTimeout(resolve, 5));
    };

    for (let warm = 0; warm < 300; warm++) await post(from, alert());
    await arrived(300);

    const work: NodeWork[] = [];
    const figures = (): Promise<NodeFigures[]> => Promise.all([from, to].map(figuresOf));
    const note = (phase: string, alerts: number, had: readonly NodeFigures[], has: readonly NodeFigures[]): void => {
      for (const [index, name] of ['sender', 'recipient'].entries())
        work.push({
          name: `${name}, ${phase}`,
          alerts,
          ...figuresBetween(had[index] as NodeFigures, has[index] as NodeFigures),
        });
    };
    const atStart = await figures();
    const accepted: number[] = [];
    const sent = new Map<string, number>();
    await paced(options.rate, options.seconds, async () => {
      const body = alert();
      const at = performance.now();
      const id = await post(from, body);
      accepted.push(performance.now() - at);
      sent.set(id, at);
    });
    await arrived(300 + sent.size);
    const delivered = [...sent].map(([id, at]) => (arrivals.get(id) ?? Number.POSITIVE_INFINITY) - at);

    const afterPace = await figures();
    note('at the pace', sent.size, atStart, afterPace);

    const processes = [
      ['node of the sender', from],
      ['server of the sender', from.server],
      ['node of the recipient', to],
      ['server of the recipient', to.server],
    ] as const;
    const before = processes.map(([, process]) => usageOf(process.pid() ?? 0));
    const had = arrivals.size;
    const started = performance.now();
    let left = options.alerts;
    await Promise.all(
      Array.from({ length: CONCURRENT }, async () => {
        while (left-- > 0) await post(from, alert());
      }),
    );
    await arrived(had + options.alerts);
    const perSecond = ((arrivals.size - had) * 1000) / (performance.now() - started);
    const costs = processes.map(([name, process], index) => {
      const now = usageOf(process.pid() ?? 0);
      const cpu = now.cpuSeconds - (before[index]?.cpuSeconds ?? 0);
      return { name, cpuSecondsPer10k: (cpu * 10_000) / options.alerts, residentMiB: now.residentMiB };
    });
    note('at full load', options.alerts, afterPace, await figures());
    return { work, accepted: spreadOf(accepted), delivered: spreadOf(delivered), perSecond, costs };
  } finally {
    stop.abort();
    agent.destroy();
    await region.close();
  }
}
