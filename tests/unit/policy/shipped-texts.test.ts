import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BASELINE_FILES, SCHEMA_TEXT } from '../../../services/core/policy/__generated__/shipped.ts';
import { baselineBundle } from '../../../services/core/policy/bundle.ts';
import {
  CODE_LISTS,
  CONCERNS,
  type CodeList,
  codesOf,
  isKnownCode,
  wordOf,
} from '../../../services/core/policy/vocabulary.ts';
import { MessageKind, splitBody } from '../../../services/core/wire/index.ts';
import { alert, POLICIES, readFolder, shippedBundle, VEHICLE } from './fixtures.ts';

/** The words of an enumerated entity type of the schema. */
function wordsInSchema(list: string): string[] {
  const body = new RegExp(`entity ${list} enum \\[([^\\]]*)\\]`).exec(SCHEMA_TEXT)?.[1] ?? '';
  return [...body.matchAll(/"([a-z_]+)"/g)].map((match) => match[1] ?? '');
}

describe('what is part of the program', () => {
  it('is the schema and the baseline of deploy/policies, byte for byte', () => {
    expect(SCHEMA_TEXT).toBe(readFileSync(join(POLICIES, 'schema.cedarschema'), 'utf8'));
    const files = readFolder('baseline').filter(({ path }) => path !== 'cases.json');
    expect([...BASELINE_FILES].sort((a, b) => a.path.localeCompare(b.path))).toEqual(
      files.sort((a, b) => a.path.localeCompare(b.path)),
    );
    expect(baselineBundle().digest).toEqual(shippedBundle('baseline').digest);
  });
});

describe('the schema', () => {
  it.each(Object.keys(CODE_LISTS) as CodeList[])('has the codes of the contract: %s', (list) => {
    const words = codesOf(list).map((code) => wordOf(list, code));
    expect(wordsInSchema(list)).toEqual(list === 'SubjectRole' ? ['unspecified', ...words] : words);
    expect(wordsInSchema(list)).not.toContain(wordOf(list, 99));
  });

  it('has the concerns that the gates work out', () => {
    expect(wordsInSchema('Concern')).toEqual([...CONCERNS]);
  });
});

describe('isKnownCode', () => {
  it('does not know the unspecified code, but for the role of a subject whose core was withheld', () => {
    expect(isKnownCode('Purpose', 0)).toBe(false);
    expect(isKnownCode('SubjectRole', 0)).toBe(true);
    expect(isKnownCode('SubjectRole', 99)).toBe(false);
    expect(isKnownCode('DataCategory', -1)).toBe(false);
  });
});

describe('the number of the field that holds subjects', () => {
  it("is the contract's", () => {
    const path = splitBody(MessageKind.ALERT, alert({ subjects: [VEHICLE] })).find(
      (part) => part.path.length === 2,
    )?.path;
    expect(path).toEqual([20, 0]);
  });
});
