import { join, resolve } from 'node:path';
import type { CaseExpectation, CaseResult } from '../../core/policy/index.ts';
import type { Answer } from '../answer.ts';
import { ExitCode } from '../exit-codes.ts';
import { readText } from '../home/files.ts';
import { escapeText } from '../terminal/escape-text.ts';
import type { VerbInput } from '../verb.ts';
import { loadBundleAt } from './load-bundle-at.ts';

/** Asks a bundle, with the baseline, the questions in its cases; exits 1 when one is answered otherwise. */
export async function testPolicy({ args, options, context }: VerbInput<{ cases?: string }>): Promise<Answer> {
  const { baselineBundle, readCases, testBundle } = await import('../../core/policy/index.ts');
  const folder = args[0] ?? '';
  const file =
    options.cases === undefined
      ? join(resolve(context.cwd, folder), 'cases.json')
      : resolve(context.cwd, options.cases);
  const bundle = await loadBundleAt(folder, context.cwd);
  const nations = bundle.nation === undefined ? [] : [bundle];
  const baseline = bundle.nation === undefined ? bundle : baselineBundle();
  const results = testBundle({ baseline, nations }, readCases(await readText(file)));
  const failed = results.filter((result) => !result.passed);
  const lines = results.map((result) => (result.passed ? `ok    ${escapeText(result.description)}` : failure(result)));
  return {
    exitCode: failed.length === 0 ? ExitCode.OK : ExitCode.FAILURE,
    json: { passed: results.length - failed.length, failed: failed.length, results },
    text: [...lines, '', `${results.length - failed.length} as expected, ${failed.length} not.`].join('\n'),
  };
}

function failure({ description, differences, expected, got }: CaseResult): string {
  const lines = differences.map(
    (field) => `      ${field}: expected ${shown(expected[field])}, got ${shown(got[field])}`,
  );
  return [`WRONG ${escapeText(description)}`, ...lines].join('\n');
}

function shown(value: CaseExpectation[keyof CaseExpectation]): string {
  if (typeof value === 'number') return String(value);
  if (value === undefined || value.length === 0) return 'nothing';
  return escapeText(typeof value === 'string' ? value : value.join(' '));
}
