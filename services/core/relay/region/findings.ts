import type { Clock, EpochMs, HubId, OfficeId } from '../../foundation/index.ts';

/** What can be found to be wrong with a hub, or with what an office says to the region; each with what it means. */
export const REGION_FINDINGS = {
  REGION_GAP: 'Releases of an office on a topic are missing here; they are asked for again, of every hub.',
  REGION_HELD_BACK: 'An office says it released more on a topic than any hub hands over.',
  REGION_FORK: 'An office signed two releases that cannot both be right, or two different words on one number.',
  REGION_STATUS_SILENT: 'A hub carries no fresh word of an office any more: the office is down, or the hub drops it.',
  REGION_DIRECTORY_FROZEN:
    'An office of the nation knows a newer directory of it than any hub or link has brought here.',
  REGION_DIRECTORY_REFUSED:
    'A hub handed over a directory that was not accepted: forged, rolled back or of a stranger.',
  REGION_HUB_SILENT: 'The hub does not answer.',
  REGION_HUB_REFUSES: 'The hub refuses what this office publishes, asks or subscribes to.',
  REGION_HUB_HEAD_INVALID: "The hub's word on its log is missing, is not signed with its key, or is not sound.",
  REGION_HUB_WENT_BACK: "The hub's log is shorter than what it handed over or signed before: it was rolled back.",
  REGION_HUB_DIFFERS: "The hub's log is another one than it handed over or signed before.",
  REGION_HUB_REPLY_INVALID: 'The hub answered with what is no answer; nothing of it was taken.',
  REGION_ITEM_INVALID: 'The hub handed over something that does not verify.',
} as const;

/** A code of what can be found. */
export type RegionFindingCode = keyof typeof REGION_FINDINGS;

/** Something that is wrong now; of the whole of the office's dealings with the region where it names nobody. */
export interface RegionFinding {
  readonly code: RegionFindingCode;
  readonly hub: HubId | null;
  readonly office: OfficeId | null;
  /** A nation, a topic and its numbers, or a code: plain words and numbers of this office's own making. */
  readonly detail: string;
  readonly sinceMs: EpochMs;
}

/** What is wrong now, told once when it begins. */
export interface RegionFindings {
  readonly found: (finding: Omit<RegionFinding, 'sinceMs'>) => void;
  /** It is no longer so. */
  readonly over: (finding: Omit<RegionFinding, 'sinceMs' | 'detail'> & { readonly detail?: string }) => void;
  readonly has: (finding: Omit<RegionFinding, 'sinceMs' | 'detail'> & { readonly detail?: string }) => boolean;
  readonly all: () => readonly RegionFinding[];
}

const MAX_FINDINGS = 1000;
/** Of one kind about one office and hub: whoever makes much to be found hides nothing that others do. */
const MAX_OF_A_KIND = 16;

function keyOf({ code, hub, office }: Pick<RegionFinding, 'code' | 'hub' | 'office'>, detail: string): string {
  return `${code}|${hub ?? ''}|${office ?? ''}|${detail}`;
}

/** Nothing found yet; `onFound` hears of each when it begins. At most a thousand are kept, and few of one kind about one office, so that nobody fills the memory or the list. */
export function regionFindings(clock: Clock, onFound: (finding: RegionFinding) => void): RegionFindings {
  const findings = new Map<string, RegionFinding>();
  const matching = ({ code, hub, office, detail }: Parameters<RegionFindings['over']>[0]): readonly string[] =>
    detail !== undefined
      ? [keyOf({ code, hub, office }, detail)].filter((key) => findings.has(key))
      : [...findings]
          .filter(([, one]) => one.code === code && one.hub === hub && one.office === office)
          .map(([key]) => key);
  return {
    found: (finding) => {
      const key = keyOf(finding, finding.detail);
      if (findings.has(key) || findings.size >= MAX_FINDINGS) return;
      const { code, hub, office } = finding;
      if (matching({ code, hub, office }).length >= MAX_OF_A_KIND) return;
      const begun = { ...finding, sinceMs: clock.now() };
      findings.set(key, begun);
      onFound(begun);
    },
    over: (finding) => {
      for (const key of matching(finding)) findings.delete(key);
    },
    has: (finding) => matching(finding).length > 0,
    all: () => [...findings.values()],
  };
}
