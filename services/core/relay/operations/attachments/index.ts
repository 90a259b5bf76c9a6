export { attachmentDesk } from './attachment-desk.ts';
export { FILE_CATEGORIES } from './attachment-parts.ts';
export { ATTACHMENTS_ERRORS, AttachmentsError, type AttachmentsErrorCode } from './errors.ts';
export { assertPieceInPlace } from './piece-arrival.ts';
export type {
  AttachmentDesk,
  AttachmentKey,
  AttachmentView,
  CustodyLine,
  CustodyReport,
  FileEntered,
  FileHolder,
  FileInput,
  FileState,
  OpenedAttachment,
  TakenFiles,
} from './types.ts';
