/** The first of two persons' word, as the office has it on record. */
export interface ApprovalSeen {
  readonly by: string;
  readonly role: string;
  readonly at: string;
  readonly reason: string;
  readonly shown: string;
}

/** What of a held crossing decides who may release it. */
export interface HeldSeen {
  readonly submittedBy: string | null;
  readonly releasesNeeded: number;
  readonly approvals: readonly ApprovalSeen[];
  /** Digest of what would pass now; null where the gate refuses it, undefined while it was not looked at. */
  readonly shown?: string | null;
}

/** Who looks at it. */
export interface Looker {
  readonly name: string;
  readonly role: string;
  readonly mayRelease: boolean;
}

/** What a person's release of it would be, or why they cannot. */
export type ReleasePlace =
  | { readonly may: true; readonly as: 'only' | 'first' }
  | { readonly may: true; readonly as: 'second'; readonly first: ApprovalSeen }
  | { readonly may: false; readonly why: 'refused' | 'role' | 'own' }
  | { readonly may: false; readonly why: 'same-person' | 'same-role'; readonly first: ApprovalSeen };

/**
 * The place of a person's release, by the office's own rules: nobody releases what they submitted, and where two are
 * needed they have different names and different roles and saw the same. The office checks it again in any case.
 */
export function releasePlace(held: HeldSeen, looker: Looker): ReleasePlace {
  if (held.shown === null) return { may: false, why: 'refused' };
  if (!looker.mayRelease) return { may: false, why: 'role' };
  if (held.submittedBy === looker.name) return { may: false, why: 'own' };
  if (held.releasesNeeded <= 1) return { may: true, as: 'only' };
  const first = standingApproval(held);
  if (first === undefined) return { may: true, as: 'first' };
  if (first.by === looker.name) return { may: false, why: 'same-person', first };
  if (first.role === looker.role) return { may: false, why: 'same-role', first };
  return { may: true, as: 'second', first };
}

/** The approval that counts: the last one, while what it was given for is still what would pass. */
export function standingApproval({
  approvals,
  shown,
}: Omit<HeldSeen, 'submittedBy' | 'releasesNeeded'>): ApprovalSeen | undefined {
  const last = approvals.at(-1);
  return last === undefined || (shown !== undefined && last.shown !== shown) ? undefined : last;
}
