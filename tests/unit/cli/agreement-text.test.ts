import { describe, expect, it } from 'vitest';
import { agreementDates, outlineAgreement } from '../../../services/cli/home/agreement-text.ts';
import { parseAgreementText, signDocument } from '../../../services/core/trust/index.ts';
import { MessageKind, ResponseClass } from '../../../services/core/wire/index.ts';
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
});
