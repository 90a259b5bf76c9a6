import { type EpochMs, toHex } from '../../foundation/index.ts';
import type { AgreementRef, ContentRef, Decision } from '../../wire/index.ts';
import type { AgreementView, DecisionView } from './views.ts';

/** Turns decisions of the ledger into views; equal decisions share one array of names, for there are few different ones. */
export interface DecisionViews {
  readonly decision: (decision: Decision | null) => DecisionView;
  readonly agreement: (reference: AgreementRef | null) => AgreementView | null;
}

const NONE: DecisionView = {
  outcome: 0,
  policies: [],
  reason: '',
  withheld: [],
  bundles: [],
  decidedMs: 0 as EpochMs,
  releasedBy: '',
  releasesNeeded: 0,
  approvedBy: '',
};

/** A fresh table of shared values. */
export function decisionViews(): DecisionViews {
  const shared = new Map<string, unknown>();
  const share = <T>(value: T): T => {
    const key = JSON.stringify(value);
    const known = shared.get(key);
    if (known !== undefined) return known as T;
    if (shared.size > 10_000) shared.clear();
    shared.set(key, value);
    return value;
  };
  return {
    decision: (decision) =>
      decision === null
        ? NONE
        : {
            outcome: decision.outcome,
            reason: decision.reason,
            decidedMs: decision.decidedMs as EpochMs,
            releasedBy: decision.releasedBy,
            releasesNeeded: decision.releasesNeeded,
            approvedBy: decision.approvedBy,
            policies: share([...decision.policies]),
            withheld: share(
              decision.withheld.map((entry) => ({
                category: entry.category,
                policies: [...entry.policies],
                parts: [...entry.parts],
              })),
            ),
            bundles: share(
              decision.bundles.map((bundle) => ({
                name: bundle.name,
                version: bundle.version,
                digest: toHex(bundle.digest),
              })),
            ),
          },
    agreement: (reference) =>
      reference === null
        ? null
        : share({
            id: reference.id,
            version: reference.version,
            digest: toHex(reference.digest),
            article: reference.article,
          }),
  };
}

/** A content reference that holds on to nothing but itself. */
export function ownContentRef(reference: ContentRef | null): ContentRef | null {
  return reference === null
    ? null
    : {
        day: reference.day,
        batch: reference.batch,
        index: reference.index,
        size: reference.size,
        digest: new Uint8Array(reference.digest),
      };
}
