import { describe, expect, it } from 'vitest';
import { enumDescriptors, messageDescriptors } from '../../../services/core/wire/__generated__/descriptors.ts';
import { allLabels } from '../../../services/core/wire/__generated__/labels.ts';
import { describeMessage, LABEL_LANGUAGES, labelsOf, messageNameOfKind } from '../../../services/core/wire/index.ts';

/** The messages that one holds, itself included. */
function messagesIn(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const field of describeMessage(name).fields)
    if (field.kind === 'message') messagesIn(field.typeName ?? '', found);
  return found;
}

const codes = enumDescriptors
  .flatMap((list) => list.values.slice(1).map((value) => `${list.name} ${value.name}`))
  .sort();
/** What nodes say to each other in an operation is read by nobody. */
const OF_NODES = new Set(['OperationCharter', 'OperationAct', 'OperationGap', 'AttachmentChunk']);
const bodies = (enumDescriptors.find(({ name }) => name === 'MessageKind')?.values ?? [])
  .flatMap(({ number }) => messageNameOfKind(number) ?? [])
  .filter((name) => !OF_NODES.has(name));
const shown = [...messageDescriptors.map(({ name }) => name).filter((name) => name.endsWith('Submission')), ...bodies];
const fields = [...new Set(shown.flatMap((name) => [...messagesIn(name)]))]
  .flatMap((name) => describeMessage(name).fields.map((field) => `${name} ${field.name}`))
  .sort();
const pairs = (labels: Readonly<Record<string, Readonly<Record<string, string>>>>) =>
  Object.entries(labels)
    .flatMap(([group, inner]) => Object.keys(inner).map((key) => `${group} ${key}`))
    .sort();

describe.each(allLabels.map((labels) => [labels.language, labels] as const))('labels in %s', (language, labels) => {
  it('name every code and no other', () => {
    expect(pairs(labels.codes)).toEqual(codes);
  });

  it('name every field that is filled in or read and no other', () => {
    expect(pairs(labels.fields)).toEqual(fields);
  });

  it('are short texts of one line', () => {
    for (const group of [...Object.values(labels.codes), ...Object.values(labels.fields)]) {
      for (const label of Object.values(group)) expect(label).toMatch(/^\S(.{0,68}\S)?$/u);
    }
  });

  it('are different within one code list', () => {
    for (const group of Object.values(labels.codes))
      expect(new Set(Object.values(group)).size).toBe(Object.keys(group).length);
  });

  it('say which language they are', () => {
    expect(Intl.getCanonicalLocales(language)).toEqual([language]);
    expect(labels.name).not.toBe('');
  });
});

describe('labelsOf', () => {
  it('gives the language asked for', () => {
    for (const language of LABEL_LANGUAGES) expect(labelsOf(language).language).toBe(language);
  });

  it('leaves script and region out, then takes English', () => {
    expect(labelsOf('en-GB').language).toBe('en');
    expect(labelsOf('xx-Latn').language).toBe('en');
  });
});
