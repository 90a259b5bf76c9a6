import type { Digest, EnvelopeId, EpochMs, OfficeId, Scope } from '../../foundation/index.ts';
import type { InstalledCharter } from '../../trust/index.ts';
import type {
  Charter,
  DataCategory,
  MessageRef,
  OperationAction,
  OperationFigures,
  OperationRole,
} from '../../wire/index.ts';

/** Where an operation stands. Only `live` takes posts; what was said before still travels until it is `closed`. */
export const OPERATION_STATES = ['proposed', 'live', 'suspended', 'closing', 'closed', 'ended'] as const;

/** One of the states. `ended` is a proposal that never came to live. */
export type OperationState = (typeof OPERATION_STATES)[number];

/** Where a member stands; the last two are for ever. */
export type MemberState = 'invited' | 'joined' | 'declined' | 'left' | 'removed';

/** An office that the charter names, as the acts have it. */
export interface OperationMember {
  readonly office: OfficeId;
  readonly role: OperationRole;
  readonly state: MemberState;
  /** When it signed, by its own clock; the lead with the proposal. */
  readonly joinedMs: EpochMs | null;
  /** When it declined, left or was removed. */
  readonly endedMs: EpochMs | null;
  /** It signed when the channel was live already. */
  readonly joinedLate: boolean;
  /** The number of its last post, as it declared when it left or contributed; null before. */
  readonly lastPost: number | null;
  /** What it may get: of a limited member its own list, of others the charter's. */
  readonly categories: readonly DataCategory[];
  readonly dutyContact: string;
  /** The act that put it into its state; null for the lead and those who were invited, and where only an opening tells. */
  readonly act: MessageRef | null;
}

/** One act that counts. */
export interface OperationActView {
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly digest: Digest;
  readonly action: OperationAction;
  /** Its place among its sender's acts. */
  readonly number: number;
  /** By its sender's clock. */
  readonly createdMs: EpochMs;
  /** Whom it removes. */
  readonly member: OfficeId | null;
  /** Who gave it here; empty for another office's. */
  readonly by: string;
}

/** An operation as its charter and the acts that are here have it: equal at every member that has the same acts. */
export interface OperationView {
  readonly id: string;
  readonly scope: Scope;
  readonly drill: boolean;
  readonly charter: InstalledCharter;
  readonly lead: OfficeId;
  readonly state: OperationState;
  /** Since when, by the clock of whoever brought it about. */
  readonly sinceMs: EpochMs;
  /** When it was opened; null before. */
  readonly openedMs: EpochMs | null;
  /** When the lead closed it, or its time ended; null before. */
  readonly closedMs: EpochMs | null;
  readonly members: ReadonlyMap<OfficeId, OperationMember>;
  /** How many acts of the lead are here without a gap, from its first. */
  readonly leadActs: number;
  /** In the order of their making; ties by office and number. */
  readonly acts: readonly OperationActView[];
  readonly contributions: ReadonlyMap<OfficeId, OperationFigures>;
  readonly reportSignatures: ReadonlyMap<OfficeId, Digest>;
}

/** Operations of this office. */
export interface OperationViews {
  readonly get: (id: string) => OperationView | undefined;
  /** In the order in which their charters came into force here. */
  readonly all: () => readonly OperationView[];
  readonly byScope: (scope: Scope) => OperationView | undefined;
}

/**
 * What this office states of an operation that was closed, and the number of its last post; null while it is not to
 * state it yet.
 */
export type Contribution = (
  view: OperationView,
) => { readonly figures: OperationFigures; readonly lastPost: number } | null;

/** An act of this office. */
export interface ActInput {
  readonly operation: string;
  readonly action: OperationAction;
  /** With REMOVE: who. */
  readonly member: string;
  /** With SIGN in the national form: the charter as the own authority signed it; empty otherwise. */
  readonly document: Uint8Array;
  readonly text: string;
  readonly textLanguage: string;
  readonly submittedBy: string;
  readonly idempotencyKey: string;
  readonly submissionDigest: Digest;
}

/** A charter that this office is to propose as the lead. */
export interface ProposalInput extends Pick<ActInput, 'submittedBy' | 'idempotencyKey' | 'submissionDigest'> {
  readonly charter: Charter;
  /** Of the national form: the charter as the own authority signed it, whose text counts; empty otherwise. */
  readonly document: Uint8Array;
}
