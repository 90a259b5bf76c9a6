import { type EpochMs, fromHex, leafHash, merkleTree, type OfficeId, pairScope, sha256, toHex, utf8 } from '../../../../services/core/foundation/index.ts';
import { CHAIN_START, type ChainPosition, encodeRecord } from '../../../../services/core/ledger/chain.ts';
import type { LedgerEvent } from '../../../../services/core/ledger/index.ts';
import { type Signer, signProofs } from '../../../../services/core/trust/index.ts';
import {
  frameHeaderCodec,
  HeadKind,
  type Init,
  type Lane,
  type LedgerFounded,
  type LedgerHead,
  type Proof,
  type Receipt,
  receiptCodec,
  ReceiptKind,
  type SignedReceipt,
} from '../../../../services/core/wire/index.ts';
import { OWN, SIGNERS } from './keys.ts';

export type AnyEvent = LedgerEvent | { readonly founded: Init<LedgerFounded> };

/** 2026-03-01, noon UTC. */
export const NOON = Date.UTC(2026, 2, 1, 12) as EpochMs;

export const digest = (label: string): Uint8Array => new Uint8Array(sha256(utf8(label)));
export const envelopeId = (n: number): string => `019531a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
/** A reference to content with that digest; the content itself is not part of a ledger. */
export const contentRef = (label: string) => ({ day: '20260401', batch: toHex(digest('batch')).slice(0, 32), index: 0, digest: digest(label), size: 100 });

/** Writes a ledger record by record, the way an office does, with the clock going a second per record. */
export class LedgerBuilder {
  readonly records: Uint8Array[] = [];
  readonly heads: LedgerHead[] = [];
  readonly lastHeader = new Map<string, Uint8Array>();
  position: ChainPosition = CHAIN_START;
  clockMs: number = NOON;

  add(event: AnyEvent): void {
    const encoded = encodeRecord(this.position, this.clockMs as EpochMs, event);
    this.position = encoded.position;
    this.records.push(encoded.bytes);
    this.heads.push({ number: encoded.position.number, digest: fromHex(encoded.position.digest) });
    this.clockMs += 1000;
  }

  head(): LedgerHead {
    return this.heads.at(-1) as LedgerHead;
  }

  /** The first 16 bytes of the digest of the first record. */
  chain(): Uint8Array {
    return (this.heads[0] as LedgerHead).digest.slice(0, 16);
  }

  /** A signed frame header over `last - first + 1` items, after the newest one of its lane. */
  async frame(to: OfficeId, lane: Lane, first: number, last: number, changed: { from?: OfficeId; chain?: Uint8Array; previous?: Uint8Array } = {}) {
    const from = changed.from ?? OWN;
    const key = `${from}/${to}/${lane}`;
    const previous = changed.previous ?? this.lastHeader.get(key) ?? new Uint8Array();
    const items = Array.from({ length: last - first + 1 }, (_, at) => utf8(`${key}/${first + at}`));
    const chain = changed.chain ?? (from === OWN ? this.chain() : digest('chain of another').slice(0, 16));
    const root = merkleTree(items.map(leafHash)).root;
    const header = frameHeaderCodec.encode({ scope: pairScope(from, to), from, to, lane, first, last, chain, previous, root, madeMs: this.clockMs });
    const headerDigest = new Uint8Array(sha256(header));
    this.lastHeader.set(key, headerDigest);
    return { header, proof: await this.#sign(from, HeadKind.FRAME, header), digest: headerDigest };
  }

  /** A signed receipt; about `about`, with the head of this ledger where it is this office's own. */
  async receipt(issuer: OfficeId, addressee: OfficeId, kind: ReceiptKind, origin: OfficeId, n: number, about: string, changed: Init<Receipt> = {}): Promise<SignedReceipt> {
    const isNegative = [ReceiptKind.NON_DELIVERY, ReceiptKind.RELAY_FAILURE, ReceiptKind.SUBMISSION_REJECTION].includes(kind as never);
    const isSubmission = kind === ReceiptKind.SUBMISSION_ACCEPTANCE;
    const receipt = {
      kind,
      issuer,
      addressee,
      origin,
      envelopeId: envelopeId(n),
      envelopeDigest: digest(`envelope ${n}`),
      crossingDigest: isSubmission ? new Uint8Array() : digest(about),
      atMs: this.clockMs,
      reason: isNegative ? 'EXPIRED' : '',
      head: issuer === OWN ? this.head() : { number: 40 + n, digest: digest(`head ${n}`) },
      ...changed,
    };
    const bytes = receiptCodec.encode(receipt);
    return { receipt: bytes, proof: await this.#sign(issuer, HeadKind.RECEIPT, bytes) };
  }

  async #sign(office: OfficeId, kind: HeadKind, item: Uint8Array): Promise<Proof> {
    const [proof] = await signProofs(SIGNERS[office] as Signer, kind, office, [item], this.clockMs as EpochMs);
    return proof as Proof;
  }
}
