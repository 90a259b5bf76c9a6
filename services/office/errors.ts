import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../core/foundation/index.ts';

/** The errors of the office process: requests that are not answered as asked, and reasons not to start. */
export const OFFICE_ERRORS = {
  OFFICE_REQUEST_MALFORMED: {
    meaning: 'the request is not HTTP, or its body is not JSON, that can be read',
    action: 'correct the request; see the API description at /openapi.json',
    disposition: 'reject',
  },
  OFFICE_REQUEST_INVALID: {
    meaning: 'something in the request is not allowed; the faults name field and reason',
    action: 'correct the named fields and ask again',
    disposition: 'reject',
  },
  OFFICE_UNAUTHENTICATED: {
    meaning: 'the request carries no bearer token',
    action: 'send the header Authorization: Bearer with a token of this office',
    disposition: 'reject',
  },
  OFFICE_ROLE_FORBIDDEN: {
    meaning: 'the role of the token does not allow this',
    action: 'use a token of one of the roles that the answer names',
    disposition: 'reject',
  },
  OFFICE_ROUTE_UNKNOWN: {
    meaning: 'there is nothing at this address',
    action: 'see the API description at /openapi.json',
    disposition: 'reject',
  },
  OFFICE_METHOD_UNKNOWN: {
    meaning: 'this address does not take that method',
    action: 'use one of the methods that the Allow header names',
    disposition: 'reject',
  },
  OFFICE_BODY_TOO_LARGE: {
    meaning: 'the body is larger than is taken here: 25 MB of a file, 256 KiB of all else',
    action: 'send less in one request: a smaller picture, or a document in parts',
    disposition: 'reject',
  },
  OFFICE_MEDIA_TYPE_UNKNOWN: {
    meaning: 'the body is not of a media type that is read here',
    action: 'send application/json',
    disposition: 'reject',
  },
  OFFICE_RATE_EXCEEDED: {
    meaning: 'more requests came than are answered',
    action: 'wait as long as the Retry-After header says',
    disposition: 'retry',
  },
  OFFICE_STREAMS_EXHAUSTED: {
    meaning: 'more live streams are open than are served',
    action: 'close one, or ask again later',
    disposition: 'retry',
  },
  OFFICE_MESSAGE_AMBIGUOUS: {
    meaning: 'messages of several offices have that id',
    action: 'name the office with the parameter origin',
    disposition: 'reject',
  },
  OFFICE_FAULT: {
    meaning: 'the node has a fault of its own; nothing is known to be wrong with the request',
    action: "look for the correlation id in the node's log and report it",
    disposition: 'fatal',
  },
  OFFICE_ARGUMENTS_INVALID: {
    meaning: 'the process was not started as it must be',
    action: "start it with --config and the path of the office's configuration",
    disposition: 'reject',
  },
  OFFICE_CONFIG_INVALID: {
    meaning: 'the configuration has faults; each is named with its place',
    action: 'correct every named place and start again',
    disposition: 'fatal',
  },
  OFFICE_FILE_UNREADABLE: {
    meaning: 'a file that the office needs cannot be read',
    action: "see that the named file exists and that the office's user may read it",
    disposition: 'fatal',
  },
  OFFICE_SECRET_EXPOSED: {
    meaning: 'a file with a secret can be read by others than its owner',
    action: 'take the permissions away: chmod 600; if others had access to the machine, make a new key',
    disposition: 'fatal',
  },
  OFFICE_SECRET_INVALID: {
    meaning: 'a file with a secret does not hold the kind of key it must hold',
    action: 'put the right file in its place, or make the key again',
    disposition: 'fatal',
  },
  OFFICE_DIRECTORY_UNUSABLE: {
    meaning: "the directory of the office's own nation is missing, or has expired",
    action: 'get the newest directory from the nation and put it into the folder trust/directories',
    disposition: 'fatal',
  },
  OFFICE_NOT_LISTED: {
    meaning: "the nation's directory does not list this office with the key that it signs with",
    action: 'have the nation list the office and its keys in its next directory',
    disposition: 'fatal',
  },
  OFFICE_DOCUMENT_ROLLBACK: {
    meaning: 'a document is older than one that the ledger says was in use, or is another one of the same version',
    action: 'put the newest document back; find out who replaced it with an older one',
    disposition: 'fatal',
  },
  OFFICE_BUNDLE_UNUSABLE: {
    meaning: 'no policy bundle of the nation can be put in force: it is missing, or was refused',
    action:
      "get the nation's newest signed bundle and put it where the configuration says; nothing crosses without one",
    disposition: 'fatal',
  },
  OFFICE_DOCUMENT_MISPLACED: {
    meaning: 'a neighbour passed on a document that it has no say in',
    action: 'ask the neighbour; nothing was changed by the document',
    disposition: 'quarantine',
  },
  OFFICE_SERVER_UNSAFE: {
    meaning: "the office's own nats-server runs with settings under which the promises cannot be kept",
    action: "correct each finding in the server's configuration and restart it",
    disposition: 'fatal',
  },
  OFFICE_LISTEN_FAILED: {
    meaning: 'the address for HTTP cannot be listened on',
    action: 'see whether another process has the port, or choose another in the configuration',
    disposition: 'fatal',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type OfficeErrorCode = keyof typeof OFFICE_ERRORS;

/** One thing that is wrong with what somebody gave, where, and why. */
export interface Fault {
  /** Path of the value: `alert.subjects[2].relatedTo[0]`; empty for the whole. */
  readonly field: string;
  /** A word of a fixed list: `field-unknown`. */
  readonly reason: string;
  /** The same for people. */
  readonly message: string;
}

/** What may accompany an error of the office. */
export interface OfficeErrorDetails extends ErrorDetails {
  readonly faults?: readonly Fault[];
}

/** A request or a start that the office refuses. */
export class OfficeError extends LiaisonError<OfficeErrorCode> {
  readonly faults: readonly Fault[];

  constructor(code: OfficeErrorCode, details: OfficeErrorDetails = {}) {
    super('OfficeError', code, OFFICE_ERRORS[code], details);
    this.faults = details.faults ?? [];
  }
}
