export { SEARCHES_ERRORS, SearchesError, type SearchesErrorCode } from './errors.ts';
export type { Lookouts } from './lookouts.ts';
export { assertResultInPlace, assertSearchInPlace } from './search-arrival.ts';
export { type SearchDesk, type SearchWord, searchDesk } from './search-desk.ts';
export type {
  LookoutView,
  SearchFigures,
  SearchOwner,
  SearchResultView,
  SearchSide,
  SearchState,
  SearchView,
} from './types.ts';
