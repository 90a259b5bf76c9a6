export type { Codec, Init } from './codec.ts';
export type { FieldOptions, FieldRule, MessageOptions } from './contract-options.ts';
export { WIRE_ERRORS, WireError, type WireErrorCode } from './errors.ts';
