import { appendFile, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serverHome } from '../../services/cli/home/paths.ts';
import { type JsonRecord, listOf, stringOf } from '../../services/cli/office-api/office-client.ts';
import { nationOf, parseHubId, parseOfficeId } from '../../services/core/foundation/index.ts';
import { ask } from '../faults/fault-scene.ts';
import { charterOf, fileAt, handIn, operationAt, say } from '../faults/operation-scene.ts';
import { eventually } from '../support/eventually.ts';
import { filesHolding, holds, marksIn } from '../support/files-holding.ts';
import { startRegion, type TestOfficeNode, type TestRegion } from '../support/region.ts';

// Two nations without laws of their own, so that everything that the baseline lets cross does; the hub's server writes
// every byte of every message that passes it into its log.
const KH = parseOfficeId('kh-bavet');
const VN = parseOfficeId('vn-moc-bai');
const HUB = parseHubId('hub-mekong');
const WITHIN = { withinMs: 60_000, everyMs: 200 };

let region: TestRegion;
let kh: TestOfficeNode;
let vn: TestOfficeNode;
let hubFolder: string;
let planted = 0;
const marks: string[] = [];

/** A word that stands nowhere else; no line of it is too long for any field. */
function plant(): string {
  planted++;
  const mark = `zq${planted.toString(36)}vexilword`;
  marks.push(mark);
  return mark;
}

const place = (): JsonRecord => ({ name: plant(), nation: 'KH', position: { latitude: 11.06, longitude: 106.16 } });
const account = (): JsonRecord => ({ number: plant(), bank: plant(), nation: 'KH' });
const document = (): JsonRecord => ({
  documentType: 'DOCUMENT_TYPE_PASSPORT',
  number: plant(),
  holderName: plant(),
  irregularity: plant(),
});
const image = (): JsonRecord => ({
  format: 'IMAGE_FORMAT_JPEG',
  data: Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.from(plant())]).toString(
    'base64',
  ),
});

/** Of every kind of subject, with a word in every field that takes words. */
function subjects(from = 0, to?: number): readonly JsonRecord[] {
  const kinds: readonly (() => JsonRecord)[] = [
    () => ({
      person: {
        familyName: plant(),
        givenNames: plant(),
        nameInOriginalScript: plant(),
        aliases: [plant(), plant()],
        placeOfBirth: plant(),
        description: plant(),
        documents: [document()],
        faceImages: [image()],
        fingerprints: [image()],
        telephoneNumbers: ['+855 12 7788991'],
        emailAddresses: [`${plant()}@example.org`],
        address: plant(),
        movements: [{ at: new Date().toISOString(), place: place(), note: plant() }],
        bankAccounts: [account()],
      },
    }),
    () => ({ travelDocument: document() }),
    () => ({
      vehicle: {
        vehicleType: 'VEHICLE_TYPE_PICKUP',
        registration: plant(),
        make: plant(),
        model: plant(),
        colour: plant(),
        identificationNumber: plant(),
        keeperName: plant(),
      },
    }),
    () => ({
      vessel: { vesselType: 'VESSEL_TYPE_FISHING_BOAT', name: plant(), registration: plant(), masterName: plant() },
    }),
    () => ({ consignment: { reference: plant(), goods: plant(), consignor: plant(), consignee: plant() } }),
    () => ({
      onlineAccount: { service: plant(), handle: plant(), address: `https://example.org/${plant()}`, wallet: plant() },
    }),
    () => ({ organisation: { name: plant(), registration: plant(), address: plant(), bankAccounts: [account()] } }),
    () => ({ route: { name: plant(), waypoints: [place(), place()], modusOperandi: plant() } }),
  ];
  return kinds.slice(from, to).map((kind, index) => ({ label: `S${index}`, role: 'SUBJECT_ROLE_OTHER', ...kind() }));
}

async function submit(
  office: TestOfficeNode,
  path: string,
  body: JsonRecord,
  role: 'officer' | 'supervisor' = 'officer',
): Promise<string> {
  const { status, json } = await ask(office, role, path, body);
  expect([status, json], path).toEqual([201, json]);
  return stringOf(json['id']);
}

async function untilIn(office: TestOfficeNode, id: string, origin: string): Promise<void> {
  await eventually(
    async () =>
      expect(['delivered', 'retrieved']).toContain(
        stringOf((await office.as('officer').get(`/v1/messages/${id}`, { origin }))['state']),
      ),
    WITHIN,
  );
}

const ENVELOPE = { precedence: 'PRECEDENCE_IMMEDIATE', purpose: 'PURPOSE_INVESTIGATION', handling: 'HANDLING_CODE_H1' };

beforeAll(async () => {
  region = await startRegion({
    pairs: [{ offices: [KH, VN], hub: HUB }],
    joint: [{ id: 'mou-mekong', nations: [KH, VN].map(nationOf), hubs: [HUB] }],
    prepare: async (homeOf) => {
      hubFolder = join(dirname(dirname(homeOf(KH))), 'hubs', HUB);
      await appendFile(serverHome.config(hubFolder), '\ntrace: true\n');
    },
  });
  kh = region.office(KH);
  vn = region.office(VN);
}, 180_000);
afterAll(() => region?.close(), 60_000);

describe('a hub that carries what two offices say', () => {
  it('has nothing of any sealed field on its disk or on its links, and all of what the region is told', async () => {
    const alert = {
      messageType: 'MESSAGE_TYPE_ALERT',
      crimeArea: 'CRIME_AREA_MONEY_LAUNDERING',
      urgency: 'URGENCY_IMMEDIATE',
      severity: 'SEVERITY_SEVERE',
      certainty: 'CERTAINTY_LIKELY',
      place: place(),
      headline: plant(),
      narrative: plant(),
      narrativeLanguage: 'en',
      sourceEvaluation: 'SOURCE_EVALUATION_B',
      informationEvaluation: 'INFORMATION_EVALUATION_2',
      sourceDescription: plant(),
      subjects: subjects(),
    };
    const header = { caveat: plant(), caseReference: plant() };
    await untilIn(vn, await submit(kh, '/v1/alerts', { recipients: [VN], ...ENVELOPE, ...header, alert }), KH);

    const request = {
      terms: { responseClass: 'RESPONSE_CLASS_URGENT' },
      crimeArea: 'CRIME_AREA_DRUGS',
      lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
      lawfulBasisReference: plant(),
      languages: ['en'],
      questions: [{ questionType: 'QUESTION_TYPE_OTHER', text: plant(), place: place() }],
      headline: plant(),
      text: plant(),
      textLanguage: 'en',
    };
    await untilIn(vn, await submit(kh, '/v1/requests', { recipients: [VN], ...ENVELOPE, request }), KH);

    const charter = { ...charterOf('night-river', [KH, VN]), name: plant(), aim: plant(), quorum: 2 };
    await submit(kh, '/v1/operations', { charter }, 'supervisor');
    await eventually(async () => expect((await operationAt(vn, 'night-river'))['state']).toBe('proposed'), WITHIN);
    const sign = { action: 'OPERATION_ACTION_SIGN', text: plant(), textLanguage: 'en' };
    await submit(vn, '/v1/operations/night-river/acts', sign, 'supervisor');
    for (const office of [kh, vn])
      await eventually(async () => expect((await operationAt(office, 'night-river'))['state']).toBe('live'), WITHIN);
    const secret = plant();
    const file = await handIn(kh, 'night-river', Buffer.from(`${secret}\n`.repeat(9_000)), {
      name: `${plant()}.txt`,
      category: 'FREE_TEXT',
    });
    const post = await say(kh, 'night-river', 'SEIZURE', plant(), {
      attachments: [file],
      caveat: plant(),
      body: {
        headline: plant(),
        place: place(),
        subjects: subjects(2, 5),
        seized: [{ description: plant(), quantity: 3, unit: 'pieces', concealment: plant() }],
      },
    });
    await untilIn(vn, post.id, KH);
    await eventually(async () => expect(await fileAt(vn, 'night-river', post, 'A1')).not.toBeNull(), WITHIN);

    // What the region is told is not sealed: that it is found shows that the rest would be.
    const told = `zqtoldvexilword`;
    await ask(vn, 'supervisor', '/v1/subscriptions', { corridors: ['CORRIDOR_GOLDEN_TRIANGLE'] });
    const bulletin = {
      bulletinType: 'BULLETIN_TYPE_TREND',
      crimeArea: 'CRIME_AREA_DRUGS',
      messageType: 'MESSAGE_TYPE_ALERT',
      corridor: 'CORRIDOR_GOLDEN_TRIANGLE',
      urgency: 'URGENCY_EXPECTED',
      headline: told,
      textLanguage: 'en',
    };
    const id = await submit(kh, '/v1/bulletins', { ...ENVELOPE, handling: 'HANDLING_CODE_H0', bulletin }, 'supervisor');
    await eventually(async () => {
      const { items } = await vn.as('officer').get('/v1/bulletins');
      expect(listOf(items).map((item) => stringOf(item['id']))).toContain(id);
    }, WITHIN);

    const traffic = await readFile(serverHome.log(hubFolder));
    expect(traffic.includes('MSG_PAYLOAD')).toBe(true);
    expect(holds(traffic, [told])).toBe(true);
    expect(await filesHolding(join(hubFolder, 'nats', 'jetstream'), [told])).not.toEqual([]);
    expect(await filesHolding(hubFolder, marks)).toEqual([]);
    // Pieces of files lie sealed at the offices, too.
    const arrived = await marksIn(vn.home, marks);
    expect(marks.filter((mark) => mark !== secret && !arrived.has(mark))).toEqual([]);
  }, 180_000);
});
