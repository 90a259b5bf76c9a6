import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../services/core/foundation/index.ts';
import {
  createLoggers,
  type LogFields,
  type Logger,
  type LogLevel,
  parseLogLevel,
  TelemetryError,
} from '../../../services/core/telemetry/index.ts';

const clock = { now: () => Date.UTC(2026, 2, 1, 12) as EpochMs };

function logged(level: LogLevel, write: (log: Logger) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(
    createLoggers({ destination: { write: (line) => lines.push(line) }, level, clock, office: 'th-chiang-khong' })(
      'relay',
    ),
  );
  for (const line of lines) expect(line.match(/\n/g)).toHaveLength(1);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const only = (fields: unknown): Record<string, unknown> => {
  const { level, time, office, part, text, ...rest } =
    logged('debug', (log) => log.info(fields as LogFields, 'said'))[0] ?? {};
  expect([level, time, office, part, text]).toEqual([
    'info',
    '2026-03-01T12:00:00.000Z',
    'th-chiang-khong',
    'relay',
    'said',
  ]);
  return rest;
};

describe('createLoggers', () => {
  it('writes one JSON object per line: level, time, office, part, fields, text', () => {
    const envelopeId = '019531a0-0000-7000-8000-000000000001';
    expect(
      only({ peer: 'la-houayxay', envelopeId, lane: 'flash', bytes: 12, drill: false, code: 'LEDGER_CLOSED' }),
    ).toEqual({
      peer: 'la-houayxay',
      envelopeId,
      lane: 'flash',
      bytes: 12,
      drill: false,
      code: 'LEDGER_CLOSED',
    });
  });

  it('writes nothing below its level, and nothing at all when silent', () => {
    const write = (log: Logger): void => {
      log.debug({}, 'a');
      log.info({}, 'b');
      log.warn({}, 'c');
      log.error({}, 'd');
    };
    expect(logged('warn', write).map(({ text }) => text)).toEqual(['c', 'd']);
    expect(logged('silent', write)).toEqual([]);
  });

  it('writes no field that it does not know, however it got there', () => {
    expect(only({ narrative: 'Somchai crosses tonight', toString: 'x', __proto__: { peer: 'la-houayxay' } })).toEqual(
      {},
    );
  });

  it.each<[keyof LogFields, unknown, unknown]>([
    ['peer', 'Somchai', '(7 characters)'],
    ['peer', 'la-houayxay\n{"level":"error"}', '(29 characters)'],
    ['envelopeId', '019531a0-0000-4000-8000-000000000001', '(36 characters)'],
    ['code', 'Somchai', '(7 characters)'],
    ['code', `A_${'B'.repeat(500)}`, '(502 characters)'],
    ['lane', 'somchai', '(7 characters)'],
    ['route', '/v1/messages/สมชาย', '(18 characters)'],
    ['documentId', 'two words', '(9 characters)'],
    ['count', '12', '(2 characters)'],
    ['bytes', Number.NaN, '(number)'],
    ['drill', 'yes', '(3 characters)'],
    ['digest', { toString: () => 'a'.repeat(64) }, '(object)'],
    ['address', 'https://user:secret@host/', '(25 characters)'],
  ])('writes %s %j as its length', (key, value, expected) => {
    expect(only({ [key]: value })).toEqual({ [key]: expected });
  });

  it('says of an error of ours its code and safe context, of every cause too, and no message', () => {
    const cause = Object.assign(new Error('Somchai at the ferry'), { code: 'ENOSPC' });
    const error = new TelemetryError('TELEMETRY_TOO_MANY_SUBSCRIBERS', {
      cause,
      context: { subscribers: 4, field: 'narrative', said: 'Somchai crosses' },
    });
    const { error: summary } = only({ error }) as {
      error: Record<string, unknown> & { cause: Record<string, unknown> };
    };
    expect(summary).toMatchObject({
      name: 'TelemetryError',
      code: 'TELEMETRY_TOO_MANY_SUBSCRIBERS',
      disposition: 'retry',
      context: { subscribers: 4, field: 'narrative', said: '(15 characters)' },
      cause: { name: 'Error', code: 'ENOSPC' },
    });
    expect(JSON.stringify(summary)).not.toContain('Somchai');
    expect(summary['frames']).toBeUndefined();
  });

  it('says of a bug where it was thrown, and not what its message quotes', () => {
    let thrown: unknown;
    try {
      JSON.parse('{"narrative": Somchai}');
    } catch (error) {
      thrown = error;
    }
    const { error: summary } = only({ error: thrown }) as { error: { name: string; frames: string[] } };
    expect(summary.name).toBe('SyntaxError');
    expect(summary.frames[0]).toMatch(/^at JSON\.parse/);
    expect(JSON.stringify(summary)).not.toContain('Somchai');
  });

  it('gives no frames where the message cannot be told from them', () => {
    const error = new Error('first');
    error.message = 'second';
    error.stack = 'Error: Somchai\n    at Somchai';
    expect(only({ error })).toEqual({ error: { name: 'Error', frames: [] } });
  });

  it('says only the type of what is thrown and no error', () => {
    expect(only({ error: 'Somchai' })).toEqual({ error: { name: '(string)' } });
  });

  it('lets no text through, in any field, wherever an error carries it', () => {
    // Texts that no identifier of ours can be taken for: two words, as content has them.
    const words = fc
      .tuple(fc.string({ minLength: 3, unit: 'grapheme' }), fc.string({ minLength: 3, unit: 'grapheme' }))
      .map(([a, b]) => `${a}\u00a7 ${b}`);
    fc.assert(
      fc.property(words, fc.constantFrom(...LOG_KEYS), (text, key) => {
        const error = new Error(text, {
          cause: new TelemetryError('TELEMETRY_LOG_LEVEL_UNKNOWN', { context: { [text]: text, said: text } }),
        });
        error.name = text;
        Object.assign(error, { code: text });
        const lines: string[] = [];
        const log = createLoggers({
          destination: { write: (line) => lines.push(line) },
          level: 'debug',
          clock,
          office: text,
        })('relay');
        log.error({ [key]: text, error } as LogFields, 'said');
        log.warn({ [key]: [text] } as unknown as LogFields, 'said');
        log.warn({ [key]: { [text]: text } } as unknown as LogFields, 'said');
        const escaped = JSON.stringify(text).slice(1, -1);
        for (const line of lines) {
          expect(line).not.toContain(escaped);
          expect(line).not.toContain('\u00a7');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('bounds a line, whatever it is given', () => {
    const long = 'x'.repeat(1_000_000);
    const error = new Error(long);
    const line = JSON.stringify(only({ peer: long, error, digest: long, documentId: long, route: `/${long}` }));
    expect(line.length).toBeLessThan(8_000);
  });

  it('takes only a text that is fixed at compile time, and only known fields', () => {
    const check = (log: Logger, told: string): void => {
      log.info({ bytes: 1 }, 'fixed');
      // @ts-expect-error: a text made at run time
      log.info({ bytes: 1 }, told);
      // @ts-expect-error: a text put together at run time
      log.info({ bytes: 1 }, `told ${told}`);
      // @ts-expect-error: a field for which there is no form
      log.info({ narrative: told }, 'fixed');
      // @ts-expect-error: a word that is in no set
      log.info({ lane: 'somchai' }, 'fixed');
    };
    expect(check).toBeTypeOf('function');
  });
});

const LOG_KEYS: (keyof LogFields)[] = [
  'office',
  'peer',
  'origin',
  'envelopeId',
  'digest',
  'code',
  'lane',
  'route',
  'documentId',
  'address',
  'release',
  'bytes',
  'drill',
  'keyId',
];

describe('parseLogLevel', () => {
  it('knows five levels and refuses any other', () => {
    expect(['debug', 'info', 'warn', 'error', 'silent'].map(parseLogLevel)).toHaveLength(5);
    for (const level of ['trace', 'INFO', '', undefined]) {
      expect(() => parseLogLevel(level)).toThrow(expect.objectContaining({ code: 'TELEMETRY_LOG_LEVEL_UNKNOWN' }));
    }
  });
});

describe('digest field', () => {
  it('writes a digest as it is', () => {
    const digest = createHash('sha256').update('x').digest('hex');
    expect(only({ digest })).toEqual({ digest });
  });
});
