import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureHubFanout } from './hub-fanout.ts';
import { measurePair } from './office-pair.ts';
import type { Spread } from './percentiles.ts';
import { measureRawLink } from './raw-link.ts';

const RATE = 50;

/** Goals of DESIGN section 11. */
const GOALS = { p50: 4, p99: 8, perSecond: 10_000, officeMiB: 256 };

function ms(spread: Spread): string {
  return `p50 ${spread.p50.toFixed(1)} ms, p99 ${spread.p99.toFixed(1)} ms (${spread.count} measured)`;
}

function times(value: number, base: number): string {
  return `${(value / base).toFixed(2)} x`;
}

/** Runs the benchmark and prints it; every figure is from this run. */
export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seconds: { type: 'string', default: '20' },
      alerts: { type: 'string', default: '10000' },
      offices: { type: 'string', default: '70' },
      /** `pair` or `hub`; left out, both. */
      only: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const seconds = Number(values.seconds);
  const alerts = Number(values.alerts);
  const print = (line: string): void => void process.stdout.write(`${line}\n`);

  print(
    `Node.js ${process.version}, ${cpus().length} cores; ${RATE} a second for ${seconds} s, then ${alerts} as fast as they go; all on this machine.`,
  );
  const results: Record<string, unknown> = {};
  if (values.only !== 'hub') Object.assign(results, await benchPair({ seconds, alerts, print }));
  if (values.only !== 'pair') results['hub'] = await benchHub({ seconds, offices: Number(values.offices), print });
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
  return 0;
}

type Print = (line: string) => void;

async function benchPair({
  seconds,
  alerts,
  print,
}: {
  readonly seconds: number;
  readonly alerts: number;
  readonly print: Print;
}): Promise<Readonly<Record<string, unknown>>> {
  const raw = await measureRawLink({ rate: RATE, seconds, messages: alerts, lazySync: false });
  print('');
  print(
    'Raw JetStream, 1 KiB over a leaf link from the same templates (sync_interval: always), acknowledged and read:',
  );
  print(`  latency     ${ms(raw.latency)}`);
  print(`  throughput  ${raw.perSecond.toFixed(0)} a second`);
  const lazy = await measureRawLink({ rate: RATE, seconds: Math.min(seconds, 5), messages: alerts, lazySync: true });
  print(
    `  throughput  ${lazy.perSecond.toFixed(0)} a second where the receiving server syncs lazily, which loses data in a power cut`,
  );

  const pair = await measurePair({ rate: RATE, seconds, alerts });
  print('');
  print('Alerts from office to office: HTTP, gates, signatures, seal, both ledgers and contents synced, inbox:');
  print(`  accepted    ${ms(pair.accepted)}`);
  print(
    `  delivered   ${ms(pair.delivered)}   ${times(pair.delivered.p50, raw.latency.p50)} and ${times(pair.delivered.p99, raw.latency.p99)} of raw`,
  );
  print(
    `  throughput  ${pair.perSecond.toFixed(0)} a second   ${times(pair.perSecond, raw.perSecond)} of raw, ${times(pair.perSecond, lazy.perSecond)} of raw with lazy sync`,
  );
  for (const cost of pair.costs)
    print(
      `  ${cost.name.padEnd(24)} ${cost.cpuSecondsPer10k.toFixed(1)} CPU s per 10,000, ${cost.residentMiB.toFixed(0)} MiB resident`,
    );
  for (const { name, alerts, appends, appendSeconds, puts, putSeconds, framesOut } of pair.work)
    print(
      `  ${name.padEnd(24)} per alert ${(appends / alerts).toFixed(2)} ledger appends of ${((appendSeconds * 1000) / appends).toFixed(1)} ms, ${(puts / alerts).toFixed(2)} content writes of ${((putSeconds * 1000) / puts).toFixed(1)} ms, ${(framesOut / alerts).toFixed(2)} frames`,
    );
  const office = (pair.costs[0]?.residentMiB ?? 0) + (pair.costs[1]?.residentMiB ?? 0);

  print('');
  print('Against the goals of the design:');
  print(`  p50 delivered        ${pair.delivered.p50.toFixed(1)} of ${GOALS.p50} ms`);
  print(`  p99 delivered        ${pair.delivered.p99.toFixed(1)} of ${GOALS.p99} ms`);
  print(`  sustained            ${pair.perSecond.toFixed(0)} of ${GOALS.perSecond} a second`);
  print(`  sender's office      ${office.toFixed(0)} of ${GOALS.officeMiB} MiB`);
  return { raw, lazy, pair };
}

/** A release is verified at each of seventy subscribers within a second. */
const FANOUT_P99_MS = 1000;

async function benchHub({
  seconds,
  offices,
  print,
}: {
  readonly seconds: number;
  readonly offices: number;
  readonly print: Print;
}): Promise<unknown> {
  const fanout = await measureHubFanout({ offices, rate: RATE, seconds });
  const { released, stored, raw, missing } = fanout;
  print('');
  print(
    `A hub with ${offices} subscribed offices, each with a server and a link of its own, all on this machine; ${RATE} releases a second from ten of them.`,
  );
  print(
    'One process stands for all subscribers, on the cores of which the rest runs too. Each pulls over its own link and reads every answer and head by itself; an item is wholly verified by the first of them that gets it, and by the others compared with it by its digest.',
  );
  print(`  stored      ${ms(stored)}   until the hub has it on disk`);
  print(`  fan-out     ${ms(released)}   published at the origin until verified at a subscriber; ${missing} missing`);
  print(
    `  raw NATS    ${ms(raw)}   bytes of that size over the same links, to every office, not stored and not verified`,
  );
  print(`  verifying   ${ms(fanout.verified)}   what each office would need for one item on a machine of its own`);
  print(`  answers     ${fanout.repliesPerSecond.toFixed(1)} a second to each subscriber`);
  for (const { name, cpuSecondsPer1k } of fanout.costs)
    print(`  ${name.padEnd(24)} ${cpuSecondsPer1k.toFixed(3)} CPU s per 1,000 deliveries`);
  print(
    `  machine     ${(fanout.machine * 100).toFixed(0)} % used by all of this, load ${loadavg()[0]?.toFixed(1)} with whatever else runs`,
  );
  print(`  ratio       ${times(released.p50, raw.p50)} and ${times(released.p99, raw.p99)} of raw`);
  print(`  p99 fan-out ${released.p99.toFixed(0)} of ${FANOUT_P99_MS} ms`);
  return fanout;
}
