import { type Alert, DataCategory, MessageKind } from '../wire/index.ts';
import { type Concerned, concernsOfSubjects, NOBODY, unionOf } from './concerns.ts';
import type { AgreementFacts, MessageFacts, Parties, PartFacts } from './facts.ts';
import type { AgreementInForce, GateMessage, PartPlace } from './types.ts';
import { PERSONAL_CATEGORIES, wordOf } from './vocabulary.ts';

/** What a kind's body says that policies can ask for. */
interface BodyFacts {
  readonly messageType: string;
  readonly crimeArea: string;
  readonly crimeAreaCode: number;
  readonly urgency: string;
  readonly severity: string;
  readonly certainty: string;
  readonly persons: boolean;
  readonly subjects: readonly SubjectFacts[];
}

interface SubjectFacts {
  readonly role: string;
  readonly concerned: Concerned;
}

/** Number of the field that holds an alert's subjects. */
const SUBJECTS_FIELD = 20;

function factsOfAlert(alert: Alert, createdMs: number): BodyFacts {
  const concerned = concernsOfSubjects(alert, createdMs);
  return {
    messageType: wordOf('MessageType', alert.messageType),
    crimeArea: wordOf('CrimeArea', alert.crimeArea),
    crimeAreaCode: alert.crimeArea,
    urgency: wordOf('Urgency', alert.urgency),
    severity: wordOf('Severity', alert.severity),
    certainty: wordOf('Certainty', alert.certainty),
    persons: alert.subjects.some((subject) => subject.person !== null),
    subjects: alert.subjects.map((subject, index) => ({ role: wordOf('SubjectRole', subject.role), concerned: concerned[index] ?? NOBODY })),
  };
}

/** Parts of one message that policies cannot tell apart. */
export interface PartGroup {
  readonly key: string;
  readonly category: DataCategory;
  readonly facts: PartFacts;
  /** Indexes in the envelope, ascending. */
  readonly parts: readonly number[];
  /** Index of the core of the message itself, where this group holds it. */
  readonly corePart: number | undefined;
}

/** Everything a gate asks about one message under one agreement. */
export interface CrossingQuestion {
  readonly parties: Parties;
  readonly message: MessageFacts;
  readonly agreement: AgreementFacts;
  /** Equal for two crossings that no policy can tell apart, parts aside. */
  readonly key: string;
  readonly groups: readonly PartGroup[];
}

function joined(values: readonly string[]): string {
  return values.join(',');
}

function keyOfConcerned(concerned: Concerned): string {
  return concerned === NOBODY ? '' : `${joined(concerned.concerns)};${joined(concerned.protectedFrom)};${joined(concerned.nationalities)}`;
}

function groupParts(parts: readonly PartPlace[], body: BodyFacts, union: Concerned, persons: boolean, agreement: AgreementInForce): readonly PartGroup[] {
  const groups = new Map<string, { category: DataCategory; facts: PartFacts; parts: number[]; corePart: number | undefined; key: string }>();
  const subjectKeys = body.subjects.map(({ role, concerned }) => `${role}/${keyOfConcerned(concerned)}`);
  const messageKey = `/${keyOfConcerned(union)}`;
  parts.forEach((part, position) => {
    const index = part.index ?? position;
    // A path that leads to no subject of this body belongs to the message: then it may give away any of them.
    const subjectIndex = part.path[0] === SUBJECTS_FIELD ? (part.path[1] ?? -1) : -1;
    const subject = body.subjects[subjectIndex];
    const covered = agreement.article.dataCategories.includes(part.category);
    const key = `${part.category}${covered ? '+' : '-'}${subject === undefined ? messageKey : (subjectKeys[subjectIndex] as string)}`;
    const corePart = part.path.length === 0 && part.category === DataCategory.CORE ? index : undefined;
    const known = groups.get(key);
    if (known !== undefined) {
      known.parts.push(index);
      known.corePart ??= corePart;
      return;
    }
    const facts: PartFacts = {
      category: wordOf('DataCategory', part.category),
      personal: PERSONAL_CATEGORIES.has(part.category) || (persons && part.category === DataCategory.FREE_TEXT),
      ofSubject: subject !== undefined,
      role: subject?.role ?? 'unspecified',
      covered,
      ...(subject?.concerned ?? union),
    };
    groups.set(key, { category: part.category, facts, parts: [index], corePart, key });
  });
  return [...groups.values()];
}

/**
 * What there is to ask about a message that goes from one office to the other under an agreement; undefined for a kind
 * of message that has no facts. Equal facts have equal keys, whatever the order in which a message names things.
 */
export function questionOf(message: GateMessage, parties: Parties, agreement: AgreementInForce, originatorConsents: boolean): CrossingQuestion | undefined {
  if (message.kind !== MessageKind.ALERT) return undefined;
  const { header, parts } = message;
  const body = factsOfAlert(message.body as Alert, header.createdMs);
  const union = unionOf(body.subjects.map((subject) => subject.concerned));
  const categoryCodes = [...new Set(parts.map((part) => part.category))].sort((a, b) => a - b);
  const { article } = agreement;
  const messageFacts: MessageFacts = {
    kind: wordOf('MessageKind', message.kind),
    messageType: body.messageType,
    crimeArea: body.crimeArea,
    urgency: body.urgency,
    severity: body.severity,
    certainty: body.certainty,
    purpose: wordOf('Purpose', header.purpose),
    handling: header.handling - 1,
    precedence: wordOf('Precedence', header.precedence),
    drill: header.drill,
    onward: header.origin !== parties.from,
    originatorConsents,
    persons: body.persons,
    personal: body.persons || categoryCodes.some((category) => PERSONAL_CATEGORIES.has(category)),
    categories: categoryCodes.map((category) => wordOf('DataCategory', category)),
    ...union,
  };
  const agreementFacts: AgreementFacts = {
    id: agreement.id,
    article: article.id,
    inForce: agreement.inForce,
    trustLevel: agreement.trustLevel - 1,
    handlingCeiling: article.handlingCeiling - 1,
    retentionDays: article.retentionDays,
    drills: article.drills,
    coversMessage:
      article.kinds.includes(message.kind) &&
      (article.crimeAreas as readonly number[]).includes(body.crimeAreaCode) &&
      article.purposes.includes(header.purpose),
  };
  return {
    parties,
    message: messageFacts,
    agreement: agreementFacts,
    key: keyOf(parties, messageFacts, agreementFacts),
    groups: groupParts(parts, body, union, body.persons, agreement),
  };
}

/** Words, ids and nation codes hold none of `|`, `;` and `,`: no two different facts have one key. */
function keyOf(parties: Parties, m: MessageFacts, a: AgreementFacts): string {
  const flags = (m.drill ? 1 : 0) | (m.onward ? 2 : 0) | (m.originatorConsents ? 4 : 0) | (m.persons ? 8 : 0) | (m.personal ? 16 : 0) | (a.drills ? 32 : 0) | (a.coversMessage ? 64 : 0) | (a.inForce ? 128 : 0);
  return `${parties.from}|${parties.to}|${m.kind}|${m.messageType}|${m.crimeArea}|${m.urgency}|${m.severity}|${m.certainty}|${m.purpose}|${m.handling}|${m.precedence}|${flags}|${joined(m.categories)}|${keyOfConcerned(m)}|${a.id}|${a.article}|${a.trustLevel}|${a.handlingCeiling}|${a.retentionDays}`;
}
