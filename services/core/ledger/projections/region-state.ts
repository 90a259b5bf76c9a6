import {
  type Digest,
  digestFromBytes,
  type EnvelopeId,
  type EpochMs,
  type HubId,
  type OfficeId,
  toHex,
} from '../../foundation/index.ts';
import {
  type LedgerRecord,
  Outcome,
  type RegionConfirmed,
  type RegionReceived,
  type RegionReleased,
  type SubscriptionRecorded,
  subscriptionCodec,
} from '../../wire/index.ts';
import { type DecisionViews, ownContentRef } from './decision-view.ts';
import { regionChains } from './region-chains.ts';
import { asksFor } from './region-matches.ts';
import type {
  RegionForkView,
  RegionMessageView,
  RegionReleaseView,
  RegionView,
  SubscriptionView,
} from './region-views.ts';

/** How the office stands with the region, and what changes it. */
export interface RegionState extends RegionView {
  /** Takes the record where it is about the region; says whether it was. */
  readonly apply: (record: LedgerRecord) => boolean;
}

const NONE: readonly RegionMessageView[] = Object.freeze([]);

function releaseView(event: RegionReleased, views: DecisionViews): RegionReleaseView {
  return {
    id: event.envelopeId as EnvelopeId,
    envelopeDigest: digestFromBytes(event.envelopeDigest),
    corridor: event.corridor,
    crimeArea: event.crimeArea,
    number: event.number,
    headerDigest: event.headerDigest.length === 0 ? null : digestFromBytes(event.headerDigest),
    decision: views.decision(event.decision),
    agreement: views.agreement(event.agreement),
    content: ownContentRef(event.content),
    urgency: event.urgency,
    language: event.language,
    withdrawal: event.withdrawn,
    releasedMs: event.releasedMs as EpochMs,
    by: event.by,
  };
}

/** An office without anything to do with the region yet. */
export function regionState(views: DecisionViews): RegionState {
  const releases: RegionReleaseView[] = [];
  const newest = new Map<string, RegionReleaseView>();
  const withdrawals = new Map<string, RegionReleaseView>();
  const lastOf = new Map<string, RegionReleaseView>();
  const confirmed = new Map<string, number>();
  const messages = new Map<string, RegionMessageView>();
  const superseding = new Map<string, RegionMessageView[]>();
  const chains = regionChains();
  const forks: RegionForkView[] = [];
  const cursors = new Map<string, number>();
  const entries = new Map<string, string>();
  const sequences = new Map<string, number>();
  const failures = new Map<string, string>();
  const held = new Set<string>();
  const withdrawnDigests = new Set<string>();
  const byDigest = new Map<string, RegionMessageView>();
  const subscriptions = new Map<string, SubscriptionView>();

  const released = (event: RegionReleased): void => {
    const view = releaseView(event, views);
    releases.push(view);
    (view.withdrawal ? withdrawals : newest).set(view.id, view);
    if (view.number > 0) lastOf.set(`${view.corridor}/${view.crimeArea}`, view);
  };

  const received = (event: RegionReceived, atMs: EpochMs): void => {
    const place = `${event.hub}/${event.sequence}`;
    cursors.set(event.hub, Math.max(cursors.get(event.hub) ?? 0, event.sequence));
    if (event.failure !== '') {
      failures.set(place, event.failure);
      if (event.from !== '')
        forks.push({
          from: event.from as OfficeId,
          corridor: event.corridor,
          crimeArea: event.crimeArea,
          number: event.number,
          code: event.failure,
          hub: event.hub as HubId,
          atMs,
        });
      return;
    }
    failures.delete(place);
    const digest = toHex(event.headerDigest);
    entries.set(place, digest);
    sequences.set(`${event.hub}/${digest}`, event.sequence);
    if (event.repeatedCopy) return;
    held.add(digest);
    chains.received(event);
    if (event.withdraws.length > 0) {
      const withdrawn = `${event.from}/${toHex(event.withdraws)}`;
      withdrawnDigests.add(withdrawn);
      const message = byDigest.get(withdrawn);
      if (message !== undefined) message.withdrawnMs ??= atMs;
      return;
    }
    take(event, atMs);
  };

  const take = (event: RegionReceived, atMs: EpochMs): void => {
    const from = event.from as OfficeId;
    const { corridor, crimeArea, urgency, language } = event;
    const standing = [...subscriptions.values()];
    const digestKey = `${from}/${toHex(event.envelopeDigest)}`;
    const message: RegionMessageView = {
      hub: event.hub as HubId,
      from,
      id: event.envelopeId as EnvelopeId,
      envelopeDigest: digestFromBytes(event.envelopeDigest),
      kind: event.kind,
      corridor,
      crimeArea,
      number: event.number,
      urgency,
      language,
      createdMs: event.createdMs as EpochMs,
      expiresMs: event.expiresMs as EpochMs,
      releasedMs: event.releasedMs as EpochMs,
      receivedMs: atMs,
      drill: event.drill,
      supersedes: event.supersedes,
      decision: views.decision(event.decision),
      agreement: views.agreement(event.agreement),
      content: ownContentRef(event.content),
      wanted: standing.some((one) => asksFor(one.subscription, { from, corridor, crimeArea, urgency, language })),
      withdrawnMs: withdrawnDigests.has(digestKey) ? atMs : null,
    };
    const key = `${from}/${message.id}`;
    // The first word stands: an office that releases one message twice says nothing new.
    if (messages.has(key)) return;
    messages.set(key, message);
    byDigest.set(digestKey, message);
    if (message.supersedes === '' || message.decision.outcome !== Outcome.RELEASED) return;
    const before = `${from}/${message.supersedes}`;
    superseding.set(before, [...(superseding.get(before) ?? []), message]);
  };

  const subscribed = ({ hub, subscription: signed, by }: SubscriptionRecorded, atMs: EpochMs): void => {
    if (signed === null) return;
    const subscription = subscriptionCodec.decode(signed.subscription);
    const key = `${hub}/${subscription.id}`;
    const sinceMs = subscriptions.get(key)?.sinceMs ?? atMs;
    subscriptions.set(key, { hub: hub as HubId, subscription, signed, by, sinceMs, changedMs: atMs });
    chains.subscribed([...subscriptions.values()].map((one) => one.subscription));
  };

  const confirm = ({ hub, corridor, crimeArea, through }: RegionConfirmed): void => {
    const key = `${hub}/${corridor}/${crimeArea}`;
    confirmed.set(key, Math.max(confirmed.get(key) ?? 0, through));
  };

  return {
    apply: (record) => {
      const atMs = record.atMs as EpochMs;
      if (record.regionReleased !== null) released(record.regionReleased);
      else if (record.regionReceived !== null) received(record.regionReceived, atMs);
      else if (record.subscriptionRecorded !== null) subscribed(record.subscriptionRecorded, atMs);
      else if (record.regionConfirmed !== null) confirm(record.regionConfirmed);
      else return false;
      return true;
    },
    releases,
    releaseOf: (id) => newest.get(id),
    withdrawalOf: (id) => withdrawals.get(id),
    lastOf: (corridor, crimeArea) => lastOf.get(`${corridor}/${crimeArea}`),
    confirmed: (hub, corridor, crimeArea) => confirmed.get(`${hub}/${corridor}/${crimeArea}`) ?? 0,
    messages,
    supersededBy: (message) => superseding.get(message) ?? NONE,
    chains: chains.all,
    forks,
    cursor: (hub) => cursors.get(hub) ?? 0,
    entryOf: (hub, sequence) => entries.get(`${hub}/${sequence}`),
    sequenceOf: (hub, digest) => sequences.get(`${hub}/${digest}`),
    failureOf: (hub, sequence) => failures.get(`${hub}/${sequence}`),
    isHeld: (headerDigest) => held.has(headerDigest as Digest),
    isWithdrawn: (from, envelopeDigest) => withdrawnDigests.has(`${from}/${envelopeDigest}`),
    subscriptions,
  };
}
