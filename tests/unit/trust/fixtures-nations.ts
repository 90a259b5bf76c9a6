import { days, type EpochMs, later, type NationCode, type OfficeId } from '../../../services/core/foundation/index.ts';
import {
  createNation,
  createOffice,
  createTrustStore,
  draftAgreement,
  draftDirectory,
  fileSigner,
  type NewOffice,
  parseSigningPublicKey,
  type Signer,
  signDocument,
  type TrustStore,
  writeAgreementText,
  writeDirectoryText,
} from '../../../services/core/trust/index.ts';
import {
  type Agreement,
  type AgreementArticle,
  CrimeArea,
  DataCategory,
  type Directory,
  HandlingCode,
  MessageKind,
  type OfficeEntry,
  type PublicKey,
  Purpose,
  TrustLevel,
} from '../../../services/core/wire/index.ts';
import { LA, MM, NOW, seededRandom, TH } from './fixtures.ts';

/** A nation with its root key and one office. */
export interface TestNation {
  readonly nation: NationCode;
  readonly root: PublicKey;
  readonly rootSigner: Signer;
  readonly office: NewOffice;
  readonly signer: Signer;
}

const YEAR = days(365);

export function testNation(nation: string, office: OfficeId): TestNation {
  const { root } = createNation(nation as NationCode, seededRandom(`${nation}/root`));
  const made = createOffice(
    office,
    `Office at ${office}`,
    { from: NOW, signingForMs: YEAR, sealingForMs: days(90) },
    seededRandom(`${nation}/${office}`),
  );
  return {
    nation: nation as NationCode,
    root: root.publicKey,
    rootSigner: fileSigner(root.privateJwk),
    office: made,
    signer: fileSigner(made.signingKey.privateJwk),
  };
}

export const thailand = testNation('TH', TH);
export const laos = testNation('LA', LA);
export const myanmar = testNation('MM', MM);

export function directoryOf(nation: TestNation, changes: Partial<Directory> = {}, previous?: Directory): Directory {
  const drafted = draftDirectory(
    { nation: nation.nation, root: nation.root, offices: [nation.office.entry], issuedAt: NOW, validForMs: days(30) },
    previous,
  );
  return { ...drafted, ...changes };
}

export function signedDirectory(
  nation: TestNation,
  changes: Partial<Directory> = {},
  signer: Signer = nation.rootSigner,
): Promise<Uint8Array> {
  return signDocument('directory', writeDirectoryText(directoryOf(nation, changes)), [signer]);
}

export const article: AgreementArticle = {
  id: '3',
  text: 'Alerts on people smuggling and drugs.',
  kinds: [MessageKind.ALERT],
  crimeAreas: [CrimeArea.PEOPLE_SMUGGLING, CrimeArea.DRUGS],
  dataCategories: [
    DataCategory.CORE,
    DataCategory.IDENTITY,
    DataCategory.TRANSPORT,
    DataCategory.FREE_TEXT,
    DataCategory.CONTACT,
  ],
  purposes: [Purpose.INVESTIGATION, Purpose.PREVENTION],
  handlingCeiling: HandlingCode.H2,
  retentionDays: 90,
  drills: false,
  responseTimes: [],
  region: false,
  corridors: [],
  subscribers: [],
  backfillDays: 0,
};

export function agreementBetween(one: TestNation, other: TestNation, changes: Partial<Agreement> = {}): Agreement {
  const parties = [one, other].map((party) => ({
    nation: party.nation,
    root: party.root,
    offices: [party.office.entry.office as OfficeId],
  }));
  const drafted = draftAgreement({
    id: `${one.nation}-${other.nation}-2026`.toLowerCase(),
    title: 'Memorandum on border liaison',
    parties,
    validFrom: (NOW - days(10)) as EpochMs,
    validUntil: later(NOW, YEAR),
    trustLevel: TrustLevel.PERSONS,
    articles: [article],
  });
  return { ...drafted, ...changes };
}

export function signedAgreement(
  one: TestNation,
  other: TestNation,
  changes: Partial<Agreement> = {},
  signers: readonly Signer[] = [one.rootSigner, other.rootSigner],
): Promise<Uint8Array> {
  return signDocument('agreement', writeAgreementText(agreementBetween(one, other, changes)), signers);
}

export function emptyStore(nation: TestNation): TrustStore {
  return createTrustStore({ nation: nation.nation, root: parseSigningPublicKey(nation.root) });
}

/** What Thailand's office trusts: the agreement with Laos and both directories. */
export async function thaiStore(): Promise<TrustStore> {
  const withAgreement = await emptyStore(thailand).installAgreement(await signedAgreement(thailand, laos), NOW);
  const withLaos = await withAgreement.installDirectory(await signedDirectory(laos), NOW);
  return withLaos.installDirectory(await signedDirectory(thailand), NOW);
}

/** The entry with its keys changed. */
export function withKeys(entry: OfficeEntry, change: (keys: OfficeEntry['keys']) => OfficeEntry['keys']): OfficeEntry {
  return { ...entry, keys: change(entry.keys) };
}
