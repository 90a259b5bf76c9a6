import {
  type Agency,
  type AgencyId,
  NO_OFFICERS,
  type OfficerRecord,
  type OfficersTable,
  type PrincipalName,
} from '../../core/access/index.ts';
import { OfficerAct, type OfficerRecorded } from '../../core/wire/index.ts';

/** Something that happened to an account, but for who did it. */
export type Act = Omit<OfficerRecorded, 'by'>;

/** Puts acts on record in the ledger, together. */
export type RecordActs = (acts: readonly Act[], by: string) => Promise<void>;

/** The act of that officer; `what` is a word of this software. */
export function actOf(officer: string, act: OfficerAct, what = ''): Act {
  return { officer, act, role: '', agencies: [], what };
}

/** What happened to each account and to the agencies, who decide what is seen, between the one state and the other. */
export function actsBetween(before: OfficersTable = NO_OFFICERS, after: OfficersTable): readonly Act[] {
  const names = new Set<PrincipalName>([...before.officers.keys(), ...after.officers.keys()]);
  const agencies = new Set<AgencyId>([...before.agencies.keys(), ...after.agencies.keys()]);
  return [
    ...[...agencies].flatMap((id) => actsOnAgency(id, before.agencies.get(id), after.agencies.get(id))),
    ...[...names].flatMap((name) => actsOn(name, before.officers.get(name), after.officers.get(name))),
  ];
}

function actsOnAgency(id: AgencyId, before: Agency | undefined, after: Agency | undefined): readonly Act[] {
  if (before?.crimeAreas.join() === after?.crimeAreas.join()) return [];
  const what = before === undefined ? 'agency-added' : after === undefined ? 'agency-removed' : 'agency-changed';
  return [{ ...actOf('', OfficerAct.CHANGED, what), agencies: [id] }];
}

function actsOn(name: string, before: OfficerRecord | undefined, after: OfficerRecord | undefined): readonly Act[] {
  if (after === undefined) return before?.disabledAt === undefined ? [actOf(name, OfficerAct.DISABLED)] : [];
  const terms = { role: after.role, agencies: [...after.agencies] };
  const acts: Act[] = [];
  const isOther = before?.role !== after.role || before.agencies.join() !== after.agencies.join();
  if (before === undefined) acts.push({ ...actOf(name, OfficerAct.ADDED), ...terms });
  else if (isOther) acts.push({ ...actOf(name, OfficerAct.CHANGED), ...terms });
  // Whoever signs in at the ministry as that subject is this officer: as good as another password.
  if (before?.oidcSubject !== after.oidcSubject)
    acts.push({ ...actOf(name, OfficerAct.CHANGED, 'ministry-subject'), ...terms });
  if (after.password !== undefined && before?.password?.hash !== after.password.hash)
    acts.push(actOf(name, OfficerAct.PASSWORD_SET));
  for (const { id } of after.passkeys)
    if (!before?.passkeys.some((passkey) => passkey.id === id)) acts.push(actOf(name, OfficerAct.PASSKEY_ADDED));
  for (const { id } of before?.passkeys ?? [])
    if (!after.passkeys.some((passkey) => passkey.id === id)) acts.push(actOf(name, OfficerAct.PASSKEY_REMOVED));
  if (before?.disabledAt === undefined && after.disabledAt !== undefined) acts.push(actOf(name, OfficerAct.DISABLED));
  if (before?.disabledAt !== undefined && after.disabledAt === undefined) acts.push(actOf(name, OfficerAct.ENABLED));
  return acts;
}
