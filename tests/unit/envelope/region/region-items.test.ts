import { describe, expect, it } from 'vitest';
import {
  composeMessage,
  type DecidedRelease,
  EMPTY_HUB_LOG,
  extendHubLog,
  keepRegionItem,
  MAX_REGION_ITEM_BYTES,
  type MadeRegionItem,
  makeRegionItem,
  makeWithdrawal,
  type RegionContext,
  readRegionItem,
  type SignedMessage,
  signHubHead,
  signMessages,
  signRegionStatus,
  signSubscription,
  topicTokens,
  verifyHubHead,
  verifyRegionItem,
  verifyRegionStatus,
  verifySubscription,
} from '../../../../services/core/envelope/index.ts';
import { days, later, sha256, toHex } from '../../../../services/core/foundation/index.ts';
import { headCache, type Signer, signProofs } from '../../../../services/core/trust/index.ts';
import {
  BulletinType,
  Corridor,
  CrimeArea,
  DataCategory,
  HandlingCode,
  HeadKind,
  type Init,
  MessageKind,
  MessageType,
  Outcome,
  Precedence,
  Purpose,
  type RegionHeader,
  type RegionItem,
  regionHeaderCodec,
  regionItemCodec,
  Urgency,
} from '../../../../services/core/wire/index.ts';
import { LA, NOW, seededRandom, TH } from '../../trust/fixtures.ts';
import { agreement, CHAIN, ID, keyOf, la, signedMessage, th } from '../fixtures.ts';

const context = (): RegionContext => ({ keyOf, heads: headCache(), now: NOW });
const place = { number: 1, previous: new Uint8Array(), chain: CHAIN };

const BODY = {
  bulletinType: BulletinType.ROUTE,
  crimeArea: CrimeArea.DRUGS,
  messageType: MessageType.ALERT,
  corridor: Corridor.GOLDEN_TRIANGLE,
  urgency: Urgency.EXPECTED,
  headline: 'A route',
  text: 'Along the river.',
  textLanguage: 'en',
  geometries: [{ geometryType: 1, positions: [{ latitude: 20, longitude: 100 }] }],
};

async function bulletin(
  header: object = {},
  body: object = {},
  kind: MessageKind = MessageKind.BULLETIN,
  signer: Signer = th.signer,
  drillOf = TH,
): Promise<SignedMessage> {
  const unsigned = composeMessage(
    {
      kind,
      header: {
        id: ID,
        origin: TH,
        officer: 'duty-desk-1',
        purpose: Purpose.PREVENTION,
        handling: HandlingCode.H0,
        precedence: Precedence.ROUTINE,
        createdMs: NOW,
        expiresMs: later(NOW, days(3)),
        ...header,
      },
      body: { ...BODY, ...body },
    },
    seededRandom('bulletin'),
  );
  const [message] = await signMessages(signer, drillOf, [unsigned], NOW);
  return message as SignedMessage;
}

function decided(
  message: SignedMessage,
  withhold: readonly DataCategory[] = [DataCategory.LOCATION],
  changes: object = {},
): DecidedRelease {
  const indexesOf = (category: DataCategory) =>
    message.parts.flatMap((part, index) => (part.category === category ? [index] : []));
  return {
    message,
    from: TH,
    agreement,
    decision: {
      outcome: Outcome.RELEASED,
      policies: ['th.release-to-region'],
      reason: '',
      bundles: [],
      withheld: withhold
        .filter((category) => indexesOf(category).length > 0)
        .map((category) => ({ category, policies: ['no'], parts: indexesOf(category) })),
      decidedMs: NOW,
      releasedBy: '',
      releasesNeeded: 0,
      approvedBy: '',
    },
    disclosed: message.parts.flatMap((part, index) => (withhold.includes(part.category) ? [] : [index])),
    ...changes,
  } as unknown as DecidedRelease;
}

async function made(): Promise<{ readonly message: SignedMessage; readonly item: MadeRegionItem }> {
  const message = await bulletin();
  return { message, item: await makeRegionItem(decided(message), place, th.signer, NOW) };
}

/** The item with another header, signed by `signer` as `by`. */
async function reheaded(
  bytes: Uint8Array,
  header: Partial<Init<RegionHeader>>,
  more: Partial<RegionItem> = {},
  signer: Signer = th.signer,
  by: string = TH,
  kind: HeadKind = HeadKind.REGION,
): Promise<Uint8Array> {
  const item = regionItemCodec.decode(bytes);
  const encoded = regionHeaderCodec.encode({ ...regionHeaderCodec.decode(item.header), ...header });
  const [proof] = await signProofs(signer, kind, by, [encoded], NOW);
  return regionItemCodec.encode({ ...item, header: encoded, proof: proof ?? null, ...more });
}

const codeOf = (bytes: Uint8Array, given: RegionContext = context()): string => {
  try {
    verifyRegionItem(bytes, given);
    return 'VERIFIED';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('verifyRegionItem', () => {
  it('gives what the office said, with the parts that came and those that it withholds', async () => {
    const { item, message } = await made();
    const verified = verifyRegionItem(item.bytes, context());
    expect(verified).toMatchObject({
      from: TH,
      number: 1,
      corridor: Corridor.GOLDEN_TRIANGLE,
      crimeArea: CrimeArea.DRUGS,
      urgency: Urgency.EXPECTED,
      language: 'en',
      envelopeId: ID,
      envelopeDigest: message.envelopeDigest,
      headerDigest: toHex(item.headerDigest),
      withheld: [{ category: DataCategory.LOCATION, policies: ['no'] }],
    });
    expect(item.bytes.length).toBeLessThan(MAX_REGION_ITEM_BYTES);
  });

  it('knows a withdrawal by the envelope and number that it is about', async () => {
    const { message } = await made();
    const withdrawn = await makeWithdrawal(
      {
        from: TH,
        corridor: Corridor.GOLDEN_TRIANGLE,
        crimeArea: CrimeArea.DRUGS,
        urgency: Urgency.EXPECTED,
        kind: MessageKind.BULLETIN,
        drill: false,
        envelopeDigest: sha256(message.envelopeBytes),
        withdrawsNumber: 1,
      },
      { ...place, number: 2, previous: new Uint8Array(32) },
      th.signer,
      NOW,
    );
    expect(verifyRegionItem(withdrawn.bytes, context())).toMatchObject({
      withdraws: message.envelopeDigest,
      number: 2,
    });
    const item = regionItemCodec.decode((await made()).item.bytes);
    const smuggling = await reheaded(withdrawn.bytes, {}, { parts: item.parts });
    expect(codeOf(smuggling)).toBe('ENVELOPE_REGION_MALFORMED');
    expect(codeOf(await reheaded(withdrawn.bytes, { withdrawsNumber: 2 }))).toBe('ENVELOPE_REGION_HEADER_INVALID');
    expect(codeOf(await reheaded(withdrawn.bytes, { language: 'en' }))).toBe('ENVELOPE_REGION_HEADER_INVALID');
  });

  it('refuses what is too large, or not in the one encoding', async () => {
    const { item } = await made();
    expect(codeOf(new Uint8Array(MAX_REGION_ITEM_BYTES + 1))).toBe('ENVELOPE_REGION_TOO_LARGE');
    expect(codeOf(new Uint8Array([...item.bytes, 0x7a, 0x01, 0x00]))).toBe('ENVELOPE_REGION_MALFORMED');
    expect(codeOf(new Uint8Array([9, 9]))).toBe('ENVELOPE_REGION_MALFORMED');
  });

  it.each([
    ['from', { from: 'nobody' }],
    ['corridor', { corridor: 0 as Corridor }],
    ['a corridor that is not known', { corridor: 99 as Corridor }],
    ['crime area', { crimeArea: 0 as CrimeArea }],
    ['urgency', { urgency: 0 as Urgency }],
    ['language', { language: 'e n' }],
    ['number', { number: 0 }],
    ['previous of the first', { previous: new Uint8Array(32) }],
    ['previous of a later one', { number: 2 }],
    ['chain', { chain: new Uint8Array(15) }],
    ['time', { releasedMs: 0 }],
    ['disclosed', { disclosed: [1, 0] }],
    ['digest', { envelopeDigest: new Uint8Array(31) }],
    ['nothing disclosed', { disclosed: [] }],
    ['a withdrawn number of what withdraws nothing', { withdrawsNumber: 1 }],
  ])('refuses a header that is not sound: %s', async (_, change) => {
    const { item } = await made();
    expect(codeOf(await reheaded(item.bytes, change))).toBe('ENVELOPE_REGION_HEADER_INVALID');
  });

  it('refuses kinds that the region is not told, in the header and in the envelope', async () => {
    const { item } = await made();
    expect(codeOf(await reheaded(item.bytes, { kind: MessageKind.REQUEST }))).toBe('ENVELOPE_REGION_KIND_WRONG');
    expect(codeOf(await reheaded(item.bytes, { kind: MessageKind.ALERT }))).toBe('ENVELOPE_REGION_MISMATCH');
  });

  it.each([
    ['another corridor', { corridor: Corridor.DOCUMENT_FRAUD_HUBS }],
    ['another crime area', { crimeArea: CrimeArea.WILDLIFE }],
    ['another urgency', { urgency: Urgency.IMMEDIATE }],
    ['another language', { language: 'th' }],
    ['another envelope', { envelopeDigest: new Uint8Array(32) }],
    ['a time before it was made', { releasedMs: NOW - 3_600_000 }],
  ])('refuses a header that says something else than its message: %s', async (_, change) => {
    const { item } = await made();
    expect(codeOf(await reheaded(item.bytes, change))).toBe('ENVELOPE_REGION_MISMATCH');
  });

  it('refuses a header that another office signed, in whosever name', async () => {
    const { item } = await made();
    expect(codeOf(await reheaded(item.bytes, {}, {}, la.signer, LA))).toBe('ENVELOPE_REGION_SIGNER_MISMATCH');
    expect(codeOf(await reheaded(item.bytes, {}, {}, la.signer, TH))).toBe('TRUST_KEY_UNKNOWN');
    expect(codeOf(await reheaded(item.bytes, {}, {}, th.signer, TH, HeadKind.ENVELOPE))).toBe(
      'TRUST_PROOF_HEADER_INVALID',
    );
    expect(codeOf(regionItemCodec.encode({ ...regionItemCodec.decode(item.bytes), proof: null }))).toBe(
      'TRUST_PROOF_HEADER_INVALID',
    );
  });

  it('refuses what one office releases of another', async () => {
    const { item } = await made();
    expect(codeOf(await reheaded(item.bytes, { from: LA }, {}, la.signer, LA))).toBe('ENVELOPE_REGION_NOT_ORIGIN');
  });

  it('refuses a release that lacks what each has', async () => {
    const { item, message } = await made();
    expect(codeOf(await reheaded(item.bytes, {}, { envelope: null }))).toBe('ENVELOPE_REGION_MALFORMED');
    expect(codeOf(await reheaded(item.bytes, { decision: null }))).toBe('ENVELOPE_REGION_MALFORMED');
    expect(codeOf(await reheaded(item.bytes, { agreement: null }))).toBe('ENVELOPE_AGREEMENT_MISSING');
    const held = { ...decided(message).decision, outcome: Outcome.HELD };
    expect(codeOf(await reheaded(item.bytes, { decision: held }))).toBe('ENVELOPE_NOT_RELEASED');
    expect(codeOf(await reheaded(item.bytes, { decision: { ...held, outcome: Outcome.RELEASED, withheld: [] } }))).toBe(
      'ENVELOPE_WITHHELD_MISMATCH',
    );
  });

  it('refuses parts that are foreign, missing, or not disclosed', async () => {
    const { item, message } = await made();
    const { parts } = regionItemCodec.decode(item.bytes);
    const foreign = (await signedMessage()).parts[0]?.bytes as Uint8Array;
    const withheld = message.parts.find((part) => part.category === DataCategory.LOCATION)?.bytes as Uint8Array;
    expect(codeOf(await reheaded(item.bytes, {}, { parts: [...parts.slice(1), foreign] }))).toBe(
      'ENVELOPE_PART_FOREIGN',
    );
    expect(codeOf(await reheaded(item.bytes, {}, { parts: parts.slice(1) }))).toBe('ENVELOPE_PARTS_MISMATCH');
    expect(codeOf(await reheaded(item.bytes, {}, { parts: [withheld] }))).toBe('ENVELOPE_PARTS_MISMATCH');
    expect(codeOf(await reheaded(item.bytes, {}, { parts: [...parts].reverse() }))).toBe('ENVELOPE_PART_MISPLACED');
  });

  it('refuses an envelope whose signature is not its origin’s', async () => {
    const { item } = await made();
    const { envelope } = regionItemCodec.decode(item.bytes);
    const altered = {
      envelope: envelope?.envelope ?? new Uint8Array(),
      proof: regionItemCodec.decode(item.bytes).proof,
    };
    expect(codeOf(await reheaded(item.bytes, {}, { envelope: altered }))).toBe('TRUST_PROOF_HEAD_INVALID');
  });

  it('refuses a time that has not come', async () => {
    const { item } = await made();
    const early = { ...context(), now: (NOW - 3_600_000) as typeof NOW };
    expect(codeOf(await reheaded(item.bytes, { releasedMs: later(NOW, days(1)) }))).toBe('ENVELOPE_FROM_FUTURE');
    expect(codeOf(item.bytes, early)).toBe('ENVELOPE_FROM_FUTURE');
  });

  it('wants an exercise signed as one: no header passes the one as the other', async () => {
    const { item } = await made();
    expect(codeOf(await reheaded(item.bytes, { drill: true }))).toMatch(/^TRUST_KEY_/);
    expect(codeOf(await reheaded(item.bytes, { drill: true }, {}, th.drillSigner))).toBe('ENVELOPE_REGION_MISMATCH');
    const drill = await bulletin({ drill: true }, {}, MessageKind.BULLETIN, th.drillSigner);
    const released = await makeRegionItem(decided(drill), place, th.drillSigner, NOW);
    expect(verifyRegionItem(released.bytes, context()).drill).toBe(true);
  });
});

describe('makeRegionItem', () => {
  it('releases nothing that was not released, under no agreement, or that is neither alert nor bulletin', async () => {
    const message = await bulletin();
    const refused = decided(message, [], { decision: { ...decided(message, []).decision, outcome: Outcome.REFUSED } });
    await expect(makeRegionItem(refused, place, th.signer, NOW)).rejects.toMatchObject({
      code: 'ENVELOPE_NOT_RELEASED',
    });
    await expect(
      makeRegionItem(decided(message, [], { agreement: null }), place, th.signer, NOW),
    ).rejects.toMatchObject({
      code: 'ENVELOPE_AGREEMENT_MISSING',
    });
    await expect(makeRegionItem(decided(message), { ...place, number: 2 }, th.signer, NOW)).rejects.toMatchObject({
      code: 'ENVELOPE_REGION_HEADER_INVALID',
    });
  });
});

describe('readRegionItem', () => {
  it('reads what is kept, with the parts that were accepted and no byte of any other', async () => {
    const { item } = await made();
    const verified = verifyRegionItem(item.bytes, context());
    const kept = keepRegionItem(verified, [0]);
    const read = readRegionItem(kept, context());
    expect(read.withdraws === null && read.parts.map(({ index }) => index)).toEqual([0]);
    expect(Buffer.from(kept).includes('Along the river.')).toBe(false);
    expect(codeOf(kept)).toBe('ENVELOPE_PARTS_MISMATCH');
  });
});

describe('the signed words of offices and hubs', () => {
  const subscription = { office: LA, id: 's1', atMs: NOW };
  const status = {
    from: TH,
    chain: CHAIN,
    topics: [{ corridor: 4, crimeArea: 6, number: 3, digest: new Uint8Array(32) }],
    atMs: NOW,
  } as const;
  const head = { hub: 'hub-mekong', size: 1, digest: new Uint8Array(32), atMs: NOW };
  const hubKeys = () => ({ ...context(), keyOf: () => th.signer.publicKey });

  it('verify as they were signed', async () => {
    const signed = await signSubscription(la.signer, subscription, NOW);
    expect(verifySubscription(signed, context())).toMatchObject({ office: LA, subscription: { id: 's1' } });
    expect(verifyRegionStatus(await signRegionStatus(th.signer, status, NOW), context())).toMatchObject({ from: TH });
    expect(verifyHubHead(await signHubHead(th.signer, head, NOW), hubKeys())).toMatchObject({ hub: 'hub-mekong' });
  });

  it.each([
    ['office', { office: 'x' }],
    ['id', { id: '' }],
    ['id that is no reference', { id: 'a b' }],
    ['corridors', { corridors: [0 as Corridor] }],
    ['corridors twice', { corridors: [1, 1] as Corridor[] }],
    ['crime areas', { crimeAreas: [99 as CrimeArea] }],
    ['nations', { nations: ['th'] }],
    ['urgencies', { urgencies: [9 as Urgency] }],
    ['languages', { languages: [''] }],
    ['backfill', { backfillDays: 366 }],
    ['time', { atMs: 0 }],
  ])('refuse a subscription that is not sound: %s', async (_, change) => {
    await expect(signSubscription(la.signer, { ...subscription, ...change }, NOW)).rejects.toMatchObject({
      code: 'ENVELOPE_REGION_WORD_INVALID',
    });
  });

  it.each([
    ['from', { from: '' }],
    ['chain', { chain: new Uint8Array(1) }],
    ['topics', { topics: [{ ...status.topics[0], number: 0 }] }],
    ['topics twice', { topics: [...status.topics, ...status.topics] }],
    ['time', { atMs: -1 }],
  ])('refuse a status that is not sound: %s', async (_, change) => {
    await expect(signRegionStatus(th.signer, { ...status, ...change }, NOW)).rejects.toMatchObject({
      code: 'ENVELOPE_REGION_WORD_INVALID',
    });
  });

  it('refuse another signer, another kind, and a time that has not come', async () => {
    const signed = await signSubscription(la.signer, subscription, NOW);
    const [proof] = await signProofs(th.signer, HeadKind.REGION, TH, [signed.subscription], NOW);
    expect(() => verifySubscription({ ...signed, proof: proof ?? null }, context())).toThrow(
      expect.objectContaining({ code: 'ENVELOPE_REGION_SIGNER_MISMATCH' }),
    );
    const asHead = await signHubHead(th.signer, head, NOW);
    expect(() => verifyRegionStatus({ status: asHead.head, proof: asHead.proof }, context())).toThrow(
      expect.objectContaining({ code: 'ENVELOPE_REGION_WORD_INVALID' }),
    );
    const late = await signRegionStatus(th.signer, { ...status, atMs: later(NOW, days(1)) }, NOW);
    expect(() => verifyRegionStatus(late, context())).toThrow(
      expect.objectContaining({ code: 'ENVELOPE_FROM_FUTURE' }),
    );
  });
});

describe('extendHubLog', () => {
  it('chains SHA-256 over what is before and the digest of the item', () => {
    const item = new Uint8Array([1, 2, 3]);
    expect(extendHubLog(EMPTY_HUB_LOG, item)).toEqual(sha256(Buffer.concat([new Uint8Array(32), sha256(item)])));
  });
});

describe('topicTokens', () => {
  it('spells a topic as subjects do, and none with a code that is not known', () => {
    expect(topicTokens(Corridor.GOLDEN_TRIANGLE, CrimeArea.CYBER_SCAM)).toEqual({
      corridor: 'golden-triangle',
      crimeArea: 'cyber-scam',
    });
    expect(topicTokens(0 as Corridor, CrimeArea.DRUGS)).toBeUndefined();
    expect(topicTokens(Corridor.OTHER, 99 as CrimeArea)).toBeUndefined();
  });
});
