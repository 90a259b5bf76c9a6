export { type MatchIndex, matchIndex } from './match-index.ts';
export { isMatch, isSearchable } from './match-traits.ts';
export { traitsOf } from './subject-traits.ts';
export type { Identifier, IdentifierKind, Traits } from './types.ts';
export { type FoldedWords, foldWords, hasTerm, searchTerms } from './word-search.ts';
