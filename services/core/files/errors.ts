import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../foundation/index.ts';

/** The errors of this folder: what is no file that may cross, and pieces that are not those of their file. */
export const FILES_ERRORS = {
  FILES_SIZE_UNFIT: {
    meaning: 'the file is empty, or larger than allowed here',
    action: 'hand in a smaller file; a picture may be saved at a lower resolution',
    disposition: 'reject',
  },
  FILES_TYPE_REFUSED: {
    meaning:
      'the content is of a type that does not cross: a program, a script, an archive, an office document, markup',
    action: 'hand in a JPEG, PNG or WebP picture, a PDF or plain text; print an office document to PDF first',
    disposition: 'reject',
  },
  FILES_TYPE_UNKNOWN: {
    meaning: 'the content is neither a JPEG, PNG or WebP picture nor a PDF nor UTF-8 text',
    action: 'save it as one of these, and hand that in',
    disposition: 'reject',
  },
  FILES_STRUCTURE_BROKEN: {
    meaning: 'the file begins like one of an allowed type, but is not built like one from its first byte to its last',
    action: 'open it where it comes from and save it anew; the context says where it breaks',
    disposition: 'reject',
  },
  FILES_TRAILING_DATA: {
    meaning: 'after the end of the picture or document there is something more',
    action: 'save the file anew; what follows its end is no part of it',
    disposition: 'reject',
  },
  FILES_POLYGLOT: {
    meaning: 'the same bytes are also an archive, which a program could unpack',
    action: 'do not open it; find out where it comes from',
    disposition: 'reject',
  },
  FILES_ACTIVE_CONTENT: {
    meaning: 'the document holds a script, a launch action, a file of its own or something else that acts',
    action: 'print the document to a plain PDF, and hand that in',
    disposition: 'reject',
  },
  FILES_ENCRYPTED: {
    meaning: 'the document is encrypted, so nobody can check what it holds',
    action: 'save it without a password; it is sealed on the way all the same',
    disposition: 'reject',
  },
  FILES_DIMENSIONS_EXCESSIVE: {
    meaning: 'the picture has no size, or more pixels than a computer at the other side need bear',
    action: 'save it at a lower resolution',
    disposition: 'reject',
  },
  FILES_TEXT_UNSAFE: {
    meaning: 'the text has control characters, changes the direction of reading, or is a script or markup',
    action: 'save it as plain UTF-8 text',
    disposition: 'reject',
  },
  FILES_NAME_UNFIT: {
    meaning: 'the name of the file says another type than its content is',
    action: 'find out what the file is, and name it accordingly',
    disposition: 'reject',
  },
  FILES_PIECE_UNOPENABLE: {
    meaning: 'a piece does not open: it was changed, stands at another place, or is of another file',
    action: 'ask the sender for the file again, and find out who changed the piece',
    disposition: 'quarantine',
  },
  FILES_ROOT_MISMATCH: {
    meaning: 'the pieces are not those whose root the sender signed',
    action: 'ask the sender for the file again, and find out who changed the pieces',
    disposition: 'quarantine',
  },
  FILES_DIGEST_MISMATCH: {
    meaning: 'the file has not the size or digest that its sender signed',
    action: 'ask the sender for the file again',
    disposition: 'quarantine',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of files. */
export type FilesErrorCode = keyof typeof FILES_ERRORS;

/** A file, or a piece of one, that is not what it must be. */
export class FilesError extends LiaisonError<FilesErrorCode> {
  constructor(code: FilesErrorCode, details?: ErrorDetails) {
    super('FilesError', code, FILES_ERRORS[code], details);
  }
}
