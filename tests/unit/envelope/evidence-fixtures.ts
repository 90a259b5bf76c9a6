import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Evidence,
  type EvidenceFile,
  keepReceivedCrossing,
  openFrame,
  receiveTransit,
  signReceipts,
  type UnverifiedCrossing,
  verifyCrossing,
} from '../../../services/core/envelope/index.ts';
import { headCache } from '../../../services/core/trust/index.ts';
import {
  crossingCodec,
  DataCategory,
  type Init,
  ownMessageCodec,
  type Receipt,
  ReceiptKind,
  receivedCrossingCodec,
  signedEnvelopeCodec,
} from '../../../services/core/wire/index.ts';
import {
  drillUnsealerOfLaos,
  LA,
  laoStore,
  NOON,
  signerOf,
  TH,
  unsealerOfLaos,
} from '../../vectors/envelopes/generator/actors.ts';
import { buildTransit, type Recipe } from '../../vectors/envelopes/generator/build-transit.ts';

export const store = await laoStore();
const contractFolder = join(import.meta.dirname, '../../../proto');
export const protoFiles: readonly EvidenceFile[] = ['liaison/v1', 'include/google/protobuf'].flatMap((of) =>
  readdirSync(join(contractFolder, of))
    .filter((name) => name.endsWith('.proto'))
    .map((name) => ({
      name: join(of.replace('include/', ''), name),
      bytes: new Uint8Array(readFileSync(join(contractFolder, of, name))),
    })),
);

export async function crossingEvidence(recipe: Recipe = {}, receipt: Init<Receipt> = {}): Promise<Evidence> {
  const { transit } = await buildTransit({
    items: 3,
    envelopeProof: { beside: { before: 2, after: 2 } },
    frameProof: { beside: { before: 1, after: 3 } },
    ...recipe,
  });
  const context = { keyOf: store.keysForArrival(NOON), heads: headCache(), now: NOON };
  const frame = await openFrame(receiveTransit(transit) as never, {
    ...context,
    self: LA,
    unsealer: unsealerOfLaos(),
    drillUnsealer: drillUnsealerOfLaos(),
  });
  if (frame.carries !== 'crossings') throw new TypeError('no crossings');
  const item = frame.crossings[1] as UnverifiedCrossing;
  const crossing = verifyCrossing(item, context);
  const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
  const sound: Init<Receipt> = {
    kind: ReceiptKind.DELIVERY,
    issuer: LA,
    addressee: TH,
    origin: TH,
    envelopeId: crossing.envelopeId,
    envelopeDigest: bytesOf(crossing.envelopeDigest),
    crossingDigest: bytesOf(crossing.crossingDigest),
    atMs: NOON,
  };
  const [signed] = await signReceipts(signerOf('la-current'), [{ ...sound, ...receipt }], NOON);
  const accepted = crossing.parts.filter(({ category }) => category !== DataCategory.IDENTITY);
  return {
    kind: 'crossing',
    record: keepReceivedCrossing(item, accepted),
    recordedMs: NOON,
    receipts: [{ bytes: signed?.bytes as Uint8Array, recordedMs: NOON }],
  };
}

/** What th-chiang-khong keeps of its own, with only the first parts opened. */
export async function messageEvidence(): Promise<Evidence> {
  const record = (await crossingEvidence()).record;
  const received = receivedCrossingCodec.decode(record);
  const envelope = crossingCodec.decode(received.crossing).envelope;
  const own = ownMessageCodec.encode({
    signedEnvelope: signedEnvelopeCodec.encode(envelope as never),
    parts: received.parts.slice(0, 2),
  });
  return { kind: 'message', record: own, recordedMs: NOON, receipts: [] };
}

/** The agreement of the vectors is not the one that their crossings name; here it has to be. */
export async function underAgreement(): Promise<Recipe> {
  const digest = store.agreements.get('th-la-2026')?.document.digest ?? '';
  return {
    crossing: (made) => ({
      ...made,
      agreement: { ...made.agreement, digest: new Uint8Array(Buffer.from(digest, 'hex')) },
    }),
  };
}
