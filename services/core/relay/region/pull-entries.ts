import { verifyHubHead } from '../../envelope/index.ts';
import { type HubId, isLiaisonError, type NationCode } from '../../foundation/index.ts';
import { DocumentKind, type HubReply, type HubRequest, type Init, type SignedRegionStatus } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import type { HubAsked } from './ask-hub.ts';
import { RegionError } from './errors.ts';
import type { RegionFindings } from './findings.ts';
import { type Backoff, backoff, type RegionSettings } from './settings.ts';
import type { EntryTaker } from './take-entry.ts';

/** Takes from one hub what it has for this office. */
export interface Puller {
  /** One question and what came of it; says how long to wait before the next. Never throws for what the hub or the line does. */
  readonly pull: () => Promise<number>;
  /** What comes after that entry is asked for once more. */
  readonly rewind: (after: number) => void;
  readonly through: () => number;
  readonly size: () => number | null;
}

/** What a puller tells. */
export interface PullerEvents {
  readonly status: (hub: HubId, status: SignedRegionStatus) => void;
  /** The hub's log is shorter than it was. */
  readonly wentBack: () => void;
}

const MAX_BYTES = 1024 * 1024;

/** An answer whose entries follow each other and what was asked. @throws RegionError REGION_REPLY_INVALID. */
function assertOrdered({ entries, through }: HubReply, after: number): void {
  let before = after;
  for (const { sequence } of entries) {
    if (!Number.isSafeInteger(sequence) || sequence <= before) throw new RegionError('REGION_REPLY_INVALID');
    before = sequence;
  }
  if (!Number.isSafeInteger(through) || (entries.length > 0 && through < before))
    throw new RegionError('REGION_REPLY_INVALID', { context: { fault: 'through' } });
}

/** Goes on where the ledger says that this office is. */
export function puller(
  context: RelayContext,
  hub: HubId,
  hubAsked: HubAsked,
  settings: RegionSettings,
  {
    taker,
    findings,
    events,
  }: { readonly taker: EntryTaker; readonly findings: RegionFindings; readonly events: PullerEvents },
): Puller {
  const { region } = context.projection;
  const failing: Backoff = backoff(settings);
  const retrying: Backoff = backoff(settings);
  let at = region.cursor(hub);
  let rewound: number | undefined;
  let retry: { readonly after: number; readonly atMs: number } | undefined;
  /** How short the log was when it had gone back; undefined while it has not. */
  let lowest: number | undefined;
  let head: { readonly size: number; readonly digest: string } | undefined;

  const held = (): Init<NonNullable<HubRequest['pull']>>['directories'] =>
    [...context.trust().directories].map(([nation, { directory }]) => ({ nation, sequence: directory.sequence }));

  const judgeHead = ({ head: signed, through }: HubReply): void => {
    const now = context.clock.now();
    try {
      if (signed === null) throw new RegionError('REGION_REPLY_INVALID', { context: { fault: 'head' } });
      const keyOf = context.trust().hubKeysAt(now);
      const said = verifyHubHead(signed, { keyOf, heads: context.heads, now });
      if (said.hub !== hub) throw new RegionError('REGION_REPLY_INVALID', { context: { fault: 'hub' } });
      findings.over({ code: 'REGION_HUB_HEAD_INVALID', hub, office: null });
      const { size } = said.head;
      const known = Math.max(head?.size ?? 0, region.cursor(hub));
      if (size < known || size < through) {
        // Once for each time: what it has now may be other entries under the same numbers.
        if (lowest === undefined || size < lowest) {
          rewound = 0;
          events.wentBack();
        }
        lowest = size;
        findings.found({ code: 'REGION_HUB_WENT_BACK', hub, office: null, detail: '' });
        at = Math.min(at, size);
      } else {
        lowest = undefined;
        if (head?.size === size && head.digest !== said.digest)
          findings.found({ code: 'REGION_HUB_DIFFERS', hub, office: null, detail: 'head' });
      }
      head = { size, digest: said.digest };
    } catch (cause) {
      if (!isLiaisonError(cause)) throw cause;
      findings.found({ code: 'REGION_HUB_HEAD_INVALID', hub, office: null, detail: cause.code });
    }
  };

  const install = async (documents: readonly Uint8Array[]): Promise<void> => {
    for (const bytes of documents) {
      try {
        await context.installDocument(DocumentKind.DIRECTORY, bytes);
      } catch (cause) {
        if (!isLiaisonError(cause)) throw cause;
        findings.found({ code: 'REGION_DIRECTORY_REFUSED', hub, office: null, detail: cause.code });
      }
    }
  };

  const takeAll = async (reply: HubReply): Promise<void> => {
    for (const entry of reply.entries) {
      if ((await taker.take(hub, entry)) !== 'again') continue;
      retry ??= { after: entry.sequence - 1, atMs: context.clock.now() + retrying.next() };
    }
  };

  const advance = ({ through }: HubReply, after: number): void => {
    const reached = Math.max(after, through);
    if (rewound === undefined) at = reached;
    else rewound = reached >= at || reached === after ? undefined : reached;
  };

  const begin = (): number => {
    if (retry !== undefined && retry.atMs <= context.clock.now()) {
      rewound = Math.min(rewound ?? retry.after, retry.after);
      retry = undefined;
    }
    return Math.min(rewound ?? at, at);
  };

  return {
    rewind: (after) => {
      rewound = Math.min(rewound ?? after, after);
    },
    through: () => at,
    size: () => head?.size ?? null,
    pull: async () => {
      const after = begin();
      const wasRewound = rewound !== undefined;
      const waitMs = wasRewound || retry !== undefined ? 0 : settings.pullWaitMs;
      const answer = await hubAsked.ask(
        { pull: { after, waitMs, maxBytes: MAX_BYTES, directories: held() ?? [] } },
        waitMs,
      );
      if (!answer.answered) {
        if (answer.refused) findings.found({ code: 'REGION_HUB_REFUSES', hub, office: null, detail: 'pull' });
        return failing.next();
      }
      findings.over({ code: 'REGION_HUB_REFUSES', hub, office: null, detail: 'pull' });
      const { reply } = answer;
      try {
        assertOrdered(reply, after);
      } catch (cause) {
        if (!isLiaisonError(cause)) throw cause;
        findings.found({ code: 'REGION_HUB_REPLY_INVALID', hub, office: null, detail: '' });
        return failing.next();
      }
      failing.reset();
      await install(reply.directories);
      judgeHead(reply);
      await takeAll(reply);
      for (const status of reply.statuses) events.status(hub, status);
      advance(reply, after);
      // A hub that answers at once with nothing is not asked again and again.
      return reply.entries.length > 0 || wasRewound ? 0 : settings.retryMs;
    },
  };
}

/** The sequence of the directory of a nation that is here; 0 where none is. */
export function directorySequence(context: Pick<RelayContext, 'trust'>, nation: NationCode): number {
  return context.trust().directoryOf(nation)?.directory.sequence ?? 0;
}
