/** The rule option of a field, as options.proto has it. */
export interface FieldRule {
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly format?: string;
  readonly hasRange?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What the contract says of one field beyond its type. */
export interface FieldOptions {
  /** A DataCategory; present on every field of a message that is walked into. */
  readonly category?: number;
  readonly rule?: FieldRule;
  readonly comment?: string;
}

/** What the contract says of one message beyond its fields' types. */
export interface MessageOptions {
  readonly fields: Readonly<Record<string, FieldOptions>>;
  readonly comment?: string;
  /** Part of a body, walked into when the body is split. */
  readonly container?: boolean;
  /** Taken whole under the category of the field that refers to it. */
  readonly value?: boolean;
  /** The MessageKind whose body this message is. */
  readonly body?: number;
}
