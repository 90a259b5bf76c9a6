import { readdir, readFile } from 'node:fs/promises';
import { type EvidenceFile, exportEvidence } from '../core/envelope/index.ts';
import type { Clock, EpochMs, KeyId } from '../core/foundation/index.ts';
import type { ContentStore, InboundMessageView, Ledger, OutboundMessage, ReceiptView } from '../core/ledger/index.ts';
import { RelayError } from '../core/relay/index.ts';
import type { TrustStore } from '../core/trust/index.ts';
import { signedReceiptCodec } from '../core/wire/index.ts';
import type { DocumentFiles } from './documents/document-files.ts';
import { documentsOfTime } from './documents/documents-of-time.ts';

const CONTRACT = new URL('../../proto/liaison/v1/', import.meta.url);
const PROTOBUF = new URL('../../proto/include/google/protobuf/', import.meta.url);

/** Gathers the evidence of messages from ledger and content store. */
export type EvidenceReader = (message: OutboundMessage | InboundMessageView) => Promise<readonly EvidenceFile[]>;

/**
 * Reads evidence: of a message of this office what it signed, of a received one what came over the border, with every
 * receipt about it, and the documents and keys that vouch for them.
 */
export function evidenceReader(parts: {
  readonly content: ContentStore;
  readonly ledger: Pick<Ledger, 'records'>;
  readonly trust: () => TrustStore;
  readonly root: KeyId;
  readonly archived: DocumentFiles['archived'];
  readonly clock: Clock;
}): EvidenceReader {
  let contract: Promise<readonly EvidenceFile[]> | undefined;
  return async (message) => {
    const record = message.content === null ? undefined : await parts.content.get(message.content);
    if (record === undefined) throw new RelayError('RELAY_CONTENT_GONE');
    const views =
      message.direction === 'inbound'
        ? message.receipts
        : [...message.receipts, ...[...message.copies.values()].flatMap((copy) => copy.receipts)];
    contract ??= readContract();
    const recordedMs = message.direction === 'inbound' ? message.receivedMs : message.acceptedMs;
    const used =
      message.direction === 'inbound'
        ? [message.agreement]
        : [...message.copies.values()].map((copy) => copy.agreement);
    const agreements = used.flatMap((agreement) => (agreement === null ? [] : agreement.digest));
    const { nation } = parts.trust();
    const vouching = await documentsOfTime(
      { nation, root: parts.root, recordedMs, agreements },
      await parts.archived(),
    );
    return exportEvidence({
      evidence: {
        kind: message.direction === 'inbound' ? 'crossing' : 'message',
        record,
        recordedMs,
        receipts: await Promise.all(views.map((view) => readReceipt(parts.ledger, view))),
      },
      store: vouching ?? parts.trust(),
      protoFiles: await contract,
      exportedAt: parts.clock.now(),
    });
  };
}

async function readReceipt(
  ledger: Pick<Ledger, 'records'>,
  view: ReceiptView,
): Promise<{ readonly bytes: Uint8Array; readonly recordedMs: EpochMs }> {
  for await (const { record } of ledger.records(view.record)) {
    const receipt = record.receiptIssued?.receipt ?? record.receiptReceived?.receipt;
    // The signed bytes are a field of their own and stand here as they were signed.
    if (receipt) return { bytes: signedReceiptCodec.encode(receipt), recordedMs: view.recordedMs };
    break;
  }
  throw new TypeError('a receipt in the projection is in the ledger');
}

/** The contract as `protoc -I proto` wants it: with the two files of protobuf that some distributions leave out. */
async function readContract(): Promise<readonly EvidenceFile[]> {
  const folders = [
    ['liaison/v1/', CONTRACT],
    ['google/protobuf/', PROTOBUF],
  ] as const;
  const files = await Promise.all(
    folders.map(async ([prefix, folder]) => {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.proto')).sort();
      return Promise.all(
        names.map(async (name) => ({
          name: prefix + name,
          bytes: new Uint8Array(await readFile(new URL(name, folder))),
        })),
      );
    }),
  );
  return files.flat();
}
