export { BUS_ERRORS, BusError, type BusErrorCode } from './errors.ts';
export type {
  AppendLog,
  AppendLogEntry,
  BusConnection,
  BusConnectionState,
  BusConnectOptions,
  ContentBatches,
  InboundConsumer,
  InboundMessage,
  LeafConnection,
  LinkPublisher,
  LinkState,
  OfficeStreamsOptions,
  SafetyCode,
  SafetyFinding,
  StreamBounds,
} from './types.ts';
