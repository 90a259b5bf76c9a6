import { expect, onTestFailed, onTestFinished } from 'vitest';
import { verifyOfficeInRegion } from '../../services/cli/ledger/verify-office.ts';
import { type JsonRecord, listOf, stringOf } from '../../services/cli/office-api/office-client.ts';
import { type OfficeId, parseOfficeId, systemClock } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import {
  startRegion,
  type TestOfficeNode,
  type TestProcess,
  type TestRegion,
  type TestRegionOptions,
} from '../support/region.ts';
import { everythingIn } from './alert-load.ts';

/** The pair that is linked directly; Houayxay dials. */
export const TH = parseOfficeId('th-chiang-khong');
export const LA = parseOfficeId('la-houayxay');
export const DIRECT = { accepts: TH, dials: LA } as const;

/** A region for the test that calls it; stopped when that test has ended. */
export async function regionForTest(options: TestRegionOptions): Promise<TestRegion> {
  const region = await startRegion(options);
  onTestFinished(() => region.close(), 60_000);
  return region;
}

/** Numbers in [0, 1) that follow from the seed alone; the seed is printed when the test fails. */
export function seededRandom(): () => number {
  const given = process.env['LIAISON_FAULT_SEED'];
  const seed = given === undefined || given === '' ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  onTestFailed(() => console.error(`run it again with LIAISON_FAULT_SEED=${seed}`));
  return mulberry32(seed);
}

/** Mulberry32: small, and the same on every machine. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same items in another order. */
export function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Killed with -9, and started again at once. */
export async function crash(process: TestProcess): Promise<void> {
  await process.kill9();
  process.restart();
}

/** The office answers and says that it does its work. */
export async function untilReady(office: TestOfficeNode, withinMs = 60_000): Promise<void> {
  await eventually(async () => expect((await readiness(office)).status).toBe(200), { withinMs, everyMs: 100 });
}

/** What `/readyz` says, with the codes of its reasons; status 0 where nobody answers. */
export async function readiness(
  office: Pick<TestOfficeNode, 'url'>,
): Promise<{ readonly status: number; readonly codes: readonly string[] }> {
  try {
    const response = await fetch(`${office.url}/readyz`, { signal: AbortSignal.timeout(10_000) });
    const body = (await response.json()) as JsonRecord;
    return { status: response.status, codes: listOf(body['reasons']).map((reason) => stringOf(reason['code'])) };
  } catch {
    return { status: 0, codes: [] };
  }
}

/** Status and problem code of one request, sent as it is. */
export async function ask(
  office: TestOfficeNode,
  role: Parameters<TestOfficeNode['as']>[0],
  path: string,
  body: unknown,
): Promise<{ readonly status: number; readonly code: string; readonly json: JsonRecord }> {
  const response = await fetch(new URL(path, office.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${office.tokens[role]}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const json = (await response.json()) as JsonRecord;
  return { status: response.status, code: stringOf(json['code']), json };
}

/** Ids of the inbox, as often as they are in it. */
export async function inboxIds(office: TestOfficeNode): Promise<readonly string[]> {
  return (await everythingIn(office.as('officer'), '/v1/inbox')).map((item) => stringOf(item['id']));
}

/** State of the one copy of each message of an outbox, by message id. */
export async function outboxStates(office: TestOfficeNode): Promise<ReadonlyMap<string, string>> {
  const items = await everythingIn(office.as('officer'), '/v1/outbox');
  return new Map(items.map((item) => [stringOf(item['id']), stringOf(listOf(item['recipients'])[0]?.['state'])]));
}

/** Every one of these is in the inbox once, nothing else is, and the sender has the receipt for each. */
export async function untilDelivered(
  from: TestOfficeNode,
  to: TestOfficeNode,
  ids: Iterable<string>,
  withinMs = 120_000,
): Promise<void> {
  const wanted = [...ids].sort();
  await eventually(async () => expect((await inboxIds(to)).length).toBeGreaterThanOrEqual(wanted.length), {
    withinMs,
    everyMs: 500,
  });
  expect([...(await inboxIds(to))].sort()).toEqual(wanted);
  await eventually(
    async () => {
      const states = await outboxStates(from);
      expect(wanted.filter((id) => states.get(id) !== 'delivered')).toEqual([]);
    },
    { withinMs, everyMs: 500 },
  );
}

/** Both the offices' own word and what their neighbours hold of it: nothing is wrong with any ledger. */
export async function expectLedgersVerify(region: TestRegion, ...offices: readonly OfficeId[]): Promise<void> {
  for (const office of offices) {
    const report = await verifyOfficeInRegion(region.state(), office, systemClock.now());
    expect(report.findings, `findings in the ledger of ${office}`).toEqual([]);
  }
}

/** How often an alarm of that code was raised since the node started. */
export async function alarms(office: TestOfficeNode, code: string): Promise<number> {
  const text = await (await office.as('operator').open('/metrics', {})).text();
  const line = text.split('\n').find((each) => each.startsWith(`liaison_alarms_total{code="${code}"}`));
  return line === undefined ? 0 : Number(line.split(' ').at(-1));
}
