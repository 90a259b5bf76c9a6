export { baselineBundle, buildBundle, checkBundle, limitsInFolder, loadBundle } from './bundle.ts';
export { isOfBaseline } from './bundle-form.ts';
export { type BundleStore, type BundleStoreSettings, createBundleStore } from './bundle-store.ts';
export type { Finding, FindingCode } from './check-policies.ts';
export { POLICY_ERRORS, PolicyError, type PolicyErrorCode } from './errors.ts';
export { type ExplainableDecision, explainDecision, TWO_PERSONS } from './explain-decision.ts';
export { createGates, type GateBundles } from './gates.ts';
export { DEFAULT_LIMITS, describeLimits } from './limits.ts';
export { type CaseExpectation, type PolicyCase, readCases } from './read-cases.ts';
export { GATE_REASONS, type GateReason } from './reasons.ts';
export { type CaseResult, type TestedBundles, testBundle } from './test-bundle.ts';
export type {
  AgreementInForce,
  AgreementRefused,
  BundleFile,
  BundleLimits,
  ExportQuestion,
  GateAgreement,
  GateCircumstances,
  GateMessage,
  GateOutcome,
  Gates,
  ImportQuestion,
  ImportVerdict,
  NamedPolicy,
  NamedRelease,
  PartPlace,
  PolicyBundle,
  RegionImportQuestion,
  RegionImportVerdict,
  RegionQuestion,
  Verdict,
} from './types.ts';
export { joinWithheld } from './withheld-list.ts';
