import type { Charter } from './types.ts';

/** The largest file that any charter allows. */
export const MOST_BYTES: number = 25 * 1024 * 1024;

/** The kinds of data that a file can show, in the order in which they are offered. */
export const FILE_CATEGORIES = [
  'DATA_CATEGORY_LOCATION',
  'DATA_CATEGORY_TRANSPORT',
  'DATA_CATEGORY_CONSIGNMENT',
  'DATA_CATEGORY_BIOMETRIC',
  'DATA_CATEGORY_IDENTITY_DOCUMENT',
  'DATA_CATEGORY_FINANCIAL',
  'DATA_CATEGORY_FREE_TEXT',
] as const;

/** Those of them that the charter names. */
export function fileCategories(charter: Pick<Charter, 'dataCategories'> | undefined): readonly string[] {
  return FILE_CATEGORIES.filter((category) => charter?.dataCategories.includes(category) !== false);
}

/** The largest file of that operation, in bytes. */
export function largestFile(charter: Pick<Charter, 'maxAttachmentBytes'> | undefined): number {
  const allowed = charter?.maxAttachmentBytes ?? 0;
  return allowed === 0 ? MOST_BYTES : Math.min(allowed, MOST_BYTES);
}

/** A size in bytes as people say it: which unit, and how many of it. */
export function sizeOf(bytes: number): { readonly unit: 'B' | 'kB' | 'MB'; readonly size: number } {
  if (bytes < 1024) return { unit: 'B', size: bytes };
  if (bytes < 1024 * 1024) return { unit: 'kB', size: Math.round(bytes / 1024) };
  return { unit: 'MB', size: Math.round((bytes * 10) / (1024 * 1024)) / 10 };
}

/** A name that the office takes: one line of at most 120 characters. */
export function fileName(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cs}]/gu, '').trim();
  return [...(line === '' ? 'file' : line)].slice(0, 120).join('');
}
