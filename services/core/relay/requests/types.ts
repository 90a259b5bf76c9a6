import type { TimeFigures } from '../../figures/index.ts';
import type { Digest, EnvelopeId, EpochMs, OfficeId } from '../../foundation/index.ts';
import type { AnyMessage, OutboundMessage } from '../../ledger/index.ts';
import type { AnswerOutcome, RefusalGround, RequestAction } from '../../wire/index.ts';

/** Where a request to one office stands. The first five are of its way there and are seen by the asking office alone. */
export const REQUEST_STATES = [
  'held',
  'rejected',
  'refused-by-gate',
  'failed',
  'submitted',
  'delivered',
  'acknowledged',
  'clarification-asked',
  'answered-in-part',
  'answered',
  'refused',
  'withdrawn',
  'expired',
] as const;

/** One of the states. */
export type RequestState = (typeof REQUEST_STATES)[number];

/** Which side of a request an office is on. */
export type RequestSide = 'asking' | 'asked';

/**
 * What a message does to the life of a request: it counts; it came after the end and counts for nothing; it has not
 * arrived yet; it never will.
 */
export type FactStanding = 'counted' | 'late' | 'under-way' | 'failed';

/** One step or answer, by the signed time of its making. */
export interface RequestFact {
  readonly atMs: EpochMs;
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly standing: FactStanding;
  readonly said:
    | {
        readonly what: 'step';
        readonly action: RequestAction;
        readonly ground: RefusalGround;
        readonly assignee: string;
      }
    | { readonly what: 'answer'; readonly results: readonly SaidResult[] };
}

/** What an answer says of one question. */
export interface SaidResult {
  readonly question: number;
  readonly outcome: AnswerOutcome;
  readonly ground: RefusalGround;
}

/** What became of one question: what was said last before the end. */
export interface QuestionLife extends SaidResult {
  readonly atMs: EpochMs;
  readonly answer: EnvelopeId;
}

/**
 * The life of a request towards one office, computed from what both sides have on record. Times are those that were
 * signed, so once everything has arrived both sides compute the same, whatever came first.
 */
export interface RequestLife {
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly asked: OfficeId;
  readonly drill: boolean;
  readonly state: RequestState;
  /** An answer is still expected. */
  readonly open: boolean;
  /** It has arrived in the asked office's inbox. */
  readonly delivered: boolean;
  readonly createdMs: EpochMs;
  readonly answerByMs: EpochMs;
  readonly expiresMs: EpochMs;
  readonly deliveredMs: EpochMs | null;
  readonly acknowledgedMs: EpochMs | null;
  /** Who deals with it, as the asked office last named them; empty before. */
  readonly assignee: string;
  readonly clarificationsAsked: number;
  readonly clarificationsGiven: number;
  /** When every question had its final outcome. */
  readonly answeredMs: EpochMs | null;
  readonly closedMs: EpochMs | null;
  /** Of a refusal of all of it. */
  readonly ground: RefusalGround;
  /** It was not closed when its time limit passed. */
  readonly overdue: boolean;
  readonly remindedMs: EpochMs | null;
  readonly overdueNoticeMs: EpochMs | null;
  readonly questions: number;
  /** In order of the questions; one that nothing was said of is not there. */
  readonly results: readonly QuestionLife[];
  readonly lateAnswers: number;
  /** In order of their times. */
  readonly facts: readonly RequestFact[];
}

/** How requests between this office and one neighbour go, one way. Drills and what never arrived are not in it. */
export interface RequestFigures {
  readonly peer: OfficeId;
  readonly side: RequestSide;
  readonly open: number;
  /** Open, and past the time limit. */
  readonly overdue: number;
  readonly answered: number;
  readonly refused: number;
  readonly withdrawn: number;
  readonly expired: number;
  /** Closed, but after the time limit. */
  readonly late: number;
  readonly toAcknowledge: TimeFigures;
  readonly toAnswer: TimeFigures;
}

/** Names a request. */
export interface RequestKey {
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
}

/** Who says something of a request, and under which key. */
interface Said {
  /** An officer's or system's name with this office. */
  readonly submittedBy: string;
  readonly request: RequestKey;
  readonly idempotencyKey: string;
  /** SHA-256 of what was submitted, to recognise the same submission under the same key. */
  readonly submissionDigest: Digest;
}

/** A step that an officer takes. */
export interface StepInput extends Said {
  readonly action: RequestAction;
  /** Of a request that went to several offices; empty for all in whose life the step has a place. */
  readonly recipients: readonly OfficeId[];
  readonly ground: RefusalGround;
  readonly assignee: string;
  readonly text: string;
  readonly textLanguage: string;
}

/** A request as it is listed: its message, and its life towards each office that may be shown. */
export interface ListedRequest {
  readonly side: RequestSide;
  readonly message: AnyMessage;
  readonly lives: readonly RequestLife[];
}

/** A change of a request's life, for counters, log and live events. */
export interface RequestChange extends RequestKey {
  readonly peer: OfficeId;
  readonly side: RequestSide;
  readonly state: RequestState;
  /** Set when this change is the acknowledgement, how long it took. */
  readonly acknowledgedAfterMs: number | null;
  /** Set when this change is the answer, how long it took. */
  readonly answeredAfterMs: number | null;
  readonly drill: boolean;
}

/** A time of a request that has come, told once by each node that runs then. */
export interface RequestDue extends RequestKey {
  readonly peer: OfficeId;
  readonly side: RequestSide;
  readonly due: 'reminder' | 'overdue';
}

/** A message of this office that is a request. */
export type OwnRequest = OutboundMessage;
