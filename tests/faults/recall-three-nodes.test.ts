import { describe, expect, it } from 'vitest';
import { type JsonRecord, listOf, stringOf } from '../../services/cli/office-api/office-client.ts';
import { parseOfficeId } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import { filesHolding } from '../support/files-holding.ts';
import type { TestOfficeNode, TestRegion } from '../support/region.ts';
import { verifiesOffline } from '../support/verifies-offline.ts';
import { submitUntilAccepted, vehicleAlert } from './alert-load.ts';
import { ask, crash, DIRECT, expectLedgersVerify, inboxIds, LA, regionForTest, TH, untilReady } from './fault-scene.ts';

const MM = parseOfficeId('mm-tachileik');

/** What only the recalled body says; distinct words of ASCII, Thai, Lao and Burmese, and a number. */
const SAID = {
  headline: 'Zyxomma convoy at pier seven',
  narrative: 'ຄົນຂັບລົດບັນທຸກ กระบะสีเทาอมฟ้า ကားအမှတ် qovertwist',
  registration: 'ບກ 7391-XQ',
};
const MARKS = [SAID.headline, 'ຄົນຂັບລົດບັນທຸກ', 'กระบะสีเทาอมฟ้า', 'ကားအမှတ်', 'qovertwist', SAID.registration];

function recalledAlert(): JsonRecord {
  const alert = vehicleAlert(0, TH);
  const body = alert['alert'] as JsonRecord;
  return {
    ...alert,
    idempotencyKey: 'recalled',
    alert: {
      ...body,
      headline: SAID.headline,
      narrative: SAID.narrative,
      narrativeLanguage: 'lo',
      subjects: [
        {
          label: 'V1',
          role: 'SUBJECT_ROLE_OBJECT',
          vehicle: { vehicleType: 'VEHICLE_TYPE_PICKUP', registration: SAID.registration },
        },
      ],
    },
  };
}

async function untilInInbox(office: TestOfficeNode, id: string): Promise<void> {
  await eventually(async () => expect(await inboxIds(office)).toContain(id), { withinMs: 30_000, everyMs: 100 });
}

/** As often as it takes, since a node that was killed answers nobody. */
async function answer(office: TestOfficeNode, recall: string, body: JsonRecord): Promise<string> {
  return await eventually(
    async () => {
      const { status, json } = await ask(office, 'supervisor', `/v1/recalls/${recall}/answer`, body);
      expect(status).toBe(201);
      return stringOf(json['id']);
    },
    { withinMs: 30_000, everyMs: 200 },
  );
}

const holdersOf = async (office: TestOfficeNode, recall: string): Promise<readonly (readonly string[])[]> =>
  listOf((await office.as('officer').get(`/v1/recalls/${recall}`))['holders']).map((holder) => [
    stringOf(holder['office']),
    stringOf(holder['via']),
    stringOf(holder['state']),
  ]);

async function contentState(office: TestOfficeNode, id: string): Promise<string> {
  return stringOf((await office.as('auditor').get(`/v1/messages/${id}`, { origin: LA }))['contentState']);
}

async function prepared(): Promise<{ region: TestRegion; la: TestOfficeNode; th: TestOfficeNode; mm: TestOfficeNode }> {
  // The third can verify the first by an agreement of their own; nothing of the matter goes over their link.
  const pairs = [DIRECT, { accepts: TH, dials: MM }, { accepts: LA, dials: MM }];
  const region = await regionForTest({ pairs, heartbeatSeconds: 1 });
  return { region, la: region.office(LA), th: region.office(TH), mm: region.office(MM) };
}

describe('a recall over three offices', () => {
  it('leaves no byte of the body on any of their disks, through kills, and every answer verifies offline', async () => {
    const { region, la, th, mm } = await prepared();
    const giveUpAt = performance.now() + 60_000;
    // Bodies that lie in one batch with the recalled one: they stay.
    const submissions = [vehicleAlert(1, TH), recalledAlert(), vehicleAlert(2, TH), vehicleAlert(3, TH)];
    const ids = await Promise.all(
      submissions.map((submission) => submitUntilAccepted(() => la.as('officer'), submission, giveUpAt)),
    );
    const [other = '', recalled = ''] = ids;
    await untilInInbox(th, recalled);
    await untilInInbox(th, other);
    const onward = { recipient: MM, purpose: 'PURPOSE_INVESTIGATION', reason: 'Seen on both roads' };
    expect(await ask(th, 'officer', `/v1/messages/${recalled}/forward`, onward)).toMatchObject({ status: 201 });
    await untilInInbox(mm, recalled);
    for (const office of [la, th, mm]) expect(await filesHolding(office.home, MARKS), office.id).not.toEqual([]);

    const order = { message: recalled, action: 'RECALL_ACTION_DELETE', ground: 'RECALL_GROUND_SAFETY_OF_PERSON' };
    const ordered = await ask(la, 'supervisor', '/v1/recalls', order);
    expect(ordered).toMatchObject({ status: 201 });
    const recall = stringOf(ordered.json['id']);
    await Promise.all([crash(la), crash(th), crash(th.server)]);
    await Promise.all([la, th].map((office) => untilReady(office)));
    await untilInInbox(mm, recall);
    await untilInInbox(th, recall);
    expect(await ask(th, 'officer', `/v1/messages/${recalled}/retrieved`, {})).toMatchObject({
      status: 409,
      code: 'RECALL_RECALLED',
    });

    const partly = { outcome: 'RECALL_OUTCOME_PARTLY', ground: 'RETENTION_GROUND_COPIED_ELSEWHERE' };
    const answers = [[await answer(mm, recall, partly), MM] as const];
    await Promise.all([crash(mm), crash(mm.server)]);
    answers.push([await answer(th, recall, { outcome: 'RECALL_OUTCOME_DONE' }), TH]);
    await Promise.all([crash(th), crash(la.server)]);
    await Promise.all([la, th, mm].map((office) => untilReady(office)));
    await eventually(
      async () =>
        expect(await holdersOf(la, recall)).toEqual([
          [TH, TH, 'done'],
          [MM, TH, 'partly'],
        ]),
      { withinMs: 30_000, everyMs: 200 },
    );

    await eventually(async () => expect(await filesHolding(region.home, MARKS)).toEqual([]), {
      withinMs: 20_000,
      everyMs: 500,
    });
    expect(await Promise.all([la, th, mm].map((office) => contentState(office, recalled)))).toEqual([
      'erased',
      'erased',
      'erased',
    ]);
    expect(await Promise.all([la, th].map((office) => contentState(office, other)))).toEqual(['present', 'present']);
    for (const [id, origin] of answers) expect(await verifiesOffline(la, id, origin)).toBe(true);
    // What was erased is proved as before, but for what it said.
    for (const office of [la, th, mm]) expect(await verifiesOffline(office, recalled, LA)).toBe(true);
    await expectLedgersVerify(region, LA, TH, MM);
  }, 180_000);
});
