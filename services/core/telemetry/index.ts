export { type BusinessEvents, type BusinessEventsOptions, createBusinessEvents } from './business-events.ts';
export { type ErrorSummary, summaryOf } from './error-summary.ts';
export { TELEMETRY_ERRORS, TelemetryError, type TelemetryErrorCode } from './errors.ts';
export {
  createEventFeed,
  type EventFeed,
  type EventFeedOptions,
  type FeedEvent,
  type FeedNext,
  type FeedPage,
  type FeedSubscription,
} from './event-feed.ts';
export { isLabel, LABELS, type Label, type LabelSet } from './labels.ts';
export type { LogFields } from './log-fields.ts';
export {
  createLoggers,
  type FixedText,
  type LogDestination,
  type Logger,
  type LoggerOptions,
  type Loggers,
  type LogLevel,
  parseLogLevel,
} from './loggers.ts';
export {
  createMetrics,
  createMetricsRegistry,
  type Metrics,
  type MetricsOptions,
  type MetricsRegistry,
} from './metrics.ts';
export type {
  CopyName,
  DirectedCopy,
  EventFactsByType,
  EventType,
  MatterFacts,
  MessageName,
  OfficeEvent,
} from './office-event.ts';
export type { HoldState, LinkReading, OutboxState, ReviewState, StateSource } from './state-source.ts';
