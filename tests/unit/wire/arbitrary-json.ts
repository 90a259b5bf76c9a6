import fc from 'fast-check';
import { lineFault } from '../../../services/core/foundation/index.ts';
import { TEXT_FORMATS } from '../../../services/core/wire/text-formats.ts';

type Schema = { readonly [key: string]: unknown };
type Definitions = Readonly<Record<string, Schema>>;

const time = fc
  .date({ min: new Date('0002-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
  .chain((date) => fc.constantFrom('Z', '+07:00', '-09:30').map((zone) => date.toISOString().replace('Z', zone)));

function text(schema: Schema): fc.Arbitrary<string> {
  if (schema['format'] === 'date-time') return time;
  if (schema['contentEncoding'] === 'base64')
    return fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64'));
  const { minLength = 0, maxLength = 200 } = schema as { minLength?: number; maxLength?: number };
  const pattern = new RegExp(schema['pattern'] as string, 'u');
  // What a schema cannot say: that a line hides nothing.
  const isLine = schema['pattern'] === TEXT_FORMATS['STRING_FORMAT_LINE']?.pattern.source;
  return fc
    .stringMatching(pattern, { size: 'small' })
    .map((value) => (isLine && lineFault(value) !== undefined ? value.replace(/[^\p{L}\p{N} ]/gu, 'x') : value))
    .filter((value) => [...value].length >= minLength && [...value].length <= maxLength);
}

function list(schema: Schema, definitions: Definitions): fc.Arbitrary<unknown> {
  const { minItems = 0, maxItems } = schema as { minItems?: number; maxItems: number };
  const bounds = { minLength: minItems, maxLength: Math.min(maxItems, minItems + 2) };
  const items = arbitraryJson(schema['items'] as Schema, definitions);
  return schema['uniqueItems'] === true ? fc.uniqueArray(items, bounds) : fc.array(items, bounds);
}

function object(schema: Schema, definitions: Definitions): fc.Arbitrary<object> {
  const properties = Object.entries(schema['properties'] as Record<string, Schema>);
  const required = (schema['required'] ?? []) as string[];
  const dependent = Object.values((schema['dependentRequired'] ?? {}) as Record<string, string[]>).flat();
  const groups = ((schema['allOf'] ?? []) as { oneOf: { required?: string[] }[] }[]).map((group) =>
    group.oneOf.flatMap((member) => member.required ?? []),
  );
  const all = fc.record(
    Object.fromEntries(properties.map(([name, inner]) => [name, arbitraryJson(inner, definitions)])),
    { requiredKeys: [...required, ...dependent], noNullPrototype: true },
  );
  return fc
    .tuple(all, fc.nat())
    .map(([value, choice]) =>
      Object.fromEntries(
        Object.entries(value).filter(([name]) =>
          groups.every((group) => !group.includes(name) || group[choice % group.length] === name),
        ),
      ),
    );
}

/** Any JSON value that the schema accepts, made from the schema alone; dates and times that exist. */
export function arbitraryJson(schema: Schema, definitions: Definitions): fc.Arbitrary<unknown> {
  if (typeof schema['$ref'] === 'string') {
    const name = schema['$ref'].split('/').at(-1) ?? '';
    if (name === 'Date')
      return fc.record(
        {
          year: fc.integer({ min: 1850, max: 2200 }),
          month: fc.integer({ min: 1, max: 12 }),
          day: fc.integer({ min: 0, max: 28 }),
        },
        { requiredKeys: ['year', 'month'] },
      );
    return arbitraryJson(definitions[name] as Schema, definitions);
  }
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...schema['enum']);
  if (Array.isArray(schema['oneOf']))
    return fc.oneof(...schema['oneOf'].map((one: Schema) => arbitraryJson(one, definitions)));
  const { minimum, maximum } = schema as { minimum: number; maximum: number };
  if (schema['type'] === 'integer') return fc.integer({ min: minimum, max: maximum });
  if (schema['type'] === 'number')
    return fc.double({ min: minimum, max: maximum, noNaN: true, noDefaultInfinity: true });
  if (schema['type'] === 'boolean') return fc.boolean();
  if (schema['type'] === 'string') return text(schema);
  if (schema['type'] === 'array') return list(schema, definitions);
  return object(schema, definitions);
}
