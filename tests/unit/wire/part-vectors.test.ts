import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  alertCodec,
  type BodyPart,
  DataCategory,
  joinParts,
  MessageKind,
  parseJson,
  splitBody,
  toJson,
} from '../../../services/core/wire/index.ts';

interface VectorPart {
  readonly path: readonly number[];
  readonly category: keyof typeof DataCategory | number;
  readonly value: string;
}
interface Valid {
  readonly description: string;
  readonly kind: keyof typeof MessageKind;
  readonly body: object;
  readonly parts: readonly VectorPart[];
}
interface Invalid {
  readonly defect: string;
  readonly fault: string;
  readonly parts: readonly VectorPart[];
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../vectors/wire', name), 'utf8'));
const valid = read('parts-valid.json') as readonly Valid[];
const invalid = read('parts-invalid.json') as readonly Invalid[];

function partOf({ path, category, value }: VectorPart): BodyPart {
  const number = typeof category === 'number' ? category : DataCategory[category];
  return { path, category: number as DataCategory, value: new Uint8Array(Buffer.from(value, 'hex')) };
}

describe.each(valid.map((vector) => [vector.description, vector] as const))(
  'the body of which %s',
  (_, { kind, body, parts }) => {
    it('is an alert', () => {
      expect(kind).toBe('ALERT');
    });

    it('is split into these parts', () => {
      expect(splitBody(MessageKind.ALERT, parseJson(alertCodec, body))).toEqual(parts.map(partOf));
    });

    it('is joined from them', () => {
      expect(toJson(alertCodec, joinParts(MessageKind.ALERT, parts.map(partOf)))).toEqual(body);
    });
  },
);

describe('joinParts', () => {
  it.each(invalid.map((vector) => [vector.defect, vector] as const))('refuses %s', (_, { fault, parts }) => {
    expect(() => joinParts(MessageKind.ALERT, parts.map(partOf))).toThrow(
      expect.objectContaining({ code: 'WIRE_PART_INVALID', context: { fault } }),
    );
  });

  it('accepts the last parts alone of those that are refused only beside others', () => {
    for (const { fault, parts } of invalid.filter((vector) => vector.parts.length > 1)) {
      expect(['duplicate', 'oneof-ambiguous']).toContain(fault);
      expect(() => joinParts(MessageKind.ALERT, parts.slice(-1).map(partOf))).not.toThrow();
    }
  });
});
