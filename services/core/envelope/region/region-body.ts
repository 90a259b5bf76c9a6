import { type Alert, type Bulletin, Corridor, CrimeArea, MessageKind, Urgency } from '../../wire/index.ts';
import type { RegionTopic } from './types.ts';

/** What of a body hubs sort by and subscribers choose by. */
export interface RegionFacets extends RegionTopic {
  readonly urgency: Urgency;
  /** Language of what people wrote in it; empty where nobody wrote anything that is there. */
  readonly language: string;
}

const KINDS: ReadonlySet<MessageKind> = new Set([MessageKind.ALERT, MessageKind.BULLETIN]);

/** Whether the region may be told messages of that kind at all: alerts and bulletins, and nothing else. */
export function isRegionKind(kind: MessageKind): boolean {
  return KINDS.has(kind);
}

function textOf(kind: MessageKind, body: unknown): { readonly written: boolean; readonly language: string } {
  if (kind === MessageKind.BULLETIN) {
    const { text = '', headline = '', textLanguage = '' } = (body ?? {}) as Partial<Bulletin>;
    return { written: text !== '' || headline !== '', language: textLanguage };
  }
  const { narrative = '', headline = '', narrativeLanguage = '' } = (body ?? {}) as Partial<Alert>;
  return { written: narrative !== '' || headline !== '', language: narrativeLanguage };
}

/** The facets of an alert or bulletin, as far as it is there: both sides work them out alike. */
export function regionFacets(kind: MessageKind, body: unknown): RegionFacets {
  const { corridor, crimeArea, urgency } = (body ?? {}) as Partial<Bulletin>;
  const { written, language } = textOf(kind, body);
  return {
    corridor: corridor ?? Corridor.UNSPECIFIED,
    crimeArea: crimeArea ?? CrimeArea.UNSPECIFIED,
    urgency: urgency ?? Urgency.UNSPECIFIED,
    language: written ? language : '',
  };
}
