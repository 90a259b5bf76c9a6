import { fromBase64url, fromUtf8 } from '../../core/foundation/index.ts';
import { CliError } from '../errors.ts';

/** The text in a signed document (JWS General JSON) as it stands there; nothing is verified. @throws CliError CLI_INPUT_INVALID. */
export function textInDocument(document: string, file: string): string {
  try {
    const { payload } = JSON.parse(document) as { payload: string };
    return fromUtf8(fromBase64url(payload));
  } catch (cause) {
    throw new CliError('CLI_INPUT_INVALID', { cause, context: { file, fault: 'not a signed document' } });
  }
}

/** Whether a file's text is a signed document rather than a text to be signed. */
export function isSignedDocument(text: string): boolean {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    return typeof value['payload'] === 'string' && Array.isArray(value['signatures']);
  } catch {
    return false;
  }
}
