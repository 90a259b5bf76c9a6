import { SCHEMA_TEXT } from './__generated__/shipped.ts';
import { BASELINE } from './bundle-form.ts';
import { describePolicy, type PolicyDescription, splitPolicies, validatePolicies } from './cedar.ts';
import type { BundleFile, NamedPolicy } from './types.ts';

/** What kind of thing is wrong with a bundle. */
export type FindingCode =
  | 'MANIFEST_INVALID'
  | 'SCHEMA_UNKNOWN'
  | 'FILE_NAME'
  | 'NO_POLICIES'
  | 'SYNTAX'
  | 'NAME_MISSING'
  | 'NAME_PREFIX'
  | 'NAME_TWICE'
  | 'REASON_MISSING'
  | 'ANNOTATION_UNKNOWN'
  | 'PERSONS_INVALID'
  | 'BASELINE_PERMITS'
  | 'DOES_NOT_VALIDATE'
  /** Valid, but likely not what was meant. */
  | 'SUSPICIOUS';

/** Something that a lawyer or operator should look at. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly code: FindingCode;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Where it is known. */
  readonly policy?: string;
  /** One sentence for people. */
  readonly message: string;
}

/** Policies that were found, and what is wrong with them; without an error they are all there and valid. */
export interface CheckedPolicies {
  readonly policies: readonly NamedPolicy[];
  readonly findings: readonly Finding[];
}

const ANNOTATIONS: readonly string[] = ['id', 'reason', 'persons'];
const UNATTENDED: readonly string[] = ['releaseUnattended', 'admitUnattended'];

/** Whether all that the policy can do is hold. */
function holds({ effect, actions }: PolicyDescription): boolean {
  return effect === 'forbid' && actions !== undefined && actions.every((action) => UNATTENDED.includes(action));
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

function lineAt(text: string, byte: number): number {
  let line = 1;
  for (const value of Buffer.from(text, 'utf8').subarray(0, byte)) if (value === 10) line++;
  return line;
}

/** Each policy of a file with the line at which it begins; the engine names them in no useful order. */
function placed(
  text: string,
  policies: readonly string[],
): readonly { readonly text: string; readonly line: number }[] {
  const next = new Map<string, number>();
  return policies
    .map((policy) => {
      const at = text.indexOf(policy, next.get(policy) ?? 0);
      next.set(policy, at + 1);
      return { text: policy, at };
    })
    .sort((a, b) => a.at - b.at)
    .map(({ text: policy, at }) => ({ text: policy, line: text.slice(0, at).split('\n').length }));
}

function checkOne(
  bundle: string,
  file: string,
  text: string,
  line: number,
  taken: Set<string>,
): { policy: NamedPolicy | undefined; findings: readonly Finding[] } {
  const described = describePolicy(text);
  if (described === undefined)
    return {
      policy: undefined,
      findings: [{ severity: 'error', code: 'SYNTAX', file, line, message: 'The policy cannot be read.' }],
    };
  const name = described.annotations.id ?? '';
  const reason = (described.annotations.reason ?? '').trim();
  const findings: Finding[] = [];
  const add = (severity: Finding['severity'], code: FindingCode, message: string): void => {
    findings.push({ severity, code, file, line, ...(name === '' ? {} : { policy: name }), message });
  };
  if (name === '') add('error', 'NAME_MISSING', `Every policy has a name: write @id("${bundle}.some-name") before it.`);
  else if (!name.startsWith(`${bundle}.`) || !NAME.test(name.slice(bundle.length + 1)) || name.length > 80) {
    add(
      'error',
      'NAME_PREFIX',
      `The name must be "${bundle}." and lowercase words joined by hyphens, 80 characters at most.`,
    );
  } else if (taken.has(name)) add('error', 'NAME_TWICE', 'Another policy of the bundle has this name.');
  taken.add(name);
  if (reason === '' || reason.length > 300)
    add('error', 'REASON_MISSING', 'Every policy says why in one sentence: write @reason("...") before it.');
  if (bundle === BASELINE && described.effect === 'permit')
    add('error', 'BASELINE_PERMITS', "The baseline only forbids; what is permitted is each nation's to say.");
  // A misspelt @persons would let one person do what takes two.
  for (const annotation of Object.keys(described.annotations))
    if (!ANNOTATIONS.includes(annotation))
      add('error', 'ANNOTATION_UNKNOWN', 'A policy may have @id, @reason and @persons before it, and no other.');
  const { persons = '1' } = described.annotations;
  if (persons !== '1' && persons !== '2')
    add('error', 'PERSONS_INVALID', 'How many persons it takes is "1" or "2": write @persons("2").');
  else if ('persons' in described.annotations && !holds(described))
    add(
      'error',
      'PERSONS_INVALID',
      'Only a forbid of releaseUnattended or admitUnattended, and of nothing else, may have @persons.',
    );
  if (described.actions === undefined && described.effect === 'permit')
    add('warning', 'SUSPICIOUS', 'It permits every action at both gates; name the action it is meant for.');
  const policy: NamedPolicy = {
    name,
    effect: described.effect,
    reason,
    persons: persons === '2' ? 2 : 1,
    file,
    line,
    text,
  };
  return { policy, findings };
}

/** What the validator says, at the lines of the files. Policies are told apart by position: names may be missing or stand twice. */
function validated(policies: readonly NamedPolicy[]): readonly Finding[] {
  const faults = validatePolicies(
    SCHEMA_TEXT,
    Object.fromEntries(policies.map(({ text }, index) => [String(index), text])),
  );
  return faults.flatMap((fault) => {
    const policy = policies[Number(fault.policy)];
    if (policy === undefined) return [];
    const { name, file, line, text } = policy;
    // The engine calls the policy by its position, which tells people nothing.
    const message = fault.message.replace(/^for policy `\d+`[,:] /, '');
    const code = fault.severity === 'error' ? 'DOES_NOT_VALIDATE' : 'SUSPICIOUS';
    return [
      {
        severity: fault.severity,
        code,
        file,
        line: line + lineAt(text, fault.startByte ?? 0) - 1,
        ...(name === '' ? {} : { policy: name }),
        message,
      },
    ];
  });
}

/** The policies of a bundle's files: parsed, validated (strict) against the schema, named and explained. */
export function checkPolicies(bundle: string, files: readonly BundleFile[]): CheckedPolicies {
  const policies: NamedPolicy[] = [];
  const findings: Finding[] = [];
  const taken = new Set<string>();
  for (const { path, text } of files) {
    const split = splitPolicies(text);
    if ('faults' in split) {
      for (const fault of split.faults)
        findings.push({
          severity: 'error',
          code: 'SYNTAX',
          file: path,
          line: lineAt(text, fault.startByte ?? 0),
          message: fault.message,
        });
      continue;
    }
    for (const one of placed(text, split.policies)) {
      const checked = checkOne(bundle, path, one.text, one.line, taken);
      if (checked.policy !== undefined) policies.push(checked.policy);
      findings.push(...checked.findings);
    }
  }
  findings.push(...validated(policies));
  if (policies.length === 0 && findings.length === 0)
    findings.push({
      severity: 'error',
      code: 'NO_POLICIES',
      file: files[0]?.path ?? 'bundle.json',
      line: 1,
      message: 'The bundle holds no policy.',
    });
  return { policies, findings: findings.sort((a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line) };
}
