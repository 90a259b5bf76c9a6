import { describe, expect, it } from 'vitest';
import { newestTriage } from '../../../../services/console/src/triage/newest-triage.ts';
import { triageSentence } from '../../../../services/console/src/triage/triage-sentences.ts';

const step = { step: 1, officer: 'border-desk', at: '2026-11-22T07:03:07Z' };

describe('triageSentence', () => {
  it('tells taking from giving and from giving up', () => {
    const action = 'TRIAGE_ACTION_ASSIGN';
    expect(triageSentence({ ...step, action, assignee: 'border-desk' }).key).toBe('triage.did.took');
    expect(triageSentence({ ...step, action, assignee: 'customs-desk' })).toEqual({
      key: 'triage.did.assigned',
      values: { officer: 'border-desk', assignee: 'customs-desk' },
    });
    expect(triageSentence({ ...step, action, assignee: null }).key).toBe('triage.did.unassigned');
  });

  it('names reference, outcome and agencies', () => {
    expect(triageSentence({ ...step, action: 'TRIAGE_ACTION_CASE', caseReference: 'A-1' }).values).toMatchObject({
      caseReference: 'A-1',
    });
    expect(triageSentence({ ...step, action: 'TRIAGE_ACTION_CASE', caseReference: '' }).key).toBe(
      'triage.did.caseEnded',
    );
    const close = { ...step, action: 'TRIAGE_ACTION_CLOSE', outcome: 'TRIAGE_OUTCOME_SEIZURE' };
    expect(triageSentence(close).outcome).toBe('TRIAGE_OUTCOME_SEIZURE');
    const restrict = { ...step, action: 'TRIAGE_ACTION_RESTRICT' };
    expect(triageSentence({ ...restrict, agencies: ['customs', 'police'] }).values).toMatchObject({
      agencies: 'customs, police',
    });
    expect(triageSentence(restrict).key).toBe('triage.did.unrestricted');
  });

  it('says also of an act that it does not know that it was done', () => {
    expect(triageSentence({ ...step, action: '99' })).toMatchObject({ key: 'triage.did.other' });
  });
});

describe('newestTriage', () => {
  it('takes the one with more steps', () => {
    expect(newestTriage({ step: 2 }, { step: 3 })).toEqual({ step: 3 });
    expect(newestTriage({ step: 2 }, { step: 1 })).toEqual({ step: 2 });
    expect(newestTriage({ step: 2 }, undefined)).toEqual({ step: 2 });
  });
});
