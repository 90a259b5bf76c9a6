import { pino } from 'pino';
import type { Clock } from '../foundation/index.ts';
import { TelemetryError } from './errors.ts';
import { type LogFields, safeFields } from './log-fields.ts';

/** How much is written. Every message that passes is `debug`; what changes the office's state is `info` or more. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** Fails to compile for a text that is put together at run time: what varies goes into the fields. */
export type FixedText<Text extends string> = Record<never, never> extends Record<Text, 1> ? never : Text;

type Write = <const Text extends string>(fields: LogFields, text: FixedText<Text>) => void;

/** A named logger: fields first, then a fixed text. */
export interface Logger {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

/** Takes whole lines, each one JSON object. */
export interface LogDestination {
  readonly write: (line: string) => void;
}

/** Gives the logger of a part of the process: `relay`, `http`. */
export type Loggers = (name: string) => Logger;

/** What loggers are made with. */
export interface LoggerOptions {
  readonly destination: LogDestination;
  readonly level: LogLevel;
  readonly clock: Clock;
  /** The office or hub whose process writes; stands in every line. */
  readonly office: string;
}

/** Loggers that write one JSON object per line, with nothing in it but the allowed fields. */
export function createLoggers({ destination, level, clock, office }: LoggerOptions): Loggers {
  const root = pino(
    {
      level,
      base: safeFields({ office }),
      messageKey: 'text',
      timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return (name) => {
    const child = root.child({ part: name });
    const writeAt = (at: Exclude<LogLevel, 'silent'>): Write => {
      if (!child.isLevelEnabled(at)) return () => undefined;
      return (fields, text) => child[at](safeFields(fields), text);
    };
    return { debug: writeAt('debug'), info: writeAt('info'), warn: writeAt('warn'), error: writeAt('error') };
  };
}

/** A log level from its name. @throws TelemetryError TELEMETRY_LOG_LEVEL_UNKNOWN. */
export function parseLogLevel(text: unknown): LogLevel {
  const found = LEVELS.find((level) => level === text);
  if (found === undefined) throw new TelemetryError('TELEMETRY_LOG_LEVEL_UNKNOWN');
  return found;
}
