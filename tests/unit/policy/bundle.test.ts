import { describe, expect, it } from 'vitest';
import { digestFromBytes, digestOf, utf8 } from '../../../services/core/foundation/index.ts';
import {
  baselineBundle,
  buildBundle,
  checkBundle,
  limitsInFolder,
  loadBundle,
} from '../../../services/core/policy/bundle.ts';
import { createGates } from '../../../services/core/policy/gates.ts';
import { DEFAULT_LIMITS, describeLimits } from '../../../services/core/policy/limits.ts';
import type { BundleFile } from '../../../services/core/policy/types.ts';
import { readFolder } from './fixtures.ts';

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

describe('limits of a bundle', () => {
  const withLimits = (limits: unknown, name = 'th'): BundleFile[] => [
    { path: 'bundle.json', text: JSON.stringify({ name, version: 3, schema: 1, limits }) },
    { ...first, text: first.text.replace('th.a', `${name}.a`).replace('permit', name === 'th' ? 'permit' : 'forbid') },
  ];

  it('are the defaults where it says nothing', () => {
    const bundle = loadBundle(utf8(buildBundle([manifest, first])));
    expect(bundle.limits).toEqual(DEFAULT_LIMITS);
    expect(DEFAULT_LIMITS).toEqual({
      breakGlass: { openReviews: 2, reviewHours: 72 },
      searches: { perOfficerPerHour: 20, perOfficeInPerDay: 200, perForeignOfficerPerDay: 50 },
    });
    expect(loadBundle(utf8(buildBundle(withLimits({})))).limits).toEqual(DEFAULT_LIMITS);
  });

  it('are what it says, each by itself, and the defaults for the rest', () => {
    const files = withLimits({
      searches: { perForeignOfficerPerDay: 7, perOfficerPerHour: 0 },
      breakGlass: { reviewHours: 24 },
    });
    const expected = {
      breakGlass: { openReviews: 2, reviewHours: 24 },
      searches: { perOfficerPerHour: 0, perOfficeInPerDay: 200, perForeignOfficerPerDay: 7 },
    };
    expect(limitsInFolder(files)).toEqual(expected);
    const bundle = loadBundle(utf8(buildBundle(files)));
    expect(bundle.limits).toEqual(expected);
    expect(createGates({ baseline: baselineBundle(), nation: bundle }).limits).toEqual(expected);
  });

  it('are part of what is signed, in one order', () => {
    const text = buildBundle(
      withLimits({ searches: { perForeignOfficerPerDay: 7, perOfficerPerHour: 5 }, breakGlass: {} }),
    );
    expect(text).toBe(
      buildBundle(withLimits({ breakGlass: {}, searches: { perOfficerPerHour: 5, perForeignOfficerPerDay: 7 } })),
    );
    expect(JSON.stringify((JSON.parse(text) as { limits: unknown }).limits)).toBe(
      '{"breakGlass":{},"searches":{"perOfficerPerHour":5,"perForeignOfficerPerDay":7}}',
    );
    expect(text).not.toBe(buildBundle(withLimits({})));
    const swapped = text
      .replace('"perOfficerPerHour": 5,', '"x')
      .replace('"perForeignOfficerPerDay": 7', '"perForeignOfficerPerDay": 7,\n      "perOfficerPerHour": 5')
      .replace(/"x\s*/, '');
    expect(JSON.parse(swapped)).toEqual(JSON.parse(text));
    expect(() => loadBundle(utf8(swapped))).toThrow(expect.objectContaining({ code: 'POLICY_BUNDLE_MALFORMED' }));
  });

  it.each([
    ['are no object', null],
    ['are a list', []],
    ['have an unknown group', { breakglass: {} }],
    ['have a group that is none', { breakGlass: 2 }],
    ['have an unknown number', { breakGlass: { reviews: 2 } }],
    ['have a number of another group', { breakGlass: { perOfficerPerHour: 2 } }],
    ['ask for no open review', { breakGlass: { openReviews: 0 } }],
    ['leave no time for a review', { breakGlass: { reviewHours: 0 } }],
    ['hold a number below nothing', { searches: { perOfficeInPerDay: -1 } }],
    ['hold half a search', { searches: { perOfficerPerHour: 1.5 } }],
    ['hold a text', { searches: { perForeignOfficerPerDay: '50' } }],
    ['hold a number above every count', { searches: { perOfficerPerHour: 1_000_001 } }],
    ['leave more than a month for a review', { breakGlass: { reviewHours: 721 } }],
  ])('are refused where they %s', (_, limits) => {
    const files = withLimits(limits);
    expect(checkBundle(files).map(({ code, file }) => [code, file])).toEqual([['MANIFEST_INVALID', 'bundle.json']]);
    expect(limitsInFolder(files)).toBeUndefined();
    expect(() => buildBundle(files)).toThrow(expect.objectContaining({ code: 'POLICY_BUNDLE_MALFORMED' }));
    const signed = buildBundle(withLimits({})).replace(
      '"limits": {}',
      `"limits": ${JSON.stringify(limits, null, 2).replaceAll('\n', '\n  ')}`,
    );
    expect(() => loadBundle(utf8(signed))).toThrow(expect.objectContaining({ code: 'POLICY_BUNDLE_MALFORMED' }));
  });

  it("are a nation's to set, not the baseline's", () => {
    expect(() => buildBundle(withLimits({}, 'baseline'))).toThrow(
      expect.objectContaining({ code: 'POLICY_BUNDLE_MALFORMED' }),
    );
    expect(limitsInFolder(readFolder('baseline'))).toBeUndefined();
  });

  it('can be said in sentences, each number with its name', () => {
    const limits = {
      breakGlass: { openReviews: 3, reviewHours: 25 },
      searches: { perOfficerPerHour: 11, perOfficeInPerDay: 222, perForeignOfficerPerDay: 44 },
    };
    expect(describeLimits(limits).join(' ')).toMatch(
      /3 of .* 25 hours.* 11 subjects an hour.* 222 subjects a day .*, 44 for/,
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
