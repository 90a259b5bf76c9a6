import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../foundation/index.ts';

/** The errors of this folder. */
export const TELEMETRY_ERRORS = {
  TELEMETRY_LOG_LEVEL_UNKNOWN: {
    meaning: 'the configured log level is none of those there are',
    action: 'set the log level to debug, info, warn, error or silent',
    disposition: 'reject',
  },
  TELEMETRY_TOO_MANY_SUBSCRIBERS: {
    meaning: 'as many listeners as there may be follow the live events already',
    action: 'close listeners that are not needed; try again later',
    disposition: 'retry',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type TelemetryErrorCode = keyof typeof TELEMETRY_ERRORS;

/** What observation itself refuses. */
export class TelemetryError extends LiaisonError<TelemetryErrorCode> {
  constructor(code: TelemetryErrorCode, details?: ErrorDetails) {
    super('TelemetryError', code, TELEMETRY_ERRORS[code], details);
  }
}
