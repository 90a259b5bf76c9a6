import type { Action, Reach, Role } from './types.ts';

/**
 * Who may do what; what is not in the table may not be done.
 *
 * A system submits and sees what became of its own submissions. An officer works with messages, a supervisor also
 * decides on held ones and takes evidence. Oversight says nothing itself: it is the other role where a release takes two
 * persons, and alone closes the review of what went past the hold. An auditor sees everything and changes nothing, an
 * operator keeps the node running and sees no content.
 */
export const PERMISSIONS: Readonly<Record<Role, Readonly<Partial<Record<Action, Reach>>>>> = {
  system: {
    submit: 'all',
    preview: 'all',
    'read-outbox': 'own',
    'read-requests': 'own',
    'read-message': 'own',
    search: 'all',
    'read-hits': 'own',
    'keep-lookouts': 'own',
    'read-lookouts': 'own',
    'follow-events': 'own',
  },
  officer: {
    recall: 'own',
    'read-recalls': 'all',
    submit: 'all',
    preview: 'all',
    'read-inbox': 'all',
    'read-outbox': 'all',
    'read-requests': 'all',
    'take-steps': 'all',
    'read-held': 'all',
    'read-message': 'all',
    'read-reviews': 'all',
    retrieve: 'all',
    'break-glass': 'all',
    search: 'all',
    'read-hits': 'all',
    'keep-lookouts': 'all',
    'read-lookouts': 'all',
    'follow-events': 'all',
    'read-links': 'all',
    'read-directory': 'all',
    'read-agreements': 'all',
  },
  supervisor: {
    recall: 'all',
    'answer-recall': 'all',
    'read-recalls': 'all',
    'read-recalled': 'all',
    submit: 'all',
    preview: 'all',
    'read-inbox': 'all',
    'read-outbox': 'all',
    'read-requests': 'all',
    'take-steps': 'all',
    'read-held': 'all',
    'read-message': 'all',
    'read-evidence': 'all',
    'read-reviews': 'all',
    retrieve: 'all',
    release: 'all',
    reject: 'all',
    'break-glass': 'all',
    search: 'all',
    'read-hits': 'all',
    'read-search-figures': 'all',
    'keep-lookouts': 'all',
    'read-lookouts': 'all',
    'follow-events': 'all',
    'read-links': 'all',
    'read-quarantine': 'all',
    'read-directory': 'all',
    'read-agreements': 'all',
    'read-ledger-head': 'all',
  },
  oversight: {
    'answer-recall': 'all',
    'read-recalls': 'all',
    'read-recalled': 'all',
    'read-inbox': 'all',
    'read-outbox': 'all',
    'read-requests': 'all',
    'read-held': 'all',
    'read-message': 'all',
    'read-evidence': 'all',
    'read-reviews': 'all',
    release: 'all',
    reject: 'all',
    'close-review': 'all',
    'read-hits': 'all',
    'read-search-figures': 'all',
    'read-lookouts': 'all',
    'follow-events': 'all',
    'read-directory': 'all',
    'read-agreements': 'all',
    'read-ledger-head': 'all',
  },
  auditor: {
    'read-recalls': 'all',
    'read-recalled': 'all',
    'read-reviews': 'all',
    'read-inbox': 'all',
    'read-outbox': 'all',
    'read-requests': 'all',
    'read-held': 'all',
    'read-message': 'all',
    'read-evidence': 'all',
    'read-hits': 'all',
    'read-search-figures': 'all',
    'read-lookouts': 'all',
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
