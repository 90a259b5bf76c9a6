import { type EpochMs, type NationCode, nationOf, type OfficeId } from '../../../services/core/foundation/index.ts';
import { CLOCK_TOLERANCE_MS, type KeyOf, TrustError, type TrustStore } from '../../../services/core/trust/index.ts';
import { type AgreementArticle, TrustLevel } from '../../../services/core/wire/index.ts';
import { keysOf, type TestOffice } from '../trust/fixtures.ts';

/** What one office trusts; a test changes it while the office runs. */
export interface TestTrust {
  readonly store: () => TrustStore;
  /** The article that covers everything both ways; undefined for no agreement. */
  article: AgreementArticle | undefined;
  trustLevel: TrustLevel;
  /** Offices whose signing keys are not known. */
  readonly unknown: Set<OfficeId>;
  /** Offices without a sealing key. */
  readonly unsealable: Set<OfficeId>;
  /** Directories by nation. */
  readonly directories: Map<NationCode, { readonly bytes: Uint8Array; readonly sequence: number }>;
  /** A real store, which is asked about charters; without one there are none. */
  charters: TrustStore | undefined;
}

export function testTrust(self: OfficeId, offices: readonly TestOffice[], article: AgreementArticle): TestTrust {
  const known = keysOf(
    Object.fromEntries(offices.map((office) => [office.office, office.signer])),
    Object.fromEntries(offices.map((office) => [office.office, office.drillSigner])),
  );
  const keyOf: KeyOf = (claim) => {
    if (trust.unknown.has(claim.signer as OfficeId))
      throw new TrustError('TRUST_KEY_UNKNOWN', { context: { signer: claim.signer } });
    return known(claim);
  };
  const charters = (): TrustStore => {
    if (trust.charters === undefined) throw new TypeError('this test has no charters');
    return trust.charters;
  };
  const store = {
    nation: nationOf(self),
    clockToleranceMs: CLOCK_TOLERANCE_MS,
    get charters() {
      return trust.charters?.charters ?? new Map();
    },
    installCharter: (...given: Parameters<TrustStore['installCharter']>) => charters().installCharter(...given),
    isCharterSignature: (...given: Parameters<TrustStore['isCharterSignature']>) =>
      charters().isCharterSignature(...given),
    assertCharterAllowed: (...given: Parameters<TrustStore['assertCharterAllowed']>) =>
      charters().assertCharterAllowed(...given),
    charterFor: (...given: Parameters<TrustStore['charterFor']>) => charters().charterFor(...given),
    keysForArrival: () => keyOf,
    keysForEvidence: () => keyOf,
    sealingKeyOf: (office: OfficeId, _at: EpochMs, drill = false) => {
      const found = trust.unsealable.has(office) ? undefined : offices.find((candidate) => candidate.office === office);
      if (found === undefined) throw new TrustError('TRUST_SEALING_KEY_MISSING', { context: { office } });
      return drill ? found.drillSealTo : found.sealTo;
    },
    directoryOf: (nation: NationCode) => {
      const found = trust.directories.get(nation);
      return found === undefined
        ? undefined
        : { document: { bytes: found.bytes }, directory: { sequence: found.sequence } };
    },
    agreementFor: () =>
      trust.article === undefined
        ? { covered: false, reason: 'NO_AGREEMENT' }
        : {
            covered: true,
            agreement: { id: 'la-th-2026' },
            article: trust.article,
            ref: { id: 'la-th-2026', version: 1, digest: new Uint8Array(32), article: trust.article.id },
            trustLevel: trust.trustLevel,
            uncovered: [],
          },
  };
  const trust: TestTrust = {
    store: () => store as unknown as TrustStore,
    article,
    trustLevel: TrustLevel.PERSONS,
    unknown: new Set(),
    unsealable: new Set(),
    directories: new Map(),
    charters: undefined,
  };
  return trust;
}
