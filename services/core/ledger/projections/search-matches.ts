import type { SearchMatched } from '../../wire/index.ts';

/** What a neighbour's search found here. */
export interface SearchMatchView {
  /** The subject's place in the search, from 1. */
  readonly subject: number;
  /** The key of the lookout or other message that was found. */
  readonly message: string;
}

/** Finds by a search's key what it found here. */
export interface SearchMatches {
  readonly add: (event: SearchMatched) => void;
  readonly of: (search: string) => readonly SearchMatchView[];
}

const NONE: readonly SearchMatchView[] = Object.freeze([]);

/** None yet. */
export function searchMatches(): SearchMatches {
  const bySearch = new Map<string, readonly SearchMatchView[]>();
  return {
    add: ({ search, matches }) => {
      if (search === null) return;
      const found = matches.map(({ subject, origin, envelopeId }) => ({ subject, message: `${origin}/${envelopeId}` }));
      bySearch.set(`${search.origin}/${search.id}`, found);
    },
    of: (search) => bySearch.get(search) ?? NONE,
  };
}
