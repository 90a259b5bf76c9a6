/** The most that an office's streams may hold, and what must stay free on the disk. */
export interface OfficeBounds {
  readonly ledgerBytes: number;
  readonly contentBytes: number;
  readonly inboundBytes: number;
  readonly minFreeDiskBytes: number;
}

const MIB = 1024 * 1024;

/** Bounds for an office on a small computer. */
export const OFFICE_BOUNDS: OfficeBounds = {
  ledgerBytes: 2048 * MIB,
  contentBytes: 4096 * MIB,
  inboundBytes: 256 * MIB,
  minFreeDiskBytes: 1024 * MIB,
};
