import type { Action, Principal, PrincipalName, Reach, Role } from './types.ts';

/**
 * Who may do what; what is not in the table may not be done.
 *
 * A system submits and sees what became of its own submissions. An officer works with messages, a supervisor also
 * decides on held ones and takes evidence, an auditor sees everything and changes nothing, an operator keeps the node
 * running and sees no content.
 */
export const PERMISSIONS: Readonly<Record<Role, Readonly<Partial<Record<Action, Reach>>>>> = {
  system: {
    submit: 'all',
    preview: 'all',
    'read-outbox': 'own',
    'read-message': 'own',
    'follow-events': 'own',
  },
  officer: {
    submit: 'all',
    preview: 'all',
    'read-inbox': 'all',
    'read-outbox': 'all',
    'read-held': 'all',
    'read-message': 'all',
    retrieve: 'all',
    'follow-events': 'all',
    'read-links': 'all',
    'read-directory': 'all',
    'read-agreements': 'all',
  },
  supervisor: {
    submit: 'all',
    preview: 'all',
    'read-inbox': 'all',
    'read-outbox': 'all',
    'read-held': 'all',
    'read-message': 'all',
    'read-evidence': 'all',
    retrieve: 'all',
    release: 'all',
    reject: 'all',
    'follow-events': 'all',
    'read-links': 'all',
    'read-quarantine': 'all',
    'read-directory': 'all',
    'read-agreements': 'all',
    'read-ledger-head': 'all',
  },
  auditor: {
    'read-inbox': 'all',
    'read-outbox': 'all',
    'read-held': 'all',
    'read-message': 'all',
    'read-evidence': 'all',
    'follow-events': 'all',
    'read-links': 'all',
    'read-quarantine': 'all',
    'read-directory': 'all',
    'read-agreements': 'all',
    'read-ledger-head': 'all',
    'read-ledger': 'all',
    'read-metrics': 'all',
  },
  operator: {
    'read-links': 'all',
    'read-quarantine': 'all',
    'read-ledger-head': 'all',
    'read-metrics': 'all',
  },
};

/** How far that role may do that; `undefined` where it may not. */
export function reachOf(role: Role, action: Action): Reach | undefined {
  return PERMISSIONS[role][action];
}

/** The roles that may do that, in order of the roles. */
export function rolesFor(action: Action): readonly Role[] {
  return (Object.keys(PERMISSIONS) as Role[]).filter((role) => reachOf(role, action) !== undefined);
}

/**
 * Whether two persons have to do with it: nobody releases what they submitted themselves, with whichever of their
 * tokens. An inbound message has no author here.
 */
export function isReleaseByAnother(releaser: Principal, author: PrincipalName | string | undefined): boolean {
  return author === undefined || releaser.name !== author;
}
