export { FILES_ERRORS, FilesError, type FilesErrorCode } from './errors.ts';
export { fitFileName, mediaTypeName } from './file-name.ts';
export { identifyFile, stripMetadata } from './identify-file.ts';
export { MAX_FILE_BYTES, PIECE_BYTES } from './limits.ts';
export {
  type FileSeal,
  MAX_SEALED_PIECE_BYTES,
  openFile,
  openPiece,
  pieceCount,
  type SealedFile,
  sealedPieceBytes,
  sealFile,
} from './seal-pieces.ts';
export type { IdentifiedFile, StrippedFile } from './types.ts';
