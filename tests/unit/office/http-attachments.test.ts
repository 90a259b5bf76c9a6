import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES } from '../../../services/core/files/index.ts';
import { sha256, toHex, utf8 } from '../../../services/core/foundation/index.ts';
import { eventually } from '../../support/eventually.ts';
import { exif, jpeg, png } from '../files/samples.ts';
import {
  LA,
  liveOperation,
  MM,
  OPERATION,
  type OperationOffices,
  operationOffices,
  TH,
} from '../relay/operations/operation-offices.ts';
import { type FakeOffice, fakeOffice, idOf } from './fake-office.ts';

let offices: OperationOffices;
let lead: FakeOffice;
let member: FakeOffice;

beforeAll(async () => {
  offices = await operationOffices();
  lead = fakeOffice({ real: { relay: offices.th.relay, clock: offices.th.clock } });
  member = fakeOffice({ real: { relay: offices.la.relay, clock: offices.la.clock } });
  await liveOperation(offices);
}, 60_000);
afterAll(() => offices.close());

const FILE = { 'content-type': 'application/octet-stream' };
const at = (rest: string): string => `/v1/operations/${OPERATION}/${rest}`;
const entering = (query: Record<string, string>): string => at(`attachments?${new URLSearchParams(query)}`);
const enter = (query: Record<string, string>, body: Uint8Array) =>
  lead.ask('POST', entering(query), { body, headers: FILE });
const TRANSPORT = { category: 'DATA_CATEGORY_TRANSPORT', name: 'รถกระบะ "1".jpg' };

describe('/v1/operations/{id}/attachments', () => {
  it('takes a file as it is, brings it to the members with a post, and shows how far it is', async () => {
    const picture = jpeg(exif(6));
    const { status, json } = await enter(TRANSPORT, picture);
    expect(status).toBe(201);
    expect(json).toMatchObject({
      operation: OPERATION,
      mediaType: 'MEDIA_TYPE_JPEG',
      category: 'DATA_CATEGORY_TRANSPORT',
      originalDigest: toHex(sha256(picture)),
      removed: ['Exif'],
      size: { width: 8, height: 8 },
    });
    const body = {
      precedence: 'PRECEDENCE_ROUTINE',
      handling: 'HANDLING_CODE_H0',
      post: { terms: { postType: 'POST_TYPE_SIGHTING' }, crimeArea: 'CRIME_AREA_DRUGS', place: { name: 'The bridge' } },
      attachments: [json.file],
    };
    const said = await lead.ask('POST', at('posts'), { body });
    expect(said.json).toMatchObject({ origin: TH });
    const post = at(`posts/${TH}/${said.json.id}`);
    const here = await eventually(async () => {
      const list = await member.ask('GET', `${post}/attachments`);
      expect(list.json).toMatchObject({
        items: [{ label: 'A1', state: 'here', piecesHere: 1, pieces: 1, holders: [] }],
      });
      return list.json.items[0];
    });
    expect((await member.ask('GET', post)).json.files).toEqual([here]);
    const file = await member.ask('GET', `${post}/attachments/A1`);
    expect(file.status).toBe(200);
    expect(file.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'repr-digest': `sha-256=:${Buffer.from(here.digest, 'hex').toString('base64')}:`,
    });
    expect(file.headers['content-disposition']).toBe(
      `attachment; filename="_________1_.jpg"; filename*=UTF-8''${encodeURIComponent('รถกระบะ _1_.jpg')}`,
    );
    await eventually(async () => {
      const list = await lead.ask('GET', `${post}/attachments`);
      expect(list.json.items[0].holders).toEqual([
        { office: LA, state: 'opened', pieces: 1, code: '' },
        { office: MM, state: 'here', pieces: 1, code: '' },
      ]);
    });
    const custody = await member.ask('GET', `${post}/attachments/A1/custody`, { role: 'auditor' });
    expect(custody.json.lines.map(({ event }: { event: string }) => event)).toEqual([
      'first-piece-arrived',
      'last-piece-arrived',
      'completed',
      'opened',
    ]);
    expect(custody.json.lines.at(-1)).toMatchObject({ office: LA, by: expect.stringContaining('officer') });
    expect((await lead.ask('GET', `${post}/attachments`, { role: 'system' })).status).toBe(404);
    expect((await lead.ask('GET', `${post}/attachments/A2`)).json.code).toBe('ATTACHMENTS_UNKNOWN');
    expect((await lead.ask('GET', `${at(`posts/${TH}/${idOf(9)}`)}/attachments/A1`)).status).toBe(404);
  });

  it.each([
    ['a page', TRANSPORT, utf8('<html></html>'), 415, 'FILES_TYPE_REFUSED'],
    ['a name that says another type', TRANSPORT, png(), 422, 'FILES_NAME_UNFIT'],
    ['nothing', TRANSPORT, new Uint8Array(), 413, 'FILES_SIZE_UNFIT'],
    ['no kind of data', { name: 'a.jpg' }, jpeg(), 422, 'ATTACHMENTS_CATEGORY_UNFIT'],
    ['a kind that is none', { category: 'DATA_CATEGORY_CORE' }, jpeg(), 422, 'OFFICE_REQUEST_INVALID'],
    ['a name of two lines', { ...TRANSPORT, name: 'a\nb.jpg' }, jpeg(), 422, 'OFFICE_REQUEST_INVALID'],
    ['more than 25 MB', TRANSPORT, new Uint8Array(MAX_FILE_BYTES + 1), 413, 'OFFICE_BODY_TOO_LARGE'],
  ])('refuses %s', async (_, query, body, status, code) => {
    const answer = await enter(query as Record<string, string>, body);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it('takes a file as bytes alone, and bytes nowhere else', async () => {
    const json = await lead.ask('POST', entering(TRANSPORT), { body: {} });
    expect([json.status, json.json.code]).toEqual([415, 'OFFICE_MEDIA_TYPE_UNKNOWN']);
    const post = await lead.ask('POST', at('posts'), { body: jpeg(), headers: FILE });
    expect([post.status, post.json.code]).toEqual([415, 'OFFICE_MEDIA_TYPE_UNKNOWN']);
  });

  it('reads no more than a few files at a time', async () => {
    const body = new Uint8Array(1_000_000).fill(0x61);
    const query = { category: 'DATA_CATEGORY_FREE_TEXT' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => enter(query, body)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThanOrEqual(4);
    expect(statuses.filter((status) => status !== 201 && status !== 429)).toEqual([]);
    expect((await enter(query, body)).status).toBe(201);
  });
});
