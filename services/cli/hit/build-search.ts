import {
  parseAccount,
  parseConsignment,
  parseDocument,
  parsePerson,
  parseVehicle,
  parseVessel,
} from '../alert/parse-subject.ts';
import { code } from '../codes/code-words.ts';
import { CliError } from '../errors.ts';
import type { JsonRecord } from '../office-api/office-client.ts';
import type { SearchOptions } from './search-options.ts';

/** Crime area and subjects of a search or lookout, in the JSON form of the contract. @throws CliError CLI_USAGE, CLI_INPUT_INVALID. */
export function searchBody(options: SearchOptions): JsonRecord {
  const subjects = [
    ...(options.person ?? []).map(parsePerson),
    ...(options.document ?? []).map(parseDocument),
    ...(options.vehicle ?? []).map(parseVehicle),
    ...(options.vessel ?? []).map(parseVessel),
    ...(options.consignment ?? []).map(parseConsignment),
    ...(options.account ?? []).map(parseAccount),
  ];
  if (options.crimeArea === undefined || subjects.length === 0)
    throw new CliError('CLI_USAGE', {
      context: {
        missing: '--crime-area and one of --person, --document, --vehicle, --vessel, --consignment, --account',
      },
    });
  return { crimeArea: code('CRIME_AREA', options.crimeArea), subjects };
}

/** What both submissions have around their bodies. */
export function searchEnvelope(options: SearchOptions): JsonRecord {
  const fields = {
    purpose: code('PURPOSE', options.purpose ?? 'investigation'),
    handling: code('HANDLING_CODE', options.handling ?? 'H1'),
    caveat: options.caveat,
    caseReference: options.case,
    drill: options.drill,
    idempotencyKey: options.idempotencyKey,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
