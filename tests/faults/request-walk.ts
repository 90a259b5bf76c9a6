import { expect } from 'vitest';
import { type JsonRecord, listOf, stringOf } from '../../services/cli/office-api/office-client.ts';
import { isLiaisonError } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import type { LineState } from '../support/fault-proxy.ts';
import type { TestOfficeNode, TestProcess, TestRegion } from '../support/region.ts';
import { everythingIn } from './alert-load.ts';
import { ask, crash, DIRECT, expectLedgersVerify, LA, pause, regionForTest, TH, untilReady } from './fault-scene.ts';

type Random = () => number;

/** A request that was made, and by whom. */
interface Made {
  readonly id: string;
  readonly asking: TestOfficeNode;
  readonly asked: TestOfficeNode;
  readonly questions: number;
}

/** What a walk did, for the record. */
export interface WalkReport {
  readonly requests: number;
  readonly said: number;
  readonly refused: number;
  readonly kills: number;
  readonly states: Readonly<Record<string, number>>;
}

const OUTCOMES = ['ANSWERED', 'PARTLY', 'NOTHING_HELD', 'WITHHELD', 'REFUSED'] as const;

/** So much happens in a walk at least, however slow the machine is. */
const FEWEST = 6;

/**
 * Takes requests through random lives between two real offices for that long, and on until something happened, while
 * processes are killed and the line is cut and slowed down; at the end both offices say the same of every request, and
 * their figures agree.
 */
export async function walkRequests(random: Random, walkMs: number, settleMs: number): Promise<WalkReport> {
  const region = await regionForTest({ pairs: [DIRECT], heartbeatSeconds: 1 });
  const offices = [region.office(TH), region.office(LA)] as const;
  const endAt = performance.now() + walkMs;
  const giveUpAt = endAt + settleMs;
  const made: Made[] = [];
  const counts = { said: 0, refused: 0, kills: 0 };
  const goesOn = (): boolean => {
    const now = performance.now();
    return now < endAt || (now < giveUpAt && (made.length < FEWEST || counts.said < FEWEST));
  };
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

  /** Until it is answered, as a national system does; what the request's life refuses is refused. */
  const post = async (
    office: TestOfficeNode,
    path: string,
    body: JsonRecord,
    limitMs = Number.POSITIVE_INFINITY,
  ): Promise<string | undefined> => {
    const limitAt = performance.now() + limitMs;
    for (;;) {
      const answer = await ask(office, 'officer', path, body).catch(() => undefined);
      if (answer?.status === 201) return stringOf(answer.json['id']);
      // The request has not arrived there yet, or its life has no place for this any more.
      if (answer?.status === 404 || answer?.code.startsWith('REQUESTS_') === true) return undefined;
      // Its time was over before an office that was down could take it.
      if (answer?.status === 422 && performance.now() >= limitAt) return undefined;
      if (answer !== undefined && answer.status < 500 && answer.status !== 429)
        throw new Error(`${path}: ${answer.status} ${answer.code}`);
      if (performance.now() >= giveUpAt) throw new Error(`${path}: not answered in time`);
      await pause(100);
    }
  };

  let number = 0;
  const submit = async (): Promise<void> => {
    const [asking, asked] = random() < 0.5 ? offices : ([offices[1], offices[0]] as const);
    const questions = 1 + Math.floor(random() * 3);
    const limitMs = pick([3_000, 8_000, 20_000, 3_600_000]);
    const id = await post(asking, '/v1/requests', requestAbout(asked.id, number++, questions, limitMs), limitMs);
    if (id !== undefined) made.push({ id, asking, asked, questions });
  };

  const say = async (): Promise<void> => {
    const request = made.length === 0 ? undefined : pick(made.slice(-12));
    if (request === undefined) return;
    const { id, asking, asked } = request;
    const idempotencyKey = `said-${number++}`;
    const step = (office: TestOfficeNode, action: string, more: JsonRecord = {}) =>
      post(office, `/v1/requests/${id}/steps`, { action: `REQUEST_ACTION_${action}`, idempotencyKey, ...more });
    const words = { text: 'Which of them?', textLanguage: 'en' };
    const said = await pick([
      () => step(asked, 'ACKNOWLEDGE', { assignee: `desk-${number % 4}` }),
      () => step(asked, 'ASK_CLARIFICATION', words),
      () => step(asking, 'CLARIFY', words),
      () => post(asked, '/v1/answers', { request: id, idempotencyKey, answer: answerTo(request, random) }),
      () => post(asked, '/v1/answers', { request: id, idempotencyKey, answer: answerTo(request, random) }),
      () =>
        random() < 0.4
          ? step(asked, 'REFUSE', { ground: 'REFUSAL_GROUND_DISPROPORTIONATE' })
          : Promise.resolve(undefined),
      () => (random() < 0.4 ? step(asking, 'WITHDRAW') : Promise.resolve(undefined)),
    ])();
    if (said === undefined) counts.refused++;
    else counts.said++;
  };

  const walk = async (): Promise<void> => {
    while (goesOn()) {
      await (made.length < 3 || random() < 0.25 ? submit() : say());
      await pause(random() * 200);
    }
  };
  const processes: readonly TestProcess[] = offices.flatMap((office) => [office, office.server]);
  const spoil = async (): Promise<void> => {
    while (performance.now() < endAt) {
      await pause(500 + random() * 2_000);
      // A short walk has its kill, too.
      if (counts.kills === 0 || random() < 0.5) {
        counts.kills++;
        await crash(pick(processes));
      } else await spoilLine(region, random);
    }
  };
  await Promise.all([walk(), walk(), walk(), spoil()]);

  await Promise.all(offices.map((office) => untilReady(office)));
  const states = await eventually(() => expectAgreement(offices, made), { withinMs: settleMs, everyMs: 500 });
  await expectLedgersVerify(region, TH, LA);
  return { requests: made.length, ...counts, states };
}

async function spoilLine(region: TestRegion, random: Random): Promise<void> {
  const line = region.line(LA, TH);
  const states: readonly LineState[] = [
    { line: 'cut' },
    { line: 'blackhole' },
    { line: 'delay', oneWayMs: 300 },
    { line: 'rate', bytesPerSecond: 20_000 },
  ];
  line.set(states[Math.floor(random() * states.length)] as LineState);
  await pause(random() * 3_000);
  line.set({ line: 'pass' });
}

/** Both offices show the same life of every request and the same figures, and nothing is on its way. */
async function expectAgreement(
  offices: readonly [TestOfficeNode, TestOfficeNode],
  made: readonly Made[],
): Promise<Readonly<Record<string, number>>> {
  const [th, la] = await Promise.all(offices.map(livesAt));
  expect([...(th as Map<string, unknown>).keys()].sort()).toEqual(made.map(({ id }) => id).sort());
  expect(th).toEqual(la);
  const [ofTh, ofLa] = await Promise.all(offices.map(figuresAt));
  expect(ofTh).toEqual(ofLa);
  const states: Record<string, number> = {};
  for (const life of (th as Map<string, JsonRecord>).values()) {
    const state = stringOf(life['state']);
    states[state] = (states[state] ?? 0) + 1;
  }
  expect(states['submitted']).toBeUndefined();
  return states;
}

/** Asks again after a while where the office answers that this was too much at once: a walk makes more requests than its limit. */
async function withinRate<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await ask();
    } catch (cause) {
      if (!isLiaisonError(cause) || cause.context['status'] !== 429) throw cause;
      await pause(500);
    }
  }
}

async function livesAt(office: TestOfficeNode): Promise<Map<string, JsonRecord>> {
  const client = office.as('officer');
  const lives = new Map<string, JsonRecord>();
  for (const item of await everythingIn(client, '/v1/requests')) {
    const detail = await withinRate(() =>
      client.get(`/v1/requests/${stringOf(item['id'])}`, { origin: stringOf(item['origin']) }),
    );
    const { secondsLeft: _, ...life } = listOf(detail['lives'])[0] ?? {};
    const facts = listOf(life['facts']);
    expect(facts.filter((fact) => fact['standing'] === 'under-way')).toEqual([]);
    lives.set(stringOf(item['id']), { ...life, facts: facts.filter((fact) => fact['standing'] !== 'failed') });
  }
  return lives;
}

/** Figures as both sides should have them: by who asks whom. */
async function figuresAt(office: TestOfficeNode): Promise<readonly JsonRecord[]> {
  const { items } = await office.as('officer').get('/v1/requests/figures');
  return listOf(items)
    .map(({ office: peer, side, ...figures }) => ({
      asking: side === 'asking' ? office.id : stringOf(peer),
      ...figures,
    }))
    .sort((a, b) => (a.asking < b.asking ? -1 : 1));
}

function requestAbout(to: string, number: number, questions: number, limitMs: number): JsonRecord {
  const now = Date.now();
  const answerBy = new Date(Math.ceil((now + limitMs) / 1000) * 1000 + 1000).toISOString();
  const expires = new Date(now + limitMs + (limitMs < 5_000 ? 6_000 : 7 * 86_400_000)).toISOString();
  return {
    recipients: [to],
    precedence: 'PRECEDENCE_ROUTINE',
    purpose: 'PURPOSE_INVESTIGATION',
    handling: 'HANDLING_CODE_H1',
    expires,
    idempotencyKey: `request-${number}`,
    request: {
      terms: { responseClass: 'RESPONSE_CLASS_URGENT', answerBy },
      crimeArea: 'CRIME_AREA_STOLEN_VEHICLES',
      lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
      languages: ['en'],
      headline: `Stolen pickup number ${number}`,
      questions: Array.from({ length: questions }, () => ({ questionType: 'QUESTION_TYPE_VEHICLE', about: ['V1'] })),
      subjects: [
        {
          label: 'V1',
          role: 'SUBJECT_ROLE_OBJECT',
          vehicle: { vehicleType: 'VEHICLE_TYPE_PICKUP', registration: `TEST ${number}` },
        },
      ],
    },
  };
}

function answerTo({ questions }: Made, random: Random): JsonRecord {
  const all = Array.from({ length: questions }, (_, index) => index + 1);
  const some = all.filter(() => random() < 0.7);
  const results = (some.length === 0 ? all : some).map((question) => {
    const outcome = OUTCOMES[Math.floor(random() * OUTCOMES.length)] ?? 'ANSWERED';
    const ground =
      outcome === 'WITHHELD' || outcome === 'REFUSED' ? { ground: 'REFUSAL_GROUND_ONGOING_INVESTIGATION' } : {};
    return { question, outcome: `ANSWER_OUTCOME_${outcome}`, ...ground };
  });
  return { terms: { results }, crimeArea: 'CRIME_AREA_STOLEN_VEHICLES' };
}
