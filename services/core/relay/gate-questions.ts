import type { VerifiedCrossing } from '../envelope/index.ts';
import { channelOf, type EpochMs, type OfficeId, type Scope, scopeOfChannel } from '../foundation/index.ts';
import type { ExportQuestion, GateAgreement, GateCircumstances, GateMessage, ImportQuestion } from '../policy/index.ts';
import { type AgreementCover, type AgreementQuery, type AgreementRefusal, isChannelKind } from '../trust/index.ts';
import { type AgreementArticle, type CrimeArea, type OperationRef, termsOf } from '../wire/index.ts';
import { type OnwardStanding, onwardStanding } from './consents/onward-standing.ts';
import type { RelayContext } from './parts.ts';

/** A question to a gate with how long a copy may be kept under the agreement it relies on. */
export interface Asked<Question> {
  readonly question: Question;
  /** 0 where no agreement lets it cross. */
  readonly retentionDays: number;
  /** The article it relies on; null where no agreement lets it cross. */
  readonly article: AgreementArticle | null;
}

/** The crime area of a body that has one; unspecified where it has none. */
export function crimeAreaOf(body: unknown): CrimeArea {
  return ((body as { readonly crimeArea?: CrimeArea } | null)?.crimeArea ?? 0) as CrimeArea;
}

function gateAgreement(cover: AgreementCover | AgreementRefusal): GateAgreement {
  if (!cover.covered) return { refused: cover.reason };
  const { id, version, digest } = cover.ref;
  return { id, version, digest, article: cover.article, trustLevel: cover.trustLevel, inForce: true };
}

function retentionOf(cover: AgreementCover | AgreementRefusal): number {
  return cover.covered ? cover.article.retentionDays : 0;
}

function articleOf(cover: AgreementCover | AgreementRefusal): AgreementArticle | null {
  return cover.covered ? cover.article : null;
}

/** The operation that a body of a channel kind names; empty where it names none. */
function operationOf({ kind, body }: GateMessage): string {
  const [terms] = Object.values(termsOf(kind, body) ?? {}) as { readonly operation?: OperationRef | null }[];
  return terms?.operation?.operation ?? '';
}

/** Where a message goes to that office: what is said in an operation goes in its channel, all else between the two. */
function scopeTo(context: RelayContext, message: GateMessage, to: OfficeId): Scope {
  const ofPair = context.scopeOf(to);
  if (!isChannelKind(message.kind)) return ofPair;
  return scopeOfChannel({ id: operationOf(message), drill: message.header.drill }) ?? ofPair;
}

/** Under which text it crosses: what is said in an operation under its charter and no other, all else under an agreement. */
function coverOf(context: RelayContext, scope: Scope, query: AgreementQuery): AgreementCover | AgreementRefusal {
  if (!isChannelKind(query.kind)) return context.trust().agreementFor(query);
  const channel = channelOf(scope);
  return channel === undefined
    ? { covered: false, reason: 'NO_AGREEMENT' }
    : context.trust().charterFor(channel.id, query);
}

/** What to ask the export gate about a message and one recipient, under the agreement or charter that covers it now. */
export function exportQuestion<Message extends GateMessage>(
  context: RelayContext,
  message: Message,
  to: OfficeId,
  now: EpochMs,
  given: Pick<GateCircumstances, 'originatorConsents' | 'opening'> = {},
): Asked<ExportQuestion<Message>> {
  const scope = scopeTo(context, message, to);
  const cover = coverOf(context, scope, {
    from: context.self,
    to,
    at: now,
    gate: 'export',
    kind: message.kind,
    crimeArea: crimeAreaOf(message.body),
    purpose: message.header.purpose,
    handling: message.header.handling,
    drill: message.header.drill,
    categories: [...new Set(message.parts.map((part) => part.category))],
  });
  const question = {
    ...given,
    message,
    from: context.self,
    to,
    scope,
    agreement: gateAgreement(cover),
    now,
  };
  return { question, retentionDays: retentionOf(cover), article: articleOf(cover) };
}

/** A question to the import gate. */
export interface AskedImport extends Asked<ImportQuestion> {
  /** For a message that another office passed on; null for what its origin sent itself. */
  readonly onward: OnwardStanding | null;
}

/**
 * What to ask the import gate about a verified crossing, under the very text its exporter relied on. What was passed on
 * is judged by what it was passed on for, and by the originator's consent as it stands now.
 * @throws what `onwardStanding` throws.
 */
export function importQuestion(context: RelayContext, crossing: VerifiedCrossing, now: EpochMs): AskedImport {
  const onward = onwardStanding(context, crossing, now);
  const purpose = onward?.purpose ?? crossing.header.purpose;
  const cover = coverOf(context, crossing.scope, {
    from: crossing.from,
    to: context.self,
    at: now,
    gate: 'import',
    kind: crossing.kind,
    crimeArea: crimeAreaOf(crossing.body),
    purpose,
    handling: crossing.header.handling,
    drill: crossing.header.drill,
    categories: [...new Set(crossing.parts.map((part) => part.category))],
    relied: crossing.agreement,
  });
  return {
    question: {
      crossing: onward === null ? crossing : { ...crossing, header: { ...crossing.header, purpose } },
      agreement: gateAgreement(cover),
      now,
      originatorConsents: onward !== null && onward.consent !== null,
    },
    onward,
    retentionDays: retentionOf(cover),
    article: articleOf(cover),
  };
}
