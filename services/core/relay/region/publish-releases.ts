import { topicTokens } from '../../envelope/index.ts';
import { isLiaisonError } from '../../foundation/index.ts';
import type { RegionReleaseView } from '../../ledger/index.ts';
import type { RelayContext } from '../parts.ts';
import { codeOf } from './ask-hub.ts';
import type { RegionFindings } from './findings.ts';
import { type Backoff, backoff, type RegionSettings } from './settings.ts';
import type { HubPort } from './types.ts';

/** Brings this office's releases to one hub, for as long as it takes, in order of each topic. */
export interface Publisher {
  /** Everything that can go now has gone, or was tried, when it resolves; never throws for what the hub or the line does. */
  readonly run: () => Promise<void>;
  /** The hub lost what it had: everything is brought to it again. */
  readonly again: () => void;
  readonly waiting: () => number;
}

interface Topic {
  readonly releases: RegionReleaseView[];
  /** Index of the next to bring. */
  next: number;
  readonly wait: Backoff;
  notBeforeMs: number;
}

/** Nothing was brought to the hub in this run; what the ledger says it has is not brought again. */
export function publisher(
  context: RelayContext,
  port: HubPort,
  settings: RegionSettings,
  findings: RegionFindings,
): Publisher {
  const { region } = context.projection;
  const { hub } = port;
  const topics = new Map<string, Topic>();
  let seen = 0;

  const collect = (): void => {
    for (; seen < region.releases.length; seen++) {
      const release = region.releases[seen] as RegionReleaseView;
      if (release.number === 0) continue;
      const key = `${release.corridor}/${release.crimeArea}`;
      const topic = topics.get(key) ?? { releases: [], next: 0, wait: backoff(settings), notBeforeMs: 0 };
      topics.set(key, topic);
      topic.releases.push(release);
      const has = region.confirmed(hub, release.corridor, release.crimeArea);
      if (release.number <= has && topic.next === topic.releases.length - 1) topic.next++;
    }
  };

  const confirm = ({ corridor, crimeArea, number: through }: RegionReleaseView): void => {
    if (through <= region.confirmed(hub, corridor, crimeArea)) return;
    context.desk.note(() => [{ regionConfirmed: { hub, corridor, crimeArea, through } }]);
  };

  /** Undefined when its retention is over: then nobody needs it any more. */
  const bytesOf = async ({ content }: RegionReleaseView): Promise<Uint8Array | undefined> => {
    try {
      return content === null ? undefined : await context.content.get(content);
    } catch (cause) {
      if (!isLiaisonError(cause)) throw cause;
      return undefined;
    }
  };

  /** What was withdrawn before it was brought anywhere stays here: its withdrawal says which number is missing. */
  const mayGo = (release: RegionReleaseView): boolean =>
    release.withdrawal || region.withdrawalOf(release.id) === undefined;

  const bring = async (release: RegionReleaseView): Promise<void> => {
    const tokens = topicTokens(release.corridor, release.crimeArea);
    const bytes = mayGo(release) ? await bytesOf(release) : undefined;
    if (tokens !== undefined && bytes !== undefined) await port.publish(tokens, bytes, settings.answerMs);
  };

  const bringTopic = async (topic: Topic): Promise<void> => {
    while (topic.next < topic.releases.length) {
      const release = topic.releases[topic.next] as RegionReleaseView;
      try {
        await bring(release);
      } catch (cause) {
        codeOf(cause);
        const isRefusal = isLiaisonError(cause) && cause.code === 'BUS_PEER_REFUSED';
        topic.notBeforeMs = context.clock.now() + topic.wait.next();
        if (!isRefusal) return;
        findings.found({ code: 'REGION_HUB_REFUSES', hub, office: null, detail: 'publish' });
        // It may have lost what comes before this one.
        topic.next = 0;
        return;
      }
      topic.next++;
      topic.wait.reset();
      findings.over({ code: 'REGION_HUB_REFUSES', hub, office: null, detail: 'publish' });
      confirm(release);
    }
  };

  return {
    run: async () => {
      collect();
      const now = context.clock.now();
      for (const topic of topics.values())
        if (topic.next < topic.releases.length && topic.notBeforeMs <= now) await bringTopic(topic);
    },
    again: () => {
      for (const topic of topics.values()) topic.next = 0;
    },
    waiting: () => {
      collect();
      return [...topics.values()].reduce((sum, topic) => sum + topic.releases.length - topic.next, 0);
    },
  };
}
