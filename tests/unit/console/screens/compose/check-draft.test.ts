import { describe, expect, it } from 'vitest';
import { withValueAt } from '../../../../../services/console/src/forms/json.ts';
import { checkDraft } from '../../../../../services/console/src/screens/compose/check-draft.ts';
import { type Template, templateOf } from '../../../../../services/console/src/screens/compose/templates.ts';

const template = (id: string): Template => templateOf(id) as Template;
const missing = (id: string, value = template(id).preset): readonly string[] =>
  checkDraft(template(id), value).missing.map(({ field }) => field);

describe('checkDraft', () => {
  it('tells what a fresh warning still needs, from the top of the form down', () => {
    expect(missing('warning')).toEqual(['recipients', 'alert.crimeArea']);
  });

  it('has nothing to say of one that is complete', () => {
    const value = {
      ...withValueAt(template('warning').preset, 'alert.crimeArea', 'CRIME_AREA_DRUGS'),
      recipients: ['la-houayxay'],
    };
    const checked = checkDraft(template('warning'), value);
    expect([...checked.missing, ...checked.wrong]).toEqual([]);
    expect(checked.prepared).toEqual(value);
  });

  it('demands the reason of an emergency, which the contract leaves free', () => {
    expect(missing('life-safety')).toContain('emergency.reason');
  });

  it('demands no office of what changes an earlier message, but the message', () => {
    expect(missing('update')).toContain('supersedes');
    expect(
      missing('update', { ...template('update').preset, supersedes: '01981bd2-6f4e-7abc-8def-0123456789ab' }),
    ).not.toContain('recipients');
  });

  it('demands the words of a restriction in words', () => {
    expect(missing('warning', { ...template('warning').preset, handling: 'HANDLING_CODE_H3' })).toContain('caveat');
    expect(
      missing('warning', { ...template('warning').preset, handling: 'HANDLING_CODE_H3', caveat: 'ask first' }),
    ).not.toContain('caveat');
  });

  it('demands that a subject says what it is', () => {
    const value = withValueAt(template('warning').preset, 'alert.subjects', [{ role: 'SUBJECT_ROLE_SUSPECT' }]);
    expect(missing('warning', value)).toContain('alert.subjects[0]');
  });

  it('tells what is wrong apart from what is missing', () => {
    const value = withValueAt(template('warning').preset, 'caseReference', 'a b');
    expect(checkDraft(template('warning'), value).wrong).toEqual([{ field: 'caseReference', reason: 'format-wrong' }]);
  });
});
