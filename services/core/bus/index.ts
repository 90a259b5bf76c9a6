export { type AppendLogOptions, createAppendLog, type LogPlace } from './append-log.ts';
export {
  type CertificateAndKey,
  certificateFingerprint,
  type LinkCertificate,
  type LinkCertificateRequest,
  makeLinkAuthority,
  makeLinkCertificate,
  type Validity,
} from './certificates/index.ts';
export { connectBus } from './connect-bus.ts';
export { createContentBatches } from './content-batches.ts';
export { type EnsuredStreams, ensureOfficeStreams } from './ensure-office-streams.ts';
export { BUS_ERRORS, BusError, type BusErrorCode } from './errors.ts';
export { formatHubAnswer, type HubAnswer, parseHubAnswer } from './hub-answer.ts';
export { openHubClient } from './hub-client.ts';
export { createHubContent, createHubLogStore, createNewestOfSubject, ensureHubStreams } from './hub-stores.ts';
export { type InboundConsumerOptions, openInboundConsumer } from './inbound-consumer.ts';
export { MAX_BODY_BYTES, MAX_PAYLOAD_BYTES } from './limits.ts';
export { createLinkPublisher } from './link-publisher.ts';
export {
  type CutNationOptions,
  type CutNeighbourOptions,
  checkServerSafety,
  cutNation,
  cutNeighbour,
  type LinkWatch,
  type MonitorAddress,
  readLeafs,
  reloadServer,
  type SafetyCheckOptions,
  type ServerRole,
  type WatchLinksOptions,
  watchLinks,
} from './monitor/index.ts';
export { type NkeyUser, newNkeyUser, nkeyPublicOf } from './nkey.ts';
export { openResponder } from './responder.ts';
export {
  type AcceptingLink,
  type DiallingLink,
  type HubOffice,
  type HubRoute,
  type HubServerInput,
  type LeafListener,
  type LinkPeer,
  type NkeyPublic,
  nationAccountOf,
  type OfficeLink,
  type OfficeServerInput,
  type Port,
  type RenderedConfig,
  readServerTemplates,
  renderHubServerConfig,
  renderOfficeServerConfig,
  type ServerBasics,
  type ServerTemplates,
  type TlsFiles,
} from './server-config/index.ts';
export { setInboundScopes } from './set-inbound-scopes.ts';
export type {
  AppendLog,
  AppendLogEntry,
  BusConnection,
  BusConnectionState,
  BusConnectOptions,
  ContentBatches,
  HubClient,
  HubContent,
  HubStreamBounds,
  InboundConsumer,
  InboundMessage,
  LeafConnection,
  LinkPublisher,
  LinkState,
  NewestOfSubject,
  OfficeStreamsOptions,
  ReceivedRequest,
  SafetyCode,
  SafetyFinding,
  StreamBounds,
} from './types.ts';
