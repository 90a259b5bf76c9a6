import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../core/foundation/index.ts';

/** The errors of the command line: what a person asked for that cannot be done as asked. */
export const CLI_ERRORS = {
  CLI_USAGE: {
    meaning: 'the command line is not complete or names something that does not exist',
    action: 'see blo help and the command with --help',
    disposition: 'reject',
  },
  CLI_OFFICE_NOT_NAMED: {
    meaning: 'it is not said which office is meant',
    action: 'name one of the region with --office, or an address with --url and --token-file',
    disposition: 'reject',
  },
  CLI_REGION_MISSING: {
    meaning: 'there is no .liaison/region.json here or in a folder above',
    action: 'start a region with blo region up, or name an office with --url and --token-file',
    disposition: 'reject',
  },
  CLI_OFFICE_UNKNOWN: {
    meaning: 'the region has no such office, or no token for that role',
    action: 'see .liaison/region.json for what it has',
    disposition: 'reject',
  },
  CLI_FILE_UNREADABLE: {
    meaning: 'a file cannot be read',
    action: 'see that it exists and that you may read it',
    disposition: 'reject',
  },
  CLI_FILE_EXISTS: {
    meaning: 'a file is there already and is not overwritten',
    action: 'name another place, or move the file away first',
    disposition: 'reject',
  },
  CLI_INPUT_INVALID: {
    meaning: 'an input does not have the form it must have',
    action: 'correct what is named and try again',
    disposition: 'reject',
  },
  CLI_API_UNREACHABLE: {
    meaning: "the office's node does not answer",
    action: 'see that it runs and that the address is right',
    disposition: 'retry',
  },
  CLI_API_ANSWER_INVALID: {
    meaning: "the office's node answered with something this command does not understand",
    action: 'see that the node and blo are of the same release',
    disposition: 'reject',
  },
  CLI_API_REFUSED: {
    meaning: "the office's node refused the request",
    action: 'see the reason it gives',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type CliErrorCode = keyof typeof CLI_ERRORS;

/** What a command cannot do as asked. */
export class CliError extends LiaisonError<CliErrorCode> {
  constructor(code: CliErrorCode, details?: ErrorDetails) {
    super('CliError', code, CLI_ERRORS[code], details);
  }
}
