export { BoardEntry, BoardLink, BoardList } from './board-list.tsx';
export { byDue, type Due, isOverdue } from './by-due.ts';
export { categoriesIn } from './categories-in.ts';
export { CategoryChecks, CodeSelect, categoryWords } from './code-fields.tsx';
export { compareWords } from './compare-words.ts';
export { owesAnswer, owesRecallAnswer, recallProgress, sortAsked, sortRecalls } from './control-board.ts';
export { countFor, useBoardCounts, useFollowedCounts } from './counts.ts';
export { Headline } from './headline.tsx';
export {
  type ApprovalSeen,
  type HeldSeen,
  type Looker,
  type ReleasePlace,
  releasePlace,
  standingApproval,
} from './held-decision.ts';
export { timeForField, timeTyped } from './local-time.ts';
export { MessageLink, messagePath } from './message-link.tsx';
export { MoreWork } from './more-work.tsx';
export {
  type BoardLine,
  boardLines,
  type Group,
  groupLines,
  groupOf,
  isMine,
  isOurTurn,
  type LifeSeen,
  type RequestSeen,
  type Side,
} from './request-board.ts';
export { type FactSeen, possibleSteps, type RequestStep, type StepRights } from './request-steps.ts';
export { type LifeTimes, requestTimeline, type TimelineStep } from './request-timeline.ts';
export { ResultNotice } from './result-notice.tsx';
export { SaidWords } from './said-words.tsx';
export { hitsOf, isAwaited, type SearchSeen, sortSearches } from './search-board.ts';
export { ShownDigest } from './shown-digest.tsx';
export { type SpokenText, spoken, TextWithLanguage } from './text-with-language.tsx';
export { useWorkList, type WorkList } from './use-work-list.ts';
