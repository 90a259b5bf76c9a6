import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../core/foundation/index.ts';

/** The errors of the hub process: reasons not to start, and what offices are told when they are refused. */
export const HUB_ERRORS = {
  HUB_ARGUMENTS_INVALID: {
    meaning: 'the process was not started as it must be',
    action: "start it with --config and the path of the hub's configuration",
    disposition: 'reject',
  },
  HUB_CONFIG_INVALID: {
    meaning: 'the configuration has faults; each is named with its place',
    action: 'correct every named place and start again',
    disposition: 'fatal',
  },
  HUB_FILE_UNREADABLE: {
    meaning: 'a file that the hub needs cannot be read',
    action: "see that the named file exists and that the hub's user may read it",
    disposition: 'fatal',
  },
  HUB_SERVER_UNSAFE: {
    meaning: "the hub's own server runs with settings under which it could do more than relay",
    action: "correct each finding in the server's configuration and restart it",
    disposition: 'fatal',
  },
  HUB_LISTEN_FAILED: {
    meaning: 'the address of the HTTP door is not to be had',
    action: 'end what uses the port, or choose another one in the configuration',
    disposition: 'fatal',
  },
  HUB_LOG_INVALID: {
    meaning: "the hub's own log does not read as it was written: an entry is missing, or a digest is another",
    action:
      'keep the store as it is, restore it from before, and tell the parties: offices notice a log that went back',
    disposition: 'fatal',
  },
  HUB_AGREEMENT_FOREIGN: {
    meaning: 'a document in the trust folder is no agreement that names this hub with its key',
    action: 'have the parties sign an agreement with what stands in hub-entry.json, or take the file away',
    disposition: 'reject',
  },
  HUB_OFFICE_UNKNOWN: {
    meaning: 'no agreement that names this hub has that office as a party, or its directory is not here',
    action: "install the agreement and the nation's directory in the hub's trust folder",
    disposition: 'retry',
  },
  HUB_NOT_ENTITLED: {
    meaning: 'no agreement that names this hub lets that office release this to the region',
    action: 'compare the release with the regional articles of the agreement that it names',
    disposition: 'reject',
  },
  HUB_SUBSCRIPTION_BEYOND: {
    meaning: 'a subscription asks for more than any agreement that names this hub lets the office have',
    action: 'subscribe within the regional articles of the agreement',
    disposition: 'reject',
  },
  HUB_SUBSCRIPTION_OLD: {
    meaning: 'a newer text of that subscription is here already',
    action: 'none where it is repeated; otherwise correct the clock of the office',
    disposition: 'reject',
  },
  HUB_SUBSCRIPTION_TOO_MANY: {
    meaning: 'the office has as many subscriptions as one office may have',
    action: 'end one that is not needed',
    disposition: 'reject',
  },
  HUB_TOPIC_MISMATCH: {
    meaning: 'what was published says another office, corridor or crime area than the subject it came on',
    action: "see which software publishes with that office's key",
    disposition: 'reject',
  },
  HUB_NUMBER_TAKEN: {
    meaning: 'the office has released something else under that number of the topic',
    action: 'speak with the office: two of its nodes run, or its ledger was set back',
    disposition: 'reject',
  },
  HUB_NATION_SUSPENDED: {
    meaning: 'the nation is suspended at this hub',
    action: 'blo hub resume, once the reason is gone',
    disposition: 'retry',
  },
  HUB_RATE_EXCEEDED: {
    meaning: 'the office said or asked more than its share for now',
    action: 'none; it is said again later',
    disposition: 'retry',
  },
  HUB_BUSY: {
    meaning: 'more waits to be stored than the hub keeps in memory',
    action: 'see whether the disk of the hub is slow; it is said again later',
    disposition: 'retry',
  },
  HUB_NOT_STORED: {
    meaning: 'the store did not take it: it is full, or its server is away',
    action: "see that the hub's server runs and that the streams have room",
    disposition: 'retry',
  },
  HUB_REQUEST_INVALID: {
    meaning: 'a request does not have the form that it must have, or speaks of another office than its own',
    action: 'see that office and hub are of the same release',
    disposition: 'reject',
  },
  HUB_FIGURES_QUERY_INVALID: {
    meaning: 'figures were asked for by something else than one facet, or for weeks that are none',
    action: 'ask by corridor, crimeArea, urgency or nation, from and until a week such as 2029-W04',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type HubErrorCode = keyof typeof HUB_ERRORS;

/** Why the hub does not start, or does not do what it was asked. */
export class HubError extends LiaisonError<HubErrorCode> {
  constructor(code: HubErrorCode, details?: ErrorDetails) {
    super('HubError', code, HUB_ERRORS[code], details);
  }
}
