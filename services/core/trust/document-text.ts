import { type EpochMs, utf8 } from '../foundation/index.ts';
import {
  type Agreement,
  agreementCodec,
  type Charter,
  type Codec,
  charterCodec,
  type Directory,
  directoryCodec,
  type JsonValue,
  parseJsonText,
  type Timestamp,
  toJson,
  WireError,
} from '../wire/index.ts';
import { TrustError } from './errors.ts';
import { MAX_DOCUMENT_BYTES } from './limits.ts';

function parse<T>(codec: Codec<T>, text: string): T {
  try {
    return parseJsonText(codec, utf8(text), MAX_DOCUMENT_BYTES);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new TrustError('TRUST_DOCUMENT_TEXT_INVALID', { context: { type: codec.name, fault: 'contract' }, cause });
  }
}

function layOut(json: JsonValue): string {
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** A directory from its text, as the contract has it; its rules are not checked. @throws TrustError TRUST_DOCUMENT_TEXT_INVALID with the faults as its cause. */
export function parseDirectoryText(text: string): Directory {
  return parse(directoryCodec, text);
}

/** An agreement from its text, as the contract has it; its rules are not checked. @throws TrustError TRUST_DOCUMENT_TEXT_INVALID with the faults as its cause. */
export function parseAgreementText(text: string): Agreement {
  return parse(agreementCodec, text);
}

/** A charter from its text, as the contract has it; its rules are not checked. @throws TrustError TRUST_DOCUMENT_TEXT_INVALID with the faults as its cause. */
export function parseCharterText(text: string): Charter {
  return parse(charterCodec, text);
}

/** The text of a charter, laid out for people. */
export function writeCharterText(charter: Charter): string {
  return layOut(toJson(charterCodec, charter));
}

/** The text of a directory, laid out for people. */
export function writeDirectoryText(directory: Directory): string {
  return layOut(toJson(directoryCodec, directory));
}

/** The text of an agreement, laid out for people. */
export function writeAgreementText(agreement: Agreement): string {
  return layOut(toJson(agreementCodec, agreement));
}

/** A time of the contract in milliseconds; what is finer is cut off. */
export function msOf(time: Timestamp | null): EpochMs {
  if (time === null) throw new TypeError('a required time is absent');
  return (time.seconds * 1000 + Math.floor(time.nanos / 1_000_000)) as EpochMs;
}

/** A time in milliseconds as the contract has it. */
export function timestampOf(ms: EpochMs): Timestamp {
  return { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 };
}
