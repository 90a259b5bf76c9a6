import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isOfficeId, parseKeyId, parseOfficeId, systemClock } from '../../core/foundation/index.ts';
import type { LedgerReport, SignatureCheck } from '../../core/ledger/index.ts';
import type { Answer } from '../answer.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { assertAbsent } from '../home/files.ts';
import { findOffice, findRegion, type OfficeOptions } from '../office-api/find-office.ts';
import { type OfficeClient, officeClient } from '../office-api/office-client.ts';
import { officeVerb, withOfficeOptions } from '../office-api/office-verb.ts';
import { renderPairs, renderTable } from '../terminal/render-table.ts';
import { type Cli, noun, type VerbInput } from '../verb.ts';

interface VerifyOptions extends OfficeOptions {
  readonly file?: string;
  readonly of?: string;
  readonly trust?: string;
  readonly root?: string;
}

/** `blo ledger verify|export`. */
export function addLedgerCommands(cli: Cli): void {
  const ledger = noun(cli, 'ledger', "an office's record of everything that happened");
  const about =
    'check that a ledger is one unbroken history in which nothing left without a decision; exits 1 when it is not';
  withOfficeOptions(
    cli
      .verb<VerifyOptions>(ledger, 'verify', about, verify)
      .option('--file <file>', 'of this file, instead of a running office')
      .option('--of <office>', 'whose ledger the file holds')
      .option('--trust <folder>', 'verify signatures with the directories and agreements in this folder')
      .option('--root <thumbprint>', "thumbprint of the root key of the office's nation, with --trust"),
    'auditor',
  );
  officeVerb<OfficeOptions & { out: string }>(
    cli,
    ledger,
    'export',
    'write the ledger to a file, to check it elsewhere',
    'auditor',
    exportLedger,
  ).requiredOption('--out <file>', 'the file to write');
}

async function verify({ options, context }: VerbInput<VerifyOptions>): Promise<Answer> {
  const { verifyLedger } = await import('../../core/ledger/index.ts');
  const { ledgerInFile, ledgerOfOffice, officeOfLedger } = await import('./read-ledger.ts');
  const signatures = await signatureCheck(options, context.cwd);
  if (options.file !== undefined) {
    if (options.of === undefined) throw new CliError('CLI_USAGE', { context: { missing: '--of' } });
    const batches = ledgerInFile(resolve(context.cwd, options.file));
    return answerOf(await verifyLedger(batches, { office: parseOfficeId(options.of), signatures, witnessed: [] }));
  }
  if (options.url === undefined && isOfficeId(options.office)) {
    const { state } = await findRegion(options.home, context.cwd);
    await findOffice(options, 'auditor', context);
    const { verifyOfficeInRegion } = await import('./verify-office.ts');
    return answerOf(await verifyOfficeInRegion(state, options.office, systemClock.now()));
  }
  const office = officeClient(await findOffice(options, 'auditor', context));
  return answerOf(
    await verifyLedger(ledgerOfOffice(office), { office: await officeOfLedger(office), signatures, witnessed: [] }),
  );
}

async function signatureCheck(options: VerifyOptions, cwd: string): Promise<SignatureCheck> {
  if (options.trust === undefined) return 'not checked';
  if (options.root === undefined || options.of === undefined)
    throw new CliError('CLI_USAGE', { context: { missing: '--root and --of' } });
  const { readTrust } = await import('../home/read-trust.ts');
  return readTrust(resolve(cwd, options.trust), parseOfficeId(options.of), parseKeyId(options.root), systemClock.now());
}

function answerOf(report: LedgerReport): Answer {
  const head = renderPairs([
    ['ledger of', report.office],
    ['verdict', report.intact ? 'intact' : 'BROKEN'],
    ['records', String(report.counts.records)],
    ['head', `${report.head.number} ${report.head.digest}`],
    ['signatures', report.signatures === 'checked' ? `${report.counts.signatures} verified` : 'not checked'],
    ["compared with others' word", String(report.counts.heads)],
  ]);
  const rows = report.findings.map((finding) => [
    String(finding.number),
    finding.weight,
    finding.code,
    finding.sentence,
  ]);
  const findings = rows.length === 0 ? '' : `\n\n${renderTable(['record', 'weight', 'code', 'what'], rows)}`;
  return { exitCode: report.intact ? ExitCode.OK : ExitCode.FAILURE, json: report, text: `${head}${findings}` };
}

async function exportLedger(
  office: OfficeClient,
  { options, context }: VerbInput<OfficeOptions & { out: string }>,
): Promise<Answer> {
  const { ledgerOfOffice } = await import('./read-ledger.ts');
  const file = resolve(context.cwd, options.out);
  await assertAbsent(file);
  const head = await office.get('/v1/ledger/head');
  await pipeline(Readable.from(ledgerOfOffice(office)), createWriteStream(file, { mode: 0o600, flags: 'wx' }));
  return { json: { file, head }, text: `The ledger is in ${file}, one LedgerBatch of the contract.` };
}
