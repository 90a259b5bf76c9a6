import { MediaType } from '../wire/index.ts';
import { FilesError } from './errors.ts';

/** The endings that a file of that type may have; the first is put where there is none. */
const ENDINGS: Readonly<Partial<Record<MediaType, readonly string[]>>> = {
  [MediaType.JPEG]: ['jpg', 'jpeg'],
  [MediaType.PNG]: ['png'],
  [MediaType.WEBP]: ['webp'],
  [MediaType.PDF]: ['pdf'],
  [MediaType.TEXT]: ['txt', 'csv', 'tsv', 'log', 'md'],
};

const MEDIA: Readonly<Partial<Record<MediaType, string>>> = {
  [MediaType.JPEG]: 'image/jpeg',
  [MediaType.PNG]: 'image/png',
  [MediaType.WEBP]: 'image/webp',
  [MediaType.PDF]: 'application/pdf',
  [MediaType.TEXT]: 'text/plain; charset=utf-8',
};

const MAX_NAME = 120;
/** What no file system takes, what separates folders, and what hides or turns characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are named to be replaced
const UNFIT = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff<>:"/\\|?*]/gu;

/** The media type of RFC 6838 of a file of that type. */
export function mediaTypeName(mediaType: MediaType): string {
  return MEDIA[mediaType] ?? 'application/octet-stream';
}

/**
 * A name that a file of this content may be saved under anywhere: no folder, no hidden character, and an ending that says
 * what it is. Empty stays empty.
 * @throws FilesError FILES_NAME_UNFIT where its ending says something else than its content is.
 */
export function fitFileName(name: string, mediaType: MediaType): string {
  const base = name.replace(UNFIT, '_').replace(/^[.\s]+|[.\s]+$/gu, '');
  if (base === '') return '';
  const endings = ENDINGS[mediaType] ?? [];
  const ending = /\.([A-Za-z0-9]{1,8})$/u.exec(base)?.[1]?.toLowerCase();
  if (ending !== undefined && !endings.includes(ending))
    throw new FilesError('FILES_NAME_UNFIT', { context: { ending, fits: endings.join(', ') } });
  const stem = ending === undefined ? base : base.slice(0, -ending.length - 1);
  const put = ending ?? endings[0] ?? 'bin';
  return `${[...stem].slice(0, MAX_NAME - put.length - 1).join('')}.${put}`;
}
