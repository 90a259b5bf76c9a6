import { describeMessage } from './descriptors.ts';
import type { FieldDescriptor, FieldKind, MessageDescriptor } from './types.ts';

/** What may stand in the bytes of one field. */
export interface FieldShape {
  readonly wireType: number;
  readonly kind: FieldKind;
  readonly repeated: boolean;
  /** Of a list: the most entries, and where they are counted. */
  readonly most: number;
  readonly list: number;
  /** Of a plain field: its bit, which the members of a oneof share. */
  readonly bit: number;
  readonly message: MessageShape | undefined;
}

/** What may stand in the bytes of one message. */
export interface MessageShape {
  /** By field number. */
  readonly fields: readonly (FieldShape | undefined)[];
  /** Fields that the shape does not have are an error, here and below. */
  readonly closed: boolean;
}

const WIRE_TYPES: Record<FieldKind, number> = {
  bool: 0,
  int32: 0,
  uint32: 0,
  int64: 0,
  uint64: 0,
  enum: 0,
  double: 1,
  string: 2,
  bytes: 2,
  timestamp: 2,
  message: 2,
};
const TIMESTAMP: MessageDescriptor = {
  name: 'Timestamp',
  fields: [
    { name: 'seconds', id: 1, kind: 'int64' },
    { name: 'nanos', id: 2, kind: 'int32' },
  ],
};

/** The shape of a message of which only `fields` may occur; `closed` refuses others, here and in the messages below. */
export function shapeOf(fields: readonly FieldDescriptor[], closed: boolean): MessageShape {
  const byId: (FieldShape | undefined)[] = [];
  const lists = fields.filter((field) => field.repeated === true);
  const slots = [
    ...new Set(fields.filter((field) => field.repeated !== true).map((field) => field.oneof ?? field.name)),
  ];
  for (const field of fields) {
    const inner =
      field.kind === 'timestamp'
        ? TIMESTAMP
        : field.kind === 'message'
          ? describeMessage(field.typeName ?? '')
          : undefined;
    byId[field.id] = {
      wireType: WIRE_TYPES[field.kind],
      kind: field.kind,
      repeated: field.repeated === true,
      most: field.rule?.maxItems ?? 0,
      list: lists.indexOf(field),
      bit: 1 << slots.indexOf(field.oneof ?? field.name),
      message: inner === undefined ? undefined : shapeOf(inner.fields, closed),
    };
  }
  return { fields: byId, closed };
}
