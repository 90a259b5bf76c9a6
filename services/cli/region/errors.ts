import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../core/foundation/index.ts';

/** The errors of this folder: why a region cannot be made, started or kept running. */
export const REGION_ERRORS = {
  REGION_ALREADY_RUNNING: {
    meaning: 'this region is running already',
    action: 'use it as it is, end that process, or start another region with --home',
    disposition: 'reject',
  },
  REGION_PORT_IN_USE: {
    meaning: 'a port of the region is in use by another program',
    action: 'end that program, or choose other ports with --port-base',
    disposition: 'reject',
  },
  REGION_NO_FREE_PORTS: {
    meaning: 'not enough free ports were found on this machine',
    action: 'end what uses them, or choose other ports with --port-base',
    disposition: 'reject',
  },
  REGION_SERVER_MISSING: {
    meaning: 'no nats-server that will do was named',
    action: 'start the region with npm start, which finds or fetches one, or name one in NATS_SERVER',
    disposition: 'reject',
  },
  REGION_STATE_INVALID: {
    meaning: "the region's own files cannot be read as what they should be",
    action: 'restore them, or move the folder away and start with a new one',
    disposition: 'reject',
  },
  REGION_START_FAILED: {
    meaning: 'a process of the region ended before it was ready',
    action: 'see its log',
    disposition: 'fatal',
  },
  REGION_NOT_READY: {
    meaning: 'a part of the region was not ready in time',
    action: 'see its log',
    disposition: 'retry',
  },
  REGION_ALERT_LOST: {
    meaning: 'a sample alert did not arrive in time',
    action: 'see the logs of both offices',
    disposition: 'fatal',
  },
  REGION_OPERATION_LOST: {
    meaning: "a step of the demonstration's operation did not happen in time",
    action: 'see the logs of the offices',
    disposition: 'fatal',
  },
  REGION_BULLETIN_LOST: {
    meaning: 'a sample bulletin did not arrive in time',
    action: 'see the logs of the hub and the offices',
    disposition: 'fatal',
  },
  REGION_STOPPED: {
    meaning: 'the region was stopped before it was ready',
    action: 'start it again when it is wanted',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type RegionErrorCode = keyof typeof REGION_ERRORS;

/** Why a region cannot be made, started or kept running. */
export class RegionError extends LiaisonError<RegionErrorCode> {
  constructor(code: RegionErrorCode, details?: ErrorDetails) {
    super('RegionError', code, REGION_ERRORS[code], details);
  }
}
