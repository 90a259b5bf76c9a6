import { isLiaisonError, type OfficeId } from '../foundation/index.ts';
import { decisionViews, isAdded } from '../ledger/index.ts';
import { headCache } from '../trust/index.ts';
import { arrivalChannels } from './arrival-channels.ts';
import { consentDesk, passOn } from './consents/index.ts';
import { openDesk } from './desk.ts';
import { endCopy } from './end-copy.ts';
import { RelayError } from './errors.ts';
import { expiry } from './expiry.ts';
import { frameMaker } from './frame-maker.ts';
import { framesAtOnce } from './frames-at-once.ts';
import { holdQueue } from './hold/index.ts';
import { type LinkStatusDesk, linkStatusDesk } from './link-status.ts';
import { linkView } from './link-view.ts';
import { attachmentDesk } from './operations/attachments/index.ts';
import { channelDesk } from './operations/channel/index.ts';
import { inboundScopes, openChannels, operationDesk, operationViews } from './operations/index.ts';
import { contributionOf, reportDesk } from './operations/report/index.ts';
import { type Outbox, type OutboxParts, openOutbox } from './outbox.ts';
import { DEFAULT_SETTINGS, type RelayContext, type RelayParts } from './parts.ts';
import { openQuarantine } from './quarantine.ts';
import { readMessage } from './read-message.ts';
import { recallDesk } from './recall/index.ts';
import { receiptDesk } from './receipts.ts';
import { recentBytes } from './recent-bytes.ts';
import { regionDesk } from './region/index.ts';
import { requestDesk } from './requests/index.ts';
import { retrieveMessage } from './retrieve-message.ts';
import { reviewDesk } from './review/index.ts';
import { searchDesk } from './searches/index.ts';
import { submissions } from './submit-message.ts';
import { sweeps } from './sweeps.ts';
import { type Intake, openIntake } from './take-in.ts';
import { triageDesk } from './triage/index.ts';
import type { Neighbour, Relay } from './types.ts';

const RECENT_BYTES = 32 * 1024 * 1024;
const TICK_MS = 250;
const SWEEP_EVERY_TICKS = 4;

/** One neighbour with all that runs for it. */
interface Line {
  readonly neighbour: Neighbour;
  readonly outbox: Outbox;
  readonly status: LinkStatusDesk;
  readonly intake: Intake;
}

/** The relay of one office over its ledger: sends what the ledger says is to be sent, takes in what arrives. */
export function createRelay(parts: RelayParts): Relay {
  const { self, clock, projection } = parts;
  const settings = { ...DEFAULT_SETTINGS, ...parts.settings };
  const byOffice = new Map(parts.neighbours.map((neighbour) => [neighbour.office, neighbour]));
  const lines = new Map<OfficeId, Line>();
  let closing = false;

  const scopeOf: RelayContext['scopeOf'] = (office) => {
    const neighbour = byOffice.get(office);
    if (neighbour === undefined) throw new RelayError('RELAY_RECIPIENT_UNKNOWN', { context: { office } });
    return neighbour.scope;
  };
  const desk = openDesk({
    ledger: parts.ledger,
    content: parts.content,
    lanes: projection.lanes,
    clock,
    frameAtOnce: (items) => framesAtOnce(items, (office) => lines.get(office)?.outbox),
    onFailure: (cause) => {
      parts.events.alarm({ code: isLiaisonError(cause) ? cause.code : 'INTERNAL', office: self });
      parts.onBug(cause);
    },
  });
  const views = operationViews(parts);
  const context: RelayContext = {
    ...parts,
    settings,
    desk,
    heads: headCache(),
    recent: recentBytes(RECENT_BYTES),
    receipts: receiptDesk({ self, signer: parts.signer, ledger: parts.ledger, clock, desk }),
    views: decisionViews(),
    channels: openChannels(self, views, projection, clock.now),
    operations: views,
    neighbour: (office) => byOffice.get(office),
    scopeOf,
    wake: (office) => lines.get(office)?.outbox.wake(),
    channelsChanged: () => {
      if (views.all().length === 0) return;
      changed.begin();
      for (const { outbox } of lines.values()) outbox.wake();
    },
    arrived: () => {
      context.channelsChanged();
      searches.arrived();
      operations.arrived();
      attachments.arrived();
    },
  };
  const frames = frameMaker({ ...parts, chain: () => parts.ledger.chainId });
  const quarantine = openQuarantine(context);
  const holds = holdQueue(context);
  const messages = submissions(context);
  const reviews = reviewDesk(context, messages);
  const requests = requestDesk(context, messages);
  const searches = searchDesk(context, messages);
  const consents = consentDesk(context, messages);
  const operations = operationDesk(context, messages, {
    contribution: contributionOf(context, (view) => channel.isSettled(view)),
  });
  const reports = reportDesk(context);
  const attachments = attachmentDesk(context, messages);
  const channel = channelDesk(context, messages, {
    takeFiles: (operation, files) => attachments.take(operation, files),
  });
  const region = regionDesk(context, messages, parts.hubs ?? [], parts.regionSettings);
  const recalls = recallDesk(context, {
    messages,
    holds,
    passOn: ({ origin, id }, recipient) => passOn(context, { origin, id, recipient, reason: 'RECALLED', by: 'node' }),
  });
  const triage = triageDesk(context);
  const ends = expiry(context, holds);
  const arrivals = arrivalChannels(parts.neighbours, (office) => inboundScopes(self, views, office, clock.now()));

  for (const neighbour of parts.neighbours) {
    const onGone: OutboxParts['onGone'] = async (lane, items, code) => {
      const endings = items.map(async (item) => {
        const copy = projection.copyOf(neighbour.office, lane, item);
        const message = isAdded(copy) ? copy : projection.outbound.get(item.message);
        if (message !== undefined && copy !== undefined) await endCopy(context, message, copy, code);
      });
      await Promise.all(endings);
    };
    const outbox = openOutbox({
      ...parts,
      neighbour,
      desk,
      frames,
      settings,
      recent: context.recent,
      random: Math.random,
      isOpen: (scope) => scope === neighbour.scope || context.channels.isOpen(scope, neighbour.office),
      onGone,
    });
    const status = linkStatusDesk(context, neighbour, frames, outbox);
    lines.set(neighbour.office, {
      neighbour,
      outbox,
      status,
      intake: openIntake(context, neighbour, status, quarantine),
    });
  }

  const changed = sweeps([arrivals.sweep], (cause) => void (desk.failed() || parts.onBug(cause)));
  let ticks = 0;
  // What a neighbour can make one of them do for long, or stumble over, must not keep the others from their work.
  const sweeping = sweeps(
    [ends, reviews, recalls, requests, searches, consents, operations, channel, attachments, region, arrivals].map(
      ({ sweep }) => sweep,
    ),
    (cause) => void (desk.failed() || parts.onBug(cause)),
  );
  const timer = setInterval(() => {
    if (desk.failed()) return;
    for (const line of lines.values()) line.status.tick();
    ticks++;
    if (ticks % SWEEP_EVERY_TICKS === 0) sweeping.begin();
  }, TICK_MS);

  const ready = (): boolean => !closing && !desk.failed() && parts.ledger.failure() === undefined;
  const assertReady = (): void => {
    if (!ready()) throw new RelayError('RELAY_STOPPED');
  };

  const whenReady =
    <Input, Result>(work: (input: Input) => Promise<Result>) =>
    async (input: Input): Promise<Result> => {
      assertReady();
      return await work(input);
    };

  return {
    projection,
    reviews: {
      ...reviews,
      close: async (input) => {
        assertReady();
        return await reviews.close(input);
      },
    },
    consents,
    region: {
      ...region,
      submit: whenReady(region.submit),
      preview: whenReady(region.preview),
      subscribe: whenReady(region.subscribe),
    },
    attachments: { ...attachments, enter: whenReady(attachments.enter) },
    channel: { ...channel, post: whenReady(channel.post), preview: whenReady(channel.preview) },
    requests: {
      ...requests,
      submit: whenReady(requests.submit),
      step: whenReady(requests.step),
      answer: whenReady(requests.answer),
    },
    searches,
    reports,
    operations: {
      ...operations,
      propose: whenReady(operations.propose),
      act: whenReady(operations.act),
      signReport: async (input, report) => {
        assertReady();
        return await operations.signReport(input, report);
      },
    },
    recalls: { ...recalls, recall: whenReady(recalls.recall), answer: whenReady(recalls.answer) },
    triage: { ...triage, take: whenReady(triage.take) },
    submit: async (input) => {
      assertReady();
      return await messages.submit(input);
    },
    preview: async (input) => {
      assertReady();
      return await messages.preview(input);
    },
    release: async (key, person, request) => {
      assertReady();
      return await holds.release(key, person, request);
    },
    reject: async (key, by, reason) => {
      assertReady();
      await holds.reject(key, by, reason);
    },
    retrieve: async (origin, id, by) => {
      assertReady();
      await retrieveMessage(context, origin, id, by);
    },
    read: (origin, id) => readMessage(context, origin, id),
    readHeld: holds.show,
    links: () =>
      [...lines.values()].map(({ neighbour, status }) => linkView(projection, neighbour, status, clock.now())),
    linkChanged: (office, up) => {
      const line = lines.get(office);
      line?.outbox.linkChanged(up);
      if (up) void line?.status.tell();
    },
    ready,
    close: async () => {
      closing = true;
      clearInterval(timer);
      await Promise.all([...lines.values()].map((line) => line.intake.close()));
      await region.close();
      await sweeping.settled();
      await changed.settled();
      await Promise.all([...lines.values()].map((line) => line.outbox.close()));
      await desk.close();
    },
  };
}
