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
    meaning: 'the request carries neither a session nor a bearer token',
    action: 'sign in at the console, or send the header Authorization: Bearer with a token of this office',
    disposition: 'reject',
  },
  OFFICE_ROLE_FORBIDDEN: {
    meaning: 'the role does not allow this',
    action: 'ask somebody who has one of these roles, or use a token of one of them',
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
  OFFICE_CREDENTIALS_TWO: {
    meaning: 'the request carries a token and a session, so that it is not clear who asks',
    action: 'send the one or the other',
    disposition: 'reject',
  },
  OFFICE_ORIGIN_FOREIGN: {
    meaning: "the request does not come from a page of this office's console",
    action:
      'open the console at its own address, or use a token; console.origin in office.yaml says which address that is',
    disposition: 'reject',
  },
  OFFICE_CSRF_REFUSED: {
    meaning:
      "the request does not carry the session's own word in the header x-liaison-csrf, so it may be another site's doing",
    action: 'load the page again; GET /v1/session gives the word',
    disposition: 'reject',
  },
  OFFICE_SESSION_NEEDED: {
    meaning: 'this is about the account of a person who is signed in, and a token is no person',
    action: 'sign in at the console',
    disposition: 'reject',
  },
  OFFICE_SIGN_IN_INSECURE: {
    meaning: 'nobody signs in over a line that others can read: the node listens on the network without TLS',
    action:
      'give it a certificate with http.tls in office.yaml, or let it listen on 127.0.0.1 behind a proxy that has one',
    disposition: 'reject',
  },
  OFFICE_CHALLENGE_INVALID: {
    meaning: 'the sign-in was begun in another browser, too long ago, or was used already',
    action: 'begin again',
    disposition: 'reject',
  },
  OFFICE_FIRST_RUN_REFUSED: {
    meaning: 'the code of the first run is not right, or the office has people already',
    action: 'show the code on the machine of the node with blo officer first-run-code; later an operator adds people',
    disposition: 'reject',
  },
  OFFICE_OIDC_ABSENT: {
    meaning: "the office uses no ministry's sign-in",
    action: 'sign in by another means; console.oidc in office.yaml sets it up',
    disposition: 'reject',
  },
  OFFICE_OIDC_FAILED: {
    meaning: "the ministry's sign-in does not answer as it must",
    action: 'try again later or by another means; the log of the node says what is wrong',
    disposition: 'retry',
  },
  OFFICE_PEOPLE_BUSY: {
    meaning: 'somebody else changes the officers of the office at this moment',
    action: 'try again in a moment',
    disposition: 'retry',
  },
  OFFICE_PEOPLE_UNREADABLE: {
    meaning: 'officers.json cannot be read as what it must be, so nothing is changed in it',
    action: 'restore the file; the readiness of the node and its log name the fault',
    disposition: 'retry',
  },
  OFFICE_CONSOLE_MISSING: {
    meaning: "the console's files are not there",
    action: 'build them with npm run build; the API works without them',
    disposition: 'retry',
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
