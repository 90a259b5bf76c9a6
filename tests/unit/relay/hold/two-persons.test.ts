import { describe, expect, it } from 'vitest';
import type { Digest, EpochMs } from '../../../../services/core/foundation/index.ts';
import type { ApprovalView } from '../../../../services/core/ledger/index.ts';
import { nextStep } from '../../../../services/core/relay/hold/two-persons.ts';
import type { Person } from '../../../../services/core/relay/index.ts';

const SHOWN = 'a'.repeat(64) as Digest;
const OTHER = 'b'.repeat(64) as Digest;
const supervisor: Person = { name: 'supervisor-1', role: 'supervisor' };
const oversight: Person = { name: 'oversight-1', role: 'oversight' };

function approval(by: Person, shown: Digest = SHOWN): ApprovalView {
  return { by: by.name, role: by.role, reason: 'seen', shown, atMs: 0 as EpochMs };
}

const step = (person: Person, needed: number, approvals: readonly ApprovalView[] = [], author = 'officer-1') =>
  nextStep(person, SHOWN, needed, { author, approvals });

const codeThrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('nextStep', () => {
  it('lets one person release where one is enough', () => {
    expect(step(supervisor, 1)).toEqual({ step: 'release', approvedBy: '' });
    expect(step(supervisor, 0)).toEqual({ step: 'release', approvedBy: '' });
  });

  it('takes the first of two as an approval, and the second as the release', () => {
    expect(step(supervisor, 2)).toEqual({ step: 'approve', lapsed: [] });
    expect(step(oversight, 2, [approval(supervisor)])).toEqual({ step: 'release', approvedBy: 'supervisor-1' });
  });

  it.each([1, 2])('refuses the author where %i are needed, in whatever role', (needed) => {
    expect(codeThrown(() => step(supervisor, needed, [], 'supervisor-1'))).toBe('HOLD_OWN_MESSAGE');
    expect(codeThrown(() => step(oversight, needed, [approval(supervisor)], 'oversight-1'))).toBe('HOLD_OWN_MESSAGE');
  });

  it('refuses the same person twice, in another role too', () => {
    const twice: Person = { name: 'supervisor-1', role: 'oversight' };
    expect(codeThrown(() => step(supervisor, 2, [approval(supervisor)]))).toBe('HOLD_SAME_PERSON');
    expect(codeThrown(() => step(twice, 2, [approval(supervisor)]))).toBe('HOLD_SAME_PERSON');
  });

  it('refuses another person of the same role', () => {
    const colleague: Person = { name: 'supervisor-2', role: 'supervisor' };
    expect(codeThrown(() => step(colleague, 2, [approval(supervisor)]))).toBe('HOLD_SAME_ROLE');
  });

  it('counts no approval of anything else than what would pass now, and says whose lapsed', () => {
    expect(step(oversight, 2, [approval(supervisor, OTHER)])).toEqual({ step: 'approve', lapsed: ['supervisor-1'] });
    expect(step(supervisor, 2, [approval(supervisor, OTHER)])).toEqual({ step: 'approve', lapsed: ['supervisor-1'] });
  });

  it('lets no approval that had lapsed count again because the law changed back', () => {
    const history = [approval(supervisor), approval(oversight, OTHER)];
    expect(step({ name: 'oversight-2', role: 'oversight' }, 2, history)).toEqual({
      step: 'approve',
      lapsed: ['oversight-1'],
    });
  });
});
