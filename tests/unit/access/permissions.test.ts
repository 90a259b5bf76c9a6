import { describe, expect, it } from 'vitest';
import {
  ACTIONS,
  type Action,
  isReleaseByAnother,
  PERMISSIONS,
  type Principal,
  type PrincipalName,
  ROLES,
  reachOf,
  rolesFor,
  type TokenId,
} from '../../../services/core/access/index.ts';

const changes: readonly Action[] = ['submit', 'retrieve', 'release', 'reject'];
const contents: readonly Action[] = [
  'read-inbox',
  'read-outbox',
  'read-held',
  'read-message',
  'read-evidence',
  'preview',
  'read-ledger',
];

const principal = (name: string): Principal => ({
  tokenId: '0'.repeat(16) as TokenId,
  role: 'supervisor',
  name: name as PrincipalName,
});

describe('PERMISSIONS', () => {
  it('names roles and actions that exist and no others', () => {
    expect(Object.keys(PERMISSIONS).sort()).toEqual([...ROLES].sort());
    for (const actions of Object.values(PERMISSIONS))
      for (const action of Object.keys(actions)) expect(ACTIONS).toContain(action);
  });

  it('lets somebody do each action', () => {
    for (const action of ACTIONS) expect(rolesFor(action)).not.toEqual([]);
  });

  it.each(changes)('lets an auditor and an operator not %s', (action) => {
    expect(reachOf('auditor', action)).toBeUndefined();
    expect(reachOf('operator', action)).toBeUndefined();
  });

  it.each(contents)('lets an operator not %s', (action) => {
    expect(reachOf('operator', action)).toBeUndefined();
  });

  it('lets an auditor do everything that begins with read', () => {
    for (const action of ACTIONS.filter((name) => name.startsWith('read-')))
      expect(reachOf('auditor', action)).toBe('all');
  });

  it('lets supervisors alone release and reject', () => {
    expect(rolesFor('release')).toEqual(['supervisor']);
    expect(rolesFor('reject')).toEqual(['supervisor']);
  });

  it('lets system, officer and supervisor submit', () => {
    expect(rolesFor('submit')).toEqual(['system', 'officer', 'supervisor']);
  });

  it('shows a system only what it submitted itself', () => {
    expect(reachOf('system', 'read-outbox')).toBe('own');
    expect(reachOf('system', 'read-message')).toBe('own');
    expect(reachOf('system', 'follow-events')).toBe('own');
    expect(reachOf('system', 'read-inbox')).toBeUndefined();
  });
});

describe('isReleaseByAnother', () => {
  it('refuses the author, by name and not by token', () => {
    expect(isReleaseByAnother(principal('duty-2'), 'duty-2')).toBe(false);
  });

  it('lets another one release, and anybody what has no author here', () => {
    expect(isReleaseByAnother(principal('duty-2'), 'duty-1')).toBe(true);
    expect(isReleaseByAnother(principal('duty-2'), undefined)).toBe(true);
  });
});
