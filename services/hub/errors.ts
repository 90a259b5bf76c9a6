import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../core/foundation/index.ts';

/** The errors of the hub process: reasons not to start. */
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
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type HubErrorCode = keyof typeof HUB_ERRORS;

/** Why the hub does not start. */
export class HubError extends LiaisonError<HubErrorCode> {
  constructor(code: HubErrorCode, details?: ErrorDetails) {
    super('HubError', code, HUB_ERRORS[code], details);
  }
}
