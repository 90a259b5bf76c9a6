import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EnvelopeId, isLiaisonError, type OfficeId } from '../../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../../services/core/ledger/index.ts';
import { livesOf } from '../../../services/core/relay/index.ts';
import {
  AnswerOutcome,
  MessageKind,
  QuestionType,
  RefusalGround,
  RequestAction,
} from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { answerInput, requestInput, requestOffices, shared, stepInput } from './request-fixtures.ts';
import { modelLife } from './request-model.ts';
import { ledgerFindings, type TestRelay, type TwoOffices } from './two-offices.ts';

// Random walks through the life of requests, both ways, while frames are lost, lines cut and offices killed.
const HOUR = 3_600_000;

/** What a walk has so far: the offices, and the requests that were made. */
interface Walk {
  readonly pair: TwoOffices;
  readonly requests: { readonly origin: OfficeId; readonly id: EnvelopeId; readonly questions: number }[];
  keys: number;
}

type Step = (walk: Walk) => Promise<void>;

const REFUSALS = new Set(['REQUESTS_CLOSED', 'REQUESTS_UNKNOWN', 'REQUESTS_NOT_SENT', 'REQUESTS_DEADLINE_INVALID']);

/** What a desk may refuse is refused for one of the reasons that there are; everything else is a fault. */
async function tried(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (!isLiaisonError(cause) || !REFUSALS.has(cause.code)) throw cause;
  }
}

const peerOf = ({ pair }: Walk, office: OfficeId): TestRelay => (office === TH ? pair.la : pair.th);
const own = ({ pair }: Walk, office: OfficeId): TestRelay => (office === TH ? pair.th : pair.la);

/** A step or an answer about the request that is named, by whichever side says such things. */
function say(which: number, what: number, outcomes: readonly AnswerOutcome[]) {
  return (walk: Walk): (() => Promise<unknown>) | undefined => {
    const request = walk.requests[which % Math.max(1, walk.requests.length)];
    if (request === undefined) return undefined;
    const { origin, id, questions } = request;
    const idempotencyKey = `key-${walk.keys++}`;
    const step = (side: TestRelay, action: RequestAction, ground: RefusalGround = RefusalGround.UNSPECIFIED) =>
      side.relay.requests.step(stepInput(id, action, { request: { origin, id }, ground, idempotencyKey }));
    const [asked, asking] = [peerOf(walk, origin), own(walk, origin)];
    const all: readonly (() => Promise<unknown>)[] = [
      () => step(peerOf(walk, origin), RequestAction.ACKNOWLEDGE),
      () => step(peerOf(walk, origin), RequestAction.ASK_CLARIFICATION),
      () => step(own(walk, origin), RequestAction.CLARIFY),
      () =>
        peerOf(walk, origin).relay.requests.answer(
          answerInput(id, outcomes.slice(0, questions), { request: { origin, id }, idempotencyKey }),
        ),
      () => step(peerOf(walk, origin), RequestAction.REFUSE, RefusalGround.DISPROPORTIONATE),
      () => step(own(walk, origin), RequestAction.WITHDRAW),
    ];
    return asked === asking ? undefined : all[what % all.length];
  };
}

const outcome = fc.constantFrom(
  AnswerOutcome.UNSPECIFIED,
  AnswerOutcome.ANSWERED,
  AnswerOutcome.PARTLY,
  AnswerOutcome.NOTHING_HELD,
  AnswerOutcome.WITHHELD,
  AnswerOutcome.REFUSED,
);
const said = fc
  .tuple(fc.nat(3), fc.nat(5), fc.array(outcome, { minLength: 3, maxLength: 3 }))
  .filter(([, what, outcomes]) => what !== 3 || outcomes[0] !== AnswerOutcome.UNSPECIFIED);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 3 })).map(([byTh, questions]) => async (walk: Walk) => {
      const office = byTh ? walk.pair.th : walk.pair.la;
      const all = Array.from({ length: questions }, () => ({ questionType: QuestionType.OTHER }));
      const input = requestInput({ recipients: [byTh ? LA : TH], request: { questions: all } });
      const { id } = await office.relay.requests.submit(input);
      walk.requests.push({ origin: office.office, id, questions });
    }),
  },
  {
    weight: 8,
    arbitrary: said.map((args) => async (walk: Walk) => {
      const work = say(...args)(walk);
      if (work !== undefined) await tried(work);
    }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(said, said).map(([one, two]) => async (walk: Walk) => {
      await Promise.all(
        [one, two].map(async (args) => {
          const work = say(...args)(walk);
          if (work !== undefined) await tried(work);
        }),
      );
    }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(said, fc.boolean()).map(([args, th]) => async (walk: Walk) => {
      const work = say(...args)(walk);
      if (work === undefined) return;
      // Nobody knows whether it was taken; the same again under the same key makes it certain.
      void work().catch(() => undefined);
      await walk.pair.kill(th ? walk.pair.th : walk.pair.la);
      await tried(work);
    }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.boolean(), fc.boolean()).map(([thToLa, laToTh]) => async ({ pair }: Walk) => {
      pair.thToLa.up = thToLa;
      pair.laToTh.up = laToTh;
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('lose', 'twice', 'lose-ack', 'late', 'pass' as const)
      .map((fault) => async ({ pair }: Walk) => {
        let turn = 0;
        for (const line of [pair.thToLa, pair.laToTh]) line.decide = () => (turn++ % 3 === 0 ? fault : 'pass');
      }),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map(
      (th) =>
        async ({ pair }: Walk) =>
          await pair.restart(th ? pair.th : pair.la),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(1, 3, 6, 9, 90).map((hours) => async ({ pair }: Walk) => {
      pair.skip(hours * HOUR);
      await pair.th.relay.requests.sweep();
      await pair.la.relay.requests.sweep();
    }),
  },
  {
    weight: 3,
    arbitrary: fc.integer({ min: 5, max: 60 }).map((ms) => async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
    }),
  },
);

/** Nothing is on its way any more. */
async function settle({ pair }: Walk): Promise<void> {
  for (const line of [pair.thToLa, pair.laToTh]) {
    line.up = true;
    line.decide = () => 'pass';
  }
  // As what watches the links does: a line that was down for long is tried only every ten seconds or so otherwise.
  pair.th.relay.linkChanged(LA, true);
  pair.la.relay.linkChanged(TH, true);
  await eventually(
    async () => {
      for (const office of [pair.th, pair.la]) {
        const states = [...office.projection.outbound.values()].flatMap((message) =>
          [...message.copies.values()].map(stateOfCopy),
        );
        expect(states.filter((state) => state !== 'delivered' && state !== 'failed' && state !== 'refused')).toEqual(
          [],
        );
      }
    },
    { withinMs: 12_000, everyMs: 20 },
  );
}

function expectEqualAndRight(walk: Walk): void {
  const { th, la } = walk.pair;
  const now = th.clock.now();
  for (const { origin, id, questions } of walk.requests) {
    const key = messageKey(origin, id);
    const lives = [th, la].map((office) => {
      const message = office.projection.outbound.get(key) ?? office.projection.inbound.get(key);
      return message === undefined ? undefined : livesOf(office.projection, office.office, message, now)[0];
    });
    const [one, two] = lives;
    const message = own(walk, origin).projection.outbound.get(key);
    // It never arrived: there is no other side to compare with.
    if (one === undefined || two === undefined || message === undefined) continue;
    expect(shared(one)).toEqual(shared(two));
    const arrived = [th, la].flatMap((office) =>
      [...office.projection.outbound.values()].flatMap((fact) => {
        const target = fact.terms?.step?.target ?? fact.terms?.answer?.target;
        const copy = [...fact.copies.values()][0];
        if (target?.id !== id || copy === undefined || stateOfCopy(copy) !== 'delivered') return [];
        return [
          {
            atMs: fact.createdMs,
            origin: fact.origin,
            id: fact.id,
            action: fact.terms?.step?.action ?? null,
            assignee: fact.terms?.step?.assignee ?? '',
            results: fact.terms?.answer?.results ?? [],
          },
        ];
      }),
    );
    const { createdMs, expiresMs } = message;
    const times = { questions, createdMs, expiresMs, answerByMs: createdMs + 8 * HOUR };
    const { results, ...model } = modelLife(times, arrived, now);
    expect(one).toMatchObject(model);
    expect(Object.fromEntries(one.results.map((result) => [result.question, result.outcome]))).toEqual(results);
    for (const action of [RequestAction.REMIND, RequestAction.OVERDUE]) {
      const notices = own(walk, origin)
        .projection.ofKind(MessageKind.REQUEST_STEP)
        .filter(
          ({ direction, terms }) =>
            direction === 'outbound' && terms?.step?.action === action && terms.step.target?.id === id,
        );
      expect(notices.length).toBeLessThanOrEqual(1);
    }
  }
  const swapped = la.relay.requests
    .figures()
    .map((figures) => ({ ...figures, peer: LA, side: figures.side === 'asking' ? 'asked' : 'asking' }))
    .sort((a, b) => (a.side < b.side ? -1 : 1));
  expect(th.relay.requests.figures()).toEqual(swapped);
}

describe('requests between two offices', () => {
  it('come to the same state and figures on both sides, those of the model, whatever is lost, cut, killed and restarted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
        const walk: Walk = { pair: await requestOffices(), requests: [], keys: 0 };
        try {
          for (const each of steps) await each(walk);
          await settle(walk);
          expectEqualAndRight(walk);
          for (const office of [walk.pair.th, walk.pair.la]) {
            expect(office.bugs).toEqual([]);
            expect(await ledgerFindings(office)).toEqual([]);
          }
        } finally {
          await walk.pair.close();
        }
      }),
      { numRuns: Number(process.env['REQUEST_WALKS'] ?? '12'), endOnFailure: true },
    );
  }, 240_000);
});
