import {
  buildCrossing,
  type DecidedCrossing,
  type MessagePart,
  type SignedMessage,
  type UnsignedMessage,
} from '../envelope/index.ts';
import {
  days,
  digestOf,
  type EnvelopeId,
  type EpochMs,
  fromHex,
  later,
  newEnvelopeId,
  type OfficeId,
  utf8,
} from '../foundation/index.ts';
import { type ContentItem, type LedgerEvent, messageKey } from '../ledger/index.ts';
import type { GateAgreement } from '../policy/index.ts';
import {
  type BodyKind,
  type ContentRef,
  type Decision,
  joinParts,
  MessageKind,
  Outcome,
  ownMessageCodec,
  ReceiptKind,
} from '../wire/index.ts';
import { acceptedEvent } from './accepted-event.ts';
import { batcher } from './batcher.ts';
import { composeInput } from './compose-input.ts';
import { decideCopies, type ExportAnswer, goesPastHold, recipientsOf } from './decide-copies.ts';
import type { Prepared, Round } from './desk.ts';
import { RelayError } from './errors.ts';
import { exportQuestion } from './gate-questions.ts';
import {
  asksPastHold,
  assertEmergencyPurpose,
  assertFewReviewsOpen,
  emergencySubject,
  isHoldToPass,
} from './hold/index.ts';
import { laneOf } from './lanes.ts';
import type { RelayContext } from './parts.ts';
import { keptReceipt } from './receipts.ts';
import { signOwn } from './sign-own.ts';
import { submissionResult, withheldCategories } from './submission-result.ts';
import type { PreviewResult, RecipientResult, SubmissionInput, SubmissionResult } from './types.ts';
import { assertSupersedes, versionSubject, withAudience } from './versions.ts';

/** Takes submissions: signed once, decided for each recipient, on disk before the answer. */
export interface Submissions {
  /** What a node or a desk of the relay says goes the same way, with `rules` of its own. */
  readonly submit: (input: SubmissionInput, rules?: SubmissionRules) => Promise<SubmissionResult>;
  readonly preview: (input: SubmissionInput) => Promise<readonly PreviewResult[]>;
  /** What was accepted before under that key; undefined for a fresh one, and without a key. @throws RelayError RELAY_IDEMPOTENCY_CONFLICT. */
  readonly repeated: (
    input: Pick<SubmissionInput, 'submittedBy' | 'idempotencyKey' | 'submissionDigest'>,
  ) => SubmissionResult | undefined;
}

/** What must hold, and what goes on record, together with a message. */
export interface SubmissionRules {
  /** Works that name one of these in common are committed one after the other (see Desk.commit). */
  readonly subjects?: readonly string[];
  /** Throws where the message has no place any more; runs when it is this work's turn, so that two cannot both pass. */
  readonly guard?: (at: EpochMs) => void;
  /** What else of the signed message goes on record with it. Throws where the message is not to be accepted. */
  readonly along?: (message: SignedMessage, at: EpochMs) => Promise<Along>;
  /** Further records of the same append. */
  readonly also?: (round: Round, message: SignedMessage) => readonly LedgerEvent[];
}

/** Contents and records that go with a message. */
export interface Along {
  readonly contents: readonly ContentItem[];
  /** `refs` in the order of `contents`. */
  readonly events: (refs: readonly ContentRef[]) => readonly LedgerEvent[];
}

const NO_RULES: SubmissionRules = {};
/** With these a channel opens or closes. */
const SAYS_WHO_IS_IN: ReadonlySet<MessageKind> = new Set([MessageKind.OPERATION_CHARTER, MessageKind.OPERATION_ACT]);
const DEFAULT_RETENTION_DAYS = 30;

/** Submissions of this office. */
export function submissions(context: RelayContext): Submissions {
  const { self, projection, clock, settings } = context;
  const underWay = new Map<string, { readonly digest: string; readonly result: Promise<SubmissionResult> }>();
  const signer = batcher<UnsignedMessage, SignedMessage>(
    512,
    (messages) => signOwn(context, messages),
    context.desk.beforeRound,
  );

  const check = (input: SubmissionInput, now: EpochMs): void => {
    for (const recipient of input.recipients) {
      if (context.neighbour(recipient) === undefined)
        throw new RelayError('RELAY_RECIPIENT_UNKNOWN', { context: { office: recipient } });
    }
    if (input.expiresMs !== null && (input.expiresMs <= now || input.expiresMs - now > settings.maxExpiryMs))
      throw new RelayError('RELAY_EXPIRY_INVALID');
    if (input.drill && context.drillSigner === null) throw new RelayError('RELAY_DRILL_KEY_MISSING');
    if (asksPastHold(input)) assertEmergencyPurpose(input);
    assertSupersedes(context, input);
    if (input.inReplyTo !== '' && !isKnown(input.inReplyTo))
      throw new RelayError('RELAY_REFERENCE_UNKNOWN', { context: { field: 'inReplyTo' } });
  };

  const isKnown = (id: string): boolean =>
    projection.outbound.has(messageKey(self, id)) ||
    context.neighbours.some((neighbour) => projection.inbound.has(messageKey(neighbour.office, id)));

  const resultFor = (to: OfficeId, decided: { readonly decision: Decision }): RecipientResult => ({
    to,
    outcome: decided.decision.outcome,
    withheld: withheldCategories(decided.decision),
    decision: context.views.decision(decided.decision),
  });

  const keep = (message: SignedMessage, answers: readonly ExportAnswer[]): ContentItem => {
    const retention = Math.max(DEFAULT_RETENTION_DAYS, ...answers.map((answer) => answer.retentionDays));
    return {
      bytes: ownMessageCodec.encode({
        signedEnvelope: message.signedEnvelope,
        parts: message.parts.map((part) => part.bytes),
      }),
      expiresAt: later(message.header.expiresMs as EpochMs, days(retention)),
    };
  };

  const accept = async (
    said: SubmissionInput,
    keyDigest: string,
    rules: SubmissionRules,
  ): Promise<SubmissionResult> => {
    const started = clock.now();
    const input = withAudience(context, said);
    check(input, started);
    const isPast = goesPastHold(context, input, started);
    const unsigned = composeInput(context, input, started, newEnvelopeId(clock), isPast);
    const [message, receipt] = await Promise.all([
      signer.add(unsigned),
      context.receipts.sign({
        kind: ReceiptKind.SUBMISSION_ACCEPTANCE,
        addressee: self,
        origin: self,
        envelopeId: unsigned.header.id as EnvelopeId,
        envelopeDigest: unsigned.envelopeDigest,
        crossingDigest: null,
        atMs: started,
        reason: '',
        relayedMs: null,
      }),
    ]);
    const answers = decideCopies(context, message, input, started);
    // The law changed meanwhile, and nothing is on record yet.
    if (asksPastHold(input) && !isPast && answers.some(({ decided }) => isHoldToPass(decided.decision)))
      return await accept(input, keyDigest, rules);

    const along = await rules.along?.(message, started);

    const prepare = (round: Round): Prepared<SubmissionResult> => {
      rules.guard?.(round.at);
      assertSupersedes(context, input);
      if (isPast) assertFewReviewsOpen(context, input);
      const crossings = answers.map((answer) => releaseNow(context, answer.decided, message, round));
      const contents: ContentItem[] = [keep(message, answers)];
      const contentOf = crossings.map((crossing, index) => {
        if (crossing === null) return -1;
        contents.push({
          bytes: crossing.crossing,
          expiresAt: later(message.header.expiresMs as EpochMs, days((answers[index] as ExportAnswer).retentionDays)),
        });
        return contents.length - 1;
      });
      const ownContents = contents.length;
      contents.push(...(along?.contents ?? []));
      return {
        contents,
        events: (refs) => {
          const decidedCrossings = answers.map(({ decided, answerByMs }, index) => {
            const crossing = crossings[index] ?? null;
            return {
              to: decided.to,
              scope: decided.scope,
              agreement: decided.agreement,
              decision: decided.decision,
              crossing: refs[contentOf[index] ?? -1] ?? null,
              lane: crossing?.lane ?? 0,
              number: crossing?.number ?? 0,
              answerByMs,
            };
          });
          const accepted = acceptedEvent(message, input, keyDigest, {
            content: refs[0] ?? null,
            crossings: decidedCrossings,
          });
          const more = [...(along?.events(refs.slice(ownContents)) ?? []), ...(rules.also?.(round, message) ?? [])];
          return [accepted, keptReceipt(receipt), ...more];
        },
        result: () => {
          for (const crossing of crossings) {
            if (crossing === null) continue;
            context.recent.keep(fromHex(crossing.digest), crossing.bytes);
            context.wake(crossing.to);
          }
          if (SAYS_WHO_IS_IN.has(message.kind)) context.channelsChanged();
          const accepted = projection.outbound.get(messageKey(self, message.header.id));
          if (accepted === undefined) throw new TypeError('a message that is on record is not in the outbox');
          return submissionResult(accepted, false);
        },
      };
    };
    const subjects = [
      ...(rules.subjects ?? []),
      ...(isPast ? [emergencySubject(input)] : []),
      ...(input.supersedes === '' ? [] : [versionSubject(input)]),
    ];
    const result = await context.desk.commit(prepare, subjects);
    context.events.accepted({
      id: result.id,
      precedence: input.precedence,
      recipients: result.recipients,
      tookMs: clock.now() - started,
    });
    if (isPast) context.events.review({ event: 'opened', origin: self, id: result.id });
    return result;
  };

  const keyOf = ({ submittedBy, idempotencyKey }: Pick<SubmissionInput, 'submittedBy' | 'idempotencyKey'>) =>
    digestOf(utf8(`${submittedBy}\n${idempotencyKey}`));

  return {
    repeated: (input) => {
      const earlier = input.idempotencyKey === '' ? undefined : projection.submissionOf(keyOf(input));
      if (earlier === undefined) return undefined;
      if (earlier.submissionDigest !== input.submissionDigest) throw new RelayError('RELAY_IDEMPOTENCY_CONFLICT');
      return submissionResult(earlier.message, true);
    },
    submit: (input, rules = NO_RULES) => {
      if (input.idempotencyKey === '') return accept(input, '', rules);
      const keyDigest = keyOf(input);
      const earlier = projection.submissionOf(keyDigest);
      const pending = underWay.get(keyDigest);
      const digest = earlier?.submissionDigest ?? pending?.digest;
      if (digest !== undefined && digest !== input.submissionDigest)
        return Promise.reject(new RelayError('RELAY_IDEMPOTENCY_CONFLICT'));
      if (earlier !== undefined) return Promise.resolve(submissionResult(earlier.message, true));
      if (pending !== undefined) return pending.result.then((result) => ({ ...result, repeated: true }));
      const result = accept(input, keyDigest, rules).finally(() => underWay.delete(keyDigest));
      underWay.set(keyDigest, { digest: input.submissionDigest, result });
      return result;
    },
    preview: async (said) => {
      const now = clock.now();
      const input = withAudience(context, said);
      check(input, now);
      const message = composeInput(context, input, now, newEnvelopeId(clock), goesPastHold(context, input, now));
      return recipientsOf(input).map((to) => {
        const { question } = exportQuestion(context, message, to, now);
        const verdict = context.gates().previewExport(question);
        const refused = verdict.decision.outcome === Outcome.REFUSED;
        return {
          ...resultFor(to, verdict),
          agreement: agreementOf(question.agreement),
          body: refused
            ? null
            : joinParts(
                message.kind as BodyKind,
                verdict.disclosed.map((index) => message.parts[index] as MessagePart),
              ),
        };
      });
    },
  };
}

function agreementOf(agreement: GateAgreement): PreviewResult['agreement'] {
  if ('refused' in agreement) return null;
  const { id, version, article } = agreement;
  return { id, version, article: article.id };
}

/** The crossing of a released decision, with its number; null where it was not released. */
function releaseNow(
  context: RelayContext,
  decided: DecidedCrossing,
  message: SignedMessage,
  round: Round,
): ReturnType<typeof buildCrossing> | null {
  if (decided.decision.outcome !== Outcome.RELEASED) return null;
  const lane = laneOf(message.header);
  const crossing = buildCrossing(decided, lane, round.takeNumber(decided.to, lane), context.random);
  round.leaves(crossing);
  return crossing;
}
