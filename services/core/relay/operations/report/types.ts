import type { Digest, OfficeId } from '../../../foundation/index.ts';
import type { JsonObject } from '../../../wire/index.ts';

/** A member in a report. Times are RFC 3339 by the member's own clock, or null. */
export interface ReportedMember {
  readonly office: string;
  readonly role: string;
  readonly state: string;
  readonly joinedAt: string | null;
  readonly joinedLate: boolean;
  readonly endedAt: string | null;
  readonly dutyContact: string;
  /** It stated the figures of its own posts; without them nothing here counts what it said. */
  readonly stated: boolean;
  readonly posts: number;
}

/** One thing that happened: an act, or a post by its type. */
export interface ReportedEvent {
  readonly at: string;
  readonly office: string;
  readonly what: string;
  /** Of a post: its number among the office's own, and SHA-256 of its envelope in hexadecimal. */
  readonly number: number | null;
  readonly digest: string | null;
  /** Whom a removal is about. */
  readonly member: string | null;
}

/** What became of a tasking at one office. */
export interface ReportedAssignment {
  readonly office: string;
  readonly state: string;
  readonly acceptedAt: string | null;
  readonly acceptedAfterMs: number | null;
  readonly doneAt: string | null;
  readonly doneAfterMs: number | null;
  readonly late: boolean;
}

/** A tasking. */
export interface ReportedTasking {
  readonly office: string;
  readonly number: number;
  readonly digest: string;
  readonly at: string;
  readonly dueAt: string | null;
  readonly assignments: readonly ReportedAssignment[];
}

/** Counts by code. */
export type ReportedCounts = Readonly<Record<string, number>>;

/** The after-action report: equal at every member that has the same charter and the same acts. */
export interface AfterActionReport {
  readonly reportVersion: 1;
  readonly operation: string;
  readonly drill: boolean;
  /** SHA-256 of the charter's text. */
  readonly charterDigest: string;
  readonly charter: JsonObject;
  readonly lead: string;
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  readonly members: readonly ReportedMember[];
  readonly timeline: readonly ReportedEvent[];
  /** Posts that are counted and stand in no timeline, because there were too many. */
  readonly beyondTimeline: number;
  readonly taskings: readonly ReportedTasking[];
  readonly outcomes: readonly { readonly office: string; readonly counts: ReportedCounts }[];
  readonly outcomesTotal: ReportedCounts;
  readonly posts: readonly { readonly office: string; readonly counts: ReportedCounts }[];
  readonly withheld: readonly {
    readonly from: string;
    readonly to: string;
    readonly whole: number;
    readonly parts: number;
  }[];
  readonly deliveries: readonly {
    readonly from: string;
    readonly to: string;
    readonly delivered: number;
    readonly opened: number;
    readonly medianDeliveryMs: number;
    readonly longestDeliveryMs: number;
    readonly medianOpeningMs: number;
  }[];
  /** What should be done better: its text stands in each member's own copy, and is not signed here. */
  readonly lessons: readonly {
    readonly office: string;
    readonly number: number;
    readonly digest: string;
    readonly at: string;
  }[];
}

/** Something that a member states otherwise than this office has it on record. */
export interface Contradiction {
  readonly office: OfficeId;
  /** The post; 0 where the number of posts is what differs. */
  readonly number: number;
}

/** A report as it stands at this office. */
export interface ReportView {
  readonly operation: string;
  /** Nothing more is to come that could change it. */
  readonly final: boolean;
  readonly report: AfterActionReport;
  /** The exact text that is signed. */
  readonly text: string;
  /** SHA-256 of it. */
  readonly digest: Digest;
  readonly signatures: readonly { readonly office: OfficeId; readonly digest: Digest; readonly agrees: boolean }[];
  readonly contradictions: readonly Contradiction[];
}
