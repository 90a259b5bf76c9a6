import { describe, expect, it } from 'vitest';
import { days, type EpochMs, later } from '../../../services/core/foundation/index.ts';
import {
  generateSigningKey,
  parseSigningPublicKey,
  type RegionQuery,
  type TrustStore,
} from '../../../services/core/trust/index.ts';
import {
  type Agreement,
  type AgreementArticle,
  Corridor,
  CrimeArea,
  DataCategory,
  HandlingCode,
  MessageKind,
  Purpose,
} from '../../../services/core/wire/index.ts';
import {
  HUB_KEYS,
  MEKONG,
  regionAgreement,
  regionArticle,
  regionStore,
  SECOND,
  signedRegionAgreement,
} from '../relay/region/region-scene.ts';
import { LA, MM, NOW, seededRandom, TH } from './fixtures.ts';
import { emptyStore, thailand } from './fixtures-nations.ts';

const query: RegionQuery = {
  from: TH,
  at: NOW,
  gate: 'export',
  kind: MessageKind.BULLETIN,
  corridor: Corridor.GOLDEN_TRIANGLE,
  crimeArea: CrimeArea.DRUGS,
  purpose: Purpose.PREVENTION,
  handling: HandlingCode.H1,
  drill: false,
  categories: [DataCategory.CORE],
};

const storeWith = (articles: readonly AgreementArticle[], changes: Partial<Agreement> = {}): Promise<TrustStore> =>
  regionStore(thailand, regionAgreement(articles, changes));

describe('TrustStore.regionFor', () => {
  it('names the article that covers it, and the categories that it leaves out', async () => {
    const store = await regionStore(thailand);
    expect(store.regionFor({ ...query, categories: [DataCategory.CORE, DataCategory.IDENTITY] })).toMatchObject({
      covered: true,
      article: { id: 'R' },
      ref: { id: 'mou-mekong', version: 1, article: 'R' },
      uncovered: [DataCategory.IDENTITY],
    });
  });

  it.each([
    ['kind', { kind: MessageKind.REQUEST }],
    ['corridor', { corridor: Corridor.PACIFIC_STAGING_POINTS }],
    ['corridor', { corridor: 0 as Corridor }],
    ['crimeArea', { crimeArea: CrimeArea.TERRORISM }],
    ['purpose', { purpose: Purpose.PROSECUTION }],
    ['handling', { handling: HandlingCode.H2 }],
    ['handling', { handling: 0 as HandlingCode }],
    ['drill', { drill: true }],
  ])('does not cover another %s', async (field, change) => {
    const store = await regionStore(thailand);
    expect(store.regionFor({ ...query, ...change })).toMatchObject({
      reason: 'ARTICLE_DOES_NOT_COVER',
      fields: [field],
    });
  });

  it('covers readers that the article names, and where it names none every office of the parties', async () => {
    const all = await regionStore(thailand);
    expect(all.regionFor({ ...query, reader: MM }).covered).toBe(true);
    const named = await storeWith([{ ...regionArticle, subscribers: [LA] }]);
    expect(named.regionFor({ ...query, reader: LA }).covered).toBe(true);
    expect(named.regionFor({ ...query, reader: MM })).toMatchObject({ fields: ['subscriber'] });
    expect(named.regionFor({ ...query, reader: 'vn-lao-cai' as never })).toMatchObject({ reason: 'NO_AGREEMENT' });
  });

  it('covers what relies on exactly the installed text, and no other', async () => {
    const store = await regionStore(thailand);
    const cover = store.regionFor(query);
    const relied = cover.covered ? cover.ref : undefined;
    expect(relied === undefined ? undefined : store.regionFor({ ...query, relied }).covered).toBe(true);
    const other = { id: 'mou-mekong', version: 1, digest: new Uint8Array(32), article: 'R' };
    expect(store.regionFor({ ...query, relied: other })).toMatchObject({ reason: 'AGREEMENT_DIFFERS' });
    expect(
      relied === undefined ? undefined : store.regionFor({ ...query, relied: { ...relied, article: '9' } }),
    ).toMatchObject({
      reason: 'ARTICLE_UNKNOWN',
    });
  });

  it('covers nothing outside its dates, by the exporter’s clock exactly', async () => {
    const store = await regionStore(thailand);
    expect(store.regionFor({ ...query, at: later(NOW, days(400)) })).toMatchObject({ reason: 'AGREEMENT_EXPIRED' });
    expect(store.regionFor({ ...query, at: (NOW - days(11)) as EpochMs })).toMatchObject({
      reason: 'AGREEMENT_NOT_YET_IN_FORCE',
    });
  });

  it('takes no article between offices for one about the region, nor the other way round', async () => {
    const { region: _, ...rest } = regionArticle;
    const plain = { ...rest, region: false, corridors: [], backfillDays: 0 };
    const store = await storeWith([plain]);
    expect(store.regionFor(query)).toMatchObject({ reason: 'NO_AGREEMENT' });
    const between = {
      from: TH,
      to: LA,
      at: NOW,
      gate: 'export',
      kind: MessageKind.ALERT,
      crimeArea: CrimeArea.DRUGS,
      purpose: Purpose.PREVENTION,
      handling: HandlingCode.H0,
      drill: false,
      categories: [],
    } as const;
    expect(store.agreementFor(between).covered).toBe(true);
    expect((await regionStore(thailand)).agreementFor(between)).toMatchObject({
      covered: false,
      reason: 'ARTICLE_UNKNOWN',
    });
  });
});

describe('TrustStore.entitlementsTo', () => {
  it('says what an office may have of a hub that the agreement names, and nothing of another', async () => {
    const store = await storeWith([{ ...regionArticle, subscribers: [LA] }]);
    expect(store.entitlementsTo(MEKONG, LA, NOW)).toMatchObject([
      { agreement: 'mou-mekong', article: 'R', nations: ['TH', 'LA', 'MM'], backfillDays: 30 },
    ]);
    expect(store.entitlementsTo(MEKONG, MM, NOW)).toEqual([]);
    expect(store.entitlementsTo('hub-other' as never, LA, NOW)).toEqual([]);
    expect(store.entitlementsTo(MEKONG, LA, later(NOW, days(400)))).toEqual([]);
  });
});

describe('TrustStore.hubKeysAt', () => {
  const kid = (hub: typeof MEKONG) => parseSigningPublicKey(HUB_KEYS[hub]?.publicKey as never).kid;
  const claim = { kid: kid(MEKONG), signer: MEKONG as string, signedMs: NOW, drill: false };

  it('knows a hub by the key that an agreement in force names for it', async () => {
    const store = await regionStore(thailand);
    expect(store.hubKeysAt(NOW)(claim).kid).toBe(kid(MEKONG));
  });

  it.each([
    ['TRUST_HUB_UNKNOWN', { signer: 'hub-other' }],
    ['TRUST_KEY_UNKNOWN', { kid: kid(SECOND) }],
    ['TRUST_SIGNED_IN_FUTURE', { signedMs: later(NOW, days(1)) }],
  ])('refuses with %s', async (code, change) => {
    const store = await regionStore(thailand);
    expect(() => store.hubKeysAt(NOW)({ ...claim, ...change })).toThrow(expect.objectContaining({ code }));
    expect(() => store.hubKeysAt(later(NOW, days(400)))(claim)).toThrow(
      expect.objectContaining({ code: 'TRUST_HUB_UNKNOWN' }),
    );
  });
});

describe('an agreement on the region', () => {
  const key = generateSigningKey(seededRandom('another hub')).publicKey;
  const unsound: readonly (readonly [string, readonly AgreementArticle[], Partial<Agreement>])[] = [
    ['lets anything but alerts and bulletins out', [{ ...regionArticle, kinds: [MessageKind.REQUEST] }], {}],
    ['has no hub', [regionArticle], { hubs: [] }],
    ['names a subscriber that is no office of a party', [{ ...regionArticle, subscribers: ['vn-lao-cai'] }], {}],
    ['names a corridor that is none', [{ ...regionArticle, corridors: [0 as Corridor] }], {}],
    ['speaks of corridors in an article between offices', [{ ...regionArticle, region: false }], {}],
    [
      'names a hub twice',
      [regionArticle],
      {
        hubs: [
          { hub: MEKONG, key },
          { hub: MEKONG, key: HUB_KEYS[MEKONG]?.publicKey ?? null },
        ],
      },
    ],
    [
      'names one key for two hubs',
      [regionArticle],
      {
        hubs: [
          { hub: MEKONG, key },
          { hub: SECOND, key },
        ],
      },
    ],
    ['names a root key for a hub', [regionArticle], { hubs: [{ hub: MEKONG, key: thailand.root }] }],
    ['names what is no hub', [regionArticle], { hubs: [{ hub: 'mekong', key }] }],
  ];

  it.each(unsound)('is not installed when it %s', async (fault, articles, changes) => {
    // What is no code at all does not even satisfy the contract.
    const code = fault.includes('corridor that is none') ? expect.any(String) : 'TRUST_AGREEMENT_REGION_INVALID';
    const bytes = await signedRegionAgreement(regionAgreement(articles, changes));
    await expect(emptyStore(thailand).installAgreement(bytes, NOW)).rejects.toMatchObject({ code });
  });
});
