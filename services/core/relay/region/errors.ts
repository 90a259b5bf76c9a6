import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../foundation/index.ts';

/** The errors of this folder: what may not be told the region or asked of it, and what of it cannot be right. */
export const REGION_ERRORS = {
  REGION_HUB_UNKNOWN: {
    meaning: 'this office has no regional hub, or none of that name',
    action: 'look at the hubs of this office; its operator links it to one',
    disposition: 'reject',
  },
  REGION_MESSAGE_UNKNOWN: {
    meaning: 'nothing with that identifier was told the region, or came from it',
    action: 'check the identifier of the message, and its origin',
    disposition: 'reject',
  },
  REGION_KIND_WRONG: {
    meaning: 'the region is told alerts and bulletins, and this is neither',
    action: 'write a bulletin that says what the region is to know',
    disposition: 'reject',
  },
  REGION_CORRIDOR_MISSING: {
    meaning: 'the message names no corridor, so that no subscriber could be found for it',
    action: 'name the corridor; an alert that was sent without one is updated first',
    disposition: 'reject',
  },
  REGION_RELEASED_BEFORE: {
    meaning: 'the message was told the region, or withdrawn from it, before',
    action: 'send an update; what was withdrawn is said anew in a message of its own',
    disposition: 'reject',
  },
  REGION_NOT_RELEASED: {
    meaning: 'the message was not told the region, or is withdrawn already',
    action: 'look at the message; there is nothing to withdraw',
    disposition: 'reject',
  },
  REGION_WITHDRAWN: {
    meaning: 'the office that told the region has withdrawn it; its content is gone here',
    action: 'ask the office itself, if it is still needed',
    disposition: 'reject',
  },
  REGION_BEYOND_ENTITLEMENT: {
    meaning: 'a subscription asks for more than the agreement on that hub lets this office have',
    action: 'ask for less; the agreement names corridors, crime areas, nations and how far back it goes',
    disposition: 'reject',
  },
  REGION_SUBSCRIPTION_UNKNOWN: {
    meaning: 'this office has no such subscription, or has ended it',
    action: 'look at the subscriptions of this office',
    disposition: 'reject',
  },
  REGION_REPLY_INVALID: {
    meaning: 'a hub answered with something that is no answer, or with entries that are out of order',
    action: 'ask the operator of the hub; nothing of that answer was taken',
    disposition: 'quarantine',
  },
  REGION_FORKED: {
    meaning: 'an office gave one number to two releases, or a release does not follow the one before it',
    action: 'ask that office for its ledger: it told two readers different things, or lost its own records',
    disposition: 'quarantine',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type RegionErrorCode = keyof typeof REGION_ERRORS;

/** Something that may not be told the region or asked of it, or that came of it and cannot be right. */
export class RegionError extends LiaisonError<RegionErrorCode> {
  constructor(code: RegionErrorCode, details?: ErrorDetails) {
    super('RegionError', code, REGION_ERRORS[code], details);
  }
}
