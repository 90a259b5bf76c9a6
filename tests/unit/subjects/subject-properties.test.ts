import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nationOf, type OfficeId, pairScope, type Scope } from '../../../services/core/foundation/index.ts';
import {
  channelScope,
  crossFilter,
  crossLaneFilter,
  crossSubject,
  drillScope,
  inboundStreamOf,
  linkAccountOf,
  operationScope,
  PRECEDENCES,
  parseCrossSubject,
  parsePrecedence,
  parseRegionSubject,
  parseScope,
  regionFilter,
  regionSubject,
} from '../../../services/core/subjects/index.ts';

const slug = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}$/);
const office = fc.stringMatching(/^[a-z]{2}(-[a-z0-9]{1,8}){1,4}$/) as fc.Arbitrary<OfficeId>;
const abroad = fc.tuple(office, office).filter(([from, to]) => nationOf(from) !== nationOf(to));
const precedence = fc.constantFrom(...PRECEDENCES);

/** The matching rule of the server: `*` is one token, `>` is the rest. */
function matches(filter: string, subject: string): boolean {
  const wanted = filter.split('.');
  const tokens = subject.split('.');
  const rest = wanted.indexOf('>');
  if (rest >= 0 ? tokens.length <= rest : tokens.length !== wanted.length) return false;
  return wanted.every((token, at) => token === '*' || token === '>' || at >= tokens.length || token === tokens[at]);
}

describe('crossSubject', () => {
  it('is undone by parseCrossSubject, for a pair and for an operation', () => {
    fc.assert(
      fc.property(abroad, precedence, slug, fc.constantFrom('pair', 'op', 'drill'), ([from, to], rank, id, kind) => {
        const scope = kind === 'pair' ? pairScope(from, to) : channelScope(id, kind === 'drill');
        const parts = { scope, from, to, precedence: rank };
        expect(parseCrossSubject(crossSubject(parts))).toEqual(parts);
      }),
    );
  });
  it('gives five tokens without wildcards or white space, whatever it accepts', () => {
    const anything = fc.oneof(fc.string(), office, slug, fc.constantFrom('*', '>', 'a.b', ' ', ''));
    fc.assert(
      fc.property(anything, anything, anything, anything, (scope, from, to, rank) => {
        let built: string;
        try {
          built = crossSubject({ scope, from, to, precedence: rank } as never);
        } catch {
          return;
        }
        expect(built).toMatch(/^cross(\.[a-z0-9-]+){4}$/);
      }),
    );
  });
  it('lies within its own filters and outside those of the other direction', () => {
    fc.assert(
      fc.property(abroad, precedence, precedence, ([from, to], rank, other) => {
        const scope = pairScope(from, to);
        const subject = crossSubject({ scope, from, to, precedence: rank });
        expect(matches(crossFilter(from, to), subject)).toBe(true);
        expect(matches(crossFilter(from, to, scope), subject)).toBe(true);
        expect(matches(crossFilter(to, from), subject)).toBe(false);
        expect(matches(crossLaneFilter(from, to, other), subject)).toBe(other === rank);
      }),
    );
  });
});

describe('crossFilter', () => {
  const from = 'th-chiang-khong' as OfficeId;
  it('refuses two offices of one nation', () => {
    expect(() => crossFilter(from, 'th-mae-sai' as OfficeId)).toThrow(
      expect.objectContaining({ code: 'SUBJECTS_PARTIES_INVALID' }),
    );
  });
  it('refuses the scope of another pair', () => {
    expect(() => crossFilter(from, 'la-houayxay' as OfficeId, 'mm-tachileik--th-mae-sai' as Scope)).toThrow(
      expect.objectContaining({ code: 'SUBJECTS_PARTIES_INVALID' }),
    );
  });
});

describe('regionSubject', () => {
  it('is undone by parseRegionSubject and lies within its filters', () => {
    fc.assert(
      fc.property(slug, slug, office, (corridor, crimeArea, from) => {
        const parts = { corridor, crimeArea, from };
        const subject = regionSubject(parts);
        expect(parseRegionSubject(subject)).toEqual(parts);
        expect(
          [regionFilter(), regionFilter(corridor), regionFilter(undefined, crimeArea)].every((filter) =>
            matches(filter, subject),
          ),
        ).toBe(true);
      }),
    );
  });
});

describe('parseScope', () => {
  it('tells a pair, an operation and an exercise apart', () => {
    fc.assert(
      fc.property(abroad, slug, ([one, other], name) => {
        expect(parseScope(pairScope(one, other))).toMatchObject({ kind: 'pair', offices: [one, other].sort() });
        expect(parseScope(operationScope(name))).toMatchObject({ kind: 'operation', id: name, drill: false });
        expect(parseScope(drillScope(name))).toMatchObject({ kind: 'operation', id: name, drill: true });
      }),
    );
  });
  it.each(['', 'op-', 'op', 'drill-', 'drill', 'th-chiang-khong', 'op-a--b', 'op-a.b', 7, null])(
    'refuses %j',
    (text) => {
      expect(() => parseScope(text)).toThrow(expect.objectContaining({ code: 'SUBJECTS_SCOPE_INVALID' }));
    },
  );
  it.each([operationScope, drillScope])('refuses an id that is not a slug of 40 characters', (scopeOf) => {
    for (const id of ['a--b', '', 'a'.repeat(41)])
      expect(() => scopeOf(id)).toThrow(expect.objectContaining({ code: 'SUBJECTS_TOKEN_INVALID' }));
    expect(parseScope(scopeOf('a'.repeat(40)))).toMatchObject({ kind: 'operation' });
  });
});

describe('parsePrecedence', () => {
  it('knows the four, the most urgent first', () => {
    expect(PRECEDENCES.map(parsePrecedence)).toEqual(['flash', 'immediate', 'priority', 'routine']);
  });
  it('refuses any other', () => {
    expect(() => parsePrecedence('urgent')).toThrow(expect.objectContaining({ code: 'SUBJECTS_PRECEDENCE_INVALID' }));
  });
});

describe('linkAccountOf and inboundStreamOf', () => {
  it('give two offices two names', () => {
    fc.assert(
      fc.property(office, office, (one, other) => {
        fc.pre(one !== other);
        expect(linkAccountOf(one)).not.toBe(linkAccountOf(other));
        expect(inboundStreamOf(one)).not.toBe(inboundStreamOf(other));
      }),
    );
  });
});
