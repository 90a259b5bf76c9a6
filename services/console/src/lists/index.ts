export { nextDrawn, useDrawn } from './draw-gradually.ts';
export {
  type Folded,
  foldFirstPage,
  foldNextPage,
  type Keyed,
  keyOf,
  type ListPage,
  reachOfKeys,
} from './fold-list.ts';
export { isTyping, moveFocus, nextLine } from './move-focus.ts';
export { type LiveList, useLiveList } from './use-live-list.ts';
