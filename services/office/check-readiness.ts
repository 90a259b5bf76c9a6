import { statfs } from 'node:fs/promises';
import type { BusConnectionState, SafetyFinding } from '../core/bus/index.ts';
import type { Clock, EpochMs } from '../core/foundation/index.ts';
import type { DocumentFault } from './documents/document-record.ts';
import type { Readiness, ReadinessReason } from './readiness.ts';

/** What readiness is judged by; each is asked anew. */
export interface ReadinessParts {
  readonly clock: Clock;
  /** Why the ledger cannot be written; `undefined` while it can. */
  readonly ledgerFailure: () => string | undefined;
  readonly relayReady: () => boolean;
  /** Neighbours that say they hold a head of this office's ledger which is not in it; only their word, so no more than a warning. */
  readonly historyDisputedBy: () => readonly string[];
  readonly writable: () => Promise<boolean>;
  readonly connection: () => BusConnectionState;
  /** Unsafe settings of the server; rejects when it cannot be asked. */
  readonly safety: () => Promise<readonly SafetyFinding[]>;
  /** The free space where the server keeps its store, in bytes. */
  readonly freeDisk: () => Promise<number>;
  readonly minFreeDiskBytes: number;
  /** Whether the dates of the nation's bundle let it decide now. */
  readonly bundleInForce: () => boolean;
  /** When the own nation's directory ends; `undefined` without one. */
  readonly ownDirectoryEnds: () => EpochMs | undefined;
  readonly documentFaults: () => readonly DocumentFault[];
  /** Bodies that are damaged or gone before their time, as the last scrub found them. */
  readonly damagedContents: () => number;
}

const SAFETY_FRESH_MS = 30_000;

/** Judges whether a node does its work. The server's settings are looked at again every half minute. */
export function readinessCheck(parts: ReadinessParts): () => Promise<Readiness> {
  let safety: { readonly atMs: number; readonly reasons: readonly ReadinessReason[] } | undefined;

  const unsafeSettings = async (): Promise<readonly ReadinessReason[]> => {
    const now = parts.clock.now();
    if (safety !== undefined && now - safety.atMs < SAFETY_FRESH_MS && safety.reasons.length === 0) return [];
    const reasons = await parts.safety().then(
      (findings) => findings.map(({ code, sentence }) => ({ code, detail: sentence })),
      () => [
        {
          code: 'SERVER_UNCHECKED',
          detail: "The server's own monitoring does not answer, so its settings cannot be checked.",
        },
      ],
    );
    safety = { atMs: now, reasons };
    return reasons;
  };

  const diskReasons = async (): Promise<readonly ReadinessReason[]> => {
    const free = await parts.freeDisk().catch(() => 0);
    return free >= parts.minFreeDiskBytes
      ? []
      : [{ code: 'DISK_LOW', detail: 'Less space is free on the disk than the configuration asks for.' }];
  };

  const writeReasons = async (): Promise<readonly ReadinessReason[]> => {
    // Without a connection the probe would only wait for what is known.
    if (parts.connection() !== 'connected')
      return [{ code: 'SERVER_DISCONNECTED', detail: "The connection to the office's own server is down." }];
    return (await parts.writable())
      ? []
      : [{ code: 'WRITE_PROBE_FAILED', detail: 'The server does not take a write; its disk may be full.' }];
  };

  const ledgerReasons = (): readonly ReadinessReason[] => {
    const failure = parts.ledgerFailure();
    if (failure !== undefined)
      return [{ code: failure, detail: 'The ledger cannot be written, so nothing is accepted and nothing moves.' }];
    return parts.relayReady() ? [] : [{ code: 'STOPPING', detail: 'The node is stopping.' }];
  };

  const documentReasons = (): readonly ReadinessReason[] => {
    const ends = parts.ownDirectoryEnds();
    return [
      ...(parts.bundleInForce()
        ? []
        : [
            {
              code: 'BUNDLE_NOT_IN_FORCE',
              detail: "By its own dates the nation's policy bundle is not in force, so nothing crosses.",
            },
          ]),
      ...(ends !== undefined && ends > parts.clock.now()
        ? []
        : [{ code: 'OWN_DIRECTORY_EXPIRED', detail: "The directory of the office's own nation has expired." }]),
    ];
  };

  const warnings = (): readonly ReadinessReason[] => {
    const damaged = parts.damagedContents();
    return [
      ...parts.historyDisputedBy().map((office) => ({
        code: 'RELAY_OWN_HISTORY_DIFFERS',
        detail: `${office} names a head of this ledger that is not in it: compare the ledger with its backups.`,
      })),
      ...parts.documentFaults().map(({ file, code }) => ({ code, detail: `What ${file} holds is not in force.` })),
      ...(damaged === 0
        ? []
        : [
            {
              code: 'CONTENT_DAMAGED',
              detail: `${damaged} bodies are damaged or gone before their time; the ledger still proves what was there.`,
            },
          ]),
    ];
  };

  return async () => {
    const asked = await Promise.all([writeReasons(), unsafeSettings(), diskReasons()]);
    const reasons = [...ledgerReasons(), ...documentReasons(), ...asked.flat()];
    return { ready: reasons.length === 0, reasons, warnings: warnings() };
  };
}

/** The free bytes on the disk that holds `folder`. */
export async function freeDiskBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
