import type { Key } from '../i18n/catalogue.ts';

/** What limits the use of a message, as the office answers it. */
export interface LimitedMessage {
  readonly origin: string;
  readonly expiresAt: string;
  /** The day after which what it says is erased: `2026-11-22`. */
  readonly keptUntil?: string | undefined;
  readonly handling?: string | undefined;
  readonly purpose?: string | undefined;
  readonly agreement?: { readonly id: string; readonly version: number; readonly article: string } | null | undefined;
  readonly onward?: { readonly purpose: string; readonly consent: unknown } | undefined;
  readonly from?: string | undefined;
}

/** A limit as a sentence; `codes` are values that are codes and shown in the reader's language, by their code list. */
export interface Limit {
  readonly key: Key;
  readonly values: Readonly<Record<string, string | number>>;
  readonly codes?: Readonly<Record<string, readonly [list: string, value: string]>>;
  readonly times?: Readonly<Record<string, string>>;
  readonly days?: Readonly<Record<string, string>>;
}

const HANDLING: Readonly<Record<string, Key>> = {
  HANDLING_CODE_H0: 'limits.h0',
  HANDLING_CODE_H1: 'limits.h1',
  HANDLING_CODE_H2: 'limits.h2',
  HANDLING_CODE_H3: 'limits.h3',
};

/** What may be done with a message and until when, one sentence for each limit. */
export function limitsOf(message: LimitedMessage): readonly Limit[] {
  const { origin, expiresAt, keptUntil, handling, purpose, agreement, onward, from } = message;
  const limits: Limit[] = [];
  if (handling !== undefined) {
    // A code that this console does not know is taken for the one that sends the reader to the caveat.
    const key = HANDLING[handling] ?? 'limits.h3';
    limits.push({ key, values: { origin }, codes: { handling: ['HandlingCode', handling] } });
  }
  if (purpose !== undefined)
    limits.push({ key: 'limits.purpose', values: { origin }, codes: { purpose: ['Purpose', purpose] } });
  if (onward !== undefined)
    limits.push({
      key: onward.consent === null ? 'limits.onward' : 'limits.onwardWithConsent',
      values: { origin, from: from ?? origin },
      codes: { purpose: ['Purpose', onward.purpose] },
    });
  if (agreement !== undefined && agreement !== null)
    limits.push({
      key: 'limits.agreement',
      values: { article: agreement.article, id: agreement.id, version: agreement.version },
    });
  limits.push({ key: 'limits.validUntil', values: {}, times: { at: expiresAt } });
  if (keptUntil !== undefined) limits.push({ key: 'limits.keptUntil', values: {}, days: { day: keptUntil } });
  return limits;
}
