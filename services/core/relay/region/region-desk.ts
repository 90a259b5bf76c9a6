import type { EnvelopeId, HubId } from '../../foundation/index.ts';
import { isLiaisonError, newEnvelopeId } from '../../foundation/index.ts';
import { messageKey, type RegionMessageView } from '../../ledger/index.ts';
import { type BodyKind, joinParts, Outcome } from '../../wire/index.ts';
import { composeInput } from '../compose-input.ts';
import type { RelayContext } from '../parts.ts';
import { recallInForce } from '../recall/index.ts';
import type { Submissions } from '../submit-message.ts';
import { RegionError } from './errors.ts';
import { type RegionFinding, regionFindings } from './findings.ts';
import { type HubLine, hubLine } from './hub-line.ts';
import { regionMessages } from './region-messages.ts';
import { regionQuestion } from './region-question.ts';
import { assertTopic, releases } from './releases.ts';
import { REGION_SETTINGS, type RegionSettings } from './settings.ts';
import { subscriptions } from './subscriptions.ts';
import { entryTaker } from './take-entry.ts';
import type { HubPort, RegionDesk, SubscriptionStanding } from './types.ts';
import { regionWatch } from './watch-region.ts';

/** Everything this office tells the region and asks of it; the lines to its hubs run until it is closed. */
export function regionDesk(
  context: RelayContext,
  messages: Submissions,
  ports: readonly HubPort[],
  times: Partial<RegionSettings> = {},
): RegionDesk {
  const { self, projection, clock, events } = context;
  const { region } = projection;
  const settings = { ...REGION_SETTINGS, ...times };
  const hubs = ports.map(({ hub }) => hub);
  const findings = regionFindings(clock, ({ code, hub, office }: RegionFinding) => {
    events.alarm({ code, office: office ?? hub ?? self });
  });
  const lines = new Map<HubId, HubLine>();
  const wakeAll = (): void => lines.forEach((line) => void line.wake());
  const reading = regionMessages(context, hubs);
  const out = releases(context, messages, wakeAll);
  const asked = subscriptions(context, hubs, wakeAll);
  const taker = entryTaker(
    context,
    findings,
    ({ from, envelopeId: id }, outcome) =>
      void (outcome === Outcome.RELEASED && events.region({ event: 'received', origin: from, id })),
  );
  const watch = regionWatch(context, hubs, settings, findings, (hub, after) => lines.get(hub)?.rewind(after));
  for (const port of ports)
    lines.set(
      port.hub,
      hubLine(context, port, { settings, findings, taker, status: watch.status, onBug: context.onBug }),
    );

  const erased = new WeakSet<RegionMessageView>();
  /** What its office withdrew is off the disk here; on record it is since it came. */
  const eraseWithdrawn = async (): Promise<void> => {
    for (const message of region.messages.values()) {
      if (message.withdrawnMs === null || message.content === null || erased.has(message)) continue;
      try {
        await context.content.erase([message.content]);
        events.region({ event: 'withdrawn', origin: message.from, id: message.id });
      } catch (cause) {
        if (!isLiaisonError(cause)) throw cause;
        events.alarm({ code: cause.code, office: self });
      }
      erased.add(message);
    }
  };

  /** What is called back from the offices that have it is called back from the region too. */
  const withdrawRecalled = async (): Promise<void> => {
    for (const release of region.releases) {
      const isOut = release.number > 0 && !release.withdrawal && region.withdrawalOf(release.id) === undefined;
      if (isOut && recallInForce(projection, messageKey(self, release.id)) !== null) await out.withdraw(release.id, '');
    }
  };

  const standingOf = (id?: string): readonly SubscriptionStanding[] =>
    [...region.subscriptions.values()]
      .filter(({ subscription }) => id === undefined || subscription.id === id)
      .map((view) => ({ ...view, taken: lines.get(view.hub)?.told.hasTaken(view) ?? false }));

  const assertHubs = (): void => {
    if (ports.length === 0) throw new RegionError('REGION_HUB_UNKNOWN');
  };

  return {
    ...reading,
    submit: async (input) => {
      assertHubs();
      const result = await out.submit(input);
      const message = reading.find(result.id, self);
      if (!result.repeated) events.region({ event: 'released', origin: self, id: result.id });
      return { ...result, region: message };
    },
    preview: async (input) => {
      assertTopic(input.kind, input.body);
      const now = clock.now();
      const message = composeInput(context, input, now, newEnvelopeId(clock), false);
      const { decision, disclosed, outcome } = context
        .gates()
        .previewRegion(regionQuestion(context, message, now).question);
      const parts = disclosed.flatMap((index) => message.parts[index] ?? []);
      return {
        outcome: decision.outcome,
        withheld: [...new Set(decision.withheld.map(({ category }) => category))].sort((a, b) => a - b),
        decision: context.views.decision(decision),
        body: outcome === 'refused' ? null : joinParts(message.kind as BodyKind, parts),
      };
    },
    release: async (id: EnvelopeId, by) => {
      assertHubs();
      await out.release(id, by);
      events.region({ event: 'released', origin: self, id });
      return reading.find(id, self);
    },
    withdraw: async (id, by) => {
      await out.withdraw(id, by);
      events.region({ event: 'withdrawn', origin: self, id });
      return reading.find(id, self);
    },
    subscribe: async (input) => standingOf(await asked.subscribe(input)),
    change: async (id, input) => {
      await asked.change(id, input);
      return standingOf(id);
    },
    end: async (id, by) => {
      await asked.end(id, by);
      return standingOf(id);
    },
    subscriptions: () => standingOf(),
    standing: () => ({
      hubs: [...lines.values()].map((line) => line.standing()),
      findings: findings.all(),
      forks: region.forks,
    }),
    sweep: async () => {
      watch.look();
      await withdrawRecalled();
      await eraseWithdrawn();
    },
    close: async () => void (await Promise.all([...lines.values()].map((line) => line.close()))),
  };
}
