import { describe, expect, it } from 'vitest';
import { allFieldsOf, FILLED_IN, fieldAt, fieldsOf } from '../../../../services/console/src/forms/contract.ts';
import { FILLED_BY_ITSELF, FIRST_FIELDS } from '../../../../services/console/src/forms/first-fields.ts';
import { isWithin, pathOf, stepsOf, valueAt, withValueAt } from '../../../../services/console/src/forms/json.ts';
import { prepare } from '../../../../services/console/src/forms/prepare.ts';
import { fittedSides } from '../../../../services/console/src/forms/scale-photo.ts';

describe('stepsOf', () => {
  it('takes a path of the office apart', () => {
    expect(stepsOf('alert.subjects[10].person')).toEqual(['alert', 'subjects', 10, 'person']);
    expect(stepsOf('')).toEqual([]);
  });
});

describe('valueAt', () => {
  it('finds what is there, and nothing that is not', () => {
    const root = { alert: { subjects: [{ role: 'x' }] } };
    expect(valueAt(root, 'alert.subjects[0].role')).toBe('x');
    expect(valueAt(root, 'alert.subjects[1].role')).toBeUndefined();
    expect(valueAt(root, 'alert.constructor')).toBeUndefined();
    expect(valueAt(root, 'alert[0]')).toBeUndefined();
  });
});

describe('withValueAt', () => {
  it('changes one place and keeps all else, the order of fields too', () => {
    const root = { a: 1, list: [{ b: 1 }], z: 2 };
    const next = withValueAt(root, 'list[0].b', 2);
    expect(next).toEqual({ a: 1, list: [{ b: 2 }], z: 2 });
    expect(Object.keys(next)).toEqual(['a', 'list', 'z']);
    expect(root.list[0]?.b).toBe(1);
  });

  it('makes what is on the way', () => {
    expect(withValueAt({}, 'alert.subjects[0].role', 'x')).toEqual({ alert: { subjects: [{ role: 'x' }] } });
  });

  it('takes away where there is nothing to put', () => {
    expect(withValueAt({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
    expect(withValueAt({ list: ['x', 'y'] }, 'list[0]', undefined)).toEqual({ list: ['y'] });
  });
});

describe('isWithin', () => {
  it('is about whole steps of a path', () => {
    expect(isWithin('alert.place.name', 'alert.place')).toBe(true);
    expect(isWithin('alert.places', 'alert.place')).toBe(false);
    expect(isWithin('recipients[0]', 'recipients')).toBe(true);
    expect(pathOf('', 'alert')).toBe('alert');
  });
});

describe('prepare', () => {
  it('leaves out what is empty and takes spaces from around a line', () => {
    const value = {
      recipients: ['la-houayxay', ''],
      caseReference: ' C-1 ',
      drill: false,
      emergency: {},
      alert: {
        headline: '',
        narrative: ' text \n',
        place: { position: {} },
        subjects: [{ person: {} }, {}],
        indicators: [],
      },
    };
    expect(prepare('AlertSubmission', value)).toEqual({
      recipients: ['la-houayxay'],
      caseReference: 'C-1',
      alert: { narrative: ' text', subjects: [{ person: {} }, {}] },
    });
  });

  it('keeps a number that is none, so that it is told', () => {
    expect(prepare('SubscriptionSubmission', { backfillDays: '12a' })).toEqual({ backfillDays: '12a' });
    expect(prepare('SubscriptionSubmission', { unknown: 1 })).toEqual({});
  });
});

describe('fieldAt', () => {
  it('finds a field and its message through lists and messages', () => {
    expect(fieldAt('AlertSubmission', 'alert.subjects[3].person.familyName')).toMatchObject({
      message: 'Person',
      field: { name: 'familyName', maxLength: 120 },
    });
    expect(fieldAt('AlertSubmission', 'alert.nothing')).toBeUndefined();
    expect(fieldAt('AlertSubmission', 'caveat.more')).toBeUndefined();
  });
});

describe('FILLED_IN', () => {
  it.each(Object.entries(FILLED_IN))('names fields that %s has, and they are not shown', (message, names) => {
    const all = allFieldsOf(message).map(({ name }) => name);
    expect(names.filter((name) => !all.includes(name))).toEqual([]);
    expect(fieldsOf(message).filter(({ name }) => names.includes(name))).toEqual([]);
  });

  it('shows nobody the key that a draft has by itself', () => {
    expect(fieldsOf('AlertSubmission').map(({ name }) => name)).not.toContain('idempotencyKey');
  });
});

describe('FIRST_FIELDS', () => {
  it.each(Object.entries({ ...FIRST_FIELDS, ...FILLED_BY_ITSELF }))(
    'names only fields that %s has',
    (message, names) => {
      const known = fieldsOf(message).map(({ name }) => name);
      expect(names.filter((name) => !known.includes(name))).toEqual([]);
    },
  );
});

describe('fittedSides', () => {
  it.each([
    [4000, 3000, [1600, 1200]],
    [3000, 4000, [1200, 1600]],
    [800, 600, [800, 600]],
    [100_000, 1, [1600, 1]],
  ])('makes %i × %i fit, and never larger', (width, height, sides) => {
    expect(fittedSides(width, height, 1600)).toEqual(sides);
  });
});
