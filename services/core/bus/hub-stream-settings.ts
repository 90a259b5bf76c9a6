import { RetentionPolicy } from '@nats-io/jetstream';
import { nanos } from 'nats';
import {
  HUB_CONTENT_FILTER,
  HUB_CONTENT_STREAM,
  HUB_DIRECTORY_FILTER,
  HUB_DIRECTORY_STREAM,
  HUB_LOG_STREAM,
  HUB_LOG_SUBJECT,
  HUB_SUBSCRIPTION_FILTER,
  HUB_SUBSCRIPTION_STREAM,
} from '../subjects/index.ts';
import { MAX_MESSAGE_BYTES } from './limits.ts';
import { COMMON_SETTINGS, type StreamSettings } from './stream-settings.ts';
import type { HubStreamBounds } from './types.ts';

const SHORTEST_DUPLICATE_WINDOW_MS = 100;

const OF_HUB = {
  ...COMMON_SETTINGS,
  retention: RetentionPolicy.Limits,
  max_msg_size: MAX_MESSAGE_BYTES,
  deny_purge: true,
  allow_direct: true,
  allow_msg_ttl: false,
  duplicate_window: nanos(SHORTEST_DUPLICATE_WINDOW_MS),
} as const;

/** The streams that a hub has. Only content can be taken out of its stream: what was withdrawn is erased, not hidden. */
export function hubStreams(bounds: HubStreamBounds): readonly StreamSettings[] {
  return [
    {
      ...OF_HUB,
      name: HUB_LOG_STREAM,
      subjects: [HUB_LOG_SUBJECT],
      max_bytes: bounds.logBytes,
      max_msgs_per_subject: -1,
      deny_delete: true,
    },
    {
      ...OF_HUB,
      name: HUB_CONTENT_STREAM,
      subjects: [HUB_CONTENT_FILTER],
      max_bytes: bounds.contentBytes,
      max_msgs_per_subject: -1,
      deny_delete: false,
    },
    {
      ...OF_HUB,
      name: HUB_DIRECTORY_STREAM,
      subjects: [HUB_DIRECTORY_FILTER],
      max_bytes: bounds.directoryBytes,
      max_msgs_per_subject: 1,
      deny_delete: true,
    },
    {
      ...OF_HUB,
      name: HUB_SUBSCRIPTION_STREAM,
      subjects: [HUB_SUBSCRIPTION_FILTER],
      max_bytes: bounds.subscriptionBytes,
      max_msgs_per_subject: 1,
      deny_delete: true,
    },
  ];
}
