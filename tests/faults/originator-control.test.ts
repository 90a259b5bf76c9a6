import { describe, expect, it } from 'vitest';
import { type JsonRecord, listOf, stringOf, stringsOf } from '../../services/cli/office-api/office-client.ts';
import { claimedRoot, type EvidenceFile, readEvidence, verifyEvidence } from '../../services/core/envelope/index.ts';
import { parseOfficeId } from '../../services/core/foundation/index.ts';
import { type BloResult, blo } from '../e2e/run-blo.ts';
import { eventually } from '../support/eventually.ts';
import type { TestOfficeNode, TestRegion } from '../support/region.ts';
import { submitUntilAccepted, vehicleAlert } from './alert-load.ts';
import { crash, DIRECT, expectLedgersVerify, inboxIds, LA, regionForTest, TH, untilReady } from './fault-scene.ts';

const MM = parseOfficeId('mm-tachileik');
const WITHIN = { withinMs: 30_000, everyMs: 100 };

/** Runs `blo` at an office of the region. */
const at = (region: TestRegion, office: TestOfficeNode, ...argv: readonly string[]): Promise<BloResult> =>
  blo([...argv, '--json', '--home', region.home, '--office', office.id], { cwd: region.home });

async function untilInInbox(office: TestOfficeNode, id: string): Promise<void> {
  await eventually(async () => expect(await inboxIds(office)).toContain(id), WITHIN);
}

async function stateOf(office: TestOfficeNode, path: string): Promise<string> {
  return stringOf((await office.as('officer').get(path))['state']);
}

/** What a stranger finds who has the evidence of a message and nothing else of ours. */
async function verifiesOffline(office: TestOfficeNode, id: string, folder = ''): Promise<boolean> {
  const exported = await office.as('auditor').get(`/v1/messages/${id}/evidence`);
  const files = listOf(exported['files'])
    .map(
      (file): EvidenceFile => ({
        name: stringOf(file['name']),
        bytes: Buffer.from(stringOf(file['bytes']), 'base64'),
      }),
    )
    .filter(({ name }) => (folder === '' ? !name.startsWith('opening-') : name.startsWith(folder)))
    .map(({ name, bytes }) => ({ name: name.slice(folder.length), bytes }));
  const { evidence, store } = await readEvidence(files, claimedRoot(files));
  const report = verifyEvidence(evidence, store);
  expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
  return report.verified;
}

const bodyOf = (message: JsonRecord): JsonRecord => ((message['content'] as JsonRecord)['alert'] ?? {}) as JsonRecord;

describe('the originator’s control over three offices', () => {
  it('lets H2 go on with its consent alone, and opens a part on request, through kills', async () => {
    const region = await regionForTest({
      pairs: [DIRECT, { accepts: TH, dials: MM }, { accepts: LA, dials: MM }],
      heartbeatSeconds: 1,
    });
    const [la, th, mm] = [region.office(LA), region.office(TH), region.office(MM)];
    const giveUpAt = performance.now() + 60_000;
    const alert = { ...vehicleAlert(1, TH), handling: 'HANDLING_CODE_H2' };
    const id = await submitUntilAccepted(() => la.as('officer'), alert, giveUpAt);
    await untilInInbox(th, id);

    const onward = ['forward', id, '--to', MM, '--purpose', 'investigation', '--reason', 'Seen on both roads'];
    const refused = await at(region, th, ...onward);
    expect(refused.code).toBe(4);
    const crossing = refused.json()['crossing'] as JsonRecord;
    expect(stringsOf(crossing['policies'])).toContain('baseline.no-onward-without-consent');

    const parts = ['core', 'free-text', 'transport'];
    const asked = await at(
      region,
      th,
      'consent',
      'ask',
      id,
      '--to',
      MM,
      '--purpose',
      'investigation',
      '--part',
      ...parts,
    );
    expect(asked.stderr).toBe('');
    const request = stringOf(asked.json()['id']);
    await crash(th);
    await eventually(async () => expect(await stateOf(la, `/v1/consents/${request}`)).toBe('asked'), WITHIN);
    const granted = await at(region, la, 'consent', 'grant', request, '--part', 'core', 'transport');
    expect(granted.stderr).toBe('');
    await Promise.all([crash(la), untilReady(th)]);
    await eventually(async () => expect(await stateOf(th, `/v1/consents/${request}`)).toBe('granted'), WITHIN);
    const passed = await at(region, th, ...onward);
    expect(passed.stderr).toBe('');
    expect(passed.code).toBe(0);
    await crash(th);
    await untilInInbox(mm, id);
    const read = await mm.as('officer').get(`/v1/messages/${id}`);
    expect(read).toMatchObject({
      origin: LA,
      from: TH,
      onward: { purpose: 'PURPOSE_INVESTIGATION', consent: { origin: LA, id: granted.json()['id'] } },
    });
    expect(JSON.stringify(read['content'])).toContain('TEST 1');
    expect(JSON.stringify(read['content'])).not.toContain('Stolen pickup');
    expect(await verifiesOffline(mm, id)).toBe(true);

    await Promise.all([la, th].map((office) => untilReady(office)));
    const sourced = vehicleAlert(2, LA);
    const body = { ...(sourced['alert'] as JsonRecord), sourceDescription: 'A ferryman at the pier' };
    const told = await submitUntilAccepted(() => th.as('officer'), { ...sourced, alert: body }, giveUpAt);
    await untilInInbox(la, told);
    expect(bodyOf(await la.as('officer').get(`/v1/messages/${told}`))['sourceDescription'] ?? '').toBe('');
    const wanted = await at(region, la, 'opening', 'ask', told, '--part', 'source');
    expect(wanted.stderr).toBe('');
    const opening = stringOf(wanted.json()['id']);
    await eventually(async () => expect(await stateOf(th, `/v1/openings/${opening}`)).toBe('asked'), WITHIN);
    const opened = await at(region, th, 'opening', 'open', opening, '--reason', 'He agreed');
    expect(opened.stderr).toBe('');
    await Promise.all([crash(th), crash(la)]);
    await Promise.all([la, th].map((office) => untilReady(office)));
    for (const office of [la, th])
      await eventually(async () => expect(await stateOf(office, `/v1/openings/${opening}`)).toBe('opened'), WITHIN);
    const whole = await la.as('officer').get(`/v1/messages/${told}`);
    expect(bodyOf(whole)).toMatchObject({
      sourceDescription: 'A ferryman at the pier',
      headline: 'Stolen pickup number 2',
    });
    expect(await verifiesOffline(la, told)).toBe(true);
    expect(await verifiesOffline(la, told, 'opening-001/')).toBe(true);
    await expectLedgersVerify(region, LA, TH, MM);
  });
});
