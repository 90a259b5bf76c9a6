import { resolve } from 'node:path';
import type { Answer } from '../answer.ts';
import { ExitCode } from '../exit-codes.ts';
import { findRegion } from '../office-api/find-office.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { Cli, VerbInput } from '../verb.ts';

/** What `doctor` takes. */
interface DoctorOptions {
  readonly office?: string;
  readonly home?: string;
  readonly folder?: string;
}

/** `blo doctor`. */
export function addDoctor(cli: Cli): void {
  cli
    .verb<DoctorOptions>(
      cli.program,
      'doctor',
      'look for what is wrong or soon will be; exits 1 when something is',
      examine,
    )
    .option('--folder <folder>', "an office's folder, instead of those of a region")
    .option('--office <id>', 'only this office of the region')
    .option('--home <folder>', "the region's folder, where it is not .liaison here or above");
}

async function examine({ options, context }: VerbInput<DoctorOptions>): Promise<Answer> {
  const { examineMachine } = await import('./examine-machine.ts');
  const { examineOffice } = await import('./examine-office.ts');
  const findings = await examineMachine(context.env);
  for (const folder of await foldersOf(options, context.cwd)) findings.push(...(await examineOffice(folder)));
  const bad = findings.some((finding) => finding.verdict === 'bad');
  return {
    exitCode: bad ? ExitCode.FAILURE : ExitCode.OK,
    json: { healthy: !bad, findings },
    text: renderTable(
      ['', 'about', 'what', 'finding'],
      findings.map(({ verdict, about, what, finding }) => [
        verdict === 'good' ? 'ok' : verdict.toUpperCase(),
        about,
        what,
        finding,
      ]),
    ),
  };
}

async function foldersOf(options: DoctorOptions, cwd: string): Promise<readonly string[]> {
  if (options.folder !== undefined) return [resolve(cwd, options.folder)];
  const { state } = await findRegion(options.home, cwd);
  const offices = Object.entries(state.offices).filter(([id]) => options.office === undefined || id === options.office);
  return offices.map(([, office]) => office.home);
}
