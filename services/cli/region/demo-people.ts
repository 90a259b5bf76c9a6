import {
  addAgency,
  addOfficer,
  hashPassword,
  newPassword,
  type OfficerRole,
  type OfficersTable,
  type PasswordCost,
  type PasswordHash,
  setPassword,
} from '../../core/access/index.ts';
import type { EpochMs } from '../../core/foundation/index.ts';
import { ensurePrivateFile, readIfThere } from '../home/files.ts';
import { changeOfficers, crimeAreas } from '../home/officers.ts';
import { officeHome } from '../home/paths.ts';
import { RegionError } from './errors.ts';
import type { DemoSignIn } from './region-state.ts';

interface DemoOfficer {
  readonly name: string;
  readonly role: OfficerRole;
  readonly displayName: string;
  readonly agencies: readonly string[];
}

/** The agencies of every office of the demonstration. */
const AGENCIES = [
  { id: 'narcotics', name: 'Narcotics control', crimeAreas: ['CRIME_AREA_DRUGS', 'CRIME_AREA_PRECURSORS'] },
  {
    id: 'border-police',
    name: 'Border police',
    crimeAreas: [
      'CRIME_AREA_PEOPLE_SMUGGLING',
      'CRIME_AREA_DOCUMENT_FRAUD',
      'CRIME_AREA_TRAFFICKING_FORCED_CRIMINALITY',
      'CRIME_AREA_TRAFFICKING_SEXUAL_EXPLOITATION',
      'CRIME_AREA_TRAFFICKING_FORCED_LABOUR',
      'CRIME_AREA_TRAFFICKING_FORCED_MARRIAGE',
    ],
  },
  {
    id: 'customs',
    name: 'Customs',
    crimeAreas: [
      'CRIME_AREA_COUNTERFEIT_GOODS',
      'CRIME_AREA_WILDLIFE',
      'CRIME_AREA_TIMBER',
      'CRIME_AREA_STOLEN_VEHICLES',
    ],
  },
] as const;

/** The people of every office of the demonstration: posts, not persons. */
const PEOPLE: readonly DemoOfficer[] = [
  { name: 'narcotics-desk', role: 'officer', displayName: 'Narcotics desk', agencies: ['narcotics'] },
  { name: 'border-desk', role: 'officer', displayName: 'Border police desk', agencies: ['border-police'] },
  { name: 'customs-desk', role: 'officer', displayName: 'Customs desk', agencies: ['customs'] },
  { name: 'duty-supervisor', role: 'supervisor', displayName: 'Duty supervisor', agencies: [] },
  { name: 'oversight', role: 'oversight', displayName: 'Oversight', agencies: [] },
  { name: 'auditor', role: 'auditor', displayName: 'Auditor', agencies: [] },
  { name: 'operator', role: 'operator', displayName: 'Operator', agencies: [] },
];

/** Little work, since the password is of sixty random bits; what people choose costs more. */
const COST: PasswordCost = { cost: 2 ** 13, blockSize: 8, parallelization: 1 };

/**
 * The office has the demonstration's agencies and people, with a password that was made for this folder. People whom
 * somebody changed stay as they are. @throws RegionError REGION_STATE_INVALID; AccessError; CliError.
 */
export async function ensureDemoPeople(officeFolder: string, now: EpochMs): Promise<readonly DemoSignIn[]> {
  const file = officeHome.demoPasswords(officeFolder);
  const text = await ensurePrivateFile(file, () => `${JSON.stringify({ password: newPassword() })}\n`);
  const password = passwordIn(text, file);
  if ((await readIfThere(officeHome.officers(officeFolder))) === undefined) {
    const hash = await hashPassword(password, COST);
    await changeOfficers(officeFolder, (table) => withDemoPeople(table, hash, now));
  }
  return PEOPLE.map(({ name, role }) => ({ name, role, password }));
}

function withDemoPeople(before: OfficersTable, hash: PasswordHash, now: EpochMs): OfficersTable {
  let table = before;
  for (const agency of AGENCIES) table = addAgency(table, agency, crimeAreas());
  for (const { name, ...terms } of PEOPLE)
    table = setPassword(addOfficer(table, name, terms, now), name, hash, undefined);
  return table;
}

function passwordIn(text: string, file: string): string {
  try {
    const { password } = JSON.parse(text) as { readonly password?: unknown };
    if (typeof password === 'string') return password;
  } catch {
    // Told below, with what it is.
  }
  throw new RegionError('REGION_STATE_INVALID', { context: { file } });
}
