import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOf, stringOf } from '../../services/cli/office-api/office-client.ts';
import { sendSamples } from '../../services/cli/region/send-samples.ts';
import { waitForLinks } from '../../services/cli/region/wait-for-links.ts';
import { parseOfficeId } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import { startRegion, type TestOfficeNode, type TestRegion } from '../support/region.ts';

// One directly linked pair, brought up while its line is cut. What a line does is seen by what the offices do.
const TH = parseOfficeId('th-chiang-khong');
const LA = parseOfficeId('la-houayxay');
let region: TestRegion;
let th: TestOfficeNode;
let la: TestOfficeNode;

async function alert(): Promise<string> {
  const codes = { urgency: 'URGENCY_PAST', severity: 'SEVERITY_MINOR', certainty: 'CERTAINTY_LIKELY' };
  const answer = await th.as('officer').post('/v1/alerts', {
    recipients: [LA],
    precedence: 'PRECEDENCE_IMMEDIATE',
    purpose: 'PURPOSE_DETECTION',
    handling: 'HANDLING_CODE_H1',
    alert: { messageType: 'MESSAGE_TYPE_ALERT', crimeArea: 'CRIME_AREA_TIMBER', ...codes },
  });
  return stringOf(answer['id']);
}

async function stateOf(id: string): Promise<string> {
  return stringOf(listOf((await th.as('officer').get(`/v1/messages/${id}`))['recipients'])[0]?.['state']);
}

const untilDelivered = (id: string): Promise<void> =>
  eventually(async () => expect(await stateOf(id)).toBe('delivered'), { withinMs: 60_000 });

beforeAll(async () => {
  region = await startRegion({ pairs: [{ accepts: TH, dials: LA }], lines: { line: 'cut' } });
  th = region.office(TH);
  la = region.office(LA);
}, 180_000);
afterAll(() => region?.close(), 60_000);

describe('a region whose line is cut', () => {
  it('is not ready, and says which link is missing', async () => {
    const wait = { withinMs: 500, signal: new AbortController().signal };
    await expect(waitForLinks(region.state(), wait)).rejects.toMatchObject({ code: 'REGION_NOT_READY' });
  });

  it('can be stopped while it waits', async () => {
    const wait = { withinMs: 60_000, signal: AbortSignal.abort() };
    await expect(waitForLinks(region.state(), wait)).rejects.toMatchObject({ code: 'REGION_STOPPED' });
    await expect(sendSamples(region.state(), wait, () => undefined)).rejects.toMatchObject({ code: 'REGION_STOPPED' });
  });

  it('says that a sample alert did not arrive', async () => {
    const wait = { withinMs: 500, signal: new AbortController().signal };
    await expect(sendSamples(region.state(), wait, () => undefined)).rejects.toMatchObject({
      code: 'REGION_ALERT_LOST',
      context: { from: TH, to: LA },
    });
  });

  it('delivers what was accepted meanwhile as soon as the line is there', async () => {
    const id = await alert();
    region.line(LA, TH).set({ line: 'pass' });
    await region.linked();
    await untilDelivered(id);
  }, 120_000);
});

describe('a line', () => {
  it('that is dead but not cut lets nothing through, and afterwards everything', async () => {
    region.line(LA, TH).set({ line: 'blackhole' });
    const id = await alert();
    const bytes = region.line(LA, TH).bytes();
    await eventually(
      async () => {
        const [link] = listOf((await th.as('operator').get('/v1/links'))['items']);
        expect(link).toMatchObject({ silent: true });
      },
      { withinMs: 30_000 },
    );
    expect(region.line(LA, TH).bytes()).toBe(bytes);
    expect(['queued', 'sent']).toContain(await stateOf(id));
    region.line(LA, TH).set({ line: 'pass' });
    await untilDelivered(id);
  }, 120_000);

  it('with a delay makes every step over it that much later', async () => {
    region.line(LA, TH).set({ line: 'delay', oneWayMs: 250 });
    const id = await alert();
    await untilDelivered(id);
    region.line(LA, TH).set({ line: 'pass' });
    const timeline = listOf((await th.as('officer').get(`/v1/messages/${id}`))['timeline']);
    const at = (event: string): number =>
      Date.parse(stringOf(timeline.find((entry) => entry['event'] === event)?.['recordedAt']));
    // There and back: the acknowledgement travels the same line.
    expect(at('relayed') - at('framed')).toBeGreaterThanOrEqual(450);
  }, 120_000);

  it('with little room still delivers', async () => {
    region.line(LA, TH).set({ line: 'rate', bytesPerSecond: 20_000 });
    const id = await alert();
    await untilDelivered(id);
    region.line(LA, TH).set({ line: 'pass' });
  }, 120_000);
});

describe('a process of a region', () => {
  it.each([
    ['the receiving node', () => la],
    ['the receiving server', () => la.server],
    ['the sending node', () => th],
    ['the sending server', () => th.server],
  ])(
    'may be killed and started again: %s',
    async (_, processOf) => {
      const process = processOf();
      const before = process.pid();
      const id = await alert();
      await process.kill9();
      expect(process.pid()).toBeNull();
      process.restart();
      await eventually(() => expect(process.pid()).not.toBeNull());
      expect(process.pid()).not.toBe(before);
      await eventually(() => untilDelivered(id), { withinMs: 60_000 });
    },
    150_000,
  );
});
