import { describe, expect, it } from 'vitest';
import { CrossingOccasion, DataCategory, Outcome } from '../../../services/core/wire/index.ts';
import { explainJson } from '../../../services/office/views/explain-json.ts';
import {
  copyTo,
  decision,
  fakeOffice,
  idOf,
  inbound,
  OTHER,
  outbound,
  PEER,
  RELEASED_HOLD,
  SELF,
} from './fake-office.ts';

describe('GET /v1/messages/{id}/explain', () => {
  it('says by which policies each copy was decided, in their sentences', async () => {
    const office = fakeOffice();
    office.put(outbound(1, [copyTo(PEER, Outcome.RELEASED), copyTo(OTHER, Outcome.HELD)]));
    const { status, json } = await office.ask('GET', `/v1/messages/${idOf(1)}/explain`, { role: 'auditor' });
    expect(status).toBe(200);
    expect(json.decisions).toHaveLength(2);
    expect(json.decisions[0]).toMatchObject({
      gate: 'export',
      office: PEER,
      step: 'decided',
      outcome: 'released',
      withheld: [
        { category: 'DATA_CATEGORY_BIOMETRIC', parts: 2, policies: [{ name: 'th.no-biometrics', reason: null }] },
      ],
      bundles: [{ name: 'baseline', version: 1, inForce: true }],
      agreement: { id: 'th-la-2026', article: '3', text: null },
    });
  });

  it('says what held a copy and what let it go', async () => {
    const office = fakeOffice();
    const released = decision(Outcome.RELEASED, { releasedBy: 'supervisor-1' });
    office.put(outbound(1, [copyTo(PEER, Outcome.RELEASED, { hold: RELEASED_HOLD, decision: released })]));
    const { json } = await office.ask('GET', `/v1/messages/${idOf(1)}/explain`);
    expect(
      json.decisions.map((one: { step: string; outcome: string; by: string }) => [one.step, one.outcome, one.by]),
    ).toEqual([
      ['held', 'held', null],
      ['released', 'released', 'supervisor-1'],
    ]);
    expect(json.decisions[1].policies).toEqual([{ name: 'baseline.release', reason: 'Offices may hand over.' }]);
  });

  it('is for nobody who does not know the message', async () => {
    expect((await fakeOffice().ask('GET', `/v1/messages/${idOf(1)}/explain`)).status).toBe(404);
  });
});

describe('explainJson', () => {
  const digest = 'cd'.repeat(32);
  const sources = {
    reasonOf: () => 'Because.',
    bundles: [],
    agreements: new Map([
      ['th-la-2026', { document: { digest }, agreement: { articles: [{ id: '3', text: 'Vehicles may be named.' }] } }],
    ]),
    added: [],
    withheld: [],
    self: SELF,
  } as unknown as Parameters<typeof explainJson>[1];

  it('quotes the article in the version that was relied on, and no other', () => {
    const message = outbound(1, [copyTo(PEER, Outcome.RELEASED)]);
    expect(explainJson(message, sources)).toMatchObject([
      { agreement: { text: 'Vehicles may be named.' }, bundles: [{ inForce: false }] },
    ]);
    const another = new Map([['th-la-2026', { document: { digest: 'ee'.repeat(32) } }]]) as never;
    expect(explainJson(message, { ...sources, agreements: another })).toMatchObject([{ agreement: { text: null } }]);
  });

  it('names of what came the rules of its sender, and the decisions of this office, later ones too', () => {
    const supplement = { decision: decision(Outcome.RELEASED) } as never;
    const message = inbound(1, { supplements: [supplement] });
    const withheld = [{ category: DataCategory.BIOMETRIC, policies: ['la.keeps'], by: PEER }];
    const added = [{ ...copyTo(OTHER, Outcome.REFUSED), occasion: CrossingOccasion.ONWARD }] as never;
    const explained = explainJson(message, { ...sources, withheld, added });
    expect(explained.map((one) => [one['gate'], one['step'], one['office']])).toEqual([
      ['exporter', 'decided', PEER],
      ['import', 'decided', PEER],
      ['import', 'opened', PEER],
      ['export', 'passed-on', OTHER],
    ]);
    expect(explained[0]?.['withheld']).toEqual([
      { category: 'DATA_CATEGORY_BIOMETRIC', parts: null, policies: [{ name: 'la.keeps', reason: null }] },
    ]);
  });
});
