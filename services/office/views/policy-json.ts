import { digestFromBytes, type EpochMs, rfc3339 } from '../../core/foundation/index.ts';
import type { OfficeProjection } from '../../core/ledger/index.ts';
import type { PolicyBundle } from '../../core/policy/index.ts';

type Json = Readonly<Record<string, unknown>>;
type Installed = ReturnType<OfficeProjection['documents']['get']>;

/** A bundle with its policies; since when it decides, where it is a nation's own and the ledger has it. */
export function policyBundleJson(bundle: PolicyBundle, installed: Installed): Json {
  const { name, version, nation, validFrom, validUntil, limits, policies } = bundle;
  const digest = digestFromBytes(bundle.digest);
  const isRecorded = installed !== undefined && installed.digest === digest;
  return {
    name,
    version,
    digest,
    nation: nation ?? null,
    since: isRecorded ? rfc3339(installed.atMs) : null,
    validFrom: timeOrNull(validFrom),
    validUntil: timeOrNull(validUntil),
    limits,
    policies: policies.map((policy) => ({
      name: policy.name,
      effect: policy.effect,
      sentence: policy.reason,
      persons: policy.persons,
      file: policy.file,
      line: policy.line,
      text: policy.text,
    })),
  };
}

function timeOrNull(at: EpochMs | undefined): string | null {
  return at === undefined ? null : rfc3339(at);
}
