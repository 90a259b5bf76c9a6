import type { HubId, OfficeId } from '../../foundation/index.ts';
import {
  CONTENT_FILTER,
  CONTENT_STREAM,
  HUB_CONTENT_FILTER,
  HUB_CONTENT_STREAM,
  HUB_DIRECTORY_FILTER,
  HUB_DIRECTORY_STREAM,
  HUB_LOG_STREAM,
  HUB_LOG_SUBJECT,
  HUB_REQUEST_FILTER,
  HUB_SUBSCRIPTION_FILTER,
  HUB_SUBSCRIPTION_STREAM,
  hubRequestSubject,
  inboundStreamOf,
  inboxPrefixOf,
  LEDGER_STREAM,
  LEDGER_SUBJECT,
  PRECEDENCES,
  REGION_FILTER,
  regionOutFilter,
} from '../../subjects/index.ts';

/** What the node publishes in its own account: its two streams, and exactly the requests it makes of JetStream. */
export function nodePublish(peers: readonly OfficeId[]): readonly string[] {
  const inbound = peers.map(inboundStreamOf);
  const streams = [LEDGER_STREAM, CONTENT_STREAM, ...inbound];
  return [
    LEDGER_SUBJECT,
    CONTENT_FILTER,
    'office.event.>',
    ...streams.flatMap((stream) => [
      `$JS.API.STREAM.INFO.${stream}`,
      `$JS.API.STREAM.CREATE.${stream}`,
      `$JS.API.STREAM.UPDATE.${stream}`,
    ]),
    `$JS.API.DIRECT.GET.${LEDGER_STREAM}`,
    // The first form finds what an interrupted replacement of a batch left behind.
    `$JS.API.DIRECT.GET.${CONTENT_STREAM}`,
    `$JS.API.DIRECT.GET.${CONTENT_STREAM}.>`,
    `$JS.API.STREAM.MSG.DELETE.${CONTENT_STREAM}`,
    ...inbound.flatMap((stream) => [
      `$JS.API.DIRECT.GET.${stream}`,
      `$JS.API.STREAM.MSG.DELETE.${stream}`,
      ...PRECEDENCES.flatMap((consumer) => [
        // What follows the consumer's name is its filter, without which the server makes none.
        `$JS.API.CONSUMER.CREATE.${stream}.${consumer}.>`,
        `$JS.API.CONSUMER.DELETE.${stream}.${consumer}`,
        `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`,
      ]),
      // The second form is the server's newer layout, which has the domain and the account before the stream.
      `$JS.ACK.${stream}.>`,
      `$JS.ACK.*.*.${stream}.>`,
    ]),
  ];
}

/** What the node listens to in its own account: its replies, and what national systems ask of it. */
export function nodeSubscribe(office: OfficeId): readonly string[] {
  return [`${inboxPrefixOf(office)}.>`, 'office.request.>'];
}

/** What a hub's process publishes in its own account: its streams, and exactly the requests it makes of JetStream. */
export function hubPublish(): readonly string[] {
  const streams = [HUB_LOG_STREAM, HUB_CONTENT_STREAM, HUB_DIRECTORY_STREAM, HUB_SUBSCRIPTION_STREAM];
  return [
    HUB_LOG_SUBJECT,
    HUB_CONTENT_FILTER,
    HUB_DIRECTORY_FILTER,
    HUB_SUBSCRIPTION_FILTER,
    ...streams.flatMap((stream) => [
      `$JS.API.STREAM.INFO.${stream}`,
      `$JS.API.STREAM.CREATE.${stream}`,
      `$JS.API.STREAM.UPDATE.${stream}`,
      `$JS.API.DIRECT.GET.${stream}`,
    ]),
    `$JS.API.DIRECT.GET.${HUB_CONTENT_STREAM}.>`,
    `$JS.API.STREAM.MSG.DELETE.${HUB_CONTENT_STREAM}`,
  ];
}

/** What a hub's process listens to in its own account: its replies, and what offices publish and ask. */
export function hubSubscribe(hub: HubId): readonly string[] {
  return [repliesOf(hub), REGION_FILTER, HUB_REQUEST_FILTER];
}

/** What an office says to a hub for the region: in its own name alone. */
export function regionFiltersOf(office: OfficeId): readonly string[] {
  return [regionOutFilter(office), hubRequestSubject(office)];
}

/** What the operator's connection may ask of its own server: read the configuration again, and end one connection. */
export const OPERATOR_PUBLISH: readonly string[] = ['$SYS.REQ.SERVER.*.RELOAD', '$SYS.REQ.SERVER.*.KICK'];

/** The replies of an office or hub, and nobody else's. */
export function repliesOf(owner: OfficeId | HubId): string {
  return `${inboxPrefixOf(owner)}.>`;
}
