import { describe, expect, it } from 'vitest';
import {
  days,
  durationMs,
  type EpochMs,
  later,
  type NationCode,
  type OfficeId,
} from '../../../services/core/foundation/index.ts';
import {
  type AgreementQuery,
  createTrustStore,
  evidenceStore,
  generateSealingKey,
  parseSigningPublicKey,
  rotateKeys,
  signDocument,
  type TrustStore,
  thumbprintOf,
} from '../../../services/core/trust/index.ts';
import {
  CrimeArea,
  DataCategory,
  type Directory,
  HandlingCode,
  KeyUse,
  MessageKind,
  Purpose,
  ResponseClass,
  TrustLevel,
} from '../../../services/core/wire/index.ts';
import { LA, MM, NOW, seededRandom, TH } from './fixtures.ts';
import {
  agreementBetween,
  article,
  emptyStore,
  laos,
  myanmar,
  signedAgreement,
  signedDirectory,
  thailand,
  thaiStore,
} from './fixtures-nations.ts';

const at = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 });
const MINUTE = durationMs(60_000);
const TOLERANCE = durationMs(300_000);
const code = (value: string) => expect.objectContaining({ code: value });

const claim = (
  changes: {
    readonly signedMs?: EpochMs;
    readonly signer?: string;
    readonly kid?: string;
    readonly drill?: boolean;
  } = {},
) => ({ kid: laos.signer.kid, signer: LA as string, signedMs: NOW, drill: false, ...changes }) as never;

/** The store with the next directory of Laos. */
async function withNext(store: TrustStore, changes: Partial<Directory>, now: EpochMs = NOW): Promise<TrustStore> {
  return store.installDirectory(await signedDirectory(laos, { sequence: 2, ...changes }), now);
}

const revoked = (revokedMs: number) => ({
  revoked: [{ kid: laos.signer.kid, revokedAt: at(revokedMs), reason: 'lost' }],
});

describe('TrustStore.installDirectory', () => {
  it('leaves the store as it was, and gives another', async () => {
    const before = emptyStore(thailand);
    const after = await before.installDirectory(await signedDirectory(thailand), NOW);
    expect(before.directories.size).toBe(0);
    expect(after.directoryOf('TH' as NationCode)?.directory.sequence).toBe(1);
  });

  it('gives the same store for what is installed already', async () => {
    const store = await thaiStore();
    expect(await store.installDirectory(await signedDirectory(laos), NOW)).toBe(store);
    expect(await store.installAgreement(await signedAgreement(thailand, laos), NOW)).toBe(store);
  });

  it('is not changed by later changes to the bytes it was given', async () => {
    const bytes = await signedDirectory(thailand);
    const store = await emptyStore(thailand).installDirectory(bytes, NOW);
    const kept = Buffer.from(store.directoryOf('TH' as NationCode)?.document.bytes ?? []).toString('hex');
    bytes.fill(0);
    expect(Buffer.from(store.directoryOf('TH' as NationCode)?.document.bytes ?? []).toString('hex')).toBe(kept);
  });

  it('keeps nothing of a directory that it refuses', async () => {
    const store = await thaiStore();
    await expect(withNext(store, { sequence: 1, offices: [] })).rejects.toMatchObject({ code: 'TRUST_DIRECTORY_FORK' });
    expect(store.directoryOf('LA' as NationCode)?.directory.offices).toHaveLength(1);
  });

  it('takes a new root key when a newer agreement names it', async () => {
    const renewed = { ...laos, root: myanmar.root, rootSigner: myanmar.rootSigner };
    const agreement = await signedAgreement(thailand, renewed, {
      version: 2,
      parties: agreementBetween(thailand, renewed).parties,
    });
    const store = await (await thaiStore()).installAgreement(agreement, NOW);
    const next = await store.installDirectory(await signedDirectory(renewed, { sequence: 2 }), NOW);
    expect(next.directoryOf('LA' as NationCode)?.root.kid).toBe(myanmar.rootSigner.kid);
    await expect(store.installDirectory(await signedDirectory(laos, { sequence: 3 }), NOW)).rejects.toMatchObject({
      code: 'TRUST_DIRECTORY_ROOT_MISMATCH',
    });
  });
});

describe('createTrustStore', () => {
  it('is founded on a root key or on its thumbprint alike', () => {
    const key = parseSigningPublicKey(thailand.root);
    const nation = 'TH' as NationCode;
    expect(createTrustStore({ nation, root: key }).root).toBe(createTrustStore({ nation, root: key.kid }).root);
  });
});

describe('TrustStore.keysForArrival', () => {
  it('gives a key for exercises for an exercise alone, and no other for one', async () => {
    const store = await thaiStore();
    const { kid } = laos.office.drillSigningKey;
    for (const keyOf of [store.keysForArrival(NOW), store.keysForEvidence(NOW)]) {
      expect(keyOf(claim({ kid, drill: true })).kid).toBe(kid);
      expect(() => keyOf(claim({ kid }))).toThrow(code('TRUST_KEY_USE_WRONG'));
      expect(() => keyOf(claim({ drill: true }))).toThrow(code('TRUST_KEY_USE_WRONG'));
      expect(() => keyOf(claim({ kid: 'x'.repeat(43), drill: true }))).toThrow(code('TRUST_KEY_UNKNOWN'));
    }
  });

  it('gives the key of a claim', async () => {
    expect((await thaiStore()).keysForArrival(NOW)(claim()).kid).toBe(laos.signer.kid);
  });

  it.each([
    ['an office that its nation does not list', { signer: 'la-pakbeng' }, 'TRUST_OFFICE_UNKNOWN'],
    ['what is no office', { signer: 'LA' }, 'TRUST_OFFICE_UNKNOWN'],
    ['an office of a nation without a directory', { signer: MM }, 'TRUST_DIRECTORY_MISSING'],
    ['a key of another office', { signer: TH }, 'TRUST_KEY_UNKNOWN'],
    ['a sealing key', { kid: laos.office.sealingKey.kid }, 'TRUST_KEY_UNKNOWN'],
    ['a key a millisecond before it is good', { signedMs: (NOW - 1) as EpochMs }, 'TRUST_KEY_NOT_YET_VALID'],
    ['a time beyond what clocks may differ', { signedMs: later(NOW, durationMs(300_001)) }, 'TRUST_SIGNED_IN_FUTURE'],
  ])('refuses %s', async (_, changes, refused) => {
    const keyOf = (await thaiStore()).keysForArrival(NOW);
    expect(() => keyOf(claim(changes))).toThrow(code(refused));
  });

  it('gives a key up to the last millisecond at which it is good, and not at the next', async () => {
    const store = await withNext(await thaiStore(), { expires: at(NOW + days(500)) });
    const endMs = NOW + days(365);
    const keyOf = store.keysForArrival(endMs as EpochMs);
    expect(keyOf(claim({ signedMs: (endMs - 1) as EpochMs })).kid).toBe(laos.signer.kid);
    expect(() => keyOf(claim({ signedMs: endMs as EpochMs }))).toThrow(code('TRUST_KEY_EXPIRED'));
  });

  it('takes a signature from 5 minutes ahead', async () => {
    expect((await thaiStore()).keysForArrival(NOW)(claim({ signedMs: later(NOW, TOLERANCE) })).kid).toBe(
      laos.signer.kid,
    );
  });

  it('refuses everything on the strength of a directory that has expired, 5 minutes after it has', async () => {
    const store = await thaiStore();
    const expires = NOW + days(30);
    expect(store.keysForArrival((expires + TOLERANCE - 1) as EpochMs)(claim()).kid).toBe(laos.signer.kid);
    expect(() => store.keysForArrival((expires + TOLERANCE) as EpochMs)(claim())).toThrow(
      code('TRUST_DIRECTORY_EXPIRED'),
    );
  });

  it('refuses a revoked key whatever time its signature claims', async () => {
    const store = await withNext(await thaiStore(), revoked(NOW + MINUTE));
    expect(() => store.keysForArrival(later(NOW, durationMs(120_000)))(claim())).toThrow(code('TRUST_KEY_REVOKED'));
  });

  it('counts a revocation 5 minutes early, so that a slow clock lets nothing through', async () => {
    const store = await withNext(await thaiStore(), revoked(NOW + TOLERANCE));
    expect(() => store.keysForArrival(NOW)(claim())).toThrow(code('TRUST_KEY_REVOKED'));
    expect(store.keysForArrival((NOW - 1) as EpochMs)(claim()).kid).toBe(laos.signer.kid);
  });
});

describe('TrustStore.keysForEvidence', () => {
  it('gives the key of what was signed and recorded before the revocation', async () => {
    const store = await withNext(await thaiStore(), revoked(NOW + MINUTE));
    expect(store.keysForEvidence(later(NOW, durationMs(59_999)))(claim()).kid).toBe(laos.signer.kid);
  });

  it.each([
    ['was recorded when it was revoked', NOW + MINUTE, NOW],
    ['claims to be signed when it was revoked', NOW + MINUTE - 1, NOW + MINUTE],
  ])('refuses a revoked key for what %s', async (_, recordedMs, signedMs) => {
    const store = await withNext(await thaiStore(), revoked(NOW + MINUTE));
    expect(() => store.keysForEvidence(recordedMs as EpochMs)(claim({ signedMs: signedMs as EpochMs }))).toThrow(
      code('TRUST_KEY_REVOKED'),
    );
  });

  it('gives it also when the directory has expired since', async () => {
    expect((await thaiStore()).keysForEvidence(later(NOW, days(400)))(claim()).kid).toBe(laos.signer.kid);
  });

  it('refuses what was recorded long before it was signed', async () => {
    const keyOf = (await thaiStore()).keysForEvidence(NOW);
    expect(() => keyOf(claim({ signedMs: later(NOW, durationMs(300_001)) }))).toThrow(code('TRUST_SIGNED_IN_FUTURE'));
  });
});

describe('TrustStore.sealingKeyOf', () => {
  it('gives the key for exercises when it is asked for that', async () => {
    const store = await thaiStore();
    expect(store.sealingKeyOf(LA, NOW, true).kid).toBe(laos.office.drillSealingKey.kid);
    expect(store.sealingKeyOf(LA, NOW).kid).toBe(laos.office.sealingKey.kid);
  });

  it('gives the newest key that is good', async () => {
    const day = days(1);
    const rotated = rotateKeys(
      laos.office.entry,
      { from: later(NOW, day), signingForMs: days(365), sealingForMs: days(90) },
      days(7),
      seededRandom('rotated'),
    );
    const store = await withNext(await thaiStore(), { offices: [rotated.entry] });
    expect(store.sealingKeyOf(LA, NOW).kid).toBe(laos.office.sealingKey.kid);
    expect(store.sealingKeyOf(LA, later(NOW, day)).kid).toBe(rotated.sealingKey.kid);
  });

  it('does not give a revoked key, nor one that is about to be', async () => {
    const kid = laos.office.sealingKey.kid;
    const store = await withNext(await thaiStore(), { revoked: [{ kid, revokedAt: at(NOW + TOLERANCE), reason: '' }] });
    expect(() => store.sealingKeyOf(LA, NOW)).toThrow(code('TRUST_SEALING_KEY_MISSING'));
  });

  it.each([
    ['an office without a key that is good', LA, later(NOW, days(90)), 'TRUST_SEALING_KEY_MISSING'],
    ['an office that is not listed', 'la-pakbeng' as OfficeId, NOW, 'TRUST_OFFICE_UNKNOWN'],
    ['an office of a nation without a directory', MM, NOW, 'TRUST_DIRECTORY_MISSING'],
  ])('refuses %s', async (_, office, when, refused) => {
    const store = await withNext(await thaiStore(), { expires: at(NOW + days(500)) });
    expect(() => store.sealingKeyOf(office, when)).toThrow(code(refused));
  });

  it('refuses when the directory has expired', async () => {
    const store = await thaiStore();
    expect(() => store.sealingKeyOf(LA, later(NOW, days(31)))).toThrow(code('TRUST_DIRECTORY_EXPIRED'));
  });
});

const query = (changes: Partial<AgreementQuery> = {}): AgreementQuery => ({
  from: TH,
  to: LA,
  at: NOW,
  gate: 'export',
  kind: MessageKind.ALERT,
  crimeArea: CrimeArea.DRUGS,
  purpose: Purpose.INVESTIGATION,
  handling: HandlingCode.H1,
  drill: false,
  categories: [DataCategory.CORE, DataCategory.IDENTITY],
  ...changes,
});

async function storeWith(...changes: Parameters<typeof signedAgreement>[2][]): Promise<TrustStore> {
  let store = emptyStore(thailand);
  for (const change of changes)
    store = await store.installAgreement(await signedAgreement(thailand, laos, change), NOW);
  return store;
}

describe('time limits of an article', () => {
  const { URGENT, PROMPT, REGULAR, UNSPECIFIED } = ResponseClass;
  const install = (...limits: readonly (readonly [ResponseClass, number])[]): Promise<TrustStore> =>
    storeWith({
      articles: [
        article,
        { ...article, id: '4', responseTimes: limits.map(([responseClass, hours]) => ({ responseClass, hours })) },
      ],
    });

  it('may be as tight as an hour and as long as their class', async () => {
    const store = await install([URGENT, 8], [PROMPT, 72], [REGULAR, 168]);
    expect(store.agreements.size).toBe(1);
    expect((await install([REGULAR, 1], [URGENT, 1])).agreements.size).toBe(1);
  });

  it.each([
    ['longer than urgent', [[URGENT, 9]]],
    ['longer than prompt', [[PROMPT, 73]]],
    [
      'twice of one class',
      [
        [REGULAR, 24],
        [URGENT, 4],
        [REGULAR, 24],
      ],
    ],
  ] as const)('are refused where they are %s', async (_, limits) => {
    await expect(install(...limits)).rejects.toMatchObject({
      code: 'TRUST_AGREEMENT_RESPONSE_TIMES_INVALID',
      context: { id: 'th-la-2026', article: '4' },
    });
  });

  it.each([
    ['of no class', [UNSPECIFIED, 1]],
    ['of no time', [URGENT, 0]],
    ['of more than a week', [REGULAR, 169]],
  ] as const)('are no text of an agreement where they are %s', async (_, limit) => {
    await expect(install(limit)).rejects.toMatchObject({ code: 'TRUST_DOCUMENT_TEXT_INVALID' });
  });
});

describe('TrustStore.agreementFor', () => {
  it('names the agreement and article that cover it, in both directions', async () => {
    const store = await storeWith({});
    for (const [from, to] of [
      [TH, LA],
      [LA, TH],
    ] as const) {
      expect(store.agreementFor(query({ from, to }))).toMatchObject({
        covered: true,
        trustLevel: TrustLevel.PERSONS,
        uncovered: [],
        ref: { id: 'th-la-2026', version: 1, article: '3' },
      });
    }
  });

  it('refers to the agreement by the digest of its signed text', async () => {
    const store = await storeWith({});
    const answer = store.agreementFor(query());
    expect(answer.covered && Buffer.from(answer.ref.digest).toString('hex')).toBe(
      store.agreements.get('th-la-2026')?.document.digest,
    );
  });

  it.each([
    ['kind', { kind: 99 as MessageKind }],
    ['crimeArea', { crimeArea: CrimeArea.WILDLIFE }],
    ['purpose', { purpose: Purpose.PROSECUTION }],
    ['handling', { handling: HandlingCode.H3 }],
    ['handling', { handling: HandlingCode.UNSPECIFIED }],
    ['drill', { drill: true }],
  ])('refuses what the article does not cover, naming the article and the %s', async (field, changes) => {
    expect((await storeWith({})).agreementFor(query(changes))).toEqual({
      covered: false,
      reason: 'ARTICLE_DOES_NOT_COVER',
      agreementId: 'th-la-2026',
      articleId: '3',
      fields: [field],
    });
  });

  it('lets what serves a message cross where that may, and nothing where that may not', async () => {
    const covered = async (kinds: readonly MessageKind[], kind: MessageKind): Promise<boolean> =>
      (await storeWith({ articles: [{ ...article, kinds }] })).agreementFor(query({ kind })).covered;
    const { ALERT, REQUEST, REQUEST_STEP, ANSWER, SEARCH, SEARCH_RESULT, RECALL, CONSENT, LOOKOUT } = MessageKind;
    for (const [kinds, kind, expected] of [
      [[REQUEST], ANSWER, true],
      [[REQUEST], REQUEST_STEP, true],
      [[ALERT, SEARCH], ANSWER, false],
      [[ANSWER], REQUEST, false],
      [[SEARCH], SEARCH_RESULT, true],
      [[ALERT], SEARCH_RESULT, false],
      [[ALERT], RECALL, true],
      [[REQUEST], RECALL, true],
      [[SEARCH], CONSENT, true],
      [[ALERT, REQUEST, SEARCH], LOOKOUT, false],
    ] as const)
      expect([kinds, kind, await covered(kinds, kind)]).toEqual([kinds, kind, expected]);
  });

  it('finds the article that covers the kind among several, also for what serves it', async () => {
    const articles = [
      { ...article, id: '1' },
      { ...article, id: '2', kinds: [MessageKind.REQUEST] },
    ];
    const store = await storeWith({ articles });
    expect(store.agreementFor(query({ kind: MessageKind.ANSWER }))).toMatchObject({ ref: { article: '2' } });
    expect(store.agreementFor(query({ kind: MessageKind.RECALL }))).toMatchObject({ ref: { article: '1' } });
  });

  it('covers the handling code of the ceiling itself', async () => {
    expect((await storeWith({})).agreementFor(query({ handling: HandlingCode.H2 })).covered).toBe(true);
  });

  it('tells, each once, the categories that the article does not name', async () => {
    const categories = [DataCategory.CORE, DataCategory.BIOMETRIC, DataCategory.HEALTH, DataCategory.BIOMETRIC];
    expect((await storeWith({})).agreementFor(query({ categories }))).toMatchObject({
      covered: true,
      uncovered: [DataCategory.BIOMETRIC, DataCategory.HEALTH],
    });
  });

  it('prefers the article that leaves out the fewest categories, and of equals the first', async () => {
    const articles = [
      { ...article, id: '1', dataCategories: [DataCategory.CORE] },
      { ...article, id: '2' },
      { ...article, id: '3' },
    ];
    expect((await storeWith({ articles })).agreementFor(query())).toMatchObject({ ref: { article: '2' } });
  });

  it('covers exercises where the article says so', async () => {
    expect(
      (await storeWith({ articles: [{ ...article, drills: true }] })).agreementFor(query({ drill: true })).covered,
    ).toBe(true);
  });

  it.each([
    ['offices that no agreement names', { to: MM }],
    ['two offices of one party', { to: TH }],
  ])('refuses %s', async (_, changes) => {
    expect((await storeWith({})).agreementFor(query(changes))).toEqual({ covered: false, reason: 'NO_AGREEMENT' });
  });

  const validFrom = NOW - days(10);
  const validUntil = NOW + days(365);
  it.each([
    ['export', validFrom - 1, 'AGREEMENT_NOT_YET_IN_FORCE'],
    ['export', validFrom, true],
    ['export', validUntil - 1, true],
    ['export', validUntil, 'AGREEMENT_EXPIRED'],
    ['import', validFrom - TOLERANCE - 1, 'AGREEMENT_NOT_YET_IN_FORCE'],
    ['import', validFrom - TOLERANCE, true],
    ['import', validUntil + TOLERANCE - 1, true],
    ['import', validUntil + TOLERANCE, 'AGREEMENT_EXPIRED'],
  ] as const)('keeps to the dates: %s at %i', async (gate, when, expected) => {
    const answer = (await storeWith({})).agreementFor(query({ gate, at: when as EpochMs }));
    expect(answer.covered ? true : answer.reason).toBe(expected);
  });

  it('does not count an agreement that another one in force replaces', async () => {
    const store = await storeWith(
      {},
      { id: 'th-la-2027', replaces: ['th-la-2026'], articles: [{ ...article, crimeAreas: [CrimeArea.WILDLIFE] }] },
    );
    expect(store.agreementFor(query())).toMatchObject({ covered: false, agreementId: 'th-la-2027' });
    expect(
      store.agreementFor(query({ relied: { id: 'th-la-2026', version: 1, digest: new Uint8Array(32), article: '3' } })),
    ).toMatchObject({ reason: 'AGREEMENT_EXPIRED' });
  });

  it('counts it until the other one comes into force', async () => {
    const later_ = { id: 'th-la-2027', replaces: ['th-la-2026'], validFrom: at(NOW + days(1)) };
    expect((await storeWith({}, later_)).agreementFor(query())).toMatchObject({
      covered: true,
      ref: { id: 'th-la-2026' },
    });
  });

  it('is not replaced by itself', async () => {
    expect((await storeWith({ replaces: ['th-la-2026'] })).agreementFor(query()).covered).toBe(true);
  });

  describe('where the exporter relied on one', () => {
    const reliedOn = (store: TrustStore, changes: object = {}) => {
      const answer = store.agreementFor(query());
      if (!answer.covered) throw new TypeError('not covered');
      return query({ gate: 'import', relied: { ...answer.ref, ...changes } });
    };

    it('judges by that article', async () => {
      const store = await storeWith({ articles: [article, { ...article, id: '4', crimeAreas: [CrimeArea.WILDLIFE] }] });
      expect(store.agreementFor(reliedOn(store))).toMatchObject({ covered: true, ref: { article: '3' } });
      expect(store.agreementFor(reliedOn(store, { article: '4' }))).toMatchObject({
        reason: 'ARTICLE_DOES_NOT_COVER',
        articleId: '4',
      });
    });

    it.each([
      ['an article that it does not have', { article: '9' }, 'ARTICLE_UNKNOWN'],
      ['an agreement that is not installed', { id: 'th-la-2020' }, 'NO_AGREEMENT'],
      ['a version that is not installed', { version: 2 }, 'AGREEMENT_DIFFERS'],
      ['another text', { digest: new Uint8Array(32) }, 'AGREEMENT_DIFFERS'],
      ['a digest of 31 bytes', { digest: new Uint8Array(31) }, 'AGREEMENT_DIFFERS'],
    ])('refuses %s', async (_, changes, reason) => {
      const store = await storeWith({});
      expect(store.agreementFor(reliedOn(store, changes))).toMatchObject({ covered: false, reason });
    });

    it('takes a version that was installed before, and judges by the text in force', async () => {
      const before = await storeWith({});
      const relied = reliedOn(before);
      const narrower = await storeWith(
        {},
        { version: 2, articles: [{ ...article, crimeAreas: [CrimeArea.WILDLIFE] }] },
      );
      expect(narrower.agreementFor(relied)).toMatchObject({ covered: false, reason: 'ARTICLE_DOES_NOT_COVER' });
      const same = await storeWith({}, { version: 2, title: 'The same again' }, { version: 3, title: 'And again' });
      expect(same.agreementFor(relied)).toMatchObject({ covered: true, ref: { version: 3 } });
    });
  });
});

describe('TrustStore.verifyPolicyBundle', () => {
  const text = '{"policies":{}}\n';
  it('gives the text that the nation itself signed', async () => {
    const bundle = await signDocument('policy-bundle', text, [thailand.rootSigner]);
    expect(await (await thaiStore()).verifyPolicyBundle(bundle)).toMatchObject({ kind: 'policy-bundle', text });
  });

  it.each([
    ['signed by another nation', 'policy-bundle', laos.rootSigner, 'TRUST_DOCUMENT_SIGNATURE_FOREIGN'],
    ['signed by an office', 'policy-bundle', thailand.signer, 'TRUST_DOCUMENT_SIGNATURE_FOREIGN'],
    ['signed as a directory', 'directory', thailand.rootSigner, 'TRUST_DOCUMENT_KIND_WRONG'],
  ] as const)('refuses one that is %s', async (_, kind, signer, refused) => {
    const bundle = await signDocument(kind, text, [signer]);
    await expect((await thaiStore()).verifyPolicyBundle(bundle)).rejects.toMatchObject({ code: refused });
  });

  it('refuses all while the nation’s own directory, which holds the key, is missing', async () => {
    const bundle = await signDocument('policy-bundle', text, [thailand.rootSigner]);
    await expect(emptyStore(thailand).verifyPolicyBundle(bundle)).rejects.toMatchObject({
      code: 'TRUST_DIRECTORY_MISSING',
    });
  });
});

describe('evidenceStore', () => {
  const old = { issued: at(NOW - days(900)), expires: at(NOW - days(870)) };
  const ended = { validFrom: at(NOW - days(1000)), validUntil: at(NOW - days(800)) };
  const options = async () => ({
    nation: 'TH' as NationCode,
    root: parseSigningPublicKey(thailand.root),
    agreements: [await signedAgreement(thailand, laos, ended)],
    directories: [await signedDirectory(laos, old), await signedDirectory(thailand, old)],
  });

  it('holds documents that ended long ago', async () => {
    const store = await evidenceStore(await options());
    expect(store.keysForEvidence(NOW)(claim()).kid).toBe(thumbprintOf(laos.office.signingKey.publicKey));
  });

  it('lets nothing that arrives now rely on them', async () => {
    const store = await evidenceStore(await options());
    expect(() => store.keysForArrival(NOW)(claim())).toThrow(code('TRUST_DIRECTORY_EXPIRED'));
    expect(store.agreementFor(query())).toMatchObject({ reason: 'AGREEMENT_EXPIRED' });
  });

  it('refuses a document that is not properly signed', async () => {
    const forged = { ...(await options()), directories: [await signedDirectory(laos, old, myanmar.rootSigner)] };
    await expect(evidenceStore(forged)).rejects.toMatchObject({ code: 'TRUST_DOCUMENT_SIGNATURE_FOREIGN' });
  });
});

describe('a sealing key in the place of a signing key', () => {
  it('is refused by its curve', async () => {
    const sealing = generateSealingKey(seededRandom('x'));
    const keys = [{ use: KeyUse.SIGNING, key: sealing.publicKey, notBefore: at(NOW), notAfter: at(NOW + 1) }];
    const offices = [{ ...laos.office.entry, keys }];
    await expect(withNext(await thaiStore(), { offices })).rejects.toMatchObject({
      code: 'TRUST_DIRECTORY_KEY_INVALID',
    });
  });
});
