import { describe, expect, it } from 'vitest';
import { listOf, stringOf } from '../../services/cli/office-api/office-client.ts';
import { personAlert, submitUntilAccepted, vehicleAlert } from './alert-load.ts';
import {
  ask,
  crash,
  DIRECT,
  expectLedgersVerify,
  inboxIds,
  LA,
  pause,
  regionForTest,
  seededRandom,
  shuffled,
  TH,
  untilDelivered,
  untilReady,
} from './fault-scene.ts';

const ROUNDS = 2;

describe('a held crossing', () => {
  it('leaves only after a release by somebody else, once, whatever is killed and however often it is submitted or released', async () => {
    const random = seededRandom();
    const region = await regionForTest({ pairs: [DIRECT], heartbeatSeconds: 1 });
    const [th, la] = [region.office(TH), region.office(LA)];
    const giveUpAt = performance.now() + 120_000;

    const kept = await submitUntilAccepted(() => la.as('officer'), personAlert('kept', TH), giveUpAt);
    const raced = await submitUntilAccepted(() => la.as('officer'), personAlert('raced', TH), giveUpAt);
    const own = await submitUntilAccepted(() => la.as('supervisor'), personAlert('own', TH), giveUpAt);
    const passed: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const process of shuffled([th, la, th.server, la.server], random)) {
        await crash(process);
        await pause(random() * 300);
      }
      await Promise.all([untilReady(th), untilReady(la)]);
      // The same submission again is the same message, and still held.
      expect(await submitUntilAccepted(() => la.as('officer'), personAlert('kept', TH), giveUpAt)).toBe(kept);
      // What comes after it and may go shows that the link has drained.
      passed.push(await submitUntilAccepted(() => la.as('officer'), vehicleAlert(round, TH), giveUpAt));
      await untilDelivered(la, th, passed);
    }
    const held = new Map(
      listOf((await la.as('supervisor').get('/v1/held'))['items']).map((item) => [
        stringOf(item['messageId']),
        stringOf(item['id']),
      ]),
    );
    expect([...held.keys()].sort()).toEqual([kept, raced, own].sort());
    const shown = new Map<string, string>();
    for (const [id, heldId] of held)
      shown.set(id, stringOf((await la.as('supervisor').get(`/v1/held/${heldId}`))['shown']));
    const release = (id: string, role: Parameters<typeof ask>[1], what = shown.get(id)) =>
      ask(la, role, `/v1/held/${held.get(id)}/release`, { reason: 'Checked by telephone', shown: what });

    expect(await release(raced, 'officer')).toMatchObject({ status: 403, code: 'OFFICE_ROLE_FORBIDDEN' });
    expect(await release(own, 'supervisor')).toMatchObject({ status: 403, code: 'HOLD_OWN_MESSAGE' });
    expect(await release(raced, 'supervisor', '0'.repeat(64))).toMatchObject({
      status: 409,
      code: 'HOLD_CHANGED_SINCE_SHOWN',
    });
    const answers = await Promise.all([release(raced, 'supervisor'), release(raced, 'oversight')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.code).toBe('RELAY_NOT_HELD');
    await crash(la);
    await untilReady(la);
    await untilDelivered(la, th, [...passed, raced]);
    expect(await release(raced, 'supervisor')).toMatchObject({ status: 409, code: 'RELAY_NOT_HELD' });

    await Promise.all([crash(th), crash(la)]);
    await Promise.all([untilReady(th), untilReady(la)]);
    await region.linked();
    expect([...(await inboxIds(th))].sort()).toEqual([...passed, raced].sort());
    await expectLedgersVerify(region, TH, LA);
  }, 300_000);
});
