import { describe, expect, it } from 'vitest';
import { agreementDates, outlineAgreement } from '../../../services/cli/home/agreement-text.ts';
import { parseAgreementText, signDocument } from '../../../services/core/trust/index.ts';
import { MessageKind, ResponseClass, TrustLevel } from '../../../services/core/wire/index.ts';
import { LA, NOW, TH } from '../trust/fixtures.ts';
import { emptyStore, laos, thailand } from '../trust/fixtures-nations.ts';

const nationOf = ({ nation, root }: typeof thailand) => ({ nation, thumbprint: '' as never, root });
const text = outlineAgreement({
  id: 'mou-la-th',
  title: 'Memorandum on border liaison',
  parties: [
    { nation: nationOf(thailand), offices: [TH] },
    { nation: nationOf(laos), offices: [LA] },
  ],
  ...agreementDates(NOW),
});

describe('outlineAgreement', () => {
  it('writes an agreement that can be installed as it is', async () => {
    const signed = await signDocument('agreement', text, [thailand.rootSigner, laos.rootSigner]);
    const store = await emptyStore(thailand).installAgreement(signed, NOW);
    expect([...store.agreements.keys()]).toEqual(['mou-la-th']);
  });

  it('lets alerts, requests and searches cross, and wants urgent requests about persons who are moved answered sooner', () => {
    const { articles } = parseAgreementText(text);
    for (const { kinds } of articles)
      expect(kinds).toEqual([MessageKind.ALERT, MessageKind.REQUEST, MessageKind.SEARCH]);
    expect(articles.map(({ id, responseTimes }) => [id, responseTimes])).toEqual([
      ['3', [{ responseClass: ResponseClass.URGENT, hours: 4 }]],
      ['4', []],
      ['5', []],
      ['6', []],
      ['9', []],
    ]);
  });

  it('writes one on joint operations, which lets charters cross and nothing that offices exchange pair by pair', async () => {
    const hubs = [{ hub: 'hub-mekong', key: thailand.root }];
    const parties = [
      { nation: nationOf(thailand), offices: [TH] },
      { nation: nationOf(laos), offices: [LA] },
    ];
    const outline = { id: 'mou-mekong', title: 'Joint operations', parties, ...agreementDates(NOW) };
    const joint = parseAgreementText(outlineAgreement({ ...outline, hubs }));
    expect(joint.trustLevel).toBe(TrustLevel.JOINT_OPERATION);
    expect(joint.hubs).toMatchObject([{ hub: 'hub-mekong' }]);
    expect(joint.articles.map(({ id, region, drills, kinds }) => [id, region, drills, kinds])).toEqual([
      ['1', false, false, [MessageKind.OPERATION_CHARTER]],
      ['2', false, true, [MessageKind.OPERATION_CHARTER]],
      ['3', true, false, [MessageKind.ALERT, MessageKind.BULLETIN]],
    ]);
    const withoutHub = parseAgreementText(outlineAgreement({ ...outline, hubs: [] }));
    expect(withoutHub.articles.map(({ region }) => region)).toEqual([false, false]);
  });
});
