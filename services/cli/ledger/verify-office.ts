import { type EpochMs, isOfficeId, type OfficeId } from '../../core/foundation/index.ts';
import { type LedgerReport, verifyLedger, type WitnessedHead, witnessedHeads } from '../../core/ledger/index.ts';
import { CliError } from '../errors.ts';
import { readText } from '../home/files.ts';
import { readOfficeTrust } from '../home/read-trust.ts';
import { officeClient } from '../office-api/office-client.ts';
import type { RegionState } from '../region/region-state.ts';
import { ledgerOfOffice } from './read-ledger.ts';

/**
 * The ledger of a running office of a region, with every signature, against what the other offices of the region have
 * seen of it. An office that does not answer is no witness: the report counts the heads that were compared.
 * @throws CliError; TrustError.
 */
export async function verifyOfficeInRegion(state: RegionState, office: OfficeId, now: EpochMs): Promise<LedgerReport> {
  const own = state.offices[office];
  if (own === undefined) throw new TypeError('an office that is not in the region');
  const batches = async (id: string): Promise<AsyncGenerator<Uint8Array>> => {
    const { http, tokens } = state.offices[id] ?? own;
    return ledgerOfOffice(officeClient({ url: http, token: (await readText(tokens.auditor)).trim() }));
  };
  const witnessed: WitnessedHead[] = [];
  for (const witness of Object.keys(state.offices)) {
    if (witness === office || !isOfficeId(witness)) continue;
    try {
      for await (const head of witnessedHeads(await batches(witness), { witness, of: office })) witnessed.push(head);
    } catch (error) {
      if (!(error instanceof CliError) || error.code !== 'CLI_API_UNREACHABLE') throw error;
    }
  }
  // What the others saw is read first: the ledger may grow meanwhile, and must hold all of it.
  const trust = await readOfficeTrust(own.home, office, now);
  return verifyLedger(await batches(office), { office, signatures: trust, witnessed });
}
