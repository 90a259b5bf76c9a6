import { describe, expect, it } from 'vitest';
import { type JsonRecord, listOf, stringOf } from '../../services/cli/office-api/office-client.ts';
import { parseOfficeId } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
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

const MAE_SAI = parseOfficeId('th-mae-sai');
const TACHILEIK = parseOfficeId('mm-tachileik');

/** About a child of the own nation, which the example law of Myanmar holds until two persons have looked at it. */
function childAlert(name: string, purpose: string): JsonRecord {
  const about = personAlert(name, MAE_SAI);
  const child = { familyName: 'Example', nationalities: ['MM'], ageGroup: 'AGE_GROUP_MINOR' };
  const subjects = [{ label: 'P1', role: 'SUBJECT_ROLE_MISSING', person: child }];
  return {
    ...about,
    purpose,
    alert: { ...(about['alert'] as JsonRecord), crimeArea: 'CRIME_AREA_PEOPLE_SMUGGLING', subjects },
  };
}

describe('what takes two persons', () => {
  it('knows the first after kill -9 and leaves with the second; past the hold it leaves at once and both offices review it', async () => {
    const region = await regionForTest({ pairs: [{ accepts: MAE_SAI, dials: TACHILEIK }], heartbeatSeconds: 1 });
    const [th, mm] = [region.office(MAE_SAI), region.office(TACHILEIK)];
    const held = stringOf(
      (await mm.as('officer').post('/v1/alerts', childAlert('held', 'PURPOSE_VICTIM_PROTECTION')))['id'],
    );
    const [item] = listOf((await mm.as('supervisor').get('/v1/held'))['items']);
    expect(item).toMatchObject({ messageId: held, releasesNeeded: 2, approvals: [] });
    const path = `/v1/held/${stringOf(item?.['id'])}`;
    const { shown } = await mm.as('supervisor').get(path);
    const release = (role: Parameters<typeof ask>[1]) => ask(mm, role, `${path}/release`, { reason: 'seen', shown });
    expect((await release('supervisor')).json).toMatchObject({ resolution: 'approved' });
    await crash(mm);
    await untilReady(mm);
    expect(await release('supervisor')).toMatchObject({ status: 409, code: 'HOLD_SAME_PERSON' });
    expect(await mm.as('oversight').get(path)).toMatchObject({ shown, approvals: [{ by: 'duty-supervisor', shown }] });
    expect(await inboxIds(th)).toEqual([]);
    const released = (await release('oversight')).json;
    expect(released).toMatchObject({
      resolution: 'released',
      decision: { releasedBy: 'oversight', approvedBy: 'duty-supervisor' },
    });

    const emergency = { reason: 'The child is in a sinking boat' };
    const urgent = await mm
      .as('officer')
      .post('/v1/alerts', { ...childAlert('urgent', 'PURPOSE_LIFE_SAFETY'), emergency });
    expect(urgent).toMatchObject({ emergency: true, recipients: [{ outcome: 'released' }] });
    const id = stringOf(urgent['id']);
    await untilDelivered(mm, th, [held, id]);
    await Promise.all([crash(th), crash(mm)]);
    await Promise.all([untilReady(th), untilReady(mm)]);
    for (const office of [th, mm]) {
      expect(listOf((await office.as('oversight').get('/v1/reviews?state=open'))['items'])).toMatchObject([{ id }]);
      const finding = { finding: 'REVIEW_FINDING_JUSTIFIED', text: 'A life was in danger', textLanguage: 'en' };
      expect((await ask(office, 'oversight', `/v1/reviews/${id}/close`, finding)).status).toBe(200);
    }
    for (const office of [th, mm])
      await eventually(
        async () =>
          expect(await office.as('auditor').get(`/v1/reviews/${id}`)).toMatchObject({
            state: 'closed',
            others: [{ found: { finding: 'REVIEW_FINDING_JUSTIFIED' } }],
          }),
        { withinMs: 60_000, everyMs: 250 },
      );
    await expectLedgersVerify(region, MAE_SAI, TACHILEIK);
  }, 180_000);
});
