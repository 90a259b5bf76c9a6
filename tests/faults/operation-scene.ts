import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { type JsonRecord, listOf, recordIn, stringOf } from '../../services/cli/office-api/office-client.ts';
import type { JointAgreement, RegionPair } from '../../services/cli/region/region-spec.ts';
import { nationOf, type OfficeId, parseHubId, parseOfficeId } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import type { TestOfficeNode } from '../support/region.ts';
import { releaseShown } from '../support/release-held.ts';
import { ask, LA, TH } from './fault-scene.ts';

/** Offices of four nations: the lead, one that leaves, one that stays, and one that joins late. */
export const MM = parseOfficeId('mm-tachileik');
export const KH = parseOfficeId('kh-poipet');
export const HUB = parseHubId('hub-mekong');
export { LA, TH };

/** Thailand and Laos are linked directly, everybody else through the hub. */
export const PAIRS: readonly RegionPair[] = [
  { accepts: TH, dials: LA },
  { offices: [TH, MM], hub: HUB },
  { offices: [LA, MM], hub: HUB },
  { offices: [TH, KH], hub: HUB },
  { offices: [LA, KH], hub: HUB },
  { offices: [MM, KH], hub: HUB },
];

export const JOINT: readonly JointAgreement[] = [
  { id: 'mou-mekong', nations: [TH, LA, MM, KH].map(nationOf), hubs: [HUB] },
];

const MINUTE_MS = 60_000;
/** Longer than any outage in these tests. */
const WITHIN = { withinMs: 90_000, everyMs: 250 };

/** A charter that the first of them leads; two of the others have to sign. */
export function charterOf(id: string, members: readonly OfficeId[], more: JsonRecord = {}): JsonRecord {
  const time = (inMs: number): string => new Date(Date.now() + inMs).toISOString();
  return {
    id,
    name: 'River watch',
    aim: 'Find the boats that bring people and pills over the river at night, and those who own them',
    form: 'CHARTER_FORM_OFFICE',
    agreement: 'mou-mekong',
    lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
    lawfulBasisReference: 'Article 1',
    members: members.map((office, index) => ({
      office,
      role: index === 0 ? 'OPERATION_ROLE_LEAD' : 'OPERATION_ROLE_MEMBER',
      dutyContact: `Duty desk of ${office}`,
    })),
    purposes: ['PURPOSE_INVESTIGATION', 'PURPOSE_VICTIM_PROTECTION'],
    crimeAreas: ['CRIME_AREA_PEOPLE_SMUGGLING', 'CRIME_AREA_DRUGS'],
    dataCategories: [
      'CORE',
      'IDENTITY',
      'BIOMETRIC',
      'CONTACT',
      'SOURCE',
      'LOCATION',
      'FREE_TEXT',
      'TRANSPORT',
      'CONSIGNMENT',
      'PROTECTION_STATUS',
    ].map((category) => `DATA_CATEGORY_${category}`),
    handlingCeiling: 'HANDLING_CODE_H2',
    retentionDays: 30,
    starts: time(-MINUTE_MS),
    ends: time(6 * 60 * MINUTE_MS),
    quorum: 3,
    history: 'HISTORY_RULE_ALL',
    ...more,
  };
}

/** What was asked was done: as often as it takes, since a node that was killed answers nobody. */
export async function done(
  office: TestOfficeNode,
  role: Parameters<typeof ask>[1],
  path: string,
  body: JsonRecord,
): Promise<JsonRecord> {
  return await eventually(async () => {
    const { status, json } = await ask(office, role, path, body);
    expect([status, json], `${office.id} ${path}`).toEqual([201, json]);
    return json;
  }, WITHIN);
}

export function act(
  office: TestOfficeNode,
  operation: string,
  action: string,
  more: JsonRecord = {},
): Promise<JsonRecord> {
  return done(office, 'supervisor', `/v1/operations/${operation}/acts`, {
    action: `OPERATION_ACTION_${action}`,
    ...more,
  });
}

/** The operation as that office has it; empty while it does not know it. */
export async function operationAt(office: TestOfficeNode, operation: string): Promise<JsonRecord> {
  return await office
    .as('officer')
    .get(`/v1/operations/${operation}`)
    .catch(() => ({}));
}

export async function untilState(operation: string, state: string, offices: readonly TestOfficeNode[]): Promise<void> {
  for (const office of offices)
    await eventually(
      async () => expect(stringOf((await operationAt(office, operation))['state']), office.id).toBe(state),
      WITHIN,
    );
}

/** State of each member as that office has it. */
export async function membersAt(office: TestOfficeNode, operation: string): Promise<Readonly<Record<string, string>>> {
  const members = listOf((await operationAt(office, operation))['members']);
  return Object.fromEntries(members.map((member) => [stringOf(member['office']), stringOf(member['state'])]));
}

/** The report as that office has it. */
export async function reportAt(office: TestOfficeNode, operation: string): Promise<JsonRecord> {
  return await office.as('supervisor').get(`/v1/operations/${operation}/report`);
}

/** Every one of them signs what it reads, and sees that all others signed the same. */
export async function signReports(operation: string, offices: readonly TestOfficeNode[]): Promise<void> {
  for (const office of offices) {
    const { digest } = await reportAt(office, operation);
    await done(office, 'supervisor', `/v1/operations/${operation}/report/sign`, { digest });
  }
  for (const office of offices)
    await eventually(async () => {
      const { signatures } = await reportAt(office, operation);
      const signed = listOf(signatures).map((one) => [stringOf(one['office']), one['agrees']]);
      expect(new Map(signed as [string, boolean][]), office.id).toEqual(
        new Map(offices.map(({ id }) => [id as string, true])),
      );
    }, WITHIN);
}

/** A post that is on record, by its sender. */
export interface Said {
  readonly from: OfficeId;
  readonly id: string;
}

/** Said once, however often it is submitted. */
export async function say(
  office: TestOfficeNode,
  operation: string,
  postType: string,
  text: string,
  { terms = {}, body = {}, ...submission }: { terms?: JsonRecord; body?: JsonRecord } & JsonRecord = {},
): Promise<Said> {
  const { id } = await done(office, 'officer', `/v1/operations/${operation}/posts`, {
    precedence: 'PRECEDENCE_IMMEDIATE',
    handling: 'HANDLING_CODE_H1',
    idempotencyKey: randomUUID(),
    ...submission,
    post: {
      terms: { postType: `POST_TYPE_${postType}`, ...terms },
      crimeArea: 'CRIME_AREA_PEOPLE_SMUGGLING',
      text,
      textLanguage: 'en',
      ...body,
    },
  });
  return { from: office.id, id: stringOf(id) };
}

/** A file is handed in and goes with a post; its name at the office. */
export async function handIn(
  office: TestOfficeNode,
  operation: string,
  file: Buffer,
  { name, category }: { readonly name: string; readonly category: string },
): Promise<string> {
  const query = new URLSearchParams({ name, category: `DATA_CATEGORY_${category}` });
  return await eventually(async () => {
    const response = await fetch(new URL(`/v1/operations/${operation}/attachments?${query}`, office.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${office.tokens.officer}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(file),
    });
    const json = (await response.json()) as JsonRecord;
    expect([response.status, json]).toEqual([201, json]);
    return stringOf(json['file']);
  }, WITHIN);
}

/** The file of a post, as that office saves it; null while it is not whole there, or not for it. */
export async function fileAt(
  office: TestOfficeNode,
  operation: string,
  { from, id }: Said,
  label: string,
): Promise<Buffer | null> {
  const response = await fetch(
    new URL(`/v1/operations/${operation}/posts/${from}/${id}/attachments/${label}`, office.url),
    { headers: { authorization: `Bearer ${office.tokens.officer}` } },
  );
  return response.ok ? Buffer.from(await response.arrayBuffer()) : null;
}

/** The story as that office has it. */
export async function transcriptAt(office: TestOfficeNode, operation: string): Promise<JsonRecord> {
  return await office.as('officer').get(`/v1/operations/${operation}/transcript`);
}

/** One line for each post that counts there: office, number and digest. */
export async function linesAt(office: TestOfficeNode, operation: string): Promise<readonly string[]> {
  const answer = await office.as('officer').open(`/v1/operations/${operation}/transcript?format=lines`, {});
  return (await answer.text()).split('\n').filter((line) => line !== '');
}

/** All of them have the same story, and nothing of it is awaited. */
export async function untilSameStory(
  operation: string,
  posts: number,
  offices: readonly TestOfficeNode[],
): Promise<void> {
  await eventually(async () => {
    const transcripts = await Promise.all(offices.map((office) => transcriptAt(office, operation)));
    for (const [index, transcript] of transcripts.entries()) {
      expect(listOf(transcript['entries']).length, offices[index]?.id).toBe(posts);
      expect(transcript['complete'], offices[index]?.id).toBe(true);
    }
    expect(new Set(transcripts.map(({ digest }) => digest)).size).toBe(1);
  }, WITHIN);
}

/** A supervisor looks at everything that is held there and releases it; how much that was. */
export async function releaseAll(office: TestOfficeNode): Promise<number> {
  const items = listOf((await office.as('supervisor').get('/v1/held'))['items']);
  for (const { id } of items) await releaseShown(office.as('supervisor'), stringOf(id));
  return items.length;
}

export { eventually, listOf, recordIn, stringOf, WITHIN };
