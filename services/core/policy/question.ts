import { type AgreementArticle, DataCategory, isKindCovered } from '../wire/index.ts';
import { type BodyFacts, bodyFacts } from './body-facts.ts';
import { type Concerned, concernsOfSubjects, NOBODY, unionOf } from './concerns.ts';
import type { AgreementFacts, MessageFacts, PartFacts, Parties } from './facts.ts';
import type { AgreementInForce, GateCircumstances, GateMessage, PartPlace } from './types.ts';
import type { UsedFacts } from './used-facts.ts';
import { isKnownCode, PERSONAL_CATEGORIES, wordOf } from './vocabulary.ts';

/** Number of the field that holds the subjects, in every body that has them. */
const SUBJECTS_FIELD = 20;

const PERSONAL_BITS = bitsOf([...PERSONAL_CATEGORIES]);

function bitsOf(categories: readonly DataCategory[]): number {
  return categories.reduce<number>((bits, category) => bits | (1 << category), 0);
}

/** What else the gate is told that policies can ask about. */
export type Circumstances = Pick<GateCircumstances, 'originatorConsents' | 'opening'>;

/** Parts of one message that policies cannot tell apart. */
export interface PartGroup {
  /** Equal for parts that no policy can tell apart, also in two messages with the same key. */
  readonly key: string;
  readonly category: DataCategory;
  readonly facts: PartFacts;
  /** Indexes in the envelope. */
  readonly parts: readonly number[];
  /** Index of the core of the message itself, where this group holds it. */
  readonly corePart: number | undefined;
}

/** What does not change for as long as an article stands. */
interface ArticleSummary {
  readonly key: string;
  readonly coveredBits: number;
}

const summaries = new WeakMap<AgreementArticle, ArticleSummary>();

function summaryOf(article: AgreementArticle): ArticleSummary {
  const known = summaries.get(article);
  if (known !== undefined) return known;
  const coveredBits = bitsOf(article.dataCategories);
  const summary = {
    coveredBits,
    key: `${article.id}|${article.handlingCeiling}|${article.retentionDays}|${article.drills}|${coveredBits}`,
  };
  summaries.set(article, summary);
  return summary;
}

/**
 * Everything a gate asks about one message under one agreement. Made for every crossing, so it works out at once only
 * what recognises an answer that was given before; the facts follow when somebody has to be asked.
 */
export class CrossingQuestion {
  readonly parties: Parties;
  /** Equal for two crossings that no policy can tell apart, parts aside. */
  readonly key: string;
  /** With `key` it is equal for two crossings that get the same answer, to the index of each part. */
  readonly partsKey: string;
  /** The core of the message itself is among the parts. */
  readonly hasCore: boolean;
  /** The article covers this kind, crime area and purpose. */
  readonly covered: boolean;
  /** Policies know every code in it. Only then two equal keys are sure to get the same answer. */
  readonly codesKnown: boolean;
  readonly #used: UsedFacts;
  readonly #message: GateMessage;
  readonly #said: BodyFacts;
  readonly #agreement: AgreementInForce;
  readonly #originatorConsents: boolean;
  readonly #opening: boolean;
  readonly #subjects: readonly Concerned[];
  readonly #union: Concerned;
  readonly #persons: boolean;
  readonly #presentBits: number;
  readonly #coveredBits: number;

  constructor(
    message: GateMessage,
    parties: Parties,
    agreement: AgreementInForce,
    { originatorConsents = false, opening = false }: Circumstances,
    used: UsedFacts,
  ) {
    const { header, parts } = message;
    const said = bodyFacts(message.kind, message.body);
    const { article } = agreement;
    const { key: articleKey, coveredBits } = summaryOf(article);
    this.parties = parties;
    this.#used = used;
    this.#message = message;
    this.#said = said;
    this.#agreement = agreement;
    this.#originatorConsents = originatorConsents;
    this.#opening = opening;
    this.#coveredBits = coveredBits;
    this.#subjects = concernsOfSubjects(said.subjects, header.createdMs);
    this.#union = unionOf(this.#subjects);
    this.#persons = said.subjects.some((subject) => subject.person !== null);
    this.covered =
      isKindCovered(article.kinds, message.kind) &&
      article.crimeAreas.includes(said.crimeArea) &&
      article.purposes.includes(header.purpose);

    let presentBits = 0;
    let hasCore = false;
    let partsKey = '';
    let codesKnown = areCodesKnown(message, said);
    for (const part of parts) {
      presentBits |= 1 << part.category;
      codesKnown &&= isKnownCode('DataCategory', part.category);
      if (part.path.length === 0 && part.category === DataCategory.CORE) hasCore = true;
      partsKey += `${part.index ?? ''}.${this.#groupKey(part)}${part.path.length === 0 ? '!' : ' '}`;
    }
    this.#presentBits = presentBits;
    this.hasCore = hasCore;
    this.codesKnown = codesKnown;
    this.partsKey = partsKey;
    this.key = this.#crossingKey(`${agreement.id}|${agreement.trustLevel}|${articleKey}`);
  }

  /** Holds every fact that a policy looks at. Ids and nation codes hold none of the separators: no two different facts have one key. */
  #crossingKey(agreementKey: string): string {
    const { message: used, part } = this.#used;
    const { header, kind } = this.#message;
    const said = this.#said;
    const flags =
      (header.drill ? 1 : 0) |
      (header.origin !== this.parties.from ? 2 : 0) |
      (this.#originatorConsents ? 4 : 0) |
      (this.#persons ? 8 : 0) |
      (this.covered ? 16 : 0) |
      ((this.#presentBits & PERSONAL_BITS) !== 0 ? 32 : 0) |
      (this.#opening ? 64 : 0) |
      (header.emergency ? 128 : 0);
    const saidCodes = `${used.messageType ? said.messageType : ''}.${used.crimeArea ? said.crimeArea : ''}.${used.urgency ? said.urgency : ''}.${used.severity ? said.severity : ''}.${used.certainty ? said.certainty : ''}`;
    const headerCodes = `${used.purpose ? header.purpose : ''}.${header.handling}.${used.precedence ? header.precedence : ''}`;
    // The parts of the message itself have everybody's nationalities too.
    const people = `${this.#union.key}|${used.nationalities || part.nationalities ? this.#union.nationalitiesKey : ''}`;
    return `${this.parties.from}|${this.parties.to}|${kind}|${saidCodes}|${headerCodes}|${flags}|${used.categories ? this.#presentBits : ''}|${people}|${agreementKey}`;
  }

  /** The subject a part belongs to; -1 where it belongs to the message, as a path does that leads to no subject of this body. */
  #subjectOf(part: PartPlace): number {
    const index = part.path[0] === SUBJECTS_FIELD ? (part.path[1] ?? -1) : -1;
    return index < this.#subjects.length ? index : -1;
  }

  #groupKey(part: PartPlace): string {
    const subject = this.#subjectOf(part);
    if (subject < 0) return `${part.category}`;
    const { role, nationalities } = this.#used.part;
    const concerned = this.#subjects[subject] ?? NOBODY;
    return `${part.category}/${role ? this.#said.subjects[subject]?.role : ''}/${concerned.key}/${nationalities ? concerned.nationalitiesKey : ''}`;
  }

  /** The office that hands over says it itself, for danger to life. */
  get ownEmergency(): boolean {
    const { header } = this.#message;
    return header.emergency && header.origin === this.parties.from;
  }

  /** What policies can ask of the message. */
  get message(): MessageFacts {
    const { header, kind } = this.#message;
    const said = this.#said;
    const present = Object.values(DataCategory).filter((category) => (this.#presentBits & (1 << category)) !== 0);
    return {
      kind: wordOf('MessageKind', kind),
      messageType: wordOf('MessageType', said.messageType),
      crimeArea: wordOf('CrimeArea', said.crimeArea),
      urgency: wordOf('Urgency', said.urgency),
      severity: wordOf('Severity', said.severity),
      certainty: wordOf('Certainty', said.certainty),
      purpose: wordOf('Purpose', header.purpose),
      handling: header.handling - 1,
      precedence: wordOf('Precedence', header.precedence),
      drill: header.drill,
      onward: header.origin !== this.parties.from,
      originatorConsents: this.#originatorConsents,
      opening: this.#opening,
      emergency: header.emergency,
      persons: this.#persons,
      personal: this.#persons || (this.#presentBits & PERSONAL_BITS) !== 0,
      categories: present.map((category) => wordOf('DataCategory', category)),
      concerned: this.#union,
    };
  }

  /** What policies can ask of the agreement. */
  get agreement(): AgreementFacts {
    const { id, trustLevel, article, inForce } = this.#agreement;
    return {
      id,
      article: article.id,
      inForce,
      trustLevel: trustLevel - 1,
      handlingCeiling: article.handlingCeiling - 1,
      retentionDays: article.retentionDays,
      drills: article.drills,
      coversMessage: this.covered,
    };
  }

  #factsOf(part: PartPlace): PartFacts {
    const subject = this.#subjectOf(part);
    return {
      category: wordOf('DataCategory', part.category),
      personal: PERSONAL_CATEGORIES.has(part.category) || (this.#persons && part.category === DataCategory.FREE_TEXT),
      ofSubject: subject >= 0,
      role: subject < 0 ? 'unspecified' : wordOf('SubjectRole', this.#said.subjects[subject]?.role ?? 0),
      covered: (this.#coveredBits & (1 << part.category)) !== 0,
      concerned: subject < 0 ? this.#union : (this.#subjects[subject] ?? NOBODY),
    };
  }

  /** The parts, grouped by what policies can tell apart, in the order in which they come. */
  get groups(): readonly PartGroup[] {
    const groups = new Map<
      string,
      { readonly parts: number[]; readonly first: PartPlace; corePart: number | undefined }
    >();
    this.#message.parts.forEach((part, position) => {
      const index = part.index ?? position;
      const key = this.#groupKey(part);
      const group = groups.get(key) ?? { parts: [], first: part, corePart: undefined };
      groups.set(key, group);
      group.parts.push(index);
      if (part.path.length === 0 && part.category === DataCategory.CORE) group.corePart = index;
    });
    return [...groups].map(([key, { parts, first, corePart }]) => ({
      key,
      category: first.category,
      facts: this.#factsOf(first),
      parts,
      corePart,
    }));
  }
}

function areCodesKnown({ header, kind }: GateMessage, said: BodyFacts): boolean {
  return (
    isKnownCode('MessageKind', kind) &&
    isKnownCode('MessageType', said.messageType) &&
    isKnownCode('CrimeArea', said.crimeArea) &&
    isKnownCode('Urgency', said.urgency) &&
    isKnownCode('Severity', said.severity) &&
    isKnownCode('Certainty', said.certainty) &&
    isKnownCode('Purpose', header.purpose) &&
    isKnownCode('Precedence', header.precedence) &&
    said.subjects.every((subject) => isKnownCode('SubjectRole', subject.role))
  );
}
