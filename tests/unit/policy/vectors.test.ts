import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../services/core/foundation/index.ts';
import { buildBundle, checkBundle, loadBundle } from '../../../services/core/policy/bundle.ts';
import { readCases } from '../../../services/core/policy/read-cases.ts';
import { testBundle } from '../../../services/core/policy/test-bundle.ts';
import type { BundleFile, PolicyBundle } from '../../../services/core/policy/types.ts';
import { bundleOf } from './fixtures.ts';

const VECTORS = resolve(import.meta.dirname, '../../vectors/policies');
const NEVER =
  '@id("baseline.never") @reason("Never true.") forbid (principal, action == Action::"release", resource) when { context.message.handling > 7 };';

interface Decisions {
  readonly description: string;
  readonly bundles: Readonly<Record<string, string>>;
  readonly agreements?: object;
  readonly cases: readonly object[];
}

interface InvalidBundle {
  readonly defect: string;
  readonly files: readonly BundleFile[];
  readonly findings: readonly { readonly code: string; readonly file: string; readonly line: number }[];
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(join(VECTORS, path), 'utf8')) as T;
}

describe.each(readdirSync(join(VECTORS, 'decisions')).sort())('testBundle on %s', (file) => {
  const { bundles, agreements = {}, cases } = read<Decisions>(`decisions/${file}`);
  const loaded = Object.entries(bundles).map(([name, text]): PolicyBundle => bundleOf(name, 1, text));
  const tested = {
    baseline: loaded.find(({ name }) => name === 'baseline') ?? bundleOf('baseline', 1, NEVER),
    nations: loaded.filter(({ nation }) => nation !== undefined),
  };
  it.each(
    testBundle(tested, readCases(JSON.stringify({ agreements, cases }))).map(
      (result) => [result.description, result] as const,
    ),
  )('%s', (_, { expected, got, differences }) => {
    expect(Object.fromEntries(differences.map((field) => [field, got[field]]))).toEqual(
      Object.fromEntries(differences.map((field) => [field, expected[field]])),
    );
  });
});

describe('checkBundle', () => {
  it.each(read<InvalidBundle[]>('invalid-bundles.json').map((vector) => [vector.defect, vector] as const))(
    'finds what is wrong: %s',
    (_, { files, findings }) => {
      const errors = checkBundle(files).filter(({ severity }) => severity === 'error');
      expect(errors.map(({ code, file, line }) => ({ code, file, line }))).toEqual(findings);
    },
  );
});

describe('loadBundle', () => {
  it.each(read<InvalidBundle[]>('invalid-bundles.json').map((vector) => [vector.defect, vector] as const))(
    'does not load: %s',
    (_, { files, findings }) => {
      const code =
        {
          MANIFEST_INVALID: 'POLICY_BUNDLE_MALFORMED',
          FILE_NAME: 'POLICY_BUNDLE_MALFORMED',
          SCHEMA_UNKNOWN: 'POLICY_SCHEMA_UNKNOWN',
        }[findings[0]?.code ?? ''] ?? 'POLICY_BUNDLE_INVALID';
      expect(() => loadBundle(utf8(buildBundle(files)))).toThrow(expect.objectContaining({ code }));
    },
  );

  const { sound, malformed } = read<{ sound: string; malformed: { defect: string; text: string }[] }>(
    'malformed-bundles.json',
  );

  it('loads the sound text that the malformed ones differ from', () => {
    expect(loadBundle(utf8(sound)).policies.map(({ name }) => name)).toEqual(['th.a']);
  });

  it.each(malformed.map(({ defect, text }) => [defect, text] as const))('refuses the text: %s', (_, text) => {
    expect(() => loadBundle(utf8(text))).toThrow(expect.objectContaining({ code: 'POLICY_BUNDLE_MALFORMED' }));
  });

  it('refuses bytes that are not UTF-8', () => {
    const bytes = utf8(sound);
    bytes[bytes.length - 3] = 0xff;
    expect(() => loadBundle(bytes)).toThrow(expect.objectContaining({ code: 'POLICY_BUNDLE_MALFORMED' }));
  });

  it('refuses more than a mebibyte before it reads any of it', () => {
    expect(() => loadBundle(new Uint8Array(1024 * 1024 + 1))).toThrow(
      expect.objectContaining({ code: 'POLICY_BUNDLE_MALFORMED' }),
    );
  });
});
