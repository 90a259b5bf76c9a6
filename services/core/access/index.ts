export { type Agency, type AgencyClaims, claimsOf, isAgencyId } from './agencies.ts';
export {
  addAgency,
  addOfficer,
  addPasskey,
  changeOfficer,
  countPasskey,
  disableOfficer,
  enableOfficer,
  type OfficerTerms,
  officerIn,
  ownerOfPasskey,
  removeAgency,
  removePasskey,
  resetSignIn,
  setPassword,
} from './change-officers.ts';
export { ACCESS_ERRORS, AccessError, type AccessErrorCode } from './errors.ts';
export { LOCK_OUT_RULES, type LockOut, type LockOutRules, lockOut } from './lock-out.ts';
export { type Compartment, maySee } from './may-see.ts';
export { isOfficerRole, isPrincipalName, isRole } from './names.ts';
export { newPassword, oneTimeEnd } from './new-password.ts';
export {
  hasEnded,
  NO_OFFICERS,
  type OfficerRecord,
  type OfficerRole,
  type OfficersTable,
  type PasskeyRecord,
  type PasswordHash,
} from './officers.ts';
export { formatOfficersFile, isLine, OFFICER_BOUNDS, parseOfficersFile } from './officers-file.ts';
export {
  assertPasswordGood,
  hashPassword,
  PASSWORD_COST,
  type PasswordCost,
  passwordFault,
  verifyPassword,
} from './passwords.ts';
export { PERMISSIONS, reachOf, rolesFor } from './permissions.ts';
export {
  csrfOf,
  endOfSession,
  findSession,
  isCsrfOf,
  isDisabled,
  isProvedLately,
  MAX_SESSIONS_EACH,
  mustChoosePassword,
  newSession,
  principalOfSession,
  provedSession,
  type SessionLimits,
  type SessionRecord,
  type SessionTable,
  SIGN_IN_MEANS,
  type SignInMeans,
} from './sessions.ts';
export { formatSessionsFile, parseSessionsFile } from './sessions-file.ts';
export { formatTokenFile, parseTokenFile } from './token-file.ts';
export {
  type CreatedToken,
  createToken,
  renewPrincipal,
  revokeToken,
  type TokenRequest,
  verifyToken,
} from './tokens.ts';
export {
  ACTIONS,
  type Action,
  type AgencyId,
  type Principal,
  type PrincipalName,
  type Reach,
  ROLES,
  type Role,
  type SessionId,
  type TokenFileFault,
  type TokenId,
  type TokenRecord,
  type TokenTable,
} from './types.ts';
