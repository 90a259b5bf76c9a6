import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OperationAction } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { act, charterOf, propose, viewAt } from '../relay/operations/charters.ts';
import { type ThreeOffices, threeOffices } from '../relay/three-offices.ts';
import { type FakeOffice, fakeOffice } from './fake-office.ts';

const REPORT = '/v1/operations/op-naga/report';
const supervisor = { role: 'supervisor' as const };
const sign = (digest: unknown) => ({ ...supervisor, body: { digest } });

let offices: ThreeOffices;
let lead: FakeOffice;
let member: FakeOffice;

beforeAll(async () => {
  offices = await threeOffices({ joint: true });
  lead = fakeOffice({ real: { relay: offices.th.relay, clock: offices.th.clock } });
  member = fakeOffice({ real: { relay: offices.la.relay, clock: offices.la.clock } });
});
afterAll(() => offices.close());

describe('/v1/operations/{id}/report', () => {
  it('is there from the opening on, and final when the operation is closed', async () => {
    expect((await lead.ask('GET', REPORT, supervisor)).json.code).toBe('OPERATIONS_UNKNOWN');
    await propose(offices.th, charterOf());
    await eventually(() => expect(viewAt(offices.la)?.state).toBe('proposed'));
    expect((await lead.ask('GET', REPORT, supervisor)).json.code).toBe('REPORT_NOT_OPENED');
    await act(offices.la, OperationAction.SIGN);
    await eventually(() => expect([offices.th, offices.la].map((one) => viewAt(one)?.state)).toEqual(['live', 'live']));
    const early = await lead.ask('GET', REPORT, supervisor);
    expect([early.status, early.json.final]).toEqual([200, false]);
    const refused = await lead.ask('POST', `${REPORT}/sign`, sign(early.json.digest));
    expect([refused.status, refused.json.code]).toEqual([409, 'REPORT_NOT_FINAL']);
    await act(offices.th, OperationAction.CLOSE);
    await eventually(() =>
      expect([offices.th, offices.la].map((one) => viewAt(one)?.state)).toEqual(['closed', 'closed']),
    );
  });

  it('is the same at every member, and its exact text is what the digest is of', async () => {
    const [own, other] = await Promise.all([lead, member].map((office) => office.ask('GET', REPORT, supervisor)));
    expect(own?.json).toMatchObject({ final: true, contradictions: [], signatures: [] });
    expect(other?.json.digest).toBe(own?.json.digest);
    const { text } = await member.ask('GET', `${REPORT}?format=signed`, supervisor);
    expect(createHash('sha256').update(text).digest('hex')).toBe(own?.json.digest);
    expect(JSON.parse(text)).toEqual(own?.json.report);
  });

  it.each([
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html; charset=utf-8'],
    ['application/json, text/html', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
  ])('is what %s asks for', async (accept, type) => {
    const { headers } = await lead.ask('GET', REPORT, { ...supervisor, headers: { accept } });
    expect(headers['content-type']).toBe(type);
  });

  it('is a page that may do nothing but stand there', async () => {
    const { headers, text } = await lead.ask('GET', `${REPORT}?format=html`, supervisor);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(text).toContain('<html lang="en">');
  });

  it('is signed by whoever read exactly it, once, and the others see it', async () => {
    const { digest } = (await lead.ask('GET', REPORT, supervisor)).json;
    expect((await lead.ask('POST', `${REPORT}/sign`, sign('0'.repeat(64)))).json.code).toBe('REPORT_CHANGED');
    expect((await lead.ask('POST', `${REPORT}/sign`, sign('none'))).status).toBe(422);
    expect((await lead.ask('POST', `${REPORT}/sign`, sign(digest))).status).toBe(201);
    expect((await lead.ask('POST', `${REPORT}/sign`, sign(digest))).json.code).toBe('REPORT_SIGNED');
    await eventually(async () =>
      expect((await member.ask('GET', REPORT, supervisor)).json.signatures).toEqual([
        { office: 'th-chiang-khong', digest, agrees: true },
      ]),
    );
    // What others signed does not change what is signed.
    expect((await member.ask('GET', REPORT, supervisor)).json.digest).toBe(digest);
    expect((await member.ask('POST', `${REPORT}/sign`, sign(digest))).status).toBe(201);
  });
});
