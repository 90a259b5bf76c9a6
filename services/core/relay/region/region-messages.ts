import { readRegionItem } from '../../envelope/index.ts';
import type { EnvelopeId, HubId, OfficeId } from '../../foundation/index.ts';
import {
  messageKey,
  type OutboundMessage,
  type RegionMessageView,
  type RegionReleaseView,
} from '../../ledger/index.ts';
import { type BodyKind, joinParts, Outcome } from '../../wire/index.ts';
import { RelayError } from '../errors.ts';
import type { RelayContext } from '../parts.ts';
import { readMessage } from '../read-message.ts';
import type { MessageContent } from '../types.ts';
import { RegionError } from './errors.ts';
import type { RegionDesk, RegionMessage, RegionState } from './types.ts';

type Reading = Pick<RegionDesk, 'list' | 'find' | 'read'>;

/** What was told the region and what it told this office, as officers see it. */
export function regionMessages(context: RelayContext, hubs: readonly HubId[]): Reading {
  const { self, projection, clock } = context;
  const { region } = projection;

  const newerOwn = (id: string): string =>
    projection
      .supersededBy(messageKey(self, id))
      .find((one) => region.releaseOf(one.id)?.decision.outcome === Outcome.RELEASED)?.id ?? '';

  const stateOf = (refused: boolean, withdrawn: boolean, superseded: boolean, expiresMs: number): RegionState => {
    if (refused) return 'refused';
    if (withdrawn) return 'withdrawn';
    if (superseded) return 'superseded';
    return expiresMs <= clock.now() ? 'expired' : 'current';
  };

  const own = (release: RegionReleaseView, message: OutboundMessage): RegionMessage => {
    const { id, corridor, crimeArea, number, decision } = release;
    const withdrawal = region.withdrawalOf(id);
    const supersededBy = newerOwn(id);
    const refused = decision.outcome !== Outcome.RELEASED;
    return {
      direction: 'outbound',
      from: self,
      id,
      kind: message.kind,
      state: stateOf(refused, withdrawal !== undefined, supersededBy !== '', message.expiresMs),
      corridor,
      crimeArea,
      number,
      urgency: release.urgency,
      language: release.language,
      drill: message.drill,
      createdMs: message.createdMs,
      expiresMs: message.expiresMs,
      releasedMs: release.releasedMs,
      recordedMs: release.releasedMs,
      withdrawnMs: withdrawal?.releasedMs ?? null,
      supersedes: message.supersedes,
      supersededBy,
      decision,
      hubs: refused ? [] : hubs.filter((hub) => region.confirmed(hub, corridor, crimeArea) >= number),
      submittedBy: message.submittedBy,
    };
  };

  const received = (message: RegionMessageView): RegionMessage => {
    const { from, id, expiresMs, withdrawnMs, decision } = message;
    const supersededBy = region.supersededBy(`${from}/${id}`)[0]?.id ?? '';
    return {
      direction: 'inbound',
      from,
      id,
      kind: message.kind,
      state: stateOf(decision.outcome !== Outcome.RELEASED, withdrawnMs !== null, supersededBy !== '', expiresMs),
      corridor: message.corridor,
      crimeArea: message.crimeArea,
      number: message.number,
      urgency: message.urgency,
      language: message.language,
      drill: message.drill,
      createdMs: message.createdMs,
      expiresMs,
      releasedMs: message.releasedMs,
      recordedMs: message.receivedMs,
      withdrawnMs,
      supersedes: message.supersedes,
      supersededBy,
      decision,
      hubs: [message.hub],
      submittedBy: '',
    };
  };

  const ownOf = (id: string): RegionMessage | undefined => {
    const release = region.releaseOf(id);
    const message = projection.outbound.get(messageKey(self, id));
    return release === undefined || message === undefined ? undefined : own(release, message);
  };

  const readReceived = async (view: RegionMessageView): Promise<MessageContent> => {
    if (view.withdrawnMs !== null) throw new RegionError('REGION_WITHDRAWN');
    const bytes = view.content === null ? undefined : await context.content.get(view.content);
    if (bytes === undefined) throw new RelayError('RELAY_CONTENT_GONE');
    const keyOf = context.trust().keysForEvidence(view.receivedMs);
    const item = readRegionItem(bytes, { keyOf, heads: context.heads, now: view.receivedMs });
    if (item.withdraws !== null) throw new RelayError('RELAY_CONTENT_GONE');
    const { officer, purpose, handling, caveat, caseReference, inReplyTo, supersedes } = item.envelopeHeader;
    return {
      kind: item.kind,
      header: { officer, purpose, handling, caveat, caseReference, inReplyTo, supersedes },
      body: joinParts(item.kind as BodyKind, item.parts),
      withheld: [
        ...item.decision.withheld.map(({ category, policies }) => ({ category, policies, by: item.from })),
        ...view.decision.withheld.map(({ category, policies }) => ({ category, policies, by: self })),
      ],
    };
  };

  return {
    list: () => {
      const ids = [...new Set(region.releases.map(({ id }) => id))];
      const owns = ids.flatMap((id) => ownOf(id) ?? []);
      const others = [...region.messages.values()].filter(({ wanted }) => wanted).map(received);
      return [...owns, ...others].toSorted((a, b) => b.releasedMs - a.releasedMs);
    },
    find: (id: EnvelopeId, origin?: OfficeId) => {
      const mine = origin === undefined || origin === self ? ownOf(id) : undefined;
      const found = [...region.messages.values()].find(
        (one) => one.id === id && one.from === (origin ?? one.from) && one.wanted,
      );
      const message = mine ?? (found === undefined ? undefined : received(found));
      if (message === undefined) throw new RegionError('REGION_MESSAGE_UNKNOWN', { context: { id } });
      return message;
    },
    read: async ({ from, id }) => {
      if (from === self) return await readMessage(context, from, id);
      const view = region.messages.get(`${from}/${id}`);
      if (view === undefined) throw new RegionError('REGION_MESSAGE_UNKNOWN', { context: { id } });
      return await readReceived(view);
    },
  };
}
