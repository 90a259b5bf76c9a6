import type { EnvelopeId, OfficeId } from '../../../core/foundation/index.ts';
import {
  RecallError,
  RegionError,
  type Relay,
  RelayError,
  ReviewError,
  SearchesError,
  type SubmissionInput,
} from '../../../core/relay/index.ts';
import { keyOf, type Sight } from './compartments.ts';
import { visibleProjection } from './visible-projection.ts';

/**
 * The relay as it is to somebody who sees only some messages: what they do not see is not listed, not read and not
 * acted on, and is answered as what is not known. What operations say, and figures of the whole office, are as they are.
 */
export function visibleRelay(inner: Relay, office: OfficeId, sight: Sight): Relay {
  const projection = visibleProjection(inner.projection, sight);
  const { sees, seesKey } = sight;
  const unseen = (name: Parameters<typeof keyOf>[0]): boolean => {
    const key = keyOf(name);
    const isKnown = inner.projection.outbound.has(key) || inner.projection.inbound.has(key);
    return isKnown && !seesKey(key);
  };
  const assertSeen = (name: Parameters<typeof keyOf>[0]): void => {
    if (unseen(name)) throw new RelayError('RELAY_MESSAGE_UNKNOWN');
  };
  const self = (id: string): Parameters<typeof keyOf>[0] => ({ origin: office, id: id as EnvelopeId });
  /** Nobody goes on from what they do not see. */
  const assertReferences = ({ supersedes, inReplyTo }: Pick<SubmissionInput, 'supersedes' | 'inReplyTo'>): void => {
    const origins = [office, ...inner.projection.origins];
    const hidden = [supersedes, inReplyTo].some(
      (id) => id !== '' && origins.some((origin) => unseen({ origin, id: id as EnvelopeId })),
    );
    if (hidden) throw new RelayError('RELAY_REFERENCE_UNKNOWN');
  };
  const seesRegion = (message: ReturnType<Relay['region']['find']>): boolean =>
    message.direction === 'outbound'
      ? !unseen({ origin: message.from, id: message.id })
      : sight.seesArea(message.crimeArea, false);

  return {
    ...inner,
    projection,
    reviews: {
      ...inner.reviews,
      list: () => inner.reviews.list().filter(({ message }) => sees(message)),
      find: (origin, id) => {
        if (unseen({ origin, id })) throw new ReviewError('REVIEW_UNKNOWN');
        return inner.reviews.find(origin, id);
      },
      close: async (input) => {
        if (unseen(input)) throw new ReviewError('REVIEW_UNKNOWN');
        return await inner.reviews.close(input);
      },
    },
    recalls: {
      ...inner.recalls,
      list: () => inner.recalls.list().filter((recall) => !unseen(recall)),
      find: (id, origin) => {
        const found = inner.recalls.find(id, origin);
        if (unseen(found)) throw new RecallError('RECALL_UNKNOWN', { context: { id } });
        return found;
      },
      recall: async (input) => {
        assertSeen(self(input.id));
        return await inner.recalls.recall(input);
      },
      answer: async (input) => {
        if (unseen(input)) throw new RecallError('RECALL_UNKNOWN', { context: { id: input.id } });
        return await inner.recalls.answer(input);
      },
    },
    searches: {
      ...inner.searches,
      views: (...asked) =>
        inner.searches
          .views(...asked)
          .filter((view) => !unseen(view))
          .map((view) => ({ ...view, owners: view.owners.filter((owner) => !unseen(owner)) })),
      lookouts: {
        ...inner.searches.lookouts,
        list: () => inner.searches.lookouts.list().filter(({ id }) => !unseen(self(id))),
        end: async (id, by) => {
          if (unseen(self(id))) throw new SearchesError('SEARCHES_LOOKOUT_UNKNOWN');
          return await inner.searches.lookouts.end(id, by);
        },
      },
    },
    region: {
      ...inner.region,
      list: () => inner.region.list().filter(seesRegion),
      find: (id, origin) => {
        const found = inner.region.find(id, origin);
        if (!seesRegion(found)) throw new RegionError('REGION_MESSAGE_UNKNOWN');
        return found;
      },
      read: async ({ from, id }) => {
        if (unseen({ origin: from, id })) throw new RegionError('REGION_MESSAGE_UNKNOWN');
        return await inner.region.read({ from, id });
      },
      submit: async (input) => {
        assertReferences(input);
        return await inner.region.submit(input);
      },
      release: async (id, by) => {
        if (unseen(self(id))) throw new RegionError('REGION_MESSAGE_UNKNOWN');
        return await inner.region.release(id, by);
      },
      withdraw: async (id, by) => {
        if (unseen(self(id))) throw new RegionError('REGION_MESSAGE_UNKNOWN');
        return await inner.region.withdraw(id, by);
      },
    },
    triage: {
      ...inner.triage,
      take: async (input) => {
        assertSeen(input);
        return await inner.triage.take(input);
      },
    },
    submit: async (input) => {
      assertReferences(input);
      return await inner.submit(input);
    },
    preview: async (input) => {
      assertReferences(input);
      return await inner.preview(input);
    },
    release: async (key, person, request) => {
      assertSeen(key);
      return await inner.release(key, person, request);
    },
    reject: async (key, by, reason) => {
      assertSeen(key);
      await inner.reject(key, by, reason);
    },
    retrieve: async (origin, id, by) => {
      assertSeen({ origin, id });
      await inner.retrieve(origin, id, by);
    },
    read: async (origin, id) => {
      assertSeen({ origin, id });
      return await inner.read(origin, id);
    },
    readHeld: async (key) => {
      assertSeen(key);
      return await inner.readHeld(key);
    },
  };
}
