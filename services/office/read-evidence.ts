import { readdir, readFile } from 'node:fs/promises';
import { type Evidence, type EvidenceFile, exportEvidence, openingFolder } from '../core/envelope/index.ts';
import type { Clock, EpochMs, KeyId } from '../core/foundation/index.ts';
import type {
  AddedCopy,
  AgreementView,
  ContentStore,
  InboundMessageView,
  Ledger,
  OutboundMessage,
  ReceiptView,
} from '../core/ledger/index.ts';
import { RelayError } from '../core/relay/index.ts';
import type { TrustStore } from '../core/trust/index.ts';
import { type ContentRef, signedReceiptCodec } from '../core/wire/index.ts';
import type { DocumentFiles } from './documents/document-files.ts';
import { documentsOfTime } from './documents/documents-of-time.ts';

const CONTRACT = new URL('../../proto/liaison/v1/', import.meta.url);
const PROTOBUF = new URL('../../proto/include/google/protobuf/', import.meta.url);

/** Gathers the evidence of messages from ledger and content store. */
export type EvidenceReader = (message: OutboundMessage | InboundMessageView) => Promise<readonly EvidenceFile[]>;

/**
 * Reads evidence: of a message of this office what it signed, of a received one what came over the border, with every
 * receipt about it, and the documents and keys that vouch for them. Parts that were opened later are folders of their
 * own beside it.
 */
export function evidenceReader(parts: {
  readonly content: ContentStore;
  readonly ledger: Pick<Ledger, 'records'>;
  readonly trust: () => TrustStore;
  readonly root: KeyId;
  readonly archived: DocumentFiles['archived'];
  /** Crossings that were added to a message of this office. */
  readonly added: (message: OutboundMessage) => readonly AddedCopy[];
  readonly clock: Clock;
}): EvidenceReader {
  let contract: Promise<readonly EvidenceFile[]> | undefined;
  const folderOf = async ({ kind, content, recordedMs, receipts: views, used, openings }: Recorded) => {
    const record = content === null ? undefined : await parts.content.get(content);
    if (record === undefined) throw new RelayError('RELAY_CONTENT_GONE');
    contract ??= readContract();
    const agreements = used.flatMap((agreement) => (agreement === null ? [] : agreement.digest));
    const { nation } = parts.trust();
    const vouching = await documentsOfTime(
      { nation, root: parts.root, recordedMs, agreements },
      await parts.archived(),
    );
    return exportEvidence({
      evidence: {
        kind,
        record,
        recordedMs,
        receipts: await Promise.all(views.map((view) => readReceipt(parts.ledger, view))),
      },
      store: vouching ?? parts.trust(),
      protoFiles: await contract,
      exportedAt: parts.clock.now(),
      ...(openings === undefined ? {} : { openings }),
    });
  };
  return async (message) => {
    if (message.direction === 'outbound') return await folderOf(sent(message, parts.added(message)));
    const { agreement, content, receipts } = message;
    const first = { kind: 'crossing', content, recordedMs: message.receivedMs, receipts, used: [agreement] } as const;
    const opened = message.supplements.filter((supplement) => supplement.content !== null);
    const folders = await Promise.all([
      folderOf({ ...first, openings: opened.length }),
      ...opened.map((supplement) =>
        folderOf({
          ...first,
          content: supplement.content,
          recordedMs: supplement.receivedMs,
          receipts: supplement.receipts,
        }),
      ),
    ]);
    return folders.flatMap((files, index) => (index === 0 ? files : inFolder(files, index)));
  };
}

/** What is exported as one folder of evidence. */
interface Recorded {
  readonly kind: Evidence['kind'];
  readonly content: ContentRef | null;
  readonly recordedMs: EpochMs;
  readonly receipts: readonly ReceiptView[];
  readonly used: readonly (AgreementView | null)[];
  /** Folders of parts that were opened later, beside this one. */
  readonly openings?: number;
}

function sent(message: OutboundMessage, added: readonly AddedCopy[]): Recorded {
  const copies = [...message.copies.values(), ...added];
  return {
    kind: 'message',
    content: message.content,
    recordedMs: message.acceptedMs,
    receipts: [...message.receipts, ...copies.flatMap((copy) => copy.receipts)],
    used: copies.map((copy) => copy.agreement),
  };
}

/** Parts that came later are a folder of their own, to be checked as the one around it: it holds the same envelope. */
function inFolder(files: readonly EvidenceFile[], place: number): readonly EvidenceFile[] {
  const folder = openingFolder(place);
  return files.map(({ name, bytes }) => ({ name: `${folder}/${name}`, bytes }));
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
