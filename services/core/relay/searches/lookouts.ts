import { digestOf, type EpochMs, later, type OfficeId, utf8 } from '../../foundation/index.ts';
import { messageKey, type OfficeProjection, type OutboundMessage } from '../../ledger/index.ts';
import { isSearchable, traitsOf } from '../../matching/index.ts';
import { type Lookout, lookoutCodec, MessageKind } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { readMessage } from '../read-message.ts';
import type { Submissions } from '../submit-message.ts';
import type { SubmissionInput, SubmissionResult } from '../types.ts';
import { SearchesError } from './errors.ts';
import type { LookoutView } from './types.ts';

const END_KEPT_MS = 60_000 as Parameters<typeof later>[1];
const NO_DIGEST = digestOf(utf8(''));

/** Whom and what this office looks for. A lookout goes to nobody. */
export interface Lookouts {
  /** @throws SearchesError SEARCHES_NOTHING_TO_SEARCH; RelayError as `Relay.submit`. */
  readonly add: (input: SubmissionInput) => Promise<SubmissionResult>;
  /** Ends it at once, under a name. @throws SearchesError SEARCHES_LOOKOUT_UNKNOWN, SEARCHES_LOOKOUT_OVER; RelayError. */
  readonly end: (id: string, by: string) => Promise<LookoutView>;
  /** The newest first. */
  readonly list: () => readonly LookoutView[];
}

/**
 * The lookouts of this office. An end is a lookout of nobody that takes the place of the one that it ends: it stands in
 * the ledger under the name of who ended it, and the one that it ends is not searched any more.
 */
export function lookouts(context: RelayContext, messages: Submissions): Lookouts {
  const { projection, clock, self, settings } = context;

  const find = (id: string): OutboundMessage => {
    const found = projection.outbound.get(messageKey(self, id));
    if (found?.kind !== MessageKind.LOOKOUT || found.supersedes !== '')
      throw new SearchesError('SEARCHES_LOOKOUT_UNKNOWN');
    return found;
  };

  const assertActive = (lookout: OutboundMessage, at: EpochMs): void => {
    if (lookoutView(projection, self, lookout, at).state !== 'active') throw new SearchesError('SEARCHES_LOOKOUT_OVER');
  };

  return {
    add: (input) => {
      const { subjects } = input.body as Lookout;
      const nothing = subjects.findIndex((subject) => !isSearchable(traitsOf(subject)));
      if (nothing >= 0 || subjects.length === 0) {
        const context = { field: `lookout.subjects[${Math.max(0, nothing)}]` };
        return Promise.reject(new SearchesError('SEARCHES_NOTHING_TO_SEARCH', { context }));
      }
      const expiresMs = input.expiresMs ?? later(clock.now(), settings.maxExpiryMs);
      return messages.submit({ ...input, kind: MessageKind.LOOKOUT, recipients: [], supersedes: '', expiresMs });
    },
    end: async (id, by) => {
      const lookout = find(id);
      assertActive(lookout, clock.now());
      const { header, body } = await readMessage(context, self, lookout.id);
      const { crimeArea } = body as Lookout;
      await messages.submit(
        {
          submittedBy: by,
          kind: MessageKind.LOOKOUT,
          recipients: [],
          precedence: lookout.precedence,
          purpose: header.purpose,
          handling: header.handling,
          caveat: header.caveat,
          caseReference: header.caseReference,
          expiresMs: later(clock.now(), END_KEPT_MS),
          inReplyTo: '',
          supersedes: lookout.id,
          drill: lookout.drill,
          body: lookoutCodec.decode(lookoutCodec.encode({ crimeArea })),
          idempotencyKey: '',
          submissionDigest: NO_DIGEST,
        },
        { subjects: [messageKey(self, lookout.id)], guard: (at) => assertActive(lookout, at) },
      );
      return lookoutView(projection, self, lookout, clock.now());
    },
    list: () =>
      projection
        .ofKind(MessageKind.LOOKOUT)
        .filter((message): message is OutboundMessage => message.direction === 'outbound' && message.supersedes === '')
        .map((message) => lookoutView(projection, self, message, clock.now()))
        .reverse(),
  };
}

function lookoutView(
  projection: Pick<OfficeProjection, 'supersededBy'>,
  self: OfficeId,
  lookout: OutboundMessage,
  now: EpochMs,
): LookoutView {
  const end = projection
    .supersededBy(messageKey(self, lookout.id))
    .find((message): message is OutboundMessage => message.direction === 'outbound');
  const { id, submittedBy, createdMs, expiresMs, drill } = lookout;
  return {
    id,
    submittedBy,
    createdMs,
    expiresMs,
    drill,
    state: end !== undefined ? 'ended' : now >= expiresMs ? 'expired' : 'active',
    endedBy: end?.submittedBy ?? null,
    endedMs: end?.createdMs ?? null,
  };
}
