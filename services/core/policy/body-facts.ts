import {
  type Alert,
  type Bulletin,
  Certainty,
  type CrimeArea,
  MessageKind,
  MessageType,
  Severity,
  type Subject,
  Urgency,
} from '../wire/index.ts';

/** What policies can ask of a body, whatever its kind. */
export interface BodyFacts {
  readonly crimeArea: CrimeArea;
  readonly messageType: MessageType;
  readonly urgency: Urgency;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly subjects: readonly Subject[];
}

/** Stands for what only an alert says, or a bulletin too. */
const NO_ALERT = {
  messageType: MessageType.ALERT,
  urgency: Urgency.UNKNOWN,
  severity: Severity.UNKNOWN,
  certainty: Certainty.UNKNOWN,
} as const;
const NO_SUBJECTS: readonly Subject[] = [];

/** The facts of a body of that kind: every kind says its crime area, some name subjects, and an alert or bulletin says more. */
export function bodyFacts(kind: MessageKind, body: unknown): BodyFacts {
  if (kind === MessageKind.ALERT) return body as Alert;
  if (kind === MessageKind.BULLETIN) {
    const { crimeArea, messageType, urgency } = body as Bulletin;
    return { ...NO_ALERT, crimeArea, messageType, urgency, subjects: NO_SUBJECTS };
  }
  const { crimeArea, subjects = NO_SUBJECTS } = body as {
    readonly crimeArea: CrimeArea;
    readonly subjects?: readonly Subject[];
  };
  return { ...NO_ALERT, crimeArea, subjects };
}
