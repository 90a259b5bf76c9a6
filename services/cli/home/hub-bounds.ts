const MIB = 1024 * 1024;

/** What a hub's streams may take where nobody says otherwise. */
export const HUB_BOUNDS = {
  logBytes: 256 * MIB,
  contentBytes: 1024 * MIB,
  directoryBytes: 64 * MIB,
  subscriptionBytes: 64 * MIB,
} as const;

/** The most that a hub's streams may hold, in bytes. */
export type HubBounds = Readonly<Record<keyof typeof HUB_BOUNDS, number>>;
