import { afterEach, describe, expect, it } from 'vitest';
import { messageKey } from '../../../services/core/ledger/index.ts';
import { sweeps } from '../../../services/core/relay/sweeps.ts';
import { RecallAction, RecallGround } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { TH } from '../trust/fixtures.ts';
import { arrivalAt, submission, type TwoOffices, twoOffices } from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

describe('sweeps', () => {
  it('begins each again that has ended, whatever the others do', async () => {
    const done = { quick: 0, failing: 0, endless: 0 };
    let end = (): void => undefined;
    const failures: unknown[] = [];
    const all = sweeps(
      [
        () => {
          done.endless++;
          return new Promise<void>((resolve) => {
            end = resolve;
          });
        },
        () => {
          done.failing++;
          throw new TypeError('a bug');
        },
        () => void done.quick++,
      ],
      (cause) => failures.push(cause),
    );
    for (let turn = 0; turn < 3; turn++) {
      all.begin();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(done).toEqual({ quick: 3, failing: 3, endless: 1 });
    expect(failures).toHaveLength(3);
    end();
    await all.settled();
    all.begin();
    await new Promise((resolve) => setImmediate(resolve));
    expect(done.endless).toBe(2);
    end();
    await all.settled();
  });
});

describe('the sweeps of an office', () => {
  it('obey a recall though another of them fails at every turn', async () => {
    const at = await twoOffices();
    offices = at;
    const { limits, ...gates } = at.la.gates;
    at.la.gates = {
      ...gates,
      get limits() {
        // What the reviews ask for at every turn.
        return { ...limits, breakGlass: undefined as never };
      },
    };
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(arrivalAt(at, id)?.deliveredMs).toEqual(expect.any(Number)));
    const { id: recall } = await at.th.relay.recalls.recall({
      submittedBy: 'supervisor-1',
      id,
      action: RecallAction.DELETE,
      ground: RecallGround.INCORRECT,
      answerByMs: null,
      text: '',
      textLanguage: '',
      idempotencyKey: '',
      submissionDigest: '0'.repeat(64) as never,
    });
    await eventually(() => expect(at.la.projection.inbound.has(messageKey(TH, recall))).toBe(true));
    await eventually(() => expect(at.la.seen.map(({ event }) => event)).toContain('recalled'));
    expect(at.la.bugs.length).toBeGreaterThan(0);
  });
});
