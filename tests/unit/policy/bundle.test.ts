import { describe, expect, it } from 'vitest';
import { digestFromBytes, digestOf, utf8 } from '../../../services/core/foundation/index.ts';
import { buildBundle, checkBundle, loadBundle } from '../../../services/core/policy/bundle.ts';
import type { BundleFile } from '../../../services/core/policy/types.ts';

const manifest: BundleFile = {
  path: 'bundle.json',
  text: '{ "schema": 1, "version": 3, "name": "th", "validUntil": "2027-01-01T00:00:00Z", "validFrom": "2026-01-01T00:00:00Z" }',
};
const first: BundleFile = {
  path: '10-a.cedar',
  text: '// ทดสอบ\n@id("th.a") @reason("A.")\npermit (principal, action == Action::"release", resource);\n',
};
const second: BundleFile = {
  path: '20-b.cedar',
  text: '@id("th.b") @reason("B.") permit (principal, action == Action::"admit", resource);',
};

describe('buildBundle', () => {
  it('makes one text of equal files, in whatever order they come and whatever stands beside them', () => {
    const text = buildBundle([manifest, first, second]);
    expect(
      buildBundle([second, { path: 'cases.json', text: '{}' }, first, { path: 'README.md', text: 'x' }, manifest]),
    ).toBe(text);
    expect(JSON.parse(text)).toMatchObject({
      name: 'th',
      version: 3,
      schema: 1,
      validFrom: '2026-01-01T00:00:00Z',
      policies: [{ file: '10-a.cedar' }, { file: '20-b.cedar' }],
    });
  });

  it('refuses a folder without policies, and one with a file that it would leave out', () => {
    const code = 'POLICY_BUNDLE_MALFORMED';
    expect(() => buildBundle([manifest])).toThrow(expect.objectContaining({ code }));
    expect(() => buildBundle([manifest, first, { ...second, path: 'Übrige.cedar' }])).toThrow(
      expect.objectContaining({ code }),
    );
    expect(() => buildBundle([manifest, first, { ...second, path: '20-b.cedar~' }])).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('loadBundle', () => {
  it('knows each policy with its place, and the bytes by their digest', () => {
    const text = buildBundle([manifest, first, second]);
    const bundle = loadBundle(utf8(text));
    expect(bundle).toMatchObject({
      name: 'th',
      version: 3,
      nation: 'TH',
      validFrom: Date.UTC(2026, 0, 1),
      validUntil: Date.UTC(2027, 0, 1),
    });
    expect(digestFromBytes(bundle.digest)).toBe(digestOf(utf8(text)));
    expect(bundle.policies.map(({ name, effect, reason, file, line }) => [name, effect, reason, file, line])).toEqual([
      ['th.a', 'permit', 'A.', '10-a.cedar', 2],
      ['th.b', 'permit', 'B.', '20-b.cedar', 1],
    ]);
  });

  it('loads more than ten policies of a file in their order', () => {
    const text = Array.from(
      { length: 25 },
      (_, index) => `@id("th.p${index}") @reason("P.") permit (principal, action == Action::"release", resource);`,
    ).join('\n');
    const { policies } = loadBundle(utf8(buildBundle([manifest, { path: 'a.cedar', text }])));
    expect(policies.map(({ name, line }) => [name, line])).toEqual(
      Array.from({ length: 25 }, (_, index) => [`th.p${index}`, index + 1]),
    );
  });
});

describe('checkBundle', () => {
  it.each([
    ['permits every action', '@id("th.c") @reason("C.") permit (principal, action, resource);'],
    [
      'can never apply',
      '@id("th.c") @reason("C.") forbid (principal, action == Action::"release", resource) when { context.message.handling > 1 && false };',
    ],
  ])('warns of a policy that %s, and the bundle still loads', (_, text) => {
    const files = [manifest, first, { path: 'c.cedar', text }];
    expect(
      checkBundle(files).map(({ severity, code, policy, file, line }) => [severity, code, policy, file, line]),
    ).toEqual([['warning', 'SUSPICIOUS', 'th.c', 'c.cedar', 1]]);
    expect(loadBundle(utf8(buildBundle(files))).policies).toHaveLength(2);
  });

  it('tells everything at once, in the order of the files', () => {
    const files = [
      manifest,
      { path: 'b.cedar', text: 'permit (principal, action == Action::"relase", resource);' },
      { path: 'a.cedar', text: 'permit (' },
    ];
    expect(
      checkBundle(files)
        .filter(({ severity }) => severity === 'error')
        .map(({ file, code }) => `${file} ${code}`),
    ).toEqual(['a.cedar SYNTAX', 'b.cedar NAME_MISSING', 'b.cedar REASON_MISSING', 'b.cedar DOES_NOT_VALIDATE']);
  });

  it('does not call a policy by a number that the validator gave it', () => {
    const files = [
      manifest,
      first,
      { path: 'b.cedar', text: '@id("th.b") @reason("B.") permit (principal, action == Action::"relase", resource);' },
    ];
    for (const { message } of checkBundle(files)) expect(message).not.toMatch(/policy `\d/);
  });
});
