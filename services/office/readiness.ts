/** One reason not to be ready. */
export interface ReadinessReason {
  /** Stable, for programs: `LEDGER_CLOSED`. */
  readonly code: string;
  /** One sentence for people; never content, paths or addresses. */
  readonly detail: string;
}

/** Whether the node does its work now, and why not. */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly ReadinessReason[];
  /** What is wrong but keeps nothing from being accepted: damaged content, a document that was not taken. */
  readonly warnings: readonly ReadinessReason[];
}
