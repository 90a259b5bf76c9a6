import { describe, expect, it } from 'vitest';
import {
  composeMessage,
  type Evidence,
  exportEvidence,
  keepReceivedCrossing,
  openFrame,
  readEvidence,
  receiveTransit,
  signMessages,
  type UnverifiedCrossing,
  verifyEvidence,
} from '../../../services/core/envelope/index.ts';
import { days, digestOf, type EnvelopeId, fromHex, later } from '../../../services/core/foundation/index.ts';
import { headCache } from '../../../services/core/trust/index.ts';
import {
  type ConsentTerms,
  crossingCodec,
  DataCategory,
  HandlingCode,
  type Init,
  MessageKind,
  type Onward,
  Precedence,
  Purpose,
  signedEnvelopeCodec,
} from '../../../services/core/wire/index.ts';
import {
  drillUnsealerOfLaos,
  LA,
  MAE_SAI,
  MM,
  NOON,
  seeded,
  signerOf,
  TH,
  unsealerOfLaos,
} from '../../vectors/envelopes/generator/actors.ts';
import { buildTransit, type Recipe } from '../../vectors/envelopes/generator/build-transit.ts';
import { protoFiles, store } from './evidence-fixtures.ts';

const PASSED_ON: Recipe = { header: { origin: MAE_SAI }, envelopeProof: { key: 'mae-sai', signer: MAE_SAI } };

async function evidence(onward: Init<Onward> | null, recipe: Recipe = PASSED_ON): Promise<Evidence> {
  const { transit } = await buildTransit({ ...recipe, crossing: (made) => ({ ...made, onward }) });
  const context = {
    self: LA,
    keyOf: store.keysForArrival(NOON),
    heads: headCache(),
    unsealer: unsealerOfLaos(),
    drillUnsealer: drillUnsealerOfLaos(),
    now: NOON,
  };
  const frame = await openFrame(receiveTransit(transit) as never, context);
  if (frame.carries !== 'crossings') throw new TypeError('no crossings');
  const item = frame.crossings[0] as UnverifiedCrossing;
  return { kind: 'crossing', record: keepReceivedCrossing(item, []), recordedMs: NOON, receipts: [] };
}

/** A consent of Mae Sai that Chiang Khong passes the vectors' message on to Houayxay. */
async function consent(terms: Init<ConsentTerms> = {}, id?: string): Promise<Init<Onward>> {
  const { transit } = await buildTransit({ ...PASSED_ON, crossing: (made) => ({ ...made, onward: { purpose: 1 } }) });
  const context = {
    self: LA,
    keyOf: store.keysForArrival(NOON),
    heads: headCache(),
    unsealer: unsealerOfLaos(),
    drillUnsealer: drillUnsealerOfLaos(),
    now: NOON,
  };
  const frame = await openFrame(receiveTransit(transit) as never, context);
  const item = (frame as unknown as { crossings: readonly UnverifiedCrossing[] }).crossings[0];
  const envelope = crossingCodec.decode(item?.bytes ?? new Uint8Array()).envelope?.envelope ?? new Uint8Array();
  const seconds = NOON / 1000;
  const draft = composeMessage(
    {
      kind: MessageKind.CONSENT,
      body: {
        crimeArea: 1,
        terms: {
          target: {
            origin: MAE_SAI,
            id: id ?? '01935f3c-a000-7abc-8def-0123456789ab',
            digest: fromHex(digestOf(envelope)),
          },
          holder: TH,
          recipient: LA,
          purpose: Purpose.INVESTIGATION,
          notBefore: { seconds: seconds - 60, nanos: 0 },
          notAfter: { seconds: seconds + 60, nanos: 0 },
          categories: Object.values(DataCategory).filter((category) => category !== 0),
          granted: true,
          ...terms,
        },
      },
      header: {
        id: '01935f3c-a000-7abc-8def-0123456789ff' as EnvelopeId,
        origin: MAE_SAI,
        officer: 'supervisor-1',
        purpose: Purpose.INVESTIGATION,
        handling: HandlingCode.H0,
        precedence: Precedence.ROUTINE,
        createdMs: NOON,
        expiresMs: later(NOON, days(1)),
      },
    },
    seeded('consent'),
  );
  const [signed] = await signMessages(signerOf('mae-sai'), MAE_SAI, [draft], NOON);
  return {
    purpose: Purpose.INVESTIGATION,
    consent: signedEnvelopeCodec.decode(signed?.signedEnvelope as Uint8Array),
    consentTerms: signed?.parts[0]?.bytes as Uint8Array,
  };
}

const failing = async (of: Promise<Evidence>): Promise<(string | undefined)[]> =>
  verifyEvidence(await of, store)
    // The vectors' crossings name an agreement of their own.
    .checks.filter(({ passed, code }) => !passed && !code?.startsWith('AGREEMENT_'))
    .map(({ code }) => code);

describe('verifyEvidence of what was passed on', () => {
  it('passes with the originator’s consent, and with none', async () => {
    expect(await failing(evidence(await consent()))).toEqual([]);
    expect(await failing(evidence({ purpose: Purpose.INVESTIGATION }))).toEqual([]);
  });

  it.each([
    ['another recipient', { recipient: MM }],
    ['another holder', { holder: MM }],
    ['another time', { notAfter: { seconds: NOON / 1000 - 3600, nanos: 0 } }],
    ['fewer kinds of data', { categories: [DataCategory.CORE] }],
    ['nothing', { granted: false }],
  ])('fails where the consent is for %s', async (_, terms) => {
    expect(await failing(evidence(await consent(terms)))).toEqual(['ENVELOPE_CONSENT_MISMATCH']);
  });

  it('fails where the exporter does not say that it passed it on, or says so of its own', async () => {
    expect(await failing(evidence(null))).toEqual(['ENVELOPE_ORIGIN_NOT_EXPORTER']);
    expect(await failing(evidence({ purpose: Purpose.INVESTIGATION }, {}))).toEqual(['ENVELOPE_ORIGIN_NOT_EXPORTER']);
  });

  it('is a folder with the consent in it, which reads back as it was', async () => {
    const files = exportEvidence({
      evidence: await evidence(await consent()),
      store,
      protoFiles,
      exportedAt: later(NOON, days(1)),
    });
    const names = files.map(({ name }) => name);
    for (const name of ['consent/item.bin', 'consent/signature.bin', 'consent/terms.bin'])
      expect(names).toContain(name);
    const readme = Buffer.from(files.find(({ name }) => name === 'README.md')?.bytes ?? []).toString();
    expect(readme).toContain('consent/terms.bin');
    const { evidence: read, store: own } = await readEvidence(files, store.root);
    expect(await Promise.resolve(verifyEvidence(read, own).checks.length)).toBeGreaterThan(5);
    expect(await failing(Promise.resolve(read))).toEqual([]);
  });
});
