import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { EvidenceFile, EvidenceReport } from '../../core/envelope/index.ts';
import { type EpochMs, epochMs, parseKeyId, parseOfficeId, systemClock } from '../../core/foundation/index.ts';
import type { Answer } from '../answer.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { readBytes } from '../home/files.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { VerbInput } from '../verb.ts';
import { assertChecksums, readEvidenceFolder, sameEnvelope, splitOpenings } from './read-evidence-folder.ts';

/** What `envelope verify` takes. */
export interface VerifyOptions {
  readonly root?: string;
  readonly trust?: string;
  readonly for?: string;
  readonly kind: string;
  readonly recorded?: string;
}

/** Checks a folder of evidence by its own documents, or a record by the documents that one has. */
export async function verifyEnvelope({ args, options, context }: VerbInput<VerifyOptions>): Promise<Answer> {
  const path = resolve(context.cwd, args[0] ?? '');
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return verifyFolder(await readEvidenceFolder(path), options);
  const report = await verifyRecord(await readBytes(path), options, context.cwd);
  return answerOf(report, { rests: 'on the documents given' });
}

/** The folder itself, and the folders in it with parts that were opened later, which are to be of the same envelope. */
async function verifyFolder(files: readonly EvidenceFile[], options: VerifyOptions): Promise<Answer> {
  const { own, openings } = splitOpenings(files);
  const { report, ...facts } = await verifyOne(own, options);
  const checks = [...report.checks];
  for (const [name, opening] of openings) {
    const { report: opened, root } = await verifyOne(opening, options);
    const passed = root === facts.root && sameEnvelope(own, opening);
    checks.push({ check: `${name}: it is of the same envelope`, passed, facts: {} });
    checks.push(...opened.checks.map((check) => ({ ...check, check: `${name}: ${check.check}` })));
  }
  return answerOf({ verified: checks.every(({ passed }) => passed), checks }, facts);
}

async function verifyOne(files: readonly EvidenceFile[], options: VerifyOptions) {
  const { claimedRoot, readEvidence, verifyEvidence } = await import('../../core/envelope/index.ts');
  assertChecksums(files);
  const root = claimedRoot(files);
  if (options.root !== undefined && root.kid !== parseKeyId(options.root)) {
    throw new CliError('CLI_INPUT_INVALID', {
      context: { root: root.kid, fault: 'the folder rests on another root key than the one given' },
    });
  }
  const { evidence, store } = await readEvidence(files, root);
  const confirmed = options.root !== undefined;
  const rests = `on root key ${root.kid} of ${store.nation}${confirmed ? '' : ', which the folder itself names: compare it with what that nation told you'}`;
  return { report: verifyEvidence(evidence, store), rests, root: root.kid, rootConfirmed: confirmed };
}

async function verifyRecord(record: Uint8Array, options: VerifyOptions, cwd: string): Promise<EvidenceReport> {
  const { verifyEvidence } = await import('../../core/envelope/index.ts');
  const { readTrust } = await import('../home/read-trust.ts');
  if (options.trust === undefined || options.root === undefined || options.for === undefined) {
    throw new CliError('CLI_USAGE', { context: { missing: '--trust, --root and --for' } });
  }
  if (options.kind !== 'crossing' && options.kind !== 'message')
    throw new CliError('CLI_USAGE', { context: { kind: options.kind } });
  const recordedMs = options.recorded === undefined ? systemClock.now() : parseTime(options.recorded);
  const store = await readTrust(
    resolve(cwd, options.trust),
    parseOfficeId(options.for),
    parseKeyId(options.root),
    systemClock.now(),
  );
  return verifyEvidence({ kind: options.kind, record, recordedMs, receipts: [] }, store);
}

async function answerOf(
  { verified, checks }: EvidenceReport,
  facts: { readonly rests: string; readonly root?: string; readonly rootConfirmed?: boolean },
): Promise<Answer> {
  const { wordOfNumber } = await import('../codes/code-words.ts');
  const rows = checks.map(({ check, passed, code, facts: shown }) => [
    passed ? 'ok' : 'FAILED',
    check,
    [...(code === undefined ? [] : [code]), ...factsShown(shown, wordOfNumber)].join(', '),
  ]);
  const verdict = verified ? 'It verifies.' : 'It does NOT verify.';
  return {
    exitCode: verified ? ExitCode.OK : ExitCode.FAILURE,
    json: { verified, ...facts, checks },
    text: `${renderTable(['', 'check', 'facts'], rows)}\n\n${verdict} It rests ${facts.rests}.`,
  };
}

/** Facts that say something; the kind of a receipt in the word for it. */
function factsShown(
  facts: EvidenceReport['checks'][number]['facts'],
  wordOfNumber: (list: string, number: number) => string,
): readonly string[] {
  return Object.entries(facts)
    .filter(([, value]) => value !== '')
    .map(([name, value]) =>
      name === 'kind' && typeof value === 'number' ? wordOfNumber('RECEIPT_KIND', value) : `${name} ${value}`,
    );
}

function parseTime(text: string): EpochMs {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new CliError('CLI_INPUT_INVALID', { context: { time: text, fault: 'not a time by RFC 3339' } });
  return epochMs(time);
}
