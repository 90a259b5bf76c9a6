import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Clock,
  epochMs,
  isOfficeId,
  nationOf,
  newEnvelopeId,
  newOpaqueId,
  type OfficeId,
  pairScope,
  parseEnvelopeId,
  parseHubId,
  parseKeyId,
  parseNationCode,
  parseOfficeId,
  parsePairScope,
  timeOfEnvelopeId,
} from '../../../services/core/foundation/index.ts';

const invalid = (kind: string) => expect.objectContaining({ code: 'FOUNDATION_ID_INVALID', context: { kind } });
const clockAt = (ms: number): Clock => ({ now: () => epochMs(ms) });
const ENVELOPE = '0190b2a4-6f7e-7d3c-8a1b-0123456789ab';
const KEY = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
const NO_TEXTS = [undefined, null, 1, {}, ['TH'], ''];

describe('parseNationCode', () => {
  it('takes two capital letters', () => {
    expect(parseNationCode('TH')).toBe('TH');
  });

  it.each([...NO_TEXTS, 'th', 'T', 'THA', 'T1', 'TH\n', ' TH'])('refuses %j', (text) => {
    expect(() => parseNationCode(text)).toThrow(invalid('nation'));
  });
});

describe('parseOfficeId', () => {
  it.each(['th-chiang-khong', 'la-houayxay', 'mm-1', `th-${'x'.repeat(45)}`])('takes %j', (text) => {
    expect(parseOfficeId(text)).toBe(text);
    expect(isOfficeId(text)).toBe(true);
  });

  it.each([
    ...NO_TEXTS,
    'th',
    'th-',
    'th--x',
    '-th-x',
    'tha-x',
    'TH-x',
    'th-X',
    'th-x-',
    'th_x',
    'th-x.y',
    'th-x\n',
    'th-é',
    `th-${'x'.repeat(46)}`,
  ])('refuses %j', (text) => {
    expect(() => parseOfficeId(text)).toThrow(invalid('office'));
    expect(isOfficeId(text)).toBe(false);
  });
});

describe('parseHubId', () => {
  it('takes hub and a name', () => {
    expect(parseHubId('hub-mekong')).toBe('hub-mekong');
  });

  it.each([...NO_TEXTS, 'hub', 'hub-', 'th-mekong', 'hub-Mekong', `hub-${'x'.repeat(45)}`])('refuses %j', (text) => {
    expect(() => parseHubId(text)).toThrow(invalid('hub'));
  });

  it('leaves no text that is an office and a hub', () => {
    expect(isOfficeId('hub-mekong')).toBe(false);
  });
});

describe('nationOf', () => {
  it('reads the nation off the id', () => {
    expect(nationOf(parseOfficeId('th-chiang-khong'))).toBe('TH');
  });
});

describe('pairScope', () => {
  const office = fc.stringMatching(/^[a-z]{2}(-[a-z0-9]{1,6}){1,3}$/) as fc.Arbitrary<OfficeId>;

  it('is the same whichever comes first, and says both', () => {
    fc.assert(
      fc.property(office, office, (one, other) => {
        fc.pre(nationOf(one) !== nationOf(other));
        expect(pairScope(one, other)).toBe(pairScope(other, one));
        expect(parsePairScope(pairScope(one, other))).toEqual([one, other].sort());
      }),
    );
  });

  it('refuses two offices of one nation', () => {
    expect(() => pairScope(parseOfficeId('th-a'), parseOfficeId('th-b'))).toThrow(invalid('pair'));
  });
});

describe('parsePairScope', () => {
  it.each([...NO_TEXTS, 'la-houayxay', 'th-a--la-b', 'la-a--th-b--vn-c', 'th-a--th-b', 'la-a-th-b'])(
    'refuses %j',
    (text) => {
      expect(() => parsePairScope(text)).toThrow(invalid('pair'));
    },
  );

  it.each(['--th-b', 'la-a--', 'LA-a--th-b'])('refuses the office in %j', (text) => {
    expect(() => parsePairScope(text)).toThrow(invalid('office'));
  });
});

describe('parseEnvelopeId', () => {
  it('takes a UUID version 7 in lowercase', () => {
    expect(parseEnvelopeId(ENVELOPE)).toBe(ENVELOPE);
  });

  it.each([
    ...NO_TEXTS,
    ENVELOPE.toUpperCase(),
    ENVELOPE.replace('-7', '-4'),
    ENVELOPE.replace('-8', '-7'),
    ENVELOPE.replaceAll('-', ''),
    `${ENVELOPE}0`,
    `{${ENVELOPE}}`,
    `${ENVELOPE}\n`,
  ])('refuses %j', (text) => {
    expect(() => parseEnvelopeId(text)).toThrow(invalid('envelope'));
  });
});

describe('parseKeyId', () => {
  it('takes a thumbprint', () => {
    expect(parseKeyId(KEY)).toBe(KEY);
  });

  it.each([...NO_TEXTS, KEY.slice(1), `${KEY}A`, KEY.replace('_', '+'), `${KEY.slice(1)}=`])('refuses %j', (text) => {
    expect(() => parseKeyId(text)).toThrow(invalid('key'));
  });
});

describe('newEnvelopeId', () => {
  it('says the time it was made at, to the millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (ms) => {
        const id = newEnvelopeId(clockAt(ms));
        expect(parseEnvelopeId(id)).toBe(id);
        expect(timeOfEnvelopeId(id)).toBe(ms);
      }),
    );
  });

  it('sorts by time', () => {
    const ids = [1_800_000_000_000, 1_800_000_000_001, 1_900_000_000_000].map((ms) => newEnvelopeId(clockAt(ms)));
    expect([...ids].sort()).toEqual(ids);
  });

  it('is different each time at the same millisecond', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newEnvelopeId(clockAt(5)))).size).toBe(1000);
  });
});

describe('newOpaqueId', () => {
  it('is 32 hexadecimal digits, different each time', () => {
    const ids = Array.from({ length: 100 }, newOpaqueId);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(ids).size).toBe(100);
  });
});
