import {
  type DecidedRelease,
  isRegionKind,
  makeRegionItem,
  makeWithdrawal,
  type RegionPlace,
  regionFacets,
  type SignedMessage,
} from '../../envelope/index.ts';
import { days, type EnvelopeId, type EpochMs, fromHex, later } from '../../foundation/index.ts';
import {
  type ContentItem,
  type LedgerEvent,
  messageKey,
  type OutboundMessage,
  type RegionReleaseView,
} from '../../ledger/index.ts';
import type { Signer } from '../../trust/index.ts';
import { type ContentRef, type Corridor, type CrimeArea, type MessageKind, Outcome } from '../../wire/index.ts';
import { RelayError } from '../errors.ts';
import type { RelayContext } from '../parts.ts';
import { recallInForce } from '../recall/index.ts';
import { readOwn } from '../stored-messages.ts';
import type { Along, Submissions } from '../submit-message.ts';
import type { SubmissionInput, SubmissionResult } from '../types.ts';
import { RegionError } from './errors.ts';
import { regionQuestion } from './region-question.ts';

/** What this office tells the region: decided, numbered and chained, on record before a byte of it leaves. */
export interface Releases {
  readonly submit: (input: SubmissionInput) => Promise<SubmissionResult>;
  readonly release: (id: EnvelopeId, by: string) => Promise<void>;
  readonly withdraw: (id: EnvelopeId, by: string) => Promise<void>;
}

const KEPT_AFTERWARDS = days(30);

/** The message goes to the region by itself: the one whose place it takes went there. */
export function followsToRegion(
  { projection }: Pick<RelayContext, 'projection'>,
  { supersedes }: Pick<SubmissionInput, 'supersedes'>,
): boolean {
  return (
    supersedes !== '' &&
    projection.region.releaseOf(supersedes)?.decision.outcome === Outcome.RELEASED &&
    projection.region.withdrawalOf(supersedes) === undefined
  );
}

/** The releases of this office. `released` is called when one is on record. */
export function releases(context: RelayContext, messages: Submissions, released: () => void): Releases {
  const { self, projection, ledger } = context;
  const { region } = projection;
  const topics = new Map<string, Promise<unknown>>();

  /** One after the other for each topic: a number is taken, signed and on record before the next one is. */
  const inTurn = async <T>(corridor: Corridor, crimeArea: CrimeArea, work: () => Promise<T>): Promise<T> => {
    const key = `${corridor}/${crimeArea}`;
    const turn = (topics.get(key) ?? Promise.resolve()).then(work, work);
    topics.set(key, turn);
    try {
      return await turn;
    } finally {
      if (topics.get(key) === turn) topics.delete(key);
    }
  };

  const signerFor = (drill: boolean): Signer => {
    if (!drill) return context.signer;
    if (context.drillSigner === null) throw new RelayError('RELAY_DRILL_KEY_MISSING');
    return context.drillSigner;
  };

  const placeOf = (corridor: Corridor, crimeArea: CrimeArea): RegionPlace => {
    const last = region.lastOf(corridor, crimeArea);
    const previous = last?.headerDigest ?? null;
    return {
      number: (last?.number ?? 0) + 1,
      previous: previous === null ? new Uint8Array() : fromHex(previous),
      chain: ledger.chainId,
    };
  };

  const decide = async (message: SignedMessage, by: string, at: EpochMs): Promise<Along> => {
    const { corridor, crimeArea, urgency, language } = regionFacets(message.kind, message.body);
    const { question, retentionDays } = regionQuestion(context, message, at);
    const decided: DecidedRelease = context.gates().decideRegion(question);
    const goes = decided.decision.outcome === Outcome.RELEASED;
    const made = goes
      ? await makeRegionItem(decided, placeOf(corridor, crimeArea), signerFor(message.header.drill), at)
      : null;
    const record = (content: ContentRef | null): LedgerEvent => ({
      regionReleased: {
        envelopeId: message.header.id,
        envelopeDigest: fromHex(message.envelopeDigest),
        corridor,
        crimeArea,
        number: made?.header.number ?? 0,
        headerDigest: made?.headerDigest ?? new Uint8Array(),
        decision: decided.decision,
        agreement: decided.agreement,
        content,
        urgency,
        language: made?.header.language ?? language,
        releasedMs: at,
        by,
      },
    });
    if (made === null) return { contents: [], events: () => [record(null)] };
    const expiresAt = later(message.header.expiresMs as EpochMs, days(retentionDays));
    return {
      contents: [{ bytes: made.bytes, expiresAt }],
      events: ([content = null]) => [record(content)],
    };
  };

  const commit = async ({ contents, events }: Along, guard: () => void, key: string): Promise<void> => {
    await context.desk.commit(() => {
      guard();
      return { contents, events, result: () => undefined };
    }, [key]);
    released();
  };

  const ownMessage = (id: EnvelopeId): OutboundMessage => {
    const message = projection.outbound.get(messageKey(self, id));
    if (message === undefined) throw new RegionError('REGION_MESSAGE_UNKNOWN', { context: { id } });
    return message;
  };

  const assertNotTold = (id: string): void => {
    if (region.releaseOf(id)?.decision.outcome === Outcome.RELEASED)
      throw new RegionError('REGION_RELEASED_BEFORE', { context: { id } });
  };

  const standing = (id: EnvelopeId): RegionReleaseView => {
    const release = region.releaseOf(id);
    if (release === undefined) throw new RegionError('REGION_MESSAGE_UNKNOWN', { context: { id } });
    if (release.decision.outcome !== Outcome.RELEASED || region.withdrawalOf(id) !== undefined)
      throw new RegionError('REGION_NOT_RELEASED', { context: { id } });
    return release;
  };

  const withdrawalOf = async (
    release: RegionReleaseView,
    kind: MessageKind,
    drill: boolean,
    by: string,
  ): Promise<Along> => {
    const { corridor, crimeArea, urgency, id } = release;
    const envelopeDigest = fromHex(release.envelopeDigest);
    const at = context.clock.now();
    const made = await makeWithdrawal(
      { from: self, corridor, crimeArea, urgency, kind, drill, envelopeDigest, withdrawsNumber: release.number },
      placeOf(corridor, crimeArea),
      signerFor(drill),
      at,
    );
    const item: ContentItem = { bytes: made.bytes, expiresAt: later(at, KEPT_AFTERWARDS) };
    return {
      contents: [item],
      events: ([content = null]) => [
        {
          regionReleased: {
            envelopeId: id,
            envelopeDigest,
            corridor,
            crimeArea,
            number: made.header.number,
            headerDigest: made.headerDigest,
            content,
            urgency,
            withdrawn: true,
            releasedMs: at,
            by,
          },
        },
      ],
    };
  };

  return {
    submit: async (input) => {
      const { corridor, crimeArea } = assertTopic(input.kind, input.body);
      const submitted = await inTurn(corridor, crimeArea, () =>
        messages.submit(input, { along: (message, at) => decide(message, input.submittedBy, at) }),
      );
      released();
      return submitted;
    },
    release: async (id, by) => {
      const own = ownMessage(id);
      if (recallInForce(projection, messageKey(self, id)) !== null)
        throw new RegionError('REGION_RELEASED_BEFORE', { context: { id } });
      const message = await readOwn(context, own);
      const { corridor, crimeArea } = assertTopic(message.kind, message.body);
      await inTurn(corridor, crimeArea, async () => {
        assertNotTold(id);
        const along = await decide(message, by, context.clock.now());
        await commit(along, () => assertNotTold(id), `region:${id}`);
      });
    },
    withdraw: async (id, by) => {
      const { corridor, crimeArea } = standing(id);
      const { kind, drill } = ownMessage(id);
      await inTurn(corridor, crimeArea, async () => {
        const along = await withdrawalOf(standing(id), kind, drill, by);
        await commit(along, () => void standing(id), `region:${id}`);
      });
    },
  };
}

/** The topic of what is to be told the region. @throws RegionError REGION_KIND_WRONG, REGION_CORRIDOR_MISSING. */
export function assertTopic(
  kind: MessageKind,
  body: unknown,
): { readonly corridor: Corridor; readonly crimeArea: CrimeArea } {
  if (!isRegionKind(kind)) throw new RegionError('REGION_KIND_WRONG');
  const { corridor, crimeArea } = regionFacets(kind, body);
  if (corridor === 0 || crimeArea === 0) throw new RegionError('REGION_CORRIDOR_MISSING');
  return { corridor, crimeArea };
}
