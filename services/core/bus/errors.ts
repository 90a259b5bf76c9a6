import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../foundation/index.ts';

/** The errors of this folder: what the server refuses, cannot do, or does not answer. */
export const BUS_ERRORS = {
  BUS_CONNECT_FAILED: {
    meaning: 'the server cannot be reached, or it refused this key',
    action: "see that the office's server runs, that its address is right and that its configuration lists this key",
    disposition: 'retry',
  },
  BUS_CLOSED: {
    meaning: 'the connection to the server was closed while an answer was awaited',
    action: "none while the node is stopping; otherwise see the server's log",
    disposition: 'retry',
  },
  BUS_DISCONNECTED: {
    meaning: "the connection to the office's own server is down; what was asked was not sent, or its answer was lost",
    action: "see that the office's server runs; the node connects again by itself",
    disposition: 'retry',
  },
  BUS_TIMEOUT: {
    meaning: 'no answer came in time; whether the server did what was asked is not known',
    action: 'see whether the server runs and its disk has room; the same thing may be asked again',
    disposition: 'retry',
  },
  BUS_NO_RESPONDERS: {
    meaning: 'nobody listens on the subject: the link is down, or the stream does not exist',
    action: "see the state of the link, and whether the peer's office runs",
    disposition: 'retry',
  },
  BUS_STORE_FULL: {
    meaning: 'a stream or the store has no room for another message',
    action: "make room, or raise the bounds of the streams in the office's configuration",
    disposition: 'retry',
  },
  BUS_TOO_LARGE: {
    meaning: 'a message is larger than the server or the stream takes',
    action: 'none; the caller must make smaller messages',
    disposition: 'reject',
  },
  BUS_REQUEST_REFUSED: {
    meaning: 'the server refused a request; the context has its code',
    action: "compare the server's configuration with the templates in deploy/nats",
    disposition: 'fatal',
  },
  BUS_PEER_REFUSED: {
    meaning: "the peer's server answered that it did not store what was published; the context has its code",
    action:
      "ask the peer's office to look at its server: its inbound stream is full or its disk is; what was sent will be sent again",
    disposition: 'retry',
  },
  BUS_ANSWER_INVALID: {
    meaning: 'an answer does not have the form it must have',
    action: 'see whether the peer runs the same release; what was sent will be sent again',
    disposition: 'retry',
  },
  BUS_STRAYS_REMOVED: {
    meaning: "messages under forged subjects were found in a neighbour's inbound stream and removed, unread",
    action: "speak with the neighbour: its server, or whoever holds its key, does what no office's software does",
    disposition: 'reject',
  },
  BUS_FENCE_LOST: {
    meaning: 'another writer has appended to the ledger: this node is no longer the one writer',
    action: "stop one of the two nodes that use this office's server",
    disposition: 'fatal',
  },
  BUS_APPEND_UNDECIDED: {
    meaning: 'the server went away during an append and did not come back in time to say whether it was stored',
    action: 'start the node again when the server runs; it reads from the ledger what was stored',
    disposition: 'fatal',
  },
  BUS_CONTENT_DIFFERS: {
    meaning: 'a content batch of this id is already stored with other bytes',
    action: 'keep both stores as they are and report it; an id is never used twice',
    disposition: 'fatal',
  },
  BUS_STREAM_UNSAFE: {
    meaning: 'a stream exists with settings that could lose or alter what is in it; the context names the setting',
    action: "find out who changed it; move the stream's data away or restore its settings by hand, then start again",
    disposition: 'fatal',
  },
  BUS_MONITOR_UNREACHABLE: {
    meaning: "the server's own monitoring does not answer, so its settings cannot be checked",
    action: 'see that the server runs and that its monitoring listens on loopback at the configured port',
    disposition: 'retry',
  },
  BUS_CONFIG_INVALID: {
    meaning: 'a server configuration cannot be made of these values; the context names the value',
    action: 'correct the value',
    disposition: 'reject',
  },
  BUS_TEMPLATE_INVALID: {
    meaning:
      'a template has a placeholder without a value, a value without a placeholder, or a value that is not allowed there',
    action: 'restore the templates in deploy/nats from the release',
    disposition: 'fatal',
  },
  BUS_CERTIFICATE_INVALID: {
    meaning: 'a certificate or key is not readable or not of the kind it must be',
    action: 'make the certificate again',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type BusErrorCode = keyof typeof BUS_ERRORS;

/** What went wrong between the node and its server, or over a link. Errors of the NATS client appear only as `cause`. */
export class BusError extends LiaisonError<BusErrorCode> {
  constructor(code: BusErrorCode, details?: ErrorDetails) {
    super('BusError', code, BUS_ERRORS[code], details);
  }
}
