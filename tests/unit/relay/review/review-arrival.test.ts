import { afterEach, describe, expect, it } from 'vitest';
import {
  type Digest,
  digestOf,
  type EnvelopeId,
  fromHex,
  type OfficeId,
  utf8,
} from '../../../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../../../services/core/ledger/index.ts';
import {
  CrimeArea,
  MessageKind,
  Purpose,
  ReceiptKind,
  ReviewFinding,
  reviewCodec,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { lifeSavers } from '../test-bundles.ts';
import { arrivalAt, submission, type TwoOffices, twoOffices } from '../two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

interface Target {
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly digest: Uint8Array;
}

/** An emergency of th that la has, and an ordinary message. */
async function scene(): Promise<TwoOffices & { readonly emergency: Target; readonly ordinary: Target }> {
  offices = await twoOffices({ th: lifeSavers('th') });
  const at = offices;
  const emergency = await at.th.relay.submit(
    submission({ purpose: Purpose.LIFE_SAFETY, emergency: 'Boat is sinking' }),
  );
  const ordinary = await at.th.relay.submit(submission());
  for (const { id } of [emergency, ordinary])
    await eventually(() => expect(arrivalAt(at, id)?.deliveredMs).toBeTypeOf('number'));
  const target = ({ id, envelopeDigest }: { readonly id: EnvelopeId; readonly envelopeDigest: Digest }): Target => ({
    origin: TH,
    id,
    digest: fromHex(envelopeDigest),
  });
  return { ...at, emergency: target(emergency), ordinary: target(ordinary) };
}

/** What an office sends that asks its own desk nothing; the reason that the other gives for taking or refusing it. */
async function said(at: TwoOffices, from: 'th' | 'la', target: Target): Promise<string> {
  const [to, test] = from === 'th' ? [LA, at.th] : [TH, at.la];
  const terms = { target, finding: ReviewFinding.JUSTIFIED };
  const body = reviewCodec.decode(reviewCodec.encode({ terms, crimeArea: CrimeArea.STOLEN_VEHICLES }));
  const { id } = await test.relay.submit({ ...submission(), kind: MessageKind.REVIEW, recipients: [to], body });
  const copy = () => test.projection.outbound.get(messageKey(test.office, id))?.copies.get(to);
  await eventually(() => expect(['delivered', 'failed']).toContain(stateOfCopy(copy() as never)));
  const receipt = copy()?.receipts.at(-1);
  return receipt?.kind === ReceiptKind.DELIVERY ? 'delivered' : (receipt?.reason ?? '');
}

describe('a review that arrives', () => {
  it('is taken from either office that has the emergency, once from each', async () => {
    const at = await scene();
    expect(await said(at, 'th', at.emergency)).toBe('delivered');
    expect(await said(at, 'la', at.emergency)).toBe('delivered');
    expect(await said(at, 'th', at.emergency)).toBe('REVIEW_CLOSED');
    expect(await said(at, 'la', at.emergency)).toBe('REVIEW_CLOSED');
  });

  it.each([
    ['what went past no hold', (at: Awaited<ReturnType<typeof scene>>) => at.ordinary],
    [
      'another envelope of that id',
      (at: Awaited<ReturnType<typeof scene>>) => ({ ...at.emergency, digest: fromHex(digestOf(utf8('x'))) }),
    ],
    ['a message of the other origin', (at: Awaited<ReturnType<typeof scene>>) => ({ ...at.emergency, origin: LA })],
    [
      'what nobody said',
      (at: Awaited<ReturnType<typeof scene>>) => ({
        ...at.emergency,
        id: '019cb000-0000-7000-8000-000000000009' as EnvelopeId,
      }),
    ],
  ])('counts for nothing about %s', async (_, targetOf) => {
    const at = await scene();
    expect(await said(at, 'la', targetOf(at))).toBe('REVIEW_UNKNOWN');
    expect(at.th.relay.reviews.find(TH, at.emergency.id).others[0]?.found).toBeNull();
  });
});
