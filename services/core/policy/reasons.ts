/**
 * Why a gate did not release: stands in a decision's `reason`. The codes of agreements come from whoever looked the
 * agreement up. A peer learns the code and nothing more.
 */
export const GATE_REASONS = {
  POLICY_NO_AGREEMENT: 'No agreement in force lets it cross.',
  POLICY_NO_BUNDLE: 'The office has no policy bundle of its own nation in force, so nothing can be permitted.',
  POLICY_BUNDLE_NOT_IN_FORCE: 'The policy bundle of the nation is not yet, or no longer, in force.',
  POLICY_KIND_UNKNOWN: 'This kind of message is not known to the gate.',
  POLICY_CODE_UNKNOWN: 'The message holds a code that the policies do not know, or lacks one that they need.',
  POLICY_ARTICLE_DOES_NOT_COVER:
    'The article of the agreement does not cover this kind of message, crime area, purpose or exercise.',
  POLICY_HANDLING_ABOVE_CEILING: 'The handling code is higher than the article of the agreement lets cross.',
  POLICY_TRUST_LEVEL_UNKNOWN: 'The agreement does not say how far the parties trust each other.',
  POLICY_TOO_MANY_QUESTIONS:
    'The message names so many different people and things that it cannot be decided at once; split it up.',
  POLICY_EVALUATION_ERROR: 'A policy could not be evaluated; a rule that cannot be asked counts as a refusal.',
  POLICY_FORBIDDEN: 'A policy forbids it.',
  POLICY_NOT_PERMITTED: 'No policy permits it.',
  POLICY_CORE_WITHHELD: 'The core of the message may not pass, and without it the rest says nothing.',
  POLICY_REVIEW_REQUIRED: 'It may go only when a named person releases it.',
} as const;

/** The codes of this folder's reasons. */
export type GateReason = keyof typeof GATE_REASONS;
