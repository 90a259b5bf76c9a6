import { createHash } from 'node:crypto';
import { days, type EpochMs, later, type NationCode, type OfficeId, utf8 } from '../../../../services/core/foundation/index.ts';
import {
  draftAgreement,
  draftDirectory,
  fileSigner,
  fileUnsealer,
  generateSealingKey,
  generateSigningKey,
  type NewKey,
  parseSealingPublicKey,
  type RandomBytes,
  type SealingPublicKey,
  type Signer,
  signDocument,
  type TrustStore,
  createTrustStore,
  type Unsealer,
  writeAgreementText,
  writeDirectoryText,
} from '../../../../services/core/trust/index.ts';
import { type Agreement, type AgreementArticle, CrimeArea, DataCategory, type Directory, HandlingCode, KeyUse, MessageKind, type OfficeKey, Purpose, TrustLevel } from '../../../../services/core/wire/index.ts';

/** 2026-03-01, noon UTC: when everything in the vectors is said, signed and read. */
export const NOON = Date.UTC(2026, 2, 1, 12) as EpochMs;

/** Bytes that are the same in every run: SHA-256 of the seed and a counter, one after the other. */
export function seeded(seed: string): RandomBytes {
  let counter = 0;
  return (size) => {
    const blocks = Array.from({ length: Math.ceil(size / 32) }, () => createHash('sha256').update(`${seed}:${counter++}`).digest());
    return new Uint8Array(Buffer.concat(blocks).subarray(0, size));
  };
}

export const TH = 'th-chiang-khong' as OfficeId;
export const MAE_SAI = 'th-mae-sai' as OfficeId;
export const LA = 'la-houayxay' as OfficeId;
export const MM = 'mm-tachileik' as OfficeId;

/** Names of the keys; each is made from SHA-256 of `liaison vector key <name>:0`. */
export const KEY_NAMES = {
  roots: ['root-th', 'root-la'],
  signing: ['th-current', 'th-expired', 'th-future', 'th-revoked', 'th-unlisted', 'mae-sai', 'la-current', 'mm-current', 'th-drill'],
  sealing: ['th-sealing', 'la-sealing', 'la-sealing-lost', 'la-drill-sealing'],
} as const;
export type SigningKeyName = (typeof KEY_NAMES.signing)[number] | (typeof KEY_NAMES.roots)[number];
export type SealingKeyName = (typeof KEY_NAMES.sealing)[number];

function keyNamed(name: string, make: (random: RandomBytes) => NewKey): NewKey {
  return make(seeded(`liaison vector key ${name}`));
}

export function signingKey(name: SigningKeyName): NewKey {
  return keyNamed(name, generateSigningKey);
}

export function signerOf(name: SigningKeyName): Signer {
  return fileSigner(signingKey(name).privateJwk);
}

export function sealingKey(name: SealingKeyName): NewKey {
  return keyNamed(name, generateSealingKey);
}

export function sealTo(name: SealingKeyName): SealingPublicKey {
  return parseSealingPublicKey(sealingKey(name).publicKey);
}

/** What the reading office holds: not the key that was lost. */
export function unsealerOfLaos(): Unsealer {
  return fileUnsealer([sealingKey('la-sealing').privateJwk]);
}

/** What the reading office holds to open exercises with. */
export function drillUnsealerOfLaos(): Unsealer {
  return fileUnsealer([sealingKey('la-drill-sealing').privateJwk]);
}

const YEAR = days(365);
const at = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 });

function officeKey(key: NewKey, use: KeyUse, fromMs: number, untilMs: number): OfficeKey {
  return { use, key: key.publicKey, notBefore: at(fromMs), notAfter: at(untilMs) };
}

const signing = (name: SigningKeyName, fromMs: number = NOON - YEAR, untilMs: number = NOON + YEAR) => officeKey(signingKey(name), KeyUse.SIGNING, fromMs, untilMs);
const sealing = (name: SealingKeyName) => officeKey(sealingKey(name), KeyUse.SEALING, NOON - YEAR, NOON + YEAR);

function directory(nation: string, root: SigningKeyName, offices: Directory['offices'], revoke: Directory['revoked'] = []): Directory {
  const drafted = draftDirectory({ nation: nation as NationCode, root: signingKey(root).publicKey, offices, issuedAt: (NOON - days(1)) as EpochMs, validForMs: days(30) });
  return { ...drafted, revoked: revoke };
}

const entry = (office: OfficeId, keys: readonly OfficeKey[]) => ({ office, name: '', keys, focalPoints: [], dutyRoster: [], position: null });

/** The keys of th-chiang-khong: one ended exactly when the vectors are signed, one begins a millisecond later. */
export function thaiDirectory(): Directory {
  const keys = [signing('th-current'), signing('th-expired', NOON - YEAR, NOON), signing('th-future', NOON + 1), signing('th-revoked'), sealing('th-sealing'), officeKey(signingKey('th-drill'), KeyUse.DRILL_SIGNING, NOON - YEAR, NOON + YEAR)];
  const revoked = [{ kid: signingKey('th-revoked').kid, revokedAt: at(NOON - days(2)), reason: 'stolen' }];
  return directory('TH', 'root-th', [entry(TH, keys), entry(MAE_SAI, [signing('mae-sai')])], revoked);
}

export function laoDirectory(): Directory {
  return directory('LA', 'root-la', [entry(LA, [signing('la-current'), sealing('la-sealing'), sealing('la-sealing-lost'), officeKey(sealingKey('la-drill-sealing'), KeyUse.DRILL_SEALING, NOON - YEAR, NOON + YEAR)])]);
}

const every = <Code extends number>(list: Readonly<Record<string, Code>>): readonly Code[] => Object.values(list).filter((code) => code !== 0);

const ARTICLE: AgreementArticle = {
  id: '1',
  text: 'The offices named by the parties may exchange alerts on cross-border crime for the purposes listed, each keeping to its own law.',
  kinds: [MessageKind.ALERT],
  crimeAreas: every(CrimeArea),
  dataCategories: every(DataCategory),
  purposes: every(Purpose),
  handlingCeiling: HandlingCode.H2,
  retentionDays: 365,
  drills: true,
  responseTimes: [],
  region: false,
  corridors: [],
  subscribers: [],
  backfillDays: 0,
};

export function agreement(): Agreement {
  return draftAgreement({
    id: 'th-la-2026',
    title: 'Memorandum on border liaison',
    parties: [
      { nation: 'TH' as NationCode, root: signingKey('root-th').publicKey, offices: [TH, MAE_SAI] },
      { nation: 'LA' as NationCode, root: signingKey('root-la').publicKey, offices: [LA] },
    ],
    validFrom: (NOON - YEAR) as EpochMs,
    validUntil: later(NOON, YEAR),
    trustLevel: TrustLevel.PERSONS,
    articles: [ARTICLE],
  });
}

/** The documents that the reading office has installed. */
export async function trustDocuments(): Promise<{ readonly agreement: Uint8Array; readonly th: Uint8Array; readonly la: Uint8Array }> {
  return {
    agreement: await signDocument('agreement', writeAgreementText(agreement()), [signerOf('root-th'), signerOf('root-la')]),
    th: await signDocument('directory', writeDirectoryText(thaiDirectory()), [signerOf('root-th')]),
    la: await signDocument('directory', writeDirectoryText(laoDirectory()), [signerOf('root-la')]),
  };
}

/** What la-houayxay trusts. */
export async function laoStore(now: EpochMs = NOON): Promise<TrustStore> {
  const documents = await trustDocuments();
  let store = createTrustStore({ nation: 'LA' as NationCode, root: signingKey('root-la').kid });
  store = await store.installAgreement(documents.agreement, now);
  store = await store.installDirectory(documents.la, now);
  return store.installDirectory(documents.th, now);
}

export const text = (value: unknown): Uint8Array => utf8(`${JSON.stringify(value, null, 2)}\n`);
