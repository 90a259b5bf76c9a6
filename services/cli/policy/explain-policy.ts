import type { PolicyBundle } from '../../core/policy/index.ts';
import type { Answer } from '../answer.ts';
import { CliError } from '../errors.ts';
import { findOffice, type OfficeOptions } from '../office-api/find-office.ts';
import { officeClient } from '../office-api/office-client.ts';
import { escapeLines, escapeText } from '../terminal/escape-text.ts';
import type { VerbInput } from '../verb.ts';
import { explainMessage } from './explain-message.ts';
import { loadBundleAt } from './load-bundle-at.ts';

/** What `policy explain` takes. */
export interface ExplainOptions extends OfficeOptions {
  readonly message?: string;
  readonly to?: string;
}

/** What each policy of a bundle says, in words and in its own text, or why a message was decided as it was. */
export async function explainPolicy({ args, options, context }: VerbInput<ExplainOptions>): Promise<Answer> {
  const [source = '', ...names] = args;
  const bundle = await loadBundleAt(source, context.cwd);
  if (options.message === undefined) return explainBundle(bundle, names);
  const office = officeClient(await findOffice(options, 'officer', context));
  return explainMessage(office, options.message, options.to, bundle);
}

async function explainBundle(bundle: PolicyBundle, names: readonly string[]): Promise<Answer> {
  const { describeLimits, TWO_PERSONS } = await import('../../core/policy/index.ts');
  const unknown = names.find((name) => !bundle.policies.some((policy) => policy.name === name));
  if (unknown !== undefined)
    throw new CliError('CLI_INPUT_INVALID', { context: { policy: unknown, fault: 'not in the bundle' } });
  const policies =
    names.length === 0 ? bundle.policies : bundle.policies.filter((policy) => names.includes(policy.name));
  const texts = policies.map(
    ({ name, effect, reason, persons, file, line, text }) =>
      `${escapeText(name)} (${effect}s, ${escapeText(file)}:${line})\n  ${escapeText(reason)}\n${persons === 2 ? `  What it holds ${TWO_PERSONS}.\n` : ''}\n${escapeLines(text.trim(), '      ')}`,
  );
  // The baseline is no nation's law and sets no limits.
  const isLaw = bundle.nation !== undefined;
  return {
    json: { bundle: bundle.name, version: bundle.version, ...(isLaw ? { limits: bundle.limits } : {}), policies },
    text: [
      `Bundle ${bundle.name}, version ${bundle.version}`,
      ...(isLaw && names.length === 0 ? [describeLimits(bundle.limits).join('\n')] : []),
      ...texts,
    ].join('\n\n'),
  };
}
