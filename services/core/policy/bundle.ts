import { fromUtf8, type NationCode, sha256, utf8 } from '../foundation/index.ts';
import { BASELINE_FILES } from './__generated__/shipped.ts';
import {
  BASELINE,
  type BundleManifest,
  isFault,
  isPolicyFile,
  MAX_BUNDLE_BYTES,
  readForm,
  readManifest,
  SCHEMA_VERSION,
  writeForm,
} from './bundle-form.ts';
import { checkPolicies, type Finding } from './check-policies.ts';
import { PolicyError } from './errors.ts';
import { limitsOf } from './limits.ts';
import type { BundleFile, BundleLimits, PolicyBundle } from './types.ts';

const MANIFEST = 'bundle.json';

function manifestIn(files: readonly BundleFile[]): BundleManifest | { readonly fault: string } {
  const file = files.find(({ path }) => path === MANIFEST);
  return file === undefined ? { fault: 'the folder has no bundle.json' } : readManifest(file.text);
}

/** Files that hold policies, and one that looks as if it did but cannot be part of a bundle: it must not be left out unnoticed. */
function policyFiles(files: readonly BundleFile[]): {
  readonly files: readonly BundleFile[];
  readonly misnamed: string | undefined;
} {
  return {
    files: files.filter(({ path }) => isPolicyFile(path)),
    misnamed: files.find(({ path }) => /cedar/i.test(path) && !isPolicyFile(path))?.path,
  };
}

/**
 * The text of a bundle from the files of its folder, ready to be signed: equal files make equal text. Files other than
 * bundle.json and *.cedar are left out; the policies are not looked at.
 * @throws PolicyError POLICY_BUNDLE_MALFORMED
 */
export function buildBundle(files: readonly BundleFile[]): string {
  const manifest = manifestIn(files);
  if (isFault(manifest)) throw new PolicyError('POLICY_BUNDLE_MALFORMED', { context: { fault: manifest.fault } });
  const policies = policyFiles(files);
  if (policies.misnamed !== undefined)
    throw new PolicyError('POLICY_BUNDLE_MALFORMED', {
      context: { fault: 'a file name is not lowercase letters, digits, hyphens and .cedar', file: policies.misnamed },
    });
  const text = writeForm(manifest, policies.files);
  const form = readForm(text);
  if (isFault(form)) throw new PolicyError('POLICY_BUNDLE_MALFORMED', { context: { fault: form.fault } });
  return text;
}

/** Everything that is wrong or suspicious in a bundle's folder; a bundle with an error never loads. */
export function checkBundle(files: readonly BundleFile[]): readonly Finding[] {
  const manifest = manifestIn(files);
  const problem = (code: Finding['code'], message: string): readonly Finding[] => [
    { severity: 'error', code, file: MANIFEST, line: 1, message },
  ];
  if (isFault(manifest)) return problem('MANIFEST_INVALID', manifest.fault);
  if (manifest.schema !== SCHEMA_VERSION)
    return problem(
      'SCHEMA_UNKNOWN',
      `It is written for schema ${manifest.schema}; this program has schema ${SCHEMA_VERSION}.`,
    );
  const policies = policyFiles(files);
  const { findings } = checkPolicies(manifest.name, policies.files);
  if (policies.misnamed === undefined) return findings;
  const message = 'The name of a policy file must be lowercase letters, digits and hyphens, and end in .cedar.';
  return [{ severity: 'error', code: 'FILE_NAME', file: policies.misnamed, line: 1, message }, ...findings];
}

/** What a nation's bundle in this folder allows; undefined for the baseline, and where its bundle.json is at fault. */
export function limitsInFolder(files: readonly BundleFile[]): BundleLimits | undefined {
  const manifest = manifestIn(files);
  return isFault(manifest) || manifest.name === BASELINE ? undefined : limitsOf(manifest.limits);
}

/**
 * The bundle in these bytes: every policy parses, validates, is named and explained. The caller has checked who signed
 * the bytes.
 * @throws PolicyError POLICY_BUNDLE_MALFORMED, POLICY_SCHEMA_UNKNOWN, POLICY_BUNDLE_INVALID
 */
export function loadBundle(bytes: Uint8Array): PolicyBundle {
  if (bytes.length > MAX_BUNDLE_BYTES)
    throw new PolicyError('POLICY_BUNDLE_MALFORMED', { context: { fault: 'too large', bytes: bytes.length } });
  const form = readForm(textOf(bytes));
  if (isFault(form)) throw new PolicyError('POLICY_BUNDLE_MALFORMED', { context: { fault: form.fault } });
  const { name, version, schema, validFrom, validUntil, limits } = form;
  if (schema !== SCHEMA_VERSION)
    throw new PolicyError('POLICY_SCHEMA_UNKNOWN', { context: { bundle: name, version, schema } });
  const { policies, findings } = checkPolicies(name, form.policies);
  const error = findings.find(({ severity }) => severity === 'error');
  if (error !== undefined) {
    throw new PolicyError('POLICY_BUNDLE_INVALID', {
      context: { bundle: name, version, finding: error.code, file: error.file, line: error.line },
    });
  }
  const nation = name === BASELINE ? undefined : (name.toUpperCase() as NationCode);
  return Object.freeze({
    name,
    version,
    digest: sha256(bytes),
    nation,
    validFrom,
    validUntil,
    limits: limitsOf(limits),
    policies,
  }) as unknown as PolicyBundle;
}

function textOf(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch (cause) {
    throw new PolicyError('POLICY_BUNDLE_MALFORMED', { context: { fault: 'not UTF-8' }, cause });
  }
}

/** The baseline bundle that is part of this program. */
export function baselineBundle(): PolicyBundle {
  return loadBundle(utf8(buildBundle(BASELINE_FILES)));
}
