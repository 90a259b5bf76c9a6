import { describe, expect, it } from 'vitest';
import {
  type ApprovalSeen,
  type HeldSeen,
  releasePlace,
  standingApproval,
} from '../../../../services/console/src/boards/held-decision.ts';

const approval = (more: Partial<ApprovalSeen> = {}): ApprovalSeen => ({
  by: 'duty-supervisor',
  role: 'supervisor',
  at: '2026-11-22T10:00:00Z',
  reason: 'seen',
  shown: 'a',
  ...more,
});
const held = (more: Partial<HeldSeen> = {}): HeldSeen => ({
  submittedBy: 'border-desk',
  releasesNeeded: 1,
  approvals: [],
  shown: 'a',
  ...more,
});
const supervisor = { name: 'duty-supervisor', role: 'supervisor', mayRelease: true };
const oversight = { name: 'oversight', role: 'oversight', mayRelease: true };

describe('releasePlace', () => {
  it('is one release where one person is enough', () => {
    expect(releasePlace(held(), supervisor)).toEqual({ may: true, as: 'only' });
  });

  it('is the first of two where nobody has approved what is shown', () => {
    expect(releasePlace(held({ releasesNeeded: 2 }), supervisor)).toEqual({ may: true, as: 'first' });
    const lapsed = held({ releasesNeeded: 2, approvals: [approval({ shown: 'b' })] });
    expect(releasePlace(lapsed, supervisor)).toEqual({ may: true, as: 'first' });
  });

  it('is the second for another person of another role who sees the same', () => {
    const first = approval();
    expect(releasePlace(held({ releasesNeeded: 2, approvals: [first] }), oversight)).toEqual({
      may: true,
      as: 'second',
      first,
    });
  });

  it.each([
    ['the gate refuses it now', held({ shown: null }), supervisor, 'refused'],
    ['the role releases nothing', held(), { ...supervisor, mayRelease: false }, 'role'],
    ['it is their own', held({ submittedBy: 'duty-supervisor' }), supervisor, 'own'],
    ['they approved it', held({ releasesNeeded: 2, approvals: [approval()] }), supervisor, 'same-person'],
    [
      'their role approved it',
      held({ releasesNeeded: 2, approvals: [approval({ by: 'night-supervisor' })] }),
      supervisor,
      'same-role',
    ],
  ])('says why not: %s', (_, seen, looker, why) => {
    expect(releasePlace(seen, looker)).toMatchObject({ may: false, why });
  });
});

describe('standingApproval', () => {
  it('is the last one, as long as what it was given for is still shown', () => {
    const [old, last] = [approval({ shown: 'b' }), approval({ by: 'night-supervisor' })];
    expect(standingApproval({ approvals: [old, last], shown: 'a' })).toBe(last);
    expect(standingApproval({ approvals: [last, old], shown: 'a' })).toBeUndefined();
  });

  it('is the last one where nobody has looked yet', () => {
    const last = approval({ shown: 'b' });
    expect(standingApproval({ approvals: [last] })).toBe(last);
  });
});
