/** How a field's value is written: a scalar of protobuf, a code, a time, or a message. */
export type FieldKind =
  | 'bool'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'double'
  | 'string'
  | 'bytes'
  | 'enum'
  | 'timestamp'
  | 'message';

/** What a field must satisfy beyond its kind: the `rule` option of the contract. */
export interface RuleDescriptor {
  readonly required?: boolean;
  /** Unicode characters of a string, bytes of a bytes field. */
  readonly maxLength?: number;
  readonly maxItems?: number;
  /** Name of a StringFormat. */
  readonly format?: string;
  readonly hasRange?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  /** No entry of the list twice. */
  readonly unique?: boolean;
  /** Required where this other field of the same message is there. */
  readonly requiredWith?: string;
}

/** One field of a message of the contract. */
export interface FieldDescriptor {
  readonly name: string;
  readonly id: number;
  readonly kind: FieldKind;
  /** The message or code list, where the kind is one. */
  readonly typeName?: string;
  readonly repeated?: boolean;
  /** The oneof it stands in; at most one member of that is present. */
  readonly oneof?: string;
  /** A DataCategory; on every field of a container, on no other. */
  readonly category?: number;
  readonly rule?: RuleDescriptor;
  readonly comment?: string;
}

/** One message of the contract. */
export interface MessageDescriptor {
  readonly name: string;
  /** Belongs to a body and is walked into when that is split. */
  readonly container?: boolean;
  /** Taken whole, under the category of the field that refers to it. */
  readonly value?: boolean;
  /** The MessageKind whose body it is. */
  readonly body?: number;
  readonly comment?: string;
  /** In the order of their numbers. */
  readonly fields: readonly FieldDescriptor[];
}

/** One code list of the contract; the first value is the unspecified one, 0. */
export interface EnumDescriptor {
  readonly name: string;
  readonly comment?: string;
  readonly values: readonly { readonly name: string; readonly number: number; readonly comment?: string }[];
}

/** What the contract's codes and fields are called for people, in one language. */
export interface Labels {
  /** BCP 47 tag. */
  readonly language: string;
  /** The language's own name for itself. */
  readonly name: string;
  /** By code list and code: `codes.CrimeArea.CRIME_AREA_DRUGS`. */
  readonly codes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By message and field, for all that a submission holds: `fields.Person.dateOfBirth`. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
