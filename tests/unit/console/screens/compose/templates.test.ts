import { describe, expect, it } from 'vitest';
import { FORMS } from '../../../../../services/console/__generated__/contract.ts';
import en from '../../../../../services/console/languages/en.json' with { type: 'json' };
import { fieldAt, fieldsOf } from '../../../../../services/console/src/forms/contract.ts';
import { findFaults } from '../../../../../services/console/src/forms/find-faults.ts';
import { prepare } from '../../../../../services/console/src/forms/prepare.ts';
import { KINDS } from '../../../../../services/console/src/screens/compose/kinds.ts';
import { otherFields, TEMPLATES, templateOf } from '../../../../../services/console/src/screens/compose/templates.ts';

describe('KINDS', () => {
  it.each(Object.entries(KINDS))(
    '%s is a message of the contract, and so is what it carries',
    (name, { message, body }) => {
      expect(name).toBe(message);
      expect(FORMS[message]).toBeDefined();
      expect(fieldAt(message, body)?.field.kind).toBe('message');
    },
  );
});

describe('TEMPLATES', () => {
  it('have ids of their own', () => {
    expect(new Set(TEMPLATES.map(({ id }) => id)).size).toBe(TEMPLATES.length);
  });

  it.each(TEMPLATES.map((template) => [template.id, template] as const))(
    '%s presets only what the contract allows',
    (_, template) => {
      const { message } = KINDS[template.kind];
      const faults = findFaults(message, prepare(message, template.preset));
      expect(faults.filter(({ reason }) => reason !== 'required')).toEqual([]);
    },
  );

  it.each(TEMPLATES.map((template) => [template.id, template] as const))(
    '%s names only fields of the contract',
    (_, template) => {
      const { message } = KINDS[template.kind];
      for (const path of [...template.first, ...template.next, ...(template.needs ?? [])])
        expect([path, fieldAt(message, path)?.field.name]).toEqual([path, path.split('.').at(-1)]);
    },
  );

  it.each(TEMPLATES.map((template) => [template.id, template] as const))(
    '%s has a title and a sentence',
    (_, { title, about }) => {
      const ui: Readonly<Record<string, string>> = en.ui;
      expect(ui[title]).toBeTruthy();
      expect(ui[about]).toBeTruthy();
    },
  );

  it.each(TEMPLATES.map((template) => [template.id, template] as const))(
    '%s leaves nothing required out of sight',
    (_, template) => {
      const { message, hasRecipients } = KINDS[template.kind];
      const shown = [
        ...template.first,
        ...template.next,
        ...otherFields(template),
        ...(hasRecipients ? ['recipients'] : []),
      ];
      // What another message gives is filled in from it.
      const given = template.aboutMessage === 'received-request' ? ['request', 'answer'] : [];
      const required = findFaults(message, prepare(message, template.preset)).map(({ field }) => field);
      for (const path of required.filter((one) => !given.includes(one)))
        expect([
          path,
          shown.some((field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`)),
        ]).toEqual([path, true]);
    },
  );
});

describe('within', () => {
  it.each(
    TEMPLATES.flatMap(({ id, within }) =>
      Object.entries(within ?? {}).map(([message, names]) => [id, message, names] as const),
    ),
  )('names in %s only fields that %s has', (_, message, names) => {
    const known = fieldsOf(message).map(({ name }) => name);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('otherFields', () => {
  it.each(TEMPLATES.map((template) => [template.id, template] as const))(
    'with those named holds every field of the body of %s once',
    (_, template) => {
      const { message, body } = KINDS[template.kind];
      const inner = fieldAt(message, body)?.field.type ?? '';
      const all = [...new Set([...template.first, ...template.next]), ...otherFields(template)].filter((path) =>
        path.startsWith(`${body}.`),
      );
      expect(new Set(all).size).toBe(all.length);
      const wanted = fieldsOf(inner)
        .map(({ name }) => `${body}.${name}`)
        .filter((path) => path !== `${body}.messageType`);
      expect([...all].sort()).toEqual([...wanted].sort());
    },
  );
});

describe('templateOf', () => {
  it('finds a template by its id, and nothing for another', () => {
    expect(templateOf('seizure')?.kind).toBe('AlertSubmission');
    expect(templateOf('constructor')).toBeUndefined();
  });
});
