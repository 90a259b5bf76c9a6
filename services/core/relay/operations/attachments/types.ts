import type { Digest, EnvelopeId, EpochMs, OfficeId } from '../../../foundation/index.ts';
import type { LedgerEvent } from '../../../ledger/index.ts';
import type { Attachment, DataCategory, MediaType, MessageRef } from '../../../wire/index.ts';

/** A file that an officer hands in. */
export interface FileInput {
  readonly operation: string;
  readonly bytes: Uint8Array;
  /** As its owner calls it; may be empty. */
  readonly name: string;
  /** The kind of data that it shows. */
  readonly category: DataCategory;
  /** What an image says of itself is the evidence, and stays. */
  readonly keepMetadata: boolean;
  readonly by: string;
}

/** A file that was handed in: checked, sealed and on disk. */
export interface FileEntered {
  /** Names it until it is attached. */
  readonly file: string;
  readonly operation: string;
  readonly name: string;
  readonly mediaType: MediaType;
  readonly category: DataCategory;
  readonly bytes: number;
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly digest: Digest;
  /** Of the file as it was handed in, where something was taken out of it. */
  readonly originalDigest: Digest | null;
  /** What was taken out, by the format's own names. */
  readonly removed: readonly string[];
}

/** The files that a post takes with it. */
export interface TakenFiles {
  readonly attachments: readonly Attachment[];
  /** What goes on record together with the post. @throws AttachmentsError where a file was taken by another meanwhile. */
  readonly attached: (post: MessageRef) => readonly LedgerEvent[];
}

/** Where a file stands here. */
export type FileState = 'here' | 'arriving' | 'rejected' | 'erased';

/** How far a file of this office is with one member. */
export interface FileHolder {
  readonly office: OfficeId;
  /**
   * `withheld`: the part that opens it was not released to it; `waiting`: the post is not delivered yet, or nothing was
   * sent; `refused`: it does not take the pieces; `rejected`: all came, and it kept nothing.
   */
  readonly state: 'withheld' | 'waiting' | 'sending' | 'here' | 'opened' | 'refused' | 'rejected';
  /** Pieces that it has by its signed receipts. */
  readonly pieces: number;
  /** Why it refused or rejected it; empty otherwise. */
  readonly code: string;
}

/** A file of a post, as it stands here. */
export interface AttachmentView {
  readonly label: string;
  readonly name: string;
  readonly mediaType: MediaType;
  readonly category: DataCategory;
  readonly bytes: number;
  readonly digest: Digest;
  readonly metadataKept: boolean;
  readonly state: FileState;
  readonly piecesHere: number;
  readonly pieces: number;
  /** Of an own file; empty for another's. */
  readonly holders: readonly FileHolder[];
}

/** A file as an officer gets it. */
export interface OpenedAttachment {
  /** Fit to save under anywhere; never empty. */
  readonly name: string;
  readonly mediaType: MediaType;
  readonly bytes: Uint8Array;
  readonly digest: Digest;
}

/** One line of a file's chain of custody. */
export interface CustodyLine {
  readonly atMs: EpochMs;
  readonly event:
    | 'entered'
    | 'attached'
    | 'first-piece-sent'
    | 'first-piece-arrived'
    | 'last-piece-arrived'
    | 'completed'
    | 'opened'
    | 'rejected'
    | 'erased';
  /** Where it happened. */
  readonly office: OfficeId;
  /** Who did it, where it was a person of this office. */
  readonly by: string;
  readonly code: string;
  /** Number of the ledger record that shows it. */
  readonly record: number;
}

/** The chain of custody of one file, as this office's ledger has it. It outlives the file. */
export interface CustodyReport {
  readonly operation: string;
  readonly post: { readonly origin: OfficeId; readonly id: EnvelopeId };
  readonly label: string;
  readonly digest: Digest;
  readonly originalDigest: Digest | null;
  readonly bytes: number;
  readonly mediaType: MediaType;
  readonly category: DataCategory;
  readonly metadataKept: boolean;
  readonly lines: readonly CustodyLine[];
  readonly holders: readonly FileHolder[];
}

/** Names a file of a post. */
export interface AttachmentKey {
  readonly operation: string;
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly label: string;
}

/** The files of this office's joint operations. */
export interface AttachmentDesk {
  /**
   * The file is what it says, without metadata, sealed and on disk when it resolves.
   * @throws ChannelError CHANNEL_OPERATION_UNKNOWN, CHANNEL_NOT_MEMBER, CHANNEL_NOT_LIVE; AttachmentsError
   * ATTACHMENTS_CATEGORY_UNFIT, ATTACHMENTS_STORE_FULL; FilesError every FILES_* code of content; RelayError RELAY_STOPPED.
   */
  readonly enter: (input: FileInput) => Promise<FileEntered>;
  /** The most bytes of a file in that operation. @throws ChannelError CHANNEL_OPERATION_UNKNOWN. */
  readonly maxBytes: (operation: string) => number;
  /** Files that are to go with a post. @throws AttachmentsError ATTACHMENTS_FILE_UNKNOWN; RelayError RELAY_CONTENT_GONE. */
  readonly take: (operation: string, files: readonly string[]) => Promise<TakenFiles>;
  /** The files of a post that this office can open. @throws AttachmentsError ATTACHMENTS_UNKNOWN where no such post is here. */
  readonly list: (key: Omit<AttachmentKey, 'label'>) => Promise<readonly AttachmentView[]>;
  /**
   * The file, whole and proved again; that somebody opened it is on record, and where they `retrieve` it for the office its
   * sender learns it, once.
   * @throws AttachmentsError ATTACHMENTS_UNKNOWN, ATTACHMENTS_INCOMPLETE, ATTACHMENTS_REJECTED, ATTACHMENTS_ERASED;
   * RecallError RECALL_RECALLED; RelayError RELAY_CONTENT_GONE, RELAY_STOPPED.
   */
  readonly open: (key: AttachmentKey, by: string, retrieves: boolean) => Promise<OpenedAttachment>;
  /** @throws AttachmentsError ATTACHMENTS_UNKNOWN. */
  readonly custody: (key: AttachmentKey) => Promise<CustodyReport>;
  /** Something came in: what waits for it goes on. */
  readonly arrived: () => void;
  /** Sends what members lack, puts together what is whole, and erases what is to be erased. */
  readonly sweep: () => Promise<void>;
}
