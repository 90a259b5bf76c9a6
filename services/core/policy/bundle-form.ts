import { type EpochMs, rfc3339 } from '../foundation/index.ts';
import { readLimits, type WrittenLimits } from './limits.ts';
import type { BundleFile } from './types.ts';

/** The schema version that this program has; bundles say which one they were written for. */
export const SCHEMA_VERSION = 1;

/** The name of the bundle that ships with the program and always applies. */
export const BASELINE = 'baseline';

/** Whether a policy of that name is the baseline's, which no nation's law and no officer lifts. */
export function isOfBaseline(policy: string): boolean {
  return policy.startsWith(`${BASELINE}.`);
}

/** What `bundle.json` says, in form only. */
export interface BundleManifest {
  readonly name: string;
  readonly version: number;
  readonly schema: number;
  /** It is in force from then on; always, where it does not say. */
  readonly validFrom: EpochMs | undefined;
  /** It is in force before then; for good, where it does not say. */
  readonly validUntil: EpochMs | undefined;
  /** What it says of limits; left out where it says nothing. */
  readonly limits?: WrittenLimits;
}

/** A bundle as it is signed and installed, in form only: nothing is said of its policies. */
export interface BundleForm extends BundleManifest {
  readonly policies: readonly BundleFile[];
}

/** Something that is wrong with a form. */
export interface FormFault {
  readonly fault: string;
}

/** The most bytes of a bundle. */
export const MAX_BUNDLE_BYTES = 1024 * 1024;

const MAX_FILES = 200;

/** Whether the parser found a fault. */
export function isFault(value: object): value is FormFault {
  return 'fault' in value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A time written as RFC 3339 in UTC with seconds and nothing finer: 2026-01-31T00:00:00Z. */
function timeOf(value: unknown): EpochMs | undefined {
  if (typeof value !== 'string') return undefined;
  const time = Date.parse(value);
  return Number.isSafeInteger(time) && time >= 0 && textOfTime(time as EpochMs) === value
    ? (time as EpochMs)
    : undefined;
}

function textOfTime(time: EpochMs): string {
  return rfc3339(time).replace('.000Z', 'Z');
}

function manifestOf(value: Readonly<Record<string, unknown>>): BundleManifest | FormFault {
  const { name, version, schema } = value;
  if (typeof name !== 'string' || (name !== BASELINE && !/^[a-z]{2}$/.test(name)))
    return { fault: 'name must be "baseline" or a nation\'s code in lowercase' };
  if (!Number.isSafeInteger(version) || (version as number) < 1)
    return { fault: 'version must be a whole number from 1' };
  if (!Number.isSafeInteger(schema) || (schema as number) < 1) return { fault: 'schema must be a whole number from 1' };
  const validFrom = timeOf(value.validFrom);
  const validUntil = timeOf(value.validUntil);
  if (('validFrom' in value && validFrom === undefined) || ('validUntil' in value && validUntil === undefined))
    return { fault: 'validFrom and validUntil must be times like 2026-01-31T00:00:00Z' };
  if (validFrom !== undefined && validUntil !== undefined && validUntil <= validFrom)
    return { fault: 'validUntil must be after validFrom' };
  const manifest = { name, version: version as number, schema: schema as number, validFrom, validUntil };
  if (!('limits' in value)) return manifest;
  if (name === BASELINE) return { fault: "limits are a nation's to set, not the baseline's" };
  const limits = readLimits(value.limits);
  return 'fault' in limits ? limits : { ...manifest, limits };
}

function hasKeys(
  value: unknown,
  required: readonly string[],
  optional: readonly string[] = [],
): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return (
    required.every((key) => keys.includes(key)) && keys.every((key) => required.includes(key) || optional.includes(key))
  );
}

const MANIFEST_KEYS = ['name', 'version', 'schema'];
const OPTIONAL_KEYS = ['validFrom', 'validUntil', 'limits'];

/** The manifest in the text of a `bundle.json`. */
export function readManifest(text: string): BundleManifest | FormFault {
  const value = parseJson(text);
  if (!hasKeys(value, MANIFEST_KEYS, OPTIONAL_KEYS))
    return {
      fault:
        'bundle.json must be an object with name, version, schema and, if wanted, validFrom, validUntil and limits',
    };
  return manifestOf(value);
}

/** Whether a file of a bundle's folder holds policies. */
export function isPolicyFile(path: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,80}\.cedar$/.test(path);
}

/** The one text of a bundle with this manifest and these policy files, in the order of their names. */
export function writeForm(manifest: BundleManifest, files: readonly BundleFile[]): string {
  const policies = files.map(({ path, text }) => ({ file: path, text })).sort((a, b) => (a.file < b.file ? -1 : 1));
  const { name, version, schema, validFrom, validUntil, limits } = manifest;
  const said = {
    ...(validFrom === undefined ? {} : { validFrom: textOfTime(validFrom) }),
    ...(validUntil === undefined ? {} : { validUntil: textOfTime(validUntil) }),
    ...(limits === undefined ? {} : { limits }),
  };
  return `${JSON.stringify({ name, version, schema, ...said, policies }, null, 2)}\n`;
}

/** The bundle in a text that `writeForm` wrote; any other text of the same bundle is a fault. */
export function readForm(text: string): BundleForm | FormFault {
  const value = parseJson(text);
  if (!hasKeys(value, [...MANIFEST_KEYS, 'policies'], OPTIONAL_KEYS))
    return { fault: 'it must be an object with name, version, schema and policies' };
  const manifest = manifestOf(value);
  if (isFault(manifest)) return manifest;
  if (!Array.isArray(value.policies) || value.policies.length === 0 || value.policies.length > MAX_FILES)
    return { fault: 'policies must be a list of files' };
  const policies: BundleFile[] = [];
  for (const entry of value.policies as readonly unknown[]) {
    if (
      !hasKeys(entry, ['file', 'text']) ||
      typeof entry.file !== 'string' ||
      typeof entry.text !== 'string' ||
      !isPolicyFile(entry.file)
    ) {
      return { fault: 'each of policies must have file, a name that ends in .cedar, and text' };
    }
    policies.push({ path: entry.file, text: entry.text });
  }
  if (new Set(policies.map(({ path }) => path)).size < policies.length)
    return { fault: 'a file stands twice in policies' };
  if (writeForm(manifest, policies) !== text) return { fault: 'it is not the text that the builder writes' };
  return { ...manifest, policies };
}
