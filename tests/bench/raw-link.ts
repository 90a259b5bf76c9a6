import { durationMs, parseOfficeId } from '../../services/core/foundation/index.ts';
import { crossSubject } from '../../services/core/subjects/index.ts';
import { openSide } from '../support/nats/open-side.ts';
import { startLink } from '../support/nats/start-link.ts';
import { type Spread, spreadOf } from './percentiles.ts';

/** What JetStream alone does over the same kind of link. */
export interface RawResult {
  readonly latency: Spread;
  readonly perSecond: number;
}

const TIMEOUT = durationMs(20_000);
const IN_FLIGHT = 256;

/** Messages of 1 KiB from one office's account over the leaf link into the other's inbound stream, acknowledged and read there. */
export async function measureRawLink(options: {
  readonly rate: number;
  readonly seconds: number;
  readonly messages: number;
  readonly lazySync: boolean;
}): Promise<RawResult> {
  const accepting = parseOfficeId('th-chiang-khong');
  const dialling = parseOfficeId('la-houayxay');
  const alter = (config: string): string =>
    options.lazySync ? config.replace(/sync_interval:\s*always/g, 'sync_interval: "2m"') : config;
  const link = await startLink({ accepting, dialling, alterAccepting: alter });
  const from = await openSide(link.dialling, accepting);
  const to = await openSide(link.accepting, dialling);
  try {
    const subject = crossSubject({ scope: link.scope, from: dialling, to: accepting, precedence: 'routine' });
    const sent = new Map<number, number>();
    const latencies: number[] = [];
    let received = 0;
    let reading = true;
    const acks = new Set<Promise<void>>();
    const reader = (async () => {
      while (reading) {
        const message = await to.inbound.next();
        if (message === undefined) return;
        const number = new DataView(message.bytes.buffer, message.bytes.byteOffset).getUint32(0);
        const at = sent.get(number);
        if (at !== undefined) latencies.push(performance.now() - at);
        received++;
        acks.add(message.ack().catch(() => undefined));
      }
    })();
    let number = 0;
    const publish = (): Promise<void> => {
      const bytes = new Uint8Array(1024);
      new DataView(bytes.buffer).setUint32(0, number);
      sent.set(number, performance.now());
      number++;
      return from.publisher.publish(subject, bytes, { timeoutMs: TIMEOUT });
    };
    for (let warm = 0; warm < 50; warm++) await publish();
    latencies.length = 0;
    await paced(options.rate, options.seconds, publish);
    const latency = spreadOf(latencies);

    const before = received;
    const started = performance.now();
    let left = options.messages;
    await Promise.all(
      Array.from({ length: IN_FLIGHT }, async () => {
        while (left-- > 0) await publish();
      }),
    );
    while (received - before < options.messages) await new Promise((resolve) => setTimeout(resolve, 2));
    const perSecond = (options.messages * 1000) / (performance.now() - started);
    reading = false;
    await to.inbound.close();
    await reader;
    await Promise.all(acks);
    return { latency, perSecond };
  } finally {
    await from.close();
    await to.close();
    await link.stop();
  }
}

/** Starts `work` that many times a second, whether or not the last one is done, and waits for all. */
export async function paced(rate: number, seconds: number, work: () => Promise<unknown>): Promise<void> {
  const all: Promise<unknown>[] = [];
  const started = performance.now();
  for (let turn = 0; turn < rate * seconds; turn++) {
    const wait = started + (turn * 1000) / rate - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    all.push(work());
  }
  await Promise.all(all);
}
