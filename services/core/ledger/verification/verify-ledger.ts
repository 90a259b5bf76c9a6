import { type Digest, type EpochMs, type ErrorContext, toHex } from '../../foundation/index.ts';
import { decodeBatch } from '../batch.ts';
import { CHAIN_START, type ChainPosition, CLOCK_TOLERANCE_MS, chainIdOf, stepChain } from '../chain.ts';
import { LedgerError } from '../errors.ts';
import { arrivals } from './arrivals.ts';
import { documentRule } from './document-rule.ts';
import { LEDGER_FINDINGS, type LedgerFindingCode } from './findings.ts';
import { frameRule } from './frame-rule.ts';
import { headWindow } from './head-window.ts';
import { outboundNumbers } from './outbound-numbers.ts';
import { receiptRule } from './receipt-rule.ts';
import { releaseRule } from './release-rule.ts';
import { signatureRule } from './signature-rule.ts';
import type { LedgerCounts, LedgerFinding, LedgerReport, Rule, VerifyLedgerOptions } from './types.ts';
import { witnessCheck } from './witness-check.ts';

const MAX_FINDINGS = 1000;

/**
 * Everything that can be told from an office's ledger alone, by anyone: that it is one unbroken history, that nothing
 * left without the decision that let it, that nothing held left without a named person, and that it is the history
 * which others have seen. `batches` are the messages of the ledger's store, in order; read once, with memory for what
 * is open and no more. Never throws for what is in them.
 */
export async function verifyLedger(
  batches: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: VerifyLedgerOptions,
): Promise<LedgerReport> {
  const findings: LedgerFinding[] = [];
  let dropped = 0;
  let intact = true;
  const counts: { -readonly [K in keyof LedgerCounts]: number } = {
    records: 0,
    messages: 0,
    releases: 0,
    frames: 0,
    arrivals: 0,
    receiptsIssued: 0,
    receiptsReceived: 0,
    signatures: 0,
    heads: 0,
    headsNotCompared: 0,
  };
  let position: ChainPosition = CHAIN_START;
  let chain = '';
  let firstMs: number | null = null;
  let newestMs = 0;

  const find = (code: LedgerFindingCode, context: ErrorContext = {}, number = position.number): void => {
    const { sentence, weight } = LEDGER_FINDINGS[code];
    if (weight === 'broken') intact = false;
    if (findings.length < MAX_FINDINGS) findings.push({ code, weight, sentence, number, context });
    else dropped++;
  };

  const window = headWindow();
  const witnesses = witnessCheck(options.witnessed);
  const numbers = outboundNumbers();
  const arrived = arrivals();
  const rules: readonly Rule[] = [
    arrived.rule,
    releaseRule(options.office, numbers, arrived),
    frameRule(options.office, () => chain, numbers),
    receiptRule(options.office, numbers, arrived, window),
    documentRule(),
    signatureRule(options.signatures),
  ];

  const take = (bytes: Uint8Array): void => {
    const { record, faults, next } = stepChain(position, bytes);
    position = next;
    counts.records++;
    if (chain === '') chain = toHex(chainIdOf(next.digest));
    for (const fault of faults) find(fault);
    const { compared, differing } = witnesses.record(next.number, next.digest);
    counts.heads += compared;
    for (const { by } of differing) find('LEDGER_HEAD_DIFFERS', { by });
    if (record !== undefined) {
      firstMs ??= record.atMs;
      if (record.atMs < newestMs - CLOCK_TOLERANCE_MS) find('LEDGER_TIME_BACKWARDS', { byMs: newestMs - record.atMs });
      newestMs = Math.max(newestMs, record.atMs);
      if (record.founded !== null && record.founded.office !== options.office) find('LEDGER_OFFICE_MISMATCH');
      for (const rule of rules) rule({ record, find, count: (what) => counts[what]++ });
    }
    // After the rules: a receipt is made before the record that holds it, so it cannot name that record.
    window.add(next.number, next.digest);
  };

  for await (const batch of batches) {
    let records: readonly Uint8Array[] = [];
    try {
      records = decodeBatch(batch);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      find('LEDGER_BATCH_MALFORMED', {}, position.number + 1);
    }
    for (const record of records) take(record);
  }
  if (counts.records === 0) find('LEDGER_FIRST_NOT_FOUNDED', {}, 1);
  const { missing, foreign } = witnesses.end(chain);
  for (const { by, number } of missing) find('LEDGER_HEAD_MISSING', { by }, number);
  for (const { by, number } of foreign) find('LEDGER_CHAIN_DIFFERS', { by }, number);

  return {
    office: options.office,
    intact,
    signatures: options.signatures === 'not checked' ? 'not checked' : 'checked',
    chain,
    head: { number: position.number, digest: position.digest as Digest | '' },
    firstMs: firstMs as EpochMs | null,
    lastMs: counts.records === 0 ? null : (position.atMs as EpochMs),
    counts,
    findings,
    dropped,
  };
}
