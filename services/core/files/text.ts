import { fromUtf8 } from '../foundation/index.ts';
import { FilesError } from './errors.ts';

// Controls but for tab and line ends; U+2028 and U+2029, which some programs take for line ends of a script; and what
// turns the direction of what follows, which serves only to show a reader something else than what is written.
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are named to be refused
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u;

/** How texts begin that a program would run or render rather than show. */
const BEGINS_AS_CODE =
  /^\ufeff?\s*(#!|<[!?/a-z]|\{\\rtf|%!ps|%pdf|@echo|\[internetshortcut\]|\[desktop entry\]|windows registry editor|mime-version:|begin:vc)/iu;

// The space before a sign holds no delimiter: every place is then looked at once, however much of it there is.
/** Markup that renders wherever it stands, and fields that a spreadsheet sends to another program (DDE). */
const HOLDS_CODE =
  /<(script|html|svg|iframe|object|embed|meta|\?php|!doctype)|(^|[,;\t\n"])[^\S\t\n]*[=+@-][^,;\t\n|]{0,60}\|[^,;\t\n]{0,200}!/iu;

/**
 * UTF-8 text to be read, and nothing else (RFC 3629).
 * @throws FilesError FILES_TYPE_UNKNOWN where it is not UTF-8 at all, FILES_TEXT_UNSAFE.
 */
export function assertPlainText(bytes: Uint8Array): void {
  let text: string;
  try {
    text = fromUtf8(bytes);
  } catch (cause) {
    throw new FilesError('FILES_TYPE_UNKNOWN', { cause });
  }
  const unsafe = (fault: string): FilesError => new FilesError('FILES_TEXT_UNSAFE', { context: { fault } });
  if (UNSAFE.test(text)) throw unsafe('control character');
  if (BEGINS_AS_CODE.test(text.slice(0, 4096))) throw unsafe('begins as code');
  if (HOLDS_CODE.test(text)) throw unsafe('holds code');
}
