import { type Digest, digestFromBytes, type EpochMs } from '../../foundation/index.ts';
import type {
  ContentRef,
  CustodyAction,
  CustodyRecorded,
  DataCategory,
  LedgerRecord,
  MediaType,
} from '../../wire/index.ts';
import { ownContentRef } from './decision-view.ts';

/** One thing that happened to a file, as the ledger has it. */
export interface CustodyView {
  readonly action: CustodyAction;
  readonly operation: string;
  /** This office's own name for a file that was handed in here; empty for one that arrived. */
  readonly file: string;
  /** The key of the post that it belongs to, and its label there; both empty before. */
  readonly post: string;
  readonly label: string;
  readonly digest: Digest;
  /** Of the file as it was handed in, where metadata was taken out; null where it is the same. */
  readonly originalDigest: Digest | null;
  readonly bytes: number;
  readonly mediaType: MediaType;
  readonly category: DataCategory;
  readonly metadataKept: boolean;
  /** Empty for the node itself. */
  readonly by: string;
  readonly chunks: readonly ContentRef[];
  readonly fileContent: ContentRef | null;
  readonly failure: string;
  readonly atMs: EpochMs;
  readonly record: number;
}

/** What happened to the files of this office's operations; everything in the order in which it came on record. */
export interface CustodyRecords {
  readonly add: (event: CustodyRecorded, record: LedgerRecord) => void;
  readonly all: readonly CustodyView[];
  /** All of one file that was handed in here, by its name. */
  readonly ofFile: (file: string) => readonly CustodyView[];
  /** All of the file with that label in a post; of one that was handed in here also what came before the post. */
  readonly ofAttachment: (post: string, label: string) => readonly CustodyView[];
}

const NONE: readonly CustodyView[] = Object.freeze([]);

/** Nothing yet. */
export function custodyRecords(): CustodyRecords {
  const all: CustodyView[] = [];
  const found = new Map<string, CustodyView[]>();
  const fileKey = (file: string): string => `file ${file}`;
  const attachmentKey = (post: string, label: string): string => `${post} ${label}`;
  return {
    add: (event, { atMs, number }) => {
      const post = event.post === null ? '' : `${event.post.origin}/${event.post.id}`;
      const view: CustodyView = {
        action: event.action,
        operation: event.operation,
        file: event.file,
        post,
        label: event.label,
        digest: digestFromBytes(event.digest),
        originalDigest: event.originalDigest.length === 0 ? null : digestFromBytes(event.originalDigest),
        bytes: event.bytes,
        mediaType: event.mediaType,
        category: event.category,
        metadataKept: event.metadataKept,
        by: event.by,
        chunks: event.chunks,
        fileContent: ownContentRef(event.fileContent),
        failure: event.failure,
        atMs: atMs as EpochMs,
        record: number,
      };
      all.push(view);
      const keys = [
        ...(event.file === '' ? [] : [fileKey(event.file)]),
        ...(post === '' ? [] : [attachmentKey(post, event.label)]),
      ];
      // A file keeps its one history when it is attached.
      const history = keys.map((key) => found.get(key)).find((known) => known !== undefined) ?? [];
      history.push(view);
      for (const key of keys) found.set(key, history);
    },
    all,
    ofFile: (file) => found.get(fileKey(file)) ?? NONE,
    ofAttachment: (post, label) => found.get(attachmentKey(post, label)) ?? NONE,
  };
}
