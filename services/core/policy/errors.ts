import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../foundation/index.ts';

/** The errors of this folder: bundles and cases that cannot be used. What a policy refuses is a value, not an error. */
export const POLICY_ERRORS = {
  POLICY_BUNDLE_MALFORMED: {
    meaning: 'a policy bundle does not have the form of a bundle',
    action: 'build the bundle again from its folder; the context names what is wrong',
    disposition: 'reject',
  },
  POLICY_BUNDLE_INVALID: {
    meaning:
      'a policy of the bundle does not parse, does not validate against the schema, or has no proper name or reason',
    action: 'run `blo policy check` on the folder and correct what it lists; the bundle in force stays',
    disposition: 'reject',
  },
  POLICY_SCHEMA_UNKNOWN: {
    meaning: 'the bundle was written for a version of the policy schema that this program does not have',
    action: 'update this program, or write the bundle for its schema',
    disposition: 'reject',
  },
  POLICY_BUNDLE_FOREIGN: {
    meaning: "the bundle is another nation's, or is not what its place calls for",
    action: "install the bundle of the office's own nation",
    disposition: 'reject',
  },
  POLICY_BUNDLE_ROLLBACK: {
    meaning: 'the bundle is older than the one in force',
    action: 'none; if older rules are wanted, issue them under a higher version',
    disposition: 'reject',
  },
  POLICY_BUNDLE_FORK: {
    meaning: 'the bundle has the version of the one in force but other bytes',
    action: 'ask the national authority which one is right; it issues a higher version',
    disposition: 'reject',
  },
  POLICY_RELEASE_UNNAMED: {
    meaning: 'a held crossing can be released only by a person who is named',
    action: 'release it under a name',
    disposition: 'reject',
  },
  POLICY_CASES_INVALID: {
    meaning: 'a file of policy cases does not have the form of cases',
    action: 'correct the case that the context names',
    disposition: 'reject',
  },
  POLICY_ENGINE_FAILED: {
    meaning: 'the policy engine does not take the schema or the policies that were checked before',
    action: 'report it: the program and its policy engine do not fit together',
    disposition: 'fatal',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type PolicyErrorCode = keyof typeof POLICY_ERRORS;

/** A bundle, a set of cases or a release that cannot be used. */
export class PolicyError extends LiaisonError<PolicyErrorCode> {
  constructor(code: PolicyErrorCode, details?: ErrorDetails) {
    super('PolicyError', code, POLICY_ERRORS[code], details);
  }
}
