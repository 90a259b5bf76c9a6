export { ACCESS_ERRORS, AccessError, type AccessErrorCode } from './errors.ts';
export { isPrincipalName, isRole } from './names.ts';
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
  type Principal,
  type PrincipalName,
  type Reach,
  ROLES,
  type Role,
  type TokenFileFault,
  type TokenId,
  type TokenRecord,
  type TokenTable,
} from './types.ts';
