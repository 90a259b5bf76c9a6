import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueDirectory } from '../../services/cli/home/issue-directory.ts';
import { verifyOfficeInRegion } from '../../services/cli/ledger/verify-office.ts';
import { type JsonRecord, listOf, stringOf } from '../../services/cli/office-api/office-client.ts';
import { type EvidenceFile, readEvidence, verifyEvidence } from '../../services/core/envelope/index.ts';
import { days, parseKeyId, parseOfficeId, systemClock } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import { startRegion, type TestOfficeNode, type TestRegion, type TestRole } from '../support/region.ts';
import { releaseShown } from '../support/release-held.ts';
import { goodSubmission } from '../unit/office/fake-office.ts';

const TH = parseOfficeId('th-chiang-khong');
const LA = parseOfficeId('la-houayxay');
const SECRET_IMAGE = Buffer.from('face of nobody, withheld by the law of one side').toString('base64');

let region: TestRegion;
let th: TestOfficeNode;
let la: TestOfficeNode;

beforeAll(async () => {
  region = await startRegion({ pairs: [{ accepts: TH, dials: LA }] });
  th = region.office(TH);
  la = region.office(LA);
}, 120_000);
afterAll(async () => {
  await region?.close();
});

const person = (more: Record<string, unknown> = {}) => ({
  label: 'P1',
  role: 'SUBJECT_ROLE_SUSPECT',
  person: { familyName: 'Example', ...more },
});
const alertTo = (to: string, subjects: readonly unknown[], more: Record<string, unknown> = {}) =>
  goodSubmission({ recipients: [to], ...more }, { subjects });
const outcomeOf = (answer: JsonRecord): JsonRecord => listOf(answer['recipients'])[0] ?? {};
const contentOf = (message: JsonRecord): JsonRecord => (message['content'] as JsonRecord)['alert'] as JsonRecord;

async function readWhere(
  office: TestOfficeNode,
  id: string,
  role: TestRole,
  isSo: (message: JsonRecord) => boolean,
): Promise<JsonRecord> {
  return eventually(
    async () => {
      const message = await office.as(role).get(`/v1/messages/${id}`);
      expect(isSo(message), JSON.stringify(message['timeline'])).toBe(true);
      return message;
    },
    { withinMs: 30_000, everyMs: 100 },
  );
}

const delivered = (office: TestOfficeNode, id: string) =>
  readWhere(office, id, 'officer', (message) => message['state'] === 'delivered');
const stateOfCopy = (message: JsonRecord): string => stringOf(outcomeOf(message)['state']);
const refusal = (asked: Promise<unknown>): Promise<{ status: unknown; reason: unknown }> =>
  asked.then(
    () => ({ status: 200, reason: '' }),
    (error: { context: Record<string, unknown> }) => ({
      status: error.context['status'],
      reason: error.context['reason'],
    }),
  );

async function evidenceOf(office: TestOfficeNode, id: string): Promise<EvidenceFile[]> {
  const answer = await office.as('auditor').get(`/v1/messages/${id}/evidence`);
  return listOf(answer['files']).map((file) => ({
    name: stringOf(file['name']),
    bytes: new Uint8Array(Buffer.from(stringOf(file['bytes']), 'base64')),
  }));
}

async function rootOf(office: TestOfficeNode) {
  const text = await readFile(join(office.home, 'office.yaml'), 'utf8');
  return parseKeyId(/root: "?([A-Za-z0-9_-]{43})/.exec(text)?.[1]);
}

describe('an office and its neighbour', () => {
  it('deliver an alert that shows exactly what the preview showed, and tell its custody from end to end', async () => {
    const submission = alertTo(LA, [person({ faceImages: [{ format: 'IMAGE_FORMAT_JPEG', data: SECRET_IMAGE }] })]);
    const preview = await th.as('officer').post('/v1/preview', submission);
    const answer = await th.as('officer').post('/v1/alerts', submission);
    expect(outcomeOf(answer)).toMatchObject({ office: LA, outcome: 'released', withheld: ['DATA_CATEGORY_BIOMETRIC'] });
    expect(outcomeOf(answer)['policies']).not.toEqual([]);
    const id = stringOf(answer['id']);

    const received = await delivered(la, id);
    expect(contentOf(received)).toEqual(listOf(preview['copies'])[0]?.['alert']);
    expect(JSON.stringify(received)).not.toContain(SECRET_IMAGE);
    expect(listOf(received['withheldParts'])).toContainEqual({
      category: 'DATA_CATEGORY_BIOMETRIC',
      policies: ['th.withhold-biometrics'],
      by: TH,
    });

    await la.as('officer').post(`/v1/messages/${id}/retrieved`, {});
    const sent = await readWhere(th, id, 'officer', (message) => stateOfCopy(message) === 'retrieved');
    expect(JSON.stringify(contentOf(sent))).toContain(SECRET_IMAGE);
    const events = listOf(sent['timeline']).map((entry) => stringOf(entry['event']));
    expect(events).toEqual([
      'accepted',
      'decided',
      'framed',
      ...events.filter((event) => event === 'relayed'),
      'relay-accepted',
      'delivered',
      'retrieved',
    ]);
    expect(
      listOf((await la.as('officer').get('/v1/inbox', { state: 'retrieved' }))['items']).map((item) => item['id']),
    ).toContain(id);
  });

  it('give evidence that verifies by the folder alone, at the recipient and at the origin', async () => {
    const face = [{ format: 'IMAGE_FORMAT_JPEG', data: SECRET_IMAGE }];
    const answer = await th.as('officer').post('/v1/alerts', alertTo(LA, [person({ faceImages: face })]));
    const id = stringOf(answer['id']);
    await delivered(la, id);
    await readWhere(th, id, 'officer', (message) => stateOfCopy(message) === 'delivered');

    const received = await evidenceOf(la, id);
    const { evidence, store } = await readEvidence(received, await rootOf(la));
    expect(evidence.receipts.length).toBeGreaterThan(0);
    expect(verifyEvidence(evidence, store)).toMatchObject({ verified: true });
    const crossed = received.map(({ bytes }) => Buffer.from(bytes).toString('latin1')).join('');
    expect(crossed).not.toContain(Buffer.from(SECRET_IMAGE, 'base64').toString('latin1'));

    const own = await readEvidence(await evidenceOf(th, id), await rootOf(th));
    // What the office said when it accepted it, and what the neighbour answered.
    expect(own.evidence.receipts.length).toBeGreaterThan(1);
    expect(verifyEvidence(own.evidence, own.store)).toMatchObject({ verified: true });
  });

  it('hold what a law wants looked at until another person releases it', async () => {
    const submission = alertTo(TH, [person()]);
    const answer = await la.as('supervisor').post('/v1/alerts', submission);
    expect(outcomeOf(answer)['outcome']).toBe('held');
    const id = stringOf(answer['id']);
    const held = listOf((await la.as('supervisor').get('/v1/held'))['items']).find((item) => item['messageId'] === id);
    const heldId = stringOf(held?.['id']);
    expect(contentOf(await la.as('supervisor').get(`/v1/held/${heldId}`))).toMatchObject({
      headline: 'Fast boat with concealed load',
    });

    expect(await refusal(releaseShown(la.as('supervisor'), heldId))).toEqual({
      status: 403,
      reason: 'HOLD_OWN_MESSAGE',
    });
    expect(await refusal(releaseShown(la.as('officer'), heldId))).toEqual({
      status: 403,
      reason: 'OFFICE_ROLE_FORBIDDEN',
    });
    const made = { reason: 'not looked at', shown: '0'.repeat(64) };
    expect(await refusal(la.as('oversight').post(`/v1/held/${heldId}/release`, made))).toEqual({
      status: 409,
      reason: 'HOLD_CHANGED_SINCE_SHOWN',
    });
    expect((await la.as('officer').get(`/v1/messages/${id}`))['recipients']).toMatchObject([{ state: 'held' }]);

    await la.as('supervisor').post(`/v1/held/${heldId}/reject`, { reason: 'submitted again by the officer' });
    const again = await la.as('officer').post('/v1/alerts', submission);
    const otherId = stringOf(again['id']);
    const waiting = listOf((await la.as('supervisor').get('/v1/held'))['items']).find(
      (item) => item['messageId'] === otherId,
    );
    const { shown } = await la.as('supervisor').get(`/v1/held/${stringOf(waiting?.['id'])}`);
    const released = await releaseShown(la.as('supervisor'), stringOf(waiting?.['id']));
    expect(released['decision']).toMatchObject({ outcome: 'released', releasedBy: 'duty-supervisor' });
    await delivered(th, otherId);
    expect(
      await refusal(
        la.as('supervisor').post(`/v1/held/${stringOf(waiting?.['id'])}/release`, { reason: 'twice', shown }),
      ),
    ).toEqual({ status: 409, reason: 'RELAY_NOT_HELD' });
    expect(await refusal(th.as('officer').get(`/v1/messages/${id}`))).toEqual({
      status: 404,
      reason: 'RELAY_MESSAGE_UNKNOWN',
    });
  });

  it('refuse at the gate what no article covers, and name it', async () => {
    const answer = await th
      .as('officer')
      .post('/v1/alerts', goodSubmission({ recipients: [LA], purpose: 'PURPOSE_VICTIM_PROTECTION' }));
    expect(outcomeOf(answer)).toMatchObject({ outcome: 'refused', policies: [] });
    expect(outcomeOf(answer)['reason']).toMatch(/ARTICLE/);
    expect(await refusal(la.as('officer').get(`/v1/messages/${stringOf(answer['id'])}`))).toMatchObject({
      status: 404,
    });
  });

  it('send nothing twice for one key', async () => {
    const submission = alertTo(LA, [], { idempotencyKey: 'once' });
    const [one, other] = await Promise.all([
      th.as('system').post('/v1/alerts', submission),
      th.as('system').post('/v1/alerts', submission),
    ]);
    expect(other['id']).toBe(one['id']);
    expect([one['repeated'], other['repeated']].sort()).toEqual([false, true]);
    expect(await refusal(th.as('system').post('/v1/alerts', { ...submission, drill: true }))).toEqual({
      status: 409,
      reason: 'RELAY_IDEMPOTENCY_CONFLICT',
    });
  });

  it('tell what happens as it happens', async () => {
    const controller = new AbortController();
    const response = await la.as('officer').open('/v1/events', {}, controller.signal);
    const { id } = await th.as('officer').post('/v1/alerts', alertTo(LA, []));
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes('event: delivered') && text.includes(stringOf(id))) break;
    }
    controller.abort();
    expect(text).toContain(`"envelopeId":"${stringOf(id)}"`);
  });

  it('show links, directories, agreements, metrics and a ledger that verifies', async () => {
    const links = listOf((await th.as('operator').get('/v1/links'))['items']);
    expect(links).toMatchObject([{ office: LA, up: true, silent: false }]);
    expect(
      listOf((await th.as('officer').get('/v1/directory'))['items'])
        .map((item) => item['nation'])
        .sort(),
    ).toEqual(['LA', 'TH']);
    expect(listOf((await th.as('officer').get('/v1/agreements'))['items'])).toMatchObject([{ current: true }]);
    const metrics = await (await th.as('operator').open('/metrics', {})).text();
    for (const name of [
      'liaison_submissions_total',
      'liaison_decisions_total',
      'liaison_outbox_items',
      'liaison_link_up',
      'liaison_ledger_head_number',
      'liaison_step_seconds_bucket',
      'liaison_http_request_seconds_bucket',
    ]) {
      expect(metrics).toContain(name);
    }
    expect((await verifyOfficeInRegion(region.state(), TH, systemClock.now())).intact).toBe(true);
  });

  it('write nothing of what messages say into their logs', async () => {
    for (const office of [th, la]) {
      const log = await office.log();
      expect(log).toContain('office is up');
      for (const secret of ['Example', 'Fast boat', SECRET_IMAGE, office.tokens.officer])
        expect(log).not.toContain(secret);
    }
  });
});

describe('a document', () => {
  const trustOf = (office: TestOfficeNode): string => join(office.home, 'trust', 'directories', 'TH.json');
  const nationHome = (): string => join(region.home, 'nations', 'TH');
  const sequenceAt = async (office: TestOfficeNode): Promise<unknown> => {
    const own = listOf((await office.as('officer').get('/v1/directory'))['items']).find(
      (item) => item['nation'] === 'TH',
    );
    return (own?.['directory'] as JsonRecord | undefined)?.['sequence'];
  };
  const warningsOf = async (office: TestOfficeNode): Promise<unknown[]> => {
    const answer = (await (await fetch(`${office.url}/readyz`)).json()) as { warnings: { code: string }[] };
    return answer.warnings.map(({ code }) => code);
  };

  it('takes effect while the office runs, and an older one never again', async () => {
    const first = await readFile(trustOf(th));
    const before = Number(await sequenceAt(th));
    const { sequence } = await issueDirectory(nationHome(), {
      now: systemClock.now(),
      validFor: days(100),
      revoke: [],
    });
    expect(sequence).toBe(before + 1);
    const second = await readFile(join(nationHome(), 'directory.json'));
    await writeFile(trustOf(th), second);
    await eventually(async () => expect(Number(await sequenceAt(th))).toBe(sequence), {
      withinMs: 15_000,
      everyMs: 200,
    });

    await writeFile(trustOf(th), first);
    await eventually(async () => expect(await warningsOf(th)).toEqual(['OFFICE_DOCUMENT_ROLLBACK']), {
      withinMs: 15_000,
      everyMs: 200,
    });
    expect(Number(await sequenceAt(th))).toBe(sequence);

    await th.kill9();
    th.restart();
    await eventually(async () => expect(await th.log()).toContain('"code":"OFFICE_DOCUMENT_ROLLBACK"'), {
      withinMs: 20_000,
      everyMs: 200,
    });
    await writeFile(trustOf(th), second);
    await eventually(async () => expect((await fetch(`${th.url}/readyz`)).status).toBe(200), {
      withinMs: 30_000,
      everyMs: 200,
    });
    await region.linked();
  });

  it('reaches the neighbour over the link', async () => {
    await eventually(async () => expect(await sequenceAt(la)).toEqual(await sequenceAt(th)), {
      withinMs: 30_000,
      everyMs: 200,
    });
  });
});
