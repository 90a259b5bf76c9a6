import type { RelayContext } from '../parts.ts';
import { wake } from '../wake.ts';
import { hubAsked } from './ask-hub.ts';
import type { RegionFindings } from './findings.ts';
import { type Publisher, publisher } from './publish-releases.ts';
import { type Puller, type PullerEvents, puller } from './pull-entries.ts';
import type { RegionSettings } from './settings.ts';
import type { EntryTaker } from './take-entry.ts';
import { type HubTold, hubTold } from './tell-hub.ts';
import type { HubPort, HubStanding } from './types.ts';

/** All that runs for one hub. */
export interface HubLine {
  readonly hub: HubPort['hub'];
  readonly told: HubTold;
  readonly rewind: Puller['rewind'];
  /** There is something new to bring to the hub or to say to it. */
  readonly wake: () => void;
  readonly standing: () => HubStanding;
  /** Begins nothing more; what is under way is left to its end. */
  readonly close: () => Promise<void>;
}

/** What lines have in common. */
export interface HubLineParts {
  readonly settings: RegionSettings;
  readonly findings: RegionFindings;
  readonly taker: EntryTaker;
  readonly status: PullerEvents['status'];
  readonly onBug: (cause: unknown) => void;
}

const TICK_MS = 1000;

/** Brings, asks and says, each in its own turn, until it is closed. */
export function hubLine(
  context: RelayContext,
  port: HubPort,
  { settings, findings, taker, status, onBug }: HubLineParts,
): HubLine {
  const { hub } = port;
  const closing = new AbortController();
  const closed = new Promise<void>((resolve) =>
    closing.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  const asked = hubAsked(port, settings, findings, context.clock.now);
  const out: Publisher = publisher(context, port, settings, findings);
  const told = hubTold(context, port, asked, settings, findings, () => {
    pulling.rewind(0);
    pulls.notify();
  });
  const news = wake();
  const pulls = wake();
  const pulling = puller(context, hub, asked, settings, {
    taker,
    findings,
    events: {
      status,
      wentBack: () => {
        out.again();
        told.again();
        news.notify();
      },
    },
  });

  /** `step` says how long to wait; whatever it stumbles over, it is begun again. */
  const loop = async (step: () => Promise<number>, sleep: ReturnType<typeof wake>): Promise<void> => {
    while (!closing.signal.aborted && !context.desk.failed()) {
      let waitMs = TICK_MS;
      try {
        waitMs = await step();
      } catch (cause) {
        if (!context.desk.failed() && !closing.signal.aborted) onBug(cause);
      }
      if (waitMs > 0 && !closing.signal.aborted) await sleep.wait(waitMs);
    }
  };
  const tell = async (): Promise<number> => {
    await told.run();
    await out.run();
    return Math.min(TICK_MS, settings.retryMs);
  };
  const running = Promise.all([loop(pulling.pull, pulls), loop(tell, news)]);

  return {
    hub,
    told,
    rewind: (after) => {
      pulling.rewind(after);
      pulls.notify();
    },
    wake: news.notify,
    standing: () => ({
      hub,
      heardMs: asked.heardMs() as HubStanding['heardMs'],
      cursor: context.projection.region.cursor(hub),
      through: pulling.through(),
      size: pulling.size(),
      waiting: out.waiting(),
    }),
    close: async () => {
      closing.abort();
      news.notify();
      pulls.notify();
      // A question that a hub keeps open must not keep the node from stopping.
      await Promise.race([running, closed.then(() => new Promise((resolve) => setTimeout(resolve, 250)))]);
    },
  };
}
