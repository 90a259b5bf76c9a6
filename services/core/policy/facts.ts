import type { OfficeId } from '../foundation/index.ts';
import type { Concerned } from './concerns.ts';

/** Stands for everybody who subscribes where something is released to the region. */
export const REGION = 'region';

/** Who hands what to whom. */
export interface Parties {
  readonly from: OfficeId;
  readonly to: OfficeId | typeof REGION;
}

/** What policies can ask of a message. Codes are words of the vocabulary, lists are sorted, no times. */
export interface MessageFacts {
  readonly kind: string;
  readonly messageType: string;
  readonly crimeArea: string;
  readonly urgency: string;
  readonly severity: string;
  readonly certainty: string;
  readonly purpose: string;
  /** 0 to 3 for H0 to H3. */
  readonly handling: number;
  readonly precedence: string;
  readonly drill: boolean;
  /** The office that hands over is not the one that said it. */
  readonly onward: boolean;
  readonly originatorConsents: boolean;
  /** The origin opens parts that were withheld when it crossed. */
  readonly opening: boolean;
  /** It was said for danger to life. */
  readonly emergency: boolean;
  /** A person is among the subjects. */
  readonly persons: boolean;
  /** A person is among the subjects, or a personal category among the parts. */
  readonly personal: boolean;
  /** Data categories of the parts that are there. */
  readonly categories: readonly string[];
  /** Everybody in it. */
  readonly concerned: Concerned;
}

/** What policies can ask of the agreement. */
export interface AgreementFacts {
  readonly id: string;
  readonly article: string;
  readonly inForce: boolean;
  /** 0 to 4. */
  readonly trustLevel: number;
  /** 0 to 3 for H0 to H3. */
  readonly handlingCeiling: number;
  readonly retentionDays: number;
  readonly drills: boolean;
  /** The article covers this kind, crime area and purpose. */
  readonly coversMessage: boolean;
}

/** What policies can ask of one part. */
export interface PartFacts {
  readonly category: string;
  /** The category is personal, or it is free text of a message about persons. */
  readonly personal: boolean;
  /** It belongs to one subject; otherwise to the message, and then it may give away any of them. */
  readonly ofSubject: boolean;
  /** The subject's; `unspecified` for a part of the message. */
  readonly role: string;
  /** The article covers the category. */
  readonly covered: boolean;
  /** Whom it may give away. */
  readonly concerned: Concerned;
}
