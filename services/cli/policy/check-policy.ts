import { resolve } from 'node:path';
import type { Answer } from '../answer.ts';
import { ExitCode } from '../exit-codes.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { VerbInput } from '../verb.ts';
import { readBundleFolder } from './read-bundle-folder.ts';

/** Everything that is wrong or suspicious in a bundle's folder; exits 1 when there is an error. */
export async function checkPolicy({ args, context }: VerbInput<object>): Promise<Answer> {
  const { checkBundle, describeLimits, limitsInFolder } = await import('../../core/policy/index.ts');
  const files = await readBundleFolder(resolve(context.cwd, args[0] ?? ''));
  const findings = checkBundle(files);
  const limits = limitsInFolder(files);
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const rows = findings.map((finding) => [
    `${finding.file}:${finding.line}`,
    finding.severity,
    finding.policy ?? '-',
    finding.code,
    finding.message,
  ]);
  return {
    exitCode: errors === 0 ? ExitCode.OK : ExitCode.FAILURE,
    json: { sound: errors === 0, findings, ...(limits === undefined ? {} : { limits }) },
    text: [
      rows.length === 0 ? 'The bundle is sound.' : renderTable(['where', 'severity', 'policy', 'code', 'what'], rows),
      ...(limits === undefined ? [] : ['', 'Limits:', ...describeLimits(limits).map((line) => `  ${line}`)]),
    ].join('\n'),
  };
}
