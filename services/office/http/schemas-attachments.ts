import type { JsonSchema } from './route.ts';
import { code, DIGEST, FLAG, listOf, NAMES, OFFICE, object, oneOf, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';

const HOLDER = object({
  office: OFFICE,
  state: oneOf(
    ['withheld', 'waiting', 'sending', 'here', 'opened', 'refused', 'rejected'],
    '`withheld`: the part that opens it was not released to it. `waiting`: nothing was sent yet. `sending`: some pieces are there. `here`: all are. `opened`: an officer there opened it. `refused`: it does not take the pieces. `rejected`: all came, and it kept nothing.',
  ),
  pieces: { ...WHOLE, description: 'Pieces that it has by its signed receipts.' },
  code: { ...TEXT, description: 'Why it refused or rejected it; empty otherwise.' },
});

const FACTS = {
  mediaType: code('MediaType'),
  category: code('DataCategory'),
  bytes: WHOLE,
  digest: DIGEST,
} as const;

const ORIGINAL = {
  ...orNull(DIGEST),
  description: 'Of the file as it was handed in; null where nothing was taken out of it.',
} as const;

/** The schemas of the answers about files of joint operations. */
export const ATTACHMENT_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  FileEntered: object(
    {
      file: { ...TEXT, description: 'Names it in the `attachments` of a post.' },
      operation: TEXT,
      name: TEXT,
      ...FACTS,
      size: orNull(object({ width: WHOLE, height: WHOLE })),
      originalDigest: ORIGINAL,
      removed: { ...NAMES, description: "What was taken out, by the format's own names." },
    },
    'A file that was handed in: checked, without metadata, sealed and on disk.',
  ),
  FileOfPost: object(
    {
      label: TEXT,
      name: TEXT,
      ...FACTS,
      metadataKept: { ...FLAG, description: 'The sender says that what an image says of itself is the evidence.' },
      state: oneOf(
        ['here', 'arriving', 'rejected', 'erased'],
        '`rejected`: it was not what its sender said, and nothing was kept.',
      ),
      piecesHere: WHOLE,
      pieces: WHOLE,
      holders: { ...listOf(HOLDER), description: 'Of an own file: how far it is with each member.' },
    },
    'A file of a post that this office can open.',
  ),
  Custody: object(
    {
      operation: TEXT,
      post: object({ origin: OFFICE, id: TEXT }),
      label: TEXT,
      ...FACTS,
      originalDigest: ORIGINAL,
      metadataKept: FLAG,
      lines: listOf(
        object({
          at: TIME,
          event: oneOf(
            [
              'entered',
              'attached',
              'first-piece-sent',
              'first-piece-arrived',
              'last-piece-arrived',
              'completed',
              'opened',
              'rejected',
              'erased',
            ],
            'What happened.',
          ),
          office: { ...OFFICE, description: 'Where it happened.' },
          by: { ...TEXT, description: 'Who did it, where it was a person of this office.' },
          code: TEXT,
          record: { ...WHOLE, description: 'Number of the ledger record that shows it.' },
        }),
      ),
      holders: listOf(HOLDER),
    },
    "The chain of custody of a file by this office's ledger; it outlives the file.",
  ),
};
