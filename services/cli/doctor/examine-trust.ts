import { type EpochMs, isLiaisonError, nationOf, type OfficeId, systemClock } from '../../core/foundation/index.ts';
import type { TrustStore } from '../../core/trust/index.ts';
import { readOfficeTrust } from '../home/read-trust.ts';
import type { Finding } from './finding.ts';

type Note = (verdict: Finding['verdict'], what: string, finding: string) => void;

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

/** How long an office's keys, directories and agreements are still good. */
export async function examineTrust(folder: string, office: OfficeId, note: Note): Promise<void> {
  const now = systemClock.now();
  let store: TrustStore;
  try {
    store = await readOfficeTrust(folder, office, now);
  } catch (error) {
    if (!isLiaisonError(error)) throw error;
    note('bad', 'trust', `${error.code}: ${error.message}`);
    return;
  }
  const until = (what: string, end: EpochMs, more = ''): void => {
    const days = Math.floor((end - now) / DAY_MS);
    const verdict = end <= now ? 'bad' : days < SOON_DAYS ? 'soon' : 'good';
    note(verdict, what, `${days} days left${more}`);
  };
  const entry = store.directoryOf(nationOf(office))?.offices.get(office);
  if (entry === undefined) note('bad', 'keys', "the nation's directory does not list this office");
  for (const key of entry?.signing.values() ?? [])
    until('signing key', key.notAfterMs, `, ${ageOf(key.notBeforeMs, now)} days old`);
  for (const key of entry?.sealing ?? [])
    until('sealing key', key.notAfterMs, `, ${ageOf(key.notBeforeMs, now)} days old`);
  for (const key of entry?.drillSigning.values() ?? [])
    until('signing key for exercises', key.notAfterMs, `, ${ageOf(key.notBeforeMs, now)} days old`);
  for (const key of entry?.drillSealing ?? [])
    until('sealing key for exercises', key.notAfterMs, `, ${ageOf(key.notBeforeMs, now)} days old`);
  if (entry?.drillSigning.size === 0)
    note('soon', 'keys for exercises', 'none is listed: this office can hold no exercise before its keys are rotated');
  for (const directory of store.directories.values()) until(`directory of ${directory.nation}`, directory.expiresMs);
  for (const { agreement, validUntilMs } of store.agreements.values())
    until(`agreement ${agreement.id}`, validUntilMs, `, version ${agreement.version}`);
}

function ageOf(since: EpochMs, now: EpochMs): number {
  return Math.max(0, Math.floor((now - since) / DAY_MS));
}
