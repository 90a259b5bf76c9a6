import {
  type DurationMs,
  type EpochMs,
  earlier,
  type KeyId,
  type NationCode,
  nationOf,
  type OfficeId,
} from '../foundation/index.ts';
import type { PublicKey } from '../wire/index.ts';
import { agreementCover } from './agreement-cover.ts';
import { assertWithinAgreement, charterCover } from './charter-cover.ts';
import type { CharterKeys } from './charter-keys.ts';
import {
  assertAgreementDates,
  assertArticles,
  assertNewerVersion,
  assertResponseTimes,
  checkParties,
  checkRegion,
  versionsBefore,
} from './check-agreement.ts';
import { assertCharterNotEnded } from './check-charter.ts';
import { assertDirectoryDates, assertFollows, checkDirectory } from './check-directory.ts';
import { msOf, parseAgreementText, parseDirectoryText } from './document-text.ts';
import { TrustError } from './errors.ts';
import { currentSealingKey, keyForArrival, keyForEvidence } from './key-status.ts';
import { CLOCK_TOLERANCE_MS } from './limits.ts';
import { parseSigningPublicKey } from './public-key.ts';
import { hubKeys, regionCover, regionEntitlements } from './region-cover.ts';
import type {
  InstalledAgreement,
  InstalledDirectory,
  SigningPublicKey,
  TrustStore,
  VerifiedDocument,
} from './types.ts';
import { isCharterSignature, verifyCharter, withSignatures } from './verify-charter.ts';
import { readDocument, verifyDocument } from './verify-document.ts';

/** What a store is built on: whose trust it is, and what has been accepted. */
interface State {
  readonly nation: NationCode;
  readonly root: KeyId;
  readonly clockToleranceMs: DurationMs;
  readonly directories: TrustStore['directories'];
  readonly agreements: TrustStore['agreements'];
  readonly charters: TrustStore['charters'];
}

/** Ids of the root keys that may sign a nation's directory: one's own, else those that agreements which have not ended name. */
function pinnedRoots(
  { nation: own, root, agreements, clockToleranceMs }: State,
  nation: NationCode,
  now: EpochMs | null,
): readonly KeyId[] {
  if (nation === own) return [root];
  const current = [...agreements.values()].filter(
    ({ validUntilMs }) => now === null || validUntilMs > earlier(now, clockToleranceMs),
  );
  return current.flatMap(({ parties }) => parties.get(nation)?.kid ?? []);
}

function pinnedRoot(state: State, nation: NationCode, claimed: PublicKey, now: EpochMs | null): SigningPublicKey {
  const pinned = pinnedRoots(state, nation, now);
  if (pinned.length === 0) throw new TrustError('TRUST_NATION_NOT_PINNED', { context: { nation } });
  const root = parseSigningPublicKey(claimed);
  if (!pinned.includes(root.kid)) throw new TrustError('TRUST_DIRECTORY_ROOT_MISMATCH', { context: { nation } });
  return root;
}

/** `now` is null where dates are left to whoever asks the store. */
async function installDirectory(
  state: State,
  store: TrustStore,
  bytes: Uint8Array,
  now: EpochMs | null,
): Promise<TrustStore> {
  const directory = parseDirectoryText(readDocument(bytes, 'directory').text);
  const nation = directory.nation as NationCode;
  const root = pinnedRoot(state, nation, directory.root as PublicKey, now);
  const document = await verifyDocument(bytes, 'directory', new Map([[nation, root]]));
  if (now !== null) assertDirectoryDates(directory, now, state.clockToleranceMs);
  const before = state.directories.get(nation);
  if (before?.document.digest === document.digest) return store;
  const sound = checkDirectory(directory, root);
  if (before !== undefined) assertFollows(before, directory, sound.revokedMs);
  const installed = {
    document,
    directory,
    nation,
    root,
    expiresMs: msOf(directory.expires),
    ...sound,
  } as InstalledDirectory;
  return storeOf({ ...state, directories: new Map([...state.directories, [nation, installed]]) });
}

function assertOurs({ nation, root }: State, parties: ReadonlyMap<NationCode, SigningPublicKey>, id: string): void {
  if (parties.get(nation)?.kid !== root) throw new TrustError('TRUST_AGREEMENT_NOT_OURS', { context: { id, nation } });
}

async function installAgreement(
  state: State,
  store: TrustStore,
  bytes: Uint8Array,
  now: EpochMs | null,
): Promise<TrustStore> {
  const agreement = parseAgreementText(readDocument(bytes, 'agreement').text);
  const named = checkParties(agreement);
  const { roots, nationOfOffice } = named;
  assertOurs(state, roots, agreement.id);
  const document = await verifyDocument(bytes, 'agreement', roots);
  if (now !== null) assertAgreementDates(agreement, now, state.clockToleranceMs);
  assertArticles(agreement);
  assertResponseTimes(agreement);
  const hubs = checkRegion(agreement, named);
  const before = state.agreements.get(agreement.id);
  if (before?.document.digest === document.digest) return store;
  if (before !== undefined) assertNewerVersion(before, agreement);
  const installed = {
    document,
    agreement,
    validFromMs: msOf(agreement.validFrom),
    validUntilMs: msOf(agreement.validUntil),
    parties: roots,
    hubs,
    nationOfOffice,
    earlier: versionsBefore(before),
  } as InstalledAgreement;
  return storeOf({ ...state, agreements: new Map([...state.agreements, [agreement.id, installed]]) });
}

function keysOf({ directories, agreements, clockToleranceMs }: State): CharterKeys {
  return { directories, agreements, tolerance: clockToleranceMs };
}

function installCharter(state: State, store: TrustStore, bytes: Uint8Array, now: EpochMs | null): TrustStore {
  const charter = verifyCharter(keysOf(state), bytes, now);
  const { id } = charter.charter;
  if (![...charter.members.keys()].some((office) => nationOf(office) === state.nation))
    throw new TrustError('TRUST_CHARTER_NOT_OURS', { context: { id } });
  if (now !== null) assertCharterNotEnded(id, charter.endsMs, now, state.clockToleranceMs);
  const before = state.charters.get(id);
  const withIt = (installed: typeof charter): TrustStore =>
    storeOf({ ...state, charters: new Map([...state.charters, [id, installed]]) });
  if (before === undefined) return withIt(charter);
  if (before.document.digest !== charter.document.digest)
    throw new TrustError('TRUST_CHARTER_FORK', { context: { id } });
  const fresh = [...charter.signatures.values()].filter(({ office }) => !before.signatures.has(office as OfficeId));
  // What was verified before is not asked again: its key may have ended since.
  return fresh.length === 0 ? store : withIt(verifyCharter(keysOf(state), withSignatures(before, fresh), null));
}

async function verifyPolicyBundle({ nation, directories }: State, bytes: Uint8Array): Promise<VerifiedDocument> {
  const own = directories.get(nation);
  if (own === undefined) throw new TrustError('TRUST_DIRECTORY_MISSING', { context: { nation } });
  return verifyDocument(bytes, 'policy-bundle', new Map([[nation, own.root]]));
}

function storeOf(state: State): TrustStore {
  const { clockToleranceMs, directories, agreements, charters } = state;
  const store: TrustStore = {
    ...state,
    installDirectory: (bytes, now) => installDirectory(state, store, bytes, now),
    installAgreement: (bytes, now) => installAgreement(state, store, bytes, now),
    installCharter: (bytes, now) => installCharter(state, store, bytes, now),
    isCharterSignature: (charter, signature, at) => isCharterSignature(keysOf(state), charter, signature, at),
    assertCharterAllowed: (charter, now) => assertWithinAgreement(agreements, charter, now),
    charterFor: (operation, query) => charterCover(agreements, charters.get(operation), query, clockToleranceMs),
    keysForArrival: (receivedMs) => (claim) => keyForArrival(directories, claim, receivedMs, clockToleranceMs),
    keysForEvidence: (recordedMs) => (claim) => keyForEvidence(directories, claim, recordedMs, clockToleranceMs),
    sealingKeyOf: (office, at, drill = false) => currentSealingKey(directories, office, at, clockToleranceMs, drill),
    agreementFor: (query) => agreementCover(agreements, query, clockToleranceMs),
    regionFor: (query) => regionCover(agreements, query, clockToleranceMs),
    entitlementsTo: (hub, office, at) => regionEntitlements(agreements, { hub, office, at }, clockToleranceMs),
    hubKeysAt: (at) => hubKeys(agreements, at, clockToleranceMs),
    directoryOf: (of) => directories.get(of),
    verifyPolicyBundle: (bytes) => verifyPolicyBundle(state, bytes),
  };
  return Object.freeze(store);
}

/** A store that trusts a nation's own root key, named by the key or by its thumbprint, and nothing else yet. */
export function createTrustStore(options: {
  readonly nation: NationCode;
  readonly root: SigningPublicKey | KeyId;
  readonly clockToleranceMs?: DurationMs;
}): TrustStore {
  const { nation, root, clockToleranceMs = CLOCK_TOLERANCE_MS } = options;
  const pinned = typeof root === 'string' ? root : root.kid;
  return storeOf({
    nation,
    root: pinned,
    clockToleranceMs,
    directories: new Map(),
    agreements: new Map(),
    charters: new Map(),
  });
}

/** What an evidence store is founded on. */
export interface EvidenceStoreOptions {
  readonly nation: NationCode;
  readonly root: SigningPublicKey | KeyId;
  /** Signed documents of whatever date: agreements first, for they name the root keys of other nations. */
  readonly agreements: readonly Uint8Array[];
  readonly directories: readonly Uint8Array[];
  /** Charters of operations, whose members' keys stand in the directories. */
  readonly charters?: readonly Uint8Array[];
}

/**
 * A store of documents that may have ended long ago: each is verified as when it is installed, except that its dates are
 * left to whoever asks the store. So old evidence is judged by the keys and agreements of its time, and what arrives now
 * still needs current ones.
 * @throws TrustError as `installAgreement`, `installDirectory` and `installCharter`.
 */
export async function evidenceStore({
  nation,
  root,
  agreements,
  directories,
  charters = [],
}: EvidenceStoreOptions): Promise<TrustStore> {
  let state: State = createTrustStore({ nation, root });
  for (const bytes of agreements) state = await installAgreement(state, storeOf(state), bytes, null);
  for (const bytes of directories) state = await installDirectory(state, storeOf(state), bytes, null);
  for (const bytes of charters) state = installCharter(state, storeOf(state), bytes, null);
  return storeOf(state);
}
