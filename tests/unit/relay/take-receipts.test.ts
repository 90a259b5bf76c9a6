import { afterEach, describe, expect, it } from 'vitest';
import { signReceipts } from '../../../services/core/envelope/index.ts';
import { fromHex, toHex } from '../../../services/core/foundation/index.ts';
import { stateOfCopy } from '../../../services/core/ledger/index.ts';
import {
  crossingItemCodec,
  type Init,
  Lane,
  type Receipt,
  ReceiptKind,
  signedReceiptCodec,
} from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { type HostileOffice, hostileOffice } from './hostile-office.ts';
import { codesOf, copyAt, ledgerFindings, submission, type TwoOffices, twoOffices } from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

interface Scene extends TwoOffices {
  readonly hostile: HostileOffice;
  readonly id: string;
  /** What an honest neighbour would sign about the message. */
  readonly about: Init<Receipt>;
}

/** Chiang Khong has sent one message to a La Houayxay in hostile hands. */
async function scene(): Promise<Scene> {
  offices = await twoOffices();
  const hostile = hostileOffice(offices.la, offices.th, offices.laToTh);
  const { id, envelopeDigest } = await offices.th.relay.submit(submission());
  await eventually(() => expect(copyAt(offices as TwoOffices, id).relayedMs).toBeTypeOf('number'));
  const crossingDigest = copyAt(offices, id).crossing?.digest ?? new Uint8Array();
  return {
    ...offices,
    hostile,
    id,
    about: {
      kind: ReceiptKind.DELIVERY,
      origin: TH,
      envelopeId: id,
      envelopeDigest: fromHex(envelopeDigest),
      crossingDigest,
    },
  };
}

async function send(
  { hostile }: Scene,
  receipts: readonly Uint8Array[],
  first = 1,
  previous: Uint8Array = new Uint8Array(),
): Promise<Uint8Array> {
  const made = await hostile.frame({ lane: Lane.RECEIPTS, items: receipts, first, previous });
  hostile.send(made, receipts);
  return made.headerDigest;
}

const lane = (at: Scene) => at.th.projection.arrivals.lane(LA, toHex(at.hostile.chain), Lane.RECEIPTS);

describe('a receipt', () => {
  it('counts when it is signed by the neighbour and about the very crossing', async () => {
    const at = await scene();
    await send(at, [await at.hostile.receipt(at.about)]);
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('delivered'));
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it.each<[string, Init<Receipt>, string]>([
    ['about other bytes', { crossingDigest: new Uint8Array(32).fill(1) }, 'ENVELOPE_RECEIPT_MISMATCH'],
    [
      'about another envelope under the same id',
      { envelopeDigest: new Uint8Array(32).fill(1) },
      'ENVELOPE_RECEIPT_MISMATCH',
    ],
    [
      'about a message that was never sent to it',
      { envelopeId: '019cb000-0000-7000-8000-000000000009' },
      'RELAY_RECEIPT_MISPLACED',
    ],
    [
      'about a submission',
      { kind: ReceiptKind.SUBMISSION_ACCEPTANCE, crossingDigest: new Uint8Array() },
      'ENVELOPE_RECEIPT_MISMATCH',
    ],
    ['for another office', { addressee: 'th-mae-sai' }, 'ENVELOPE_NOT_ADDRESSED_TO_US'],
    ['from the future', { atMs: Date.now() + 10 * 60_000 }, 'ENVELOPE_FROM_FUTURE'],
  ])(
    'goes into quarantine where it is %s, and changes nothing',
    async (_, change, code) => {
      const at = await scene();
      const receipt = await at.hostile.receipt({ ...at.about, ...change });
      const made = await at.hostile.frame({ lane: Lane.RECEIPTS, items: [receipt] });
      at.hostile.send(made, [receipt]);
      await eventually(() => expect(codesOf(at.th, 'quarantined')).toEqual([code]), { withinMs: 30_000 });
      expect(copyAt(at, at.id).receipts).toEqual([]);
      expect(stateOfCopy(copyAt(at, at.id))).toBe('sent');
      expect(at.th.projection.quarantine).toMatchObject([{ code, from: LA }]);
      expect(await ledgerFindings(at.th)).toEqual([]);
    },
    40_000,
  );

  it.each([
    [
      'signed by another office than it names',
      async (at: Scene) =>
        (
          await signReceipts(
            at.th.keys.signer,
            [{ ...at.about, issuer: TH, addressee: TH, atMs: at.th.clock.now() }],
            at.th.clock.now(),
          )
        )[0]?.bytes ?? new Uint8Array(),
      'ENVELOPE_RECEIPT_SIGNER_MISMATCH',
    ],
    [
      'altered after it was signed',
      async (at: Scene) => {
        const signed = signedReceiptCodec.decode(
          await at.hostile.receipt({ ...at.about, kind: ReceiptKind.RELAY_ACCEPTANCE }),
        );
        const other = signedReceiptCodec.decode(await at.hostile.receipt(at.about));
        return signedReceiptCodec.encode({ receipt: other.receipt, proof: signed.proof });
      },
      'TRUST_PROOF_INCLUSION_INVALID',
    ],
    ['no receipt at all', async () => new TextEncoder().encode('delivered, believe me'), 'ENVELOPE_RECEIPT_MALFORMED'],
  ])('goes into quarantine where it is %s, and changes nothing', async (_, forge, code) => {
    const at = await scene();
    await send(at, [await forge(at)]);
    await eventually(() => expect(codesOf(at.th, 'quarantined')).toEqual([code]));
    expect(copyAt(at, at.id).receipts).toEqual([]);
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it('keeps no other from counting when it is a bad one, and its number is not asked for again', async () => {
    const at = await scene();
    const bad = await at.hostile.receipt({ ...at.about, crossingDigest: new Uint8Array(32).fill(1) });
    const good = await at.hostile.receipt(at.about);
    const before = await send(at, [bad, good]);
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('delivered'));
    expect(codesOf(at.th, 'quarantined')).toEqual(['ENVELOPE_RECEIPT_MISMATCH']);
    expect(lane(at).have.through()).toBe(2);
    await send(at, [await at.hostile.receipt({ ...at.about, kind: ReceiptKind.RETRIEVAL })], 3, before);
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('retrieved'));
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it('counts once when its frame comes twice, and cannot be exchanged for another', async () => {
    const at = await scene();
    const receipt = await at.hostile.receipt(at.about);
    await send(at, [receipt]);
    await eventually(() => expect(stateOfCopy(copyAt(at, at.id))).toBe('delivered'));
    await send(at, [await at.hostile.receipt({ ...at.about, kind: ReceiptKind.NON_DELIVERY, reason: 'EXPIRED' })]);
    await eventually(() => expect(codesOf(at.th, 'quarantined')).toEqual(['RELAY_FRAME_REPLAYED_ALTERED']));
    expect(copyAt(at, at.id).receipts.map((found) => found.kind)).toEqual([ReceiptKind.DELIVERY]);
  });

  it("about what the neighbour reflected back counts for nothing in this office's own outbox", async () => {
    const at = await scene();
    const ref = copyAt(at, at.id).crossing;
    const crossing = ref === null ? undefined : await at.th.content.get(ref);
    const item = crossingItemCodec.encode({ crossing: crossing ?? new Uint8Array(), parts: [] });
    const made = await at.hostile.frame({ items: [item] });
    at.hostile.send(made, [item]);
    await eventually(() => expect(codesOf(at.th, 'failedCrossing')).toHaveLength(1));
    expect(copyAt(at, at.id).receipts).toEqual([]);
    expect(stateOfCopy(copyAt(at, at.id))).toBe('sent');
  });
});
