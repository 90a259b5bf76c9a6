import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
import { ExitCode } from '../exit-codes.ts';
import { writePublicFile } from '../home/files.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { listOf, type OfficeClient, recordIn, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import type { Cli, VerbInput } from '../verb.ts';

interface ReportOptions extends OfficeOptions {
  readonly html?: string;
  readonly signed?: string;
}

interface SignOptions extends OfficeOptions {
  readonly digest: string;
  readonly despite?: string;
}

/** `blo operation report|sign-report`. */
export function addReportCommands(cli: Cli, operation: Command): void {
  const about = 'the after-action report; exits 4 where members state or signed different things';
  officeVerb<ReportOptions>(cli, operation, 'report <operation>', about, 'officer', report)
    .option('--html <file>', 'also write it as a page that prints')
    .option('--signed <file>', 'also write the exact text whose SHA-256 is signed');
  officeVerb<SignOptions>(
    cli,
    operation,
    'sign-report <operation>',
    'sign the report for this office, once it was read; all members are told',
    'supervisor',
    sign,
  )
    .requiredOption('--digest <hex>', 'the digest of the report that was read, as report shows it')
    .option('--despite <offices>', 'sign although these, with commas between them, state or signed something else');
}

async function report(office: OfficeClient, { args, options, context }: VerbInput<ReportOptions>): Promise<Answer> {
  const { renderReport } = await import('./render-report.ts');
  const path = pathOf(args[0]);
  const result = await office.get(path, { format: 'json' });
  for (const [format, file] of [
    ['html', options.html],
    ['signed', options.signed],
  ] as const) {
    if (file === undefined) continue;
    const page = await office.open(`${path}?format=${format}`, {});
    await writePublicFile(resolve(context.cwd, file), await page.text());
  }
  const differs =
    listOf(result['contradictions']).length > 0 || listOf(result['signatures']).some(({ agrees }) => agrees === false);
  return { json: result, text: renderReport(result), exitCode: differs ? ExitCode.REFUSED : ExitCode.OK };
}

async function sign(office: OfficeClient, { args, options }: VerbInput<SignOptions>): Promise<Answer> {
  const despite = options.despite === undefined ? '' : `?despite=${encodeURIComponent(options.despite)}`;
  const result = await office.post(`${pathOf(args[0])}/sign${despite}`, { digest: options.digest });
  const told = listOf(result['recipients']).map((one) => stringOf(one['office']));
  return {
    json: result,
    text: `It is signed; told: ${told.join(', ') || 'nobody'}. (${stringOf(recordIn(result)['id'])})`,
  };
}

function pathOf(id = ''): string {
  return `/v1/operations/${encodeURIComponent(id)}/report`;
}
