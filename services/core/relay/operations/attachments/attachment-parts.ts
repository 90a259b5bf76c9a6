import { type AttachedFile, type Attachment, DataCategory, type MediaType } from '../../../wire/index.ts';

type FileField = 'person' | 'identityDocument' | 'place' | 'transport' | 'goods' | 'financialRecord' | 'written';

const FIELDS: readonly (readonly [FileField, DataCategory])[] = [
  ['person', DataCategory.BIOMETRIC],
  ['identityDocument', DataCategory.IDENTITY_DOCUMENT],
  ['place', DataCategory.LOCATION],
  ['transport', DataCategory.TRANSPORT],
  ['goods', DataCategory.CONSIGNMENT],
  ['financialRecord', DataCategory.FINANCIAL],
  ['written', DataCategory.FREE_TEXT],
];

/** Number of `attachments` among the fields of a post. */
const ATTACHMENTS_FIELD = 22;

/** The kinds of data that a file may show: each has a part of a post that opens it. */
export const FILE_CATEGORIES: readonly DataCategory[] = FIELDS.map(([, category]) => category);

/** A file of a post with the kind of data it shows. */
export interface FileOfPost {
  readonly label: string;
  readonly mediaType: MediaType;
  readonly category: DataCategory;
  readonly file: AttachedFile;
  /** Its place among the attachments of the post. */
  readonly place: number;
}

/** The part of a post that opens a file of that kind of data; of a kind that has none, one that opens nothing. */
export function attachmentOf(
  label: string,
  mediaType: MediaType,
  category: DataCategory,
  file: AttachedFile,
): Attachment {
  const empty = { person: null, identityDocument: null, place: null, transport: null, goods: null };
  const field = FIELDS.find(([, of]) => of === category)?.[0];
  return {
    label,
    mediaType,
    ...empty,
    financialRecord: null,
    written: null,
    ...(field === undefined ? {} : { [field]: file }),
  };
}

/** The files that these attachments open; what is withheld is not among them, nor what comes under a label twice. */
export function filesIn(attachments: readonly Attachment[]): readonly FileOfPost[] {
  const files = attachments.flatMap((attachment, place): readonly FileOfPost[] => {
    const { label, mediaType } = attachment;
    const here = FIELDS.flatMap(([field, category]) => {
      const file = attachment[field];
      return file === null || file === undefined ? [] : [{ label, mediaType, category, file, place }];
    });
    return here.length === 1 && label !== '' ? here : [];
  });
  return files.filter(({ label }) => attachments.filter((other) => other.label === label).length === 1);
}

/** The index of the part of a post that opens the file: whoever does not get it can read no piece. */
export function partIndexOf(
  parts: readonly { readonly path: readonly number[]; readonly category: DataCategory }[],
  { place, category }: Pick<FileOfPost, 'place' | 'category'>,
): number {
  return parts.findIndex(
    (part) =>
      part.category === category &&
      part.path.length === 2 &&
      part.path[0] === ATTACHMENTS_FIELD &&
      part.path[1] === place,
  );
}
