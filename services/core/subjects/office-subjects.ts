import type { Brand } from '../foundation/index.ts';
import { SubjectsError } from './errors.ts';

/** The one subject of an office's ledger stream. It never leaves the office's own account. */
export const LEDGER_SUBJECT = 'ledger.record';

/** `content.<yyyymmdd>.<batch>`: one batch of bodies that end on one day. It never leaves the office's own account. */
export type ContentSubject = Brand<string, 'ContentSubject'>;

/** Every content batch, as a filter. */
export const CONTENT_FILTER = 'content.*.*';

/** The day on which a content batch ends, and its opaque id of 8 to 64 hexadecimal digits. */
export interface ContentParts {
  readonly day: string;
  readonly batchId: string;
}

/** The subject of a content batch. @throws SubjectsError SUBJECTS_TOKEN_INVALID. */
export function contentSubject(parts: ContentParts): ContentSubject {
  const { day, batchId } = checkedParts(parts.day, parts.batchId);
  return `content.${day}.${batchId}` as ContentSubject;
}

/** The pieces of a content batch's subject: exactly what built it. @throws SubjectsError SUBJECTS_FORM_INVALID, SUBJECTS_TOKEN_INVALID. */
export function parseContentSubject(text: unknown): ContentParts {
  const tokens = typeof text === 'string' ? text.split('.') : [];
  const [family, day, batchId, ...more] = tokens;
  if (family !== 'content' || batchId === undefined || more.length > 0)
    throw new SubjectsError('SUBJECTS_FORM_INVALID');
  return checkedParts(day, batchId);
}

function checkedParts(day: unknown, batchId: unknown): ContentParts {
  if (typeof day !== 'string' || !isCalendarDay(day))
    throw new SubjectsError('SUBJECTS_TOKEN_INVALID', { context: { piece: 'day' } });
  if (typeof batchId !== 'string' || !/^[0-9a-f]{8,64}$/.test(batchId)) {
    throw new SubjectsError('SUBJECTS_TOKEN_INVALID', { context: { piece: 'batchId' } });
  }
  return { day, batchId };
}

function isCalendarDay(text: string): boolean {
  const match = /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(text);
  if (match === null) return false;
  const iso = `${match[1]}-${match[2]}-${match[3]}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === iso;
}
