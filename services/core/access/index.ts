export { type Agency, type AgencyClaims, claimsOf, isAgencyId } from './agencies.ts';
export { ACCESS_ERRORS, AccessError, type AccessErrorCode } from './errors.ts';
export { type Compartment, maySee } from './may-see.ts';
export { isPrincipalName, isRole } from './names.ts';
export {
  NO_OFFICERS,
  type OfficerRecord,
  type OfficerRole,
  type OfficersTable,
  type PasskeyRecord,
  type PasswordHash,
} from './officers.ts';
export { PERMISSIONS, reachOf, rolesFor } from './permissions.ts';
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
