import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Alert } from '../../../services/core/wire/index.ts';
import { TriageAction } from '../../../services/core/wire/index.ts';
import { VEHICLE } from '../policy/fixtures.ts';
import { submission, type TwoOffices, twoOffices } from '../relay/two-offices.ts';
import { LA } from '../trust/fixtures.ts';
import { type FakeOffice, fakeOffice, idOf, inbound, outbound } from './fake-office.ts';

let offices: TwoOffices;
let th: FakeOffice;
beforeEach(async () => {
  offices = await twoOffices();
  th = fakeOffice({ real: { relay: offices.th.relay, clock: offices.th.clock } });
});
afterEach(async () => {
  await th.http.close();
  await offices.close();
});

const said = async (alert: Partial<Alert>, more: object = {}): Promise<string> =>
  (
    await offices.th.relay.submit(
      submission({ alert: { subjects: [VEHICLE as Alert['subjects'][number]], ...alert }, ...more }),
    )
  ).id;
const found = async (words: string, more = ''): Promise<string[]> => {
  const { json } = await th.ask('GET', `/v1/find?q=${encodeURIComponent(words)}${more}`);
  return json.items.map(({ message }: { message: { id: string } }) => message.id);
};

describe('GET /v1/find', () => {
  it('finds words of the body in whatever case, width and script', async () => {
    const id = await said({
      headline: 'Gestohlener Pickup',
      narrative: 'Somchai wohnt in เชียงของ',
      narrativeLanguage: 'de',
    });
    await said({ headline: 'Something else' });
    for (const words of ['pickup', 'PICKUP gestohlen', 'ｐｉｃｋｕｐ', 'somchai', 'เชียงของ'])
      expect(await found(words)).toEqual([id]);
    expect(await found('pickup wildlife')).toEqual([]);
  });

  it('finds plates and references without what separates them', async () => {
    const id = await said({ headline: 'x' }, { caseReference: 'NK-2026/77' });
    expect(await found('nk202677')).toEqual([id]);
    expect(await found('nk 2026')).toEqual([id]);
  });

  it('finds case references of this office, offices and ids', async () => {
    const id = await said({ headline: 'x' });
    await offices.th.relay.triage.take({
      origin: offices.th.office,
      id: id as never,
      officer: 'officer-1',
      action: TriageAction.CASE,
      step: 0,
      assignee: '',
      caseReference: 'OURS-1',
      note: '',
      noteLanguage: '',
      outcome: 0,
      agencies: [],
    });
    expect(await found('ours-1')).toEqual([id]);
    expect(await found(LA)).toEqual([id]);
    expect(await found(id.slice(0, 13))).toEqual([id]);
    const { json } = await th.ask('GET', '/v1/find?q=ours-1&in=outbox');
    expect(json.items[0]).toMatchObject({ found: ['ours'], message: { headline: 'x', direction: 'outbound' } });
  });

  it('does not look for the spelling of codes', async () => {
    await said({ headline: 'x' });
    expect(await found('CRIME_AREA')).toEqual([]);
  });

  it('looks where it is told to', async () => {
    await said({ headline: 'pickup' });
    expect(await found('pickup', '&in=inbox')).toEqual([]);
    expect(await found('pickup', '&in=outbox')).toHaveLength(1);
  });

  it('goes on from page to page, the newest first', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.unshift(await said({ headline: `pickup ${count}` }));
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      // biome-ignore lint/suspicious/noExplicitAny: what a test looks at is checked by the test
      const { json }: { json: any } = await th.ask(
        'GET',
        `/v1/find?q=pickup&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      walked.push(...json.items.map(({ message }: { message: { id: string } }) => message.id));
      cursor = json.next;
    }
    expect(walked).toEqual(ids);
  });

  it('looks at a bounded number of messages and goes on where it found nothing', async () => {
    const large = fakeOffice();
    for (let number = 1; number <= 900; number++) large.put(inbound(number));
    const first = await large.ask('GET', '/v1/find?q=nothing');
    expect([first.json.items.length, first.json.examined, first.json.remaining]).toEqual([0, 400, 500]);
    const second = await large.ask('GET', `/v1/find?q=nothing&cursor=${first.json.next}`);
    const third = await large.ask('GET', `/v1/find?q=nothing&cursor=${second.json.next}`);
    expect([third.json.examined, third.json.next]).toEqual([100, null]);
    await large.http.close();
  });

  it('finds nothing in what may not be read any more', async () => {
    const gone = fakeOffice();
    gone.put(outbound(1, [], { erased: { contents: [] } as never }));
    gone.put(outbound(2, []));
    const ids = async (q: string) =>
      (await gone.ask('GET', `/v1/find?q=${q}`)).json.items.map(
        ({ message }: { message: { id: string } }) => message.id,
      );
    expect(await ids('boat')).toEqual([idOf(2)]);
    expect(await ids(idOf(1))).toEqual([idOf(1)]);
    await gone.http.close();
  });

  it.each(['', 'q=a', 'q=%2D%2D', 'q=pickup&in=trash', 'q=pickup&cursor=AAAA', `q=${'x'.repeat(101)}`])(
    'refuses %j',
    async (query) => {
      expect((await th.ask('GET', `/v1/find?${query}`)).status).toBe(422);
    },
  );
});
