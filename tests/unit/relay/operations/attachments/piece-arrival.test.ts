import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerifiedCrossing } from '../../../../../services/core/envelope/index.ts';
import { sealFile } from '../../../../../services/core/files/index.ts';
import { fromHex, isLiaisonError, type Scope } from '../../../../../services/core/foundation/index.ts';
import { messageKey } from '../../../../../services/core/ledger/index.ts';
import { assertPieceInPlace } from '../../../../../services/core/relay/operations/attachments/index.ts';
import type { RelayContext } from '../../../../../services/core/relay/parts.ts';
import { headCache } from '../../../../../services/core/trust/index.ts';
import { type AttachmentChunk, type ChunkTerms, MessageKind } from '../../../../../services/core/wire/index.ts';
import { eventually } from '../../../../support/eventually.ts';
import {
  LA,
  liveOperation,
  MM,
  OPERATION,
  type OperationOffices,
  operationOffices,
  say,
  TH,
} from '../operation-offices.ts';
import { enter, postFiles, textOf } from './scene.ts';

let offices: OperationOffices;
let pieces: readonly Uint8Array[] = [];
let others: readonly Uint8Array[] = [];
let post = '';

/** A post with two files is at la, and none of their pieces. */
beforeAll(async () => {
  offices = await operationOffices();
  await liveOperation(offices);
  const { th, la } = offices;
  offices.line(TH, LA).decide = (_, bytes) => (bytes.length > 50_000 ? 'refuse' : 'pass');
  const result = await postFiles(th, [textOf(300_000), textOf(300_000)]);
  post = messageKey(TH, result.id);
  await eventually(() => expect(la.projection.inbound.get(post)?.deliveredMs).toBeTruthy());
  const piecesOf = async (label: string): Promise<readonly Uint8Array[]> => {
    const [entered] = th.projection.custody.ofAttachment(post, label);
    const read = await Promise.all((entered?.chunks ?? []).map((ref) => th.content.get(ref)));
    return read.map((bytes) => bytes ?? new Uint8Array());
  };
  pieces = await piecesOf('A1');
  others = await piecesOf('A2');
}, 60_000);
afterAll(() => offices.close());

interface Changed {
  readonly crossing?: Partial<VerifiedCrossing>;
  readonly terms?: Partial<ChunkTerms>;
  readonly sealed?: Uint8Array;
  readonly context?: Partial<RelayContext>;
}

async function refusal({ crossing = {}, terms = {}, sealed = pieces[1], context = {} }: Changed): Promise<string> {
  const { la } = offices;
  const view = la.relay.operations.get(OPERATION);
  const said = la.projection.inbound.get(post);
  if (view === undefined || said === undefined) throw new TypeError('nothing is here');
  const body = {
    terms: {
      operation: { operation: OPERATION, charter: fromHex(view.charter.document.digest) },
      target: { origin: TH, id: said.id, digest: fromHex(said.envelopeDigest) },
      attachment: 'A1',
      chunk: 1,
      chunks: 3,
      ...terms,
    },
    crimeArea: 1,
    sealed,
  } as AttachmentChunk;
  const arrived = {
    origin: TH,
    from: TH,
    scope: view.scope,
    envelopeId: '01900000-0000-7000-8000-000000000001',
    kind: MessageKind.ATTACHMENT_CHUNK,
    header: { drill: false },
    body,
    ...crossing,
  } as unknown as VerifiedCrossing;
  const at = {
    self: LA,
    projection: la.projection,
    content: la.content,
    trust: la.trust.store,
    heads: headCache(),
    clock: la.clock,
    settings: { maxFileStoreBytes: 1_000_000 },
    operations: { get: la.relay.operations.get },
    ...context,
  } as unknown as RelayContext;
  try {
    await assertPieceInPlace(at, arrived);
    return 'taken';
  } catch (cause) {
    if (!isLiaisonError(cause)) throw cause;
    const { fault } = cause.context;
    return fault === undefined ? cause.code : `${cause.code} ${fault}`;
  }
}

const misplaced = (fault: string): string => ['ATTACHMENTS_PIECE_MISPLACED', fault].join(' ');

describe('assertPieceInPlace', () => {
  it('takes a piece of a file that was released, at its place', async () => {
    expect(await refusal({})).toBe('taken');
    expect(await refusal({ terms: { attachment: 'A2' }, sealed: others[1] as Uint8Array })).toBe('taken');
  });

  it('refuses a piece that was changed, of another place, of another file, or of another length', async () => {
    const [first, second] = pieces as readonly [Uint8Array, Uint8Array];
    for (const sealed of [
      second.with(500, (second[500] as number) ^ 1),
      first,
      others[1] as Uint8Array,
      second.subarray(1),
      new Uint8Array(131_101),
      new Uint8Array(),
      sealFile(textOf(300_000), (size) => new Uint8Array(size)).pieces[1] as Uint8Array,
    ])
      expect(await refusal({ sealed })).toBe('FILES_PIECE_UNOPENABLE');
  });

  it('refuses a place that the file does not have', async () => {
    for (const terms of [{ chunk: 3 }, { chunk: 1, chunks: 4 }, { chunk: 1, chunks: 2 }])
      expect(await refusal({ terms })).toBe(misplaced('place'));
  });

  it('refuses a piece of a file that is not there', async () => {
    expect(await refusal({ terms: { attachment: 'A3' } })).toBe('ATTACHMENTS_PIECE_UNAWAITED');
  });

  it('refuses a piece that another member says, or that came through one', async () => {
    expect(await refusal({ crossing: { origin: MM, from: MM } })).toBe(misplaced('post'));
    expect(await refusal({ crossing: { from: MM } })).toBe(misplaced('operation'));
  });

  it('refuses a piece of another operation, channel, charter or mode', async () => {
    const charter = new Uint8Array(32);
    expect(await refusal({ terms: { operation: { operation: 'another', charter } } })).toBe(misplaced('operation'));
    expect(await refusal({ terms: { operation: { operation: OPERATION, charter } } })).toBe(misplaced('operation'));
    expect(await refusal({ terms: { operation: null } })).toBe(misplaced('operation'));
    expect(await refusal({ crossing: { scope: 'op-another' as Scope } })).toBe(misplaced('operation'));
    expect(await refusal({ crossing: { header: { drill: true } as never } })).toBe(misplaced('operation'));
    expect(await refusal({ crossing: { body: { terms: null } } })).toBe(misplaced('terms'));
  });

  it('refuses a piece of a post that is not here, or is another one by its digest', async () => {
    const target = { origin: TH, id: '01900000-0000-7000-8000-000000000002', digest: new Uint8Array(32) };
    expect(await refusal({ terms: { target } })).toBe(misplaced('post'));
    expect(await refusal({ terms: { target: { ...target, id: post.split('/')[1] as string } } })).toBe(
      misplaced('post'),
    );
    expect(await refusal({ terms: { target: null } })).toBe(misplaced('post'));
  });

  it('refuses a piece where no more files are kept', async () => {
    const settings = { maxFileStoreBytes: 100_000 } as never;
    expect(await refusal({ context: { settings } })).toBe('ATTACHMENTS_STORE_FULL');
  });

  it('refuses a piece that is here already', async () => {
    const { th, la } = offices;
    offices.line(TH, LA).decide = () => 'pass';
    await eventually(() => expect(la.projection.custody.ofAttachment(post, 'A1')).not.toEqual([]), {
      withinMs: 30_000,
    });
    expect(await refusal({})).toBe('ATTACHMENTS_PIECE_REPEATED');
    const { file } = await enter(th, textOf(10));
    const later = await say(th, 'later', {}, { attachments: [file] });
    await eventually(() => expect(la.projection.inbound.get(messageKey(TH, later.id))?.deliveredMs).toBeTruthy());
  }, 60_000);
});
