import { describe, expect, it } from 'vitest';
import { ACTIONS, type Action, PERMISSIONS, ROLES, reachOf, rolesFor } from '../../../services/core/access/index.ts';

const changes: readonly Action[] = ['submit', 'retrieve', 'release', 'reject', 'break-glass', 'close-review'];
const contents: readonly Action[] = [
  'read-inbox',
  'read-outbox',
  'read-held',
  'read-message',
  'read-evidence',
  'preview',
  'read-ledger',
];

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

  it('lets supervisors and oversight release and reject: two roles, for a release that takes two persons', () => {
    expect(rolesFor('release')).toEqual(['supervisor', 'oversight']);
    expect(rolesFor('reject')).toEqual(['supervisor', 'oversight']);
  });

  it('lets officers ask an originator and pass on, and supervisors alone answer as one or open parts', () => {
    expect(rolesFor('ask-originator')).toEqual(['officer', 'supervisor']);
    expect(rolesFor('forward')).toEqual(['officer', 'supervisor']);
    expect(rolesFor('answer-originator')).toEqual(['supervisor']);
    expect(rolesFor('open-parts')).toEqual(['supervisor']);
  });

  it('lets officers and supervisors send past the hold, never a system, and oversight alone review it', () => {
    expect(rolesFor('break-glass')).toEqual(['officer', 'supervisor']);
    expect(rolesFor('close-review')).toEqual(['oversight']);
    expect(reachOf('oversight', 'submit')).toBeUndefined();
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
