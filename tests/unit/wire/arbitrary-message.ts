import fc from 'fast-check';
import { lineFault } from '../../../services/core/foundation/index.ts';
import { describeEnum, describeMessage } from '../../../services/core/wire/descriptors.ts';
import { makerOf } from '../../../services/core/wire/reflection.ts';
import type { FieldDescriptor } from '../../../services/core/wire/types.ts';

type Message = Record<string, unknown>;

/** How the strings of a message are made; by default as the field's rule wants them. */
export type TextOf = (field: FieldDescriptor) => fc.Arbitrary<string>;

const LETTERS = ['a', 'Z', '9', ' ', 'ไ', 'ท', 'ຍ', 'မ', 'ក', '漢', '😀', 'é', "'", '"', '<', '\\', '́'];
const line = (most: number) =>
  fc
    .array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: Math.min(most, 12) })
    .map((parts) => [...parts.join('')].slice(0, most).join(''))
    .filter((text) => lineFault(text) === undefined);

const FORMATS: Record<string, fc.Arbitrary<string>> = {
  STRING_FORMAT_NATION: fc.constantFrom('TH', 'LA', 'MM', 'KH', 'VN', 'CN'),
  STRING_FORMAT_OFFICE: fc.constantFrom('th-chiang-khong', 'la-houayxay', 'mm-tachileik'),
  STRING_FORMAT_LANGUAGE: fc.constantFrom('en', 'th', 'lo', 'my', 'zh-Hans', 'km-KH'),
  STRING_FORMAT_ENVELOPE_ID: fc.uuid({ version: 7 }),
  STRING_FORMAT_REFERENCE: fc.stringMatching(/^[A-Za-z0-9._/:-]{1,7}$/),
};

/** Strings that satisfy the field's rule. */
export const validText: TextOf = (field) => FORMATS[field.rule?.format ?? ''] ?? line(field.rule?.maxLength ?? 20);

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();
const date = fc
  .tuple(fc.integer({ min: 1850, max: 2200 }), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 31 }))
  .map(([year, month, day]) => ({ year, month, day: month === 0 ? 0 : Math.min(day, daysIn(year, month)) }));

const timestamp = fc.record(
  {
    seconds: fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }),
    nanos: fc.constantFrom(0, 1, 120_000_000, 999_999_999),
  },
  { noNullPrototype: true },
);

function numberOf(field: FieldDescriptor, most: number): fc.Arbitrary<number> {
  const { minimum = 0, maximum = most, required = false } = field.rule ?? {};
  return fc.integer({ min: required ? Math.max(minimum, 1) : minimum, max: Math.min(maximum, most) });
}

function oneOf(field: FieldDescriptor, text: TextOf): fc.Arbitrary<unknown> {
  if (field.kind === 'string') return text(field);
  if (field.kind === 'bytes')
    return fc.uint8Array({ minLength: 1, maxLength: Math.min(field.rule?.maxLength ?? 40, 40) });
  if (field.kind === 'bool') return fc.boolean();
  if (field.kind === 'enum')
    return fc.constantFrom(
      ...describeEnum(field.typeName ?? '')
        .values.slice(1)
        .map((value) => value.number),
    );
  if (field.kind === 'timestamp') return timestamp;
  if (field.kind === 'message') return field.typeName === 'Date' ? date : arbitraryMessage(field.typeName ?? '', text);
  if (field.kind === 'double')
    return fc
      .double({ min: field.rule?.minimum ?? -1e9, max: field.rule?.maximum ?? 1e9, noNaN: true })
      .map((value) => value + 0);
  return numberOf(
    field,
    field.kind === 'uint32' ? 2 ** 32 - 1 : field.kind === 'int32' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER,
  );
}

function fieldValue(field: FieldDescriptor, absent: unknown, text: TextOf): fc.Arbitrary<unknown> {
  const one = oneOf(field, text);
  const required = field.rule?.required === true || field.rule?.requiredWith !== undefined;
  if (field.repeated === true && field.rule?.unique === true)
    return fc.uniqueArray(one, { minLength: required ? 1 : 0, maxLength: Math.min(field.rule.maxItems ?? 3, 3) });
  if (field.repeated === true)
    return fc.array(one, { minLength: required ? 1 : 0, maxLength: Math.min(field.rule?.maxItems ?? 3, 3) });
  if (required) return one;
  return fc.option(one, { nil: absent, freq: 1 });
}

/** Any message of that type that satisfies the contract, as decoding gives it: every field there. */
export function arbitraryMessage(name: string, text: TextOf = validText): fc.Arbitrary<Message> {
  const { fields } = describeMessage(name);
  const empty = makerOf(name)();
  const all = fc.record(
    Object.fromEntries(fields.map((field) => [field.name, fieldValue(field, empty[field.name], text)])),
    { noNullPrototype: true },
  );
  const oneofs = new Set(fields.flatMap((field) => field.oneof ?? []));
  if (oneofs.size === 0) return all as fc.Arbitrary<Message>;
  return fc.tuple(all, fc.nat()).map(([message, choice]) => {
    const chosen: Message = { ...message };
    for (const oneof of oneofs) {
      const members = fields.filter((field) => field.oneof === oneof);
      members.forEach((member, index) => {
        if (index !== choice % members.length) chosen[member.name] = null;
      });
    }
    return chosen;
  });
}
