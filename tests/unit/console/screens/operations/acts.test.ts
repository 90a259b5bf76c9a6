import { describe, expect, it } from 'vitest';
import {
  possibleActs,
  postTypesFor,
  removableMembers,
  silentBecause,
} from '../../../../../services/console/src/screens/operations/acts.ts';
import { LA, MM, member, operation, TH } from './fixtures.ts';

const invited = [member(TH), member(LA, { state: 'invited' }), member(MM)];

describe('possibleActs', () => {
  it('lets who was invited sign or decline, and who declined sign', () => {
    expect(possibleActs(operation({ state: 'proposed', members: invited }), LA)).toEqual(['SIGN', 'DECLINE']);
    const declined = [member(TH), member(LA, { state: 'declined' })];
    expect(possibleActs(operation({ members: declined }), LA)).toEqual(['SIGN']);
  });

  it('lets a member leave while anything is under way, and the lead never', () => {
    for (const state of ['proposed', 'live', 'suspended', 'closing'] as const)
      expect(possibleActs(operation({ state }), LA)).toEqual(['LEAVE']);
    expect(possibleActs(operation({ state: 'closed' }), LA)).toEqual([]);
    expect(possibleActs(operation({ state: 'live' }), TH)).not.toContain('LEAVE');
  });

  it('lets the lead suspend what is live and resume what is suspended', () => {
    expect(possibleActs(operation({ state: 'live' }), TH)).toEqual(['SUSPEND', 'REMOVE', 'CLOSE']);
    expect(possibleActs(operation({ state: 'suspended' }), TH)).toEqual(['RESUME', 'REMOVE', 'CLOSE']);
    expect(possibleActs(operation({ state: 'closing' }), TH)).toEqual([]);
  });

  it('offers no removal where nobody is left to be removed', () => {
    const alone = [member(TH), member(LA, { state: 'left' })];
    expect(possibleActs(operation({ members: alone }), TH)).toEqual(['SUSPEND', 'CLOSE']);
  });

  it('offers nothing to an office that the charter does not name, or that is gone', () => {
    expect(possibleActs(operation(), 'vn-lao-bao')).toEqual([]);
    expect(possibleActs(operation({ members: [member(TH), member(LA, { state: 'removed' })] }), LA)).toEqual([]);
  });
});

describe('removableMembers', () => {
  it('are all but the lead and those who are gone', () => {
    const members = [member(TH), member(LA, { state: 'removed' }), member(MM, { state: 'invited' })];
    expect(removableMembers({ members, lead: TH }).map(({ office }) => office)).toEqual([MM]);
  });
});

describe('postTypesFor', () => {
  it('leaves tasks and decisions to the lead', () => {
    expect(postTypesFor(operation(), TH)).toContain('POST_TYPE_TASKING');
    expect(postTypesFor(operation(), LA)).not.toContain('POST_TYPE_TASKING');
    expect(postTypesFor(operation(), LA)).not.toContain('POST_TYPE_DECISION');
    expect(postTypesFor(operation(), LA)).toContain('POST_TYPE_SITREP');
  });

  it('is empty for an observer, and while nothing is live', () => {
    const members = [member(TH), member(LA, { role: 'OPERATION_ROLE_OBSERVER' })];
    expect(postTypesFor(operation({ members }), LA)).toEqual([]);
    expect(postTypesFor(operation({ state: 'suspended' }), TH)).toEqual([]);
  });
});

describe('silentBecause', () => {
  it('says why an office says nothing', () => {
    expect(silentBecause(operation(), LA)).toBeUndefined();
    expect(silentBecause(operation({ state: 'closing' }), LA)).toBe('not-live');
    expect(silentBecause(operation({ members: invited }), LA)).toBe('not-joined');
    const members = [member(TH), member(LA, { role: 'OPERATION_ROLE_OBSERVER' })];
    expect(silentBecause(operation({ members }), LA)).toBe('observer');
  });
});
