import type { NewestOfSubject } from '../../core/bus/index.ts';
import {
  type Clock,
  type EpochMs,
  isLiaisonError,
  isOfficeId,
  type NationCode,
  nationOf,
  type OfficeId,
} from '../../core/foundation/index.ts';
import { hubDirectorySubject } from '../../core/subjects/index.ts';
import {
  CLOCK_TOLERANCE_MS,
  type InstalledAgreement,
  type InstalledDirectory,
  type KeyClaim,
  type KeyOf,
  type RegionEntitlement,
  regionEntitlements,
  type TrustStore,
} from '../../core/trust/index.ts';
import { HubError } from '../errors.ts';
import { type HubIdentity, trustAgreement } from './hub-agreement.ts';
import { readTrustFolder, type TrustFolder } from './read-trust-folder.ts';

/** Whom the hub trusts: the roots of the parties of those agreements that name it, each under its own agreement. */
export interface HubTrust {
  readonly agreements: () => ReadonlyMap<string, InstalledAgreement>;
  /** Keys for what arrives at that moment and rests on that agreement, or on any. */
  readonly keyOf: (at: EpochMs, agreement?: string) => KeyOf;
  readonly entitlements: (office: OfficeId, at: EpochMs) => readonly RegionEntitlement[];
  /** The newest directory of each nation. */
  readonly directories: () => ReadonlyMap<NationCode, InstalledDirectory>;
  /** Takes a newer directory in; it is on disk when this resolves. False where it was known. @throws TrustError, HubError HUB_OFFICE_UNKNOWN; BusError. */
  readonly install: (bytes: Uint8Array, from: OfficeId) => Promise<boolean>;
  /** Looks into the folder again. */
  readonly refresh: () => Promise<void>;
  readonly onChange: (listener: () => void) => void;
}

/** What the trust of a hub is made from. */
export interface HubTrustParts extends HubIdentity {
  readonly folder: string;
  readonly kept: NewestOfSubject;
  readonly clock: Clock;
  /** Hears of each document in the folder that does not count. */
  readonly onRefused: (file: string, error: unknown) => void;
}

/** The trust of a hub from its folder and from what nations sent it before. @throws BusError. */
export async function openHubTrust(parts: HubTrustParts): Promise<HubTrust> {
  const { clock } = parts;
  let stores: ReadonlyMap<string, TrustStore> = new Map();
  let agreements: ReadonlyMap<string, InstalledAgreement> = new Map();
  let newest: ReadonlyMap<NationCode, InstalledDirectory> = new Map();
  const hold = (next: ReadonlyMap<string, TrustStore>): void => {
    stores = next;
    agreements = new Map([...next.values()].flatMap((store) => [...store.agreements]));
    newest = newestIn(next);
  };
  let stamp = '';
  const listeners: (() => void)[] = [];
  const sent = new Map<string, Uint8Array>();
  for await (const { subject, bytes } of parts.kept.readAll()) sent.set(subject, bytes);

  /** Every store that has the nation as a party takes it in, or the reason why none does is thrown. */
  const withDirectory = async (
    before: ReadonlyMap<string, TrustStore>,
    bytes: Uint8Array,
  ): Promise<ReadonlyMap<string, TrustStore>> => {
    const after = new Map(before);
    let failure: unknown = new HubError('HUB_OFFICE_UNKNOWN');
    let accepted = false;
    for (const [id, store] of before) {
      try {
        after.set(id, await store.installDirectory(bytes, clock.now()));
        accepted = true;
      } catch (error) {
        if (!isLiaisonError(error)) throw error;
        // That another agreement does not have this nation says nothing of the directory.
        if (error.code !== 'TRUST_NATION_NOT_PINNED') failure = error;
      }
    }
    if (!accepted) throw failure;
    return after;
  };

  const load = async ({ agreements: files, directories }: TrustFolder): Promise<void> => {
    let loaded = new Map<string, TrustStore>();
    for (const { name, bytes } of files) {
      try {
        const { id, store } = await trustAgreement(bytes, parts, (known) => stores.get(known), clock.now());
        loaded.set(id, store);
      } catch (error) {
        if (!isLiaisonError(error)) throw error;
        parts.onRefused(name, error);
      }
    }
    const offered = [
      ...directories,
      ...[...sent].map(([subject, bytes]) => ({ name: subject, bytes })),
      ...[...newest.values()].map(({ nation, document }) => ({ name: nation, bytes: document.bytes })),
    ];
    for (const { name, bytes } of offered) {
      try {
        loaded = new Map(await withDirectory(loaded, bytes));
      } catch (error) {
        if (!isLiaisonError(error)) throw error;
        // One that a newer one has replaced is no finding.
        if (error.code !== 'TRUST_DIRECTORY_ROLLBACK') parts.onRefused(name, error);
      }
    }
    hold(loaded);
  };

  const refresh = async (): Promise<void> => {
    const folder = await readTrustFolder(parts.folder);
    if (folder.stamp === stamp) return;
    await load(folder);
    stamp = folder.stamp;
    for (const listener of listeners) listener();
  };
  await refresh();

  return {
    agreements: () => agreements,
    keyOf: (at, agreement) => (claim) => keyOfAny(stores, at, claim, agreement),
    entitlements: (office, at) => regionEntitlements(agreements, { office, hub: parts.hub, at }, CLOCK_TOLERANCE_MS),
    directories: () => newest,
    install: async (bytes, from) => {
      const before = newest.get(nationOf(from))?.document.digest;
      const after = await withDirectory(stores, bytes);
      const installed = newestIn(after).get(nationOf(from));
      // A nation's directory comes from its own offices: the subject says whose word it is.
      if (installed === undefined || installed.document.digest === before) return false;
      const subject = hubDirectorySubject(installed.nation);
      await parts.kept.put(subject, installed.document.bytes);
      sent.set(subject, installed.document.bytes);
      hold(after);
      for (const listener of listeners) listener();
      return true;
    },
    refresh,
    onChange: (listener) => void listeners.push(listener),
  };
}

function newestIn(stores: ReadonlyMap<string, TrustStore>): ReadonlyMap<NationCode, InstalledDirectory> {
  const newest = new Map<NationCode, InstalledDirectory>();
  for (const store of stores.values())
    for (const [nation, installed] of store.directories)
      if (installed.directory.sequence > (newest.get(nation)?.directory.sequence ?? 0)) newest.set(nation, installed);
  return newest;
}

/** The first of the stores that know the signer's nation and vouch for the key; the reason of the last where none does. */
function keyOfAny(
  stores: ReadonlyMap<string, TrustStore>,
  at: EpochMs,
  claim: KeyClaim,
  agreement: string | undefined,
): ReturnType<KeyOf> {
  const nation = isOfficeId(claim.signer) ? nationOf(claim.signer) : undefined;
  let failure: unknown = new HubError('HUB_OFFICE_UNKNOWN');
  for (const [id, store] of stores) {
    if (nation === undefined || (agreement !== undefined && id !== agreement)) continue;
    if (store.agreements.get(id)?.nationOfOffice.get(claim.signer as OfficeId) !== nation) continue;
    try {
      return store.keysForArrival(at)(claim);
    } catch (error) {
      if (!isLiaisonError(error)) throw error;
      failure = error;
    }
  }
  throw failure;
}
