import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sealFile } from '../../../../../services/core/files/index.ts';
import { isLiaisonError, sha256, toHex, utf8 } from '../../../../../services/core/foundation/index.ts';
import { type CustodyView, messageKey } from '../../../../../services/core/ledger/index.ts';
import type { SubmissionResult } from '../../../../../services/core/relay/index.ts';
import {
  attachedFileCodec,
  CustodyAction,
  DataCategory,
  MediaType as Media,
  type MediaType,
  MessageKind,
  OperationAction,
  RecallAction,
  RecallGround,
  RecallOutcome,
  RetentionGround,
} from '../../../../../services/core/wire/index.ts';
import { eventually } from '../../../../support/eventually.ts';
import { exif, jpeg, png } from '../../../files/samples.ts';
import { bundleOf, permitAll } from '../../../policy/fixtures.ts';
import { forbid } from '../../test-bundles.ts';
import { ledgerFindings, type TestRelay } from '../../two-offices.ts';
import {
  act,
  charterOf,
  join,
  LA,
  liveOperation,
  MM,
  OPERATION,
  type OperationOffices,
  type OperationOptions,
  operationOffices,
  say,
  TH,
  untilLive,
} from '../operation-offices.ts';
import {
  bugsOf,
  disksOf,
  enter,
  fileAt,
  keyOf,
  overBadLines,
  postFiles,
  textOf,
  untilHere,
  untilKnown,
} from './scene.ts';

// Three offices seal, sign and prove megabytes in one process.
vi.setConfig({ testTimeout: 60_000 });

let open: OperationOffices | undefined;
afterEach(async () => {
  const bugs = open === undefined ? [] : bugsOf(open);
  const findings = open === undefined ? [] : (await Promise.all(open.all.map(ledgerFindings))).flat();
  await open?.close();
  open = undefined;
  expect(bugs).toEqual([]);
  expect(findings).toEqual([]);
});

const start = async (
  options: OperationOptions = {},
  charter = charterOf(),
  members = [LA, MM],
): Promise<OperationOffices> => {
  open = await operationOffices(options);
  await liveOperation(open, charter, members);
  return open;
};

const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'accepted';
  } catch (cause) {
    if (!isLiaisonError(cause)) throw cause;
    return cause.code;
  }
};

const holds = (test: TestRelay, bytes: Uint8Array): boolean => disksOf(test).includes(Buffer.from(bytes));
const events = async (test: TestRelay, post: SubmissionResult, label = 'A1'): Promise<string[]> => {
  const { lines } = await test.relay.attachments.custody(keyOf(post, label));
  return lines.map(({ event, office, by }) => `${event} ${office}${by === '' ? '' : ` ${by}`}`);
};

/** The sealed pieces of a file, as they lie where it was handed in. */
const piecesOf = async (test: TestRelay, post: SubmissionResult): Promise<readonly Uint8Array[]> => {
  const [entered] = test.projection.custody.ofAttachment(messageKey(post.origin, post.id), 'A1');
  const pieces = await Promise.all((entered?.chunks ?? []).map((ref) => test.content.get(ref)));
  return pieces.map((piece) => piece ?? new Uint8Array());
};
const piecesAt = (test: TestRelay): number =>
  test.projection.ofKind(MessageKind.ATTACHMENT_CHUNK).filter(({ direction }) => direction === 'inbound').length;
const keyOfFile = async (test: TestRelay, file: string): Promise<Uint8Array> => {
  const ref = test.projection.custody.ofFile(file)[0]?.fileContent;
  return attachedFileCodec.decode((await test.content.get(ref as NonNullable<typeof ref>)) as Uint8Array, 4096).key;
};

const withholding = (nation: string, action: 'disclose' | 'accept', when: string) =>
  bundleOf(nation, 1, permitAll(nation), forbid(nation, 'kept', action, when));

describe('AttachmentDesk.enter', () => {
  it('knows a file by its content, and takes out what an image says of itself', async () => {
    const { th } = await start();
    const picture = jpeg(exif(6));
    const entered = await enter(th, picture, { name: 'pickup.JPG', category: DataCategory.TRANSPORT });
    expect(entered).toMatchObject({
      name: 'pickup.jpg',
      mediaType: Media.JPEG,
      removed: ['Exif'],
      size: { width: 8, height: 8 },
    });
    expect(entered.originalDigest).toBe(toHex(sha256(picture)));
    expect(entered.digest).not.toBe(entered.originalDigest);
    const kept = await enter(th, picture, { name: '', category: DataCategory.TRANSPORT, keepMetadata: true });
    expect(kept).toMatchObject({ digest: toHex(sha256(picture)), originalDigest: null, removed: [] });
    expect(holds(th, utf8('GPS 20.2716N'))).toBe(false);
    expect(th.projection.custody.all).toMatchObject([
      { action: CustodyAction.ENTERED, by: 'officer-1', metadataKept: false, operation: OPERATION },
      { action: CustodyAction.ENTERED, metadataKept: true },
    ]);
  });

  it('refuses what is disguised, too large, of a kind of data that the charter does not name, or for no live operation', async () => {
    const { th, la } = await start(
      {},
      charterOf({ maxAttachmentBytes: 1000, dataCategories: [DataCategory.CORE, DataCategory.FREE_TEXT] }),
    );
    expect(await refusal(enter(th, utf8('MZ\u0090\u0000 program'), { name: 'seen.txt' }))).toBe('FILES_TYPE_REFUSED');
    expect(await refusal(enter(th, png(), { name: 'seen.txt' }))).toBe('FILES_NAME_UNFIT');
    expect(await refusal(enter(th, textOf(1001)))).toBe('FILES_SIZE_UNFIT');
    expect(await refusal(enter(th, textOf(10), { category: DataCategory.LOCATION }))).toBe(
      'ATTACHMENTS_CATEGORY_UNFIT',
    );
    expect(await refusal(enter(th, textOf(10), { category: DataCategory.CORE }))).toBe('ATTACHMENTS_CATEGORY_UNFIT');
    expect(await refusal(enter(th, textOf(10), { operation: 'another' }))).toBe('CHANNEL_OPERATION_UNKNOWN');
    expect(await refusal(enter(la, textOf(1000)))).toBe('accepted');
    expect([th.relay.attachments.maxBytes(OPERATION), th.projection.custody.all.length]).toEqual([1000, 0]);
  });

  it('keeps no more than the office has room for', async () => {
    const { th } = await start({ settings: { maxFileStoreBytes: 1500 } });
    expect(await refusal(enter(th, textOf(1000)))).toBe('accepted');
    expect(await refusal(enter(th, textOf(501)))).toBe('ATTACHMENTS_STORE_FULL');
    expect(await refusal(enter(th, textOf(500)))).toBe('accepted');
  });

  it('erases after a day what goes with no post', async () => {
    const offices = await start();
    const { th } = offices;
    const { file } = await enter(th, textOf(1000));
    const [entered] = th.projection.custody.ofFile(file);
    const piece = (await th.content.get((entered as CustodyView).chunks[0] as never)) as Uint8Array;
    expect(holds(th, piece)).toBe(true);
    offices.skip(25 * 3600 * 1000);
    await eventually(() => expect(th.projection.custody.ofFile(file).at(-1)?.action).toBe(CustodyAction.ERASED));
    await eventually(() => expect(holds(th, piece)).toBe(false));
    expect(await refusal(say(th, 'late', {}, { attachments: [file] }))).toBe('ATTACHMENTS_FILE_UNKNOWN');
  });
});

describe('AttachmentDesk.take', () => {
  it('gives each file to one post of its own operation', async () => {
    const { th } = await start();
    const { file } = await enter(th, textOf(10));
    expect(await refusal(th.relay.attachments.take('another', [file]))).toBe('ATTACHMENTS_FILE_UNKNOWN');
    expect(await refusal(say(th, 'one', {}, { attachments: [file] }))).toBe('accepted');
    expect(await refusal(say(th, 'two', {}, { attachments: [file] }))).toBe('ATTACHMENTS_FILE_UNKNOWN');
    expect(await refusal(say(th, 'three', {}, { attachments: ['0'.repeat(32)] }))).toBe('ATTACHMENTS_FILE_UNKNOWN');
  });
});

describe('AttachmentDesk', () => {
  it('brings files to all members piece by piece, and both sides have the chain of custody', async () => {
    const { th, la, mm } = await start();
    const bytes = textOf(500_000);
    const post = await postFiles(th, [bytes, textOf(20)]);
    for (const member of [la, mm]) {
      const file = await untilHere(member, post);
      expect(file).toMatchObject({ label: 'A1', name: 'seen.txt', piecesHere: 4, pieces: 4, bytes: 500_000 });
      const opened = await member.relay.attachments.open(keyOf(post), 'officer-2', true);
      expect(Buffer.from(opened.bytes).equals(bytes)).toBe(true);
      expect([opened.name, opened.digest]).toEqual(['seen.txt', toHex(sha256(bytes))]);
      await untilHere(member, post, 'A2');
    }
    await untilKnown(th, post, LA, 'opened');
    await untilKnown(th, post, MM, 'opened');
    for (const test of [th, la, mm]) expect(holds(test, bytes.subarray(1000, 1040))).toBe(false);
    expect(await events(la, post)).toEqual([
      `first-piece-arrived ${LA}`,
      `last-piece-arrived ${LA}`,
      `completed ${LA}`,
      `opened ${LA} officer-2`,
    ]);
    const ours = await events(th, post);
    expect(ours.slice(0, 2)).toEqual([`entered ${TH} officer-1`, `attached ${TH}`]);
    for (const office of [LA, MM])
      expect(ours.filter((line) => line.endsWith(office))).toEqual([
        `first-piece-sent ${office}`,
        `last-piece-arrived ${office}`,
        `opened ${office}`,
      ]);
    expect((await th.relay.attachments.open(keyOf(post), 'officer-1', true)).bytes.length).toBe(500_000);
    expect((await events(th, post)).at(-1)).toBe(`opened ${TH} officer-1`);
  });

  it('tells its sender nothing when an auditor looks at it', async () => {
    const { th, la } = await start();
    const post = await postFiles(th, [textOf(20)]);
    await untilHere(la, post);
    await la.relay.attachments.open(keyOf(post), 'auditor-1', false);
    expect(await events(la, post)).toContain(`opened ${LA} auditor-1`);
    await untilKnown(th, post, LA, 'here');
  });

  it('says what is not here, or not yet', async () => {
    const offices = await start();
    const { th, la } = offices;
    offices.line(TH, LA).decide = () => 'pass';
    const post = await postFiles(th, [textOf(20)]);
    await untilHere(la, post);
    expect(await refusal(la.relay.attachments.open(keyOf(post, 'A2'), 'officer-2', true))).toBe('ATTACHMENTS_UNKNOWN');
    const elsewhere = { ...keyOf(post), operation: 'another' };
    expect(await refusal(la.relay.attachments.open(elsewhere, 'officer-2', true))).toBe('ATTACHMENTS_UNKNOWN');
    expect(await refusal(la.relay.attachments.custody(keyOf(post, 'A9')))).toBe('ATTACHMENTS_UNKNOWN');
  });

  it('gives no key and no piece to a member from which the part is withheld', async () => {
    const when = 'context.part.category == DataCategory::"free_text" && resource in Nation::"LA"';
    const { th, la, mm } = await start({ th: withholding('th', 'disclose', when) });
    const { file } = await enter(th, textOf(300_000));
    const key = await keyOfFile(th, file);
    const post = await say(th, '', {}, { attachments: [file], post: { text: '', textLanguage: '' } });
    await untilHere(mm, post);
    await untilKnown(th, post, MM, 'here');
    await untilKnown(th, post, LA, 'withheld');
    const pieces = await piecesOf(th, post);
    expect(pieces).toHaveLength(3);
    expect([piecesAt(la), piecesAt(mm)]).toEqual([0, 3]);
    for (const secret of [key, ...pieces.map((piece) => piece.subarray(0, 60))]) {
      expect([holds(la, secret), holds(th, secret)]).toEqual([false, true]);
    }
    expect(await la.relay.attachments.list(keyOf(post))).toEqual([]);
    expect(await refusal(la.relay.attachments.open(keyOf(post), 'officer-2', true))).toBe('ATTACHMENTS_UNKNOWN');
  });

  it('keeps no piece where the part is not let in, and its sender stops', async () => {
    const la = withholding('la', 'accept', 'context.part.category == DataCategory::"free_text"');
    const offices = await start({ la });
    const post = await postFiles(offices.th, [textOf(1_500_000)]);
    await untilKnown(offices.th, post, LA, 'refused');
    await untilHere(offices.mm, post);
    const holder = (await fileAt(offices.th, post))?.holders.find(({ office }) => office === LA);
    expect(holder).toMatchObject({ pieces: 0, code: 'ATTACHMENTS_PIECE_UNAWAITED' });
    for (const piece of await piecesOf(offices.th, post)) expect(holds(offices.la, piece.subarray(0, 60))).toBe(false);
  });

  it('sends the file to whom its part is opened later', async () => {
    const when =
      'context.part.category == DataCategory::"biometric" && resource in Nation::"LA" && !context.message.opening';
    const { th, la } = await start({ th: withholding('th', 'disclose', when) });
    const post = await postFiles(th, [jpeg()], { name: 'face.jpg', category: DataCategory.BIOMETRIC });
    await untilKnown(th, post, LA, 'withheld');
    const said = { text: '', textLanguage: '', idempotencyKey: '', submissionDigest: '0'.repeat(64) as never };
    const asked = await la.relay.consents.askToOpen({
      ...said,
      id: post.id,
      origin: TH,
      categories: [DataCategory.BIOMETRIC],
      submittedBy: 'officer-2',
    });
    const opening = { id: asked.id, holder: LA, categories: [], by: 'supervisor-1', reason: 'needed' };
    await eventually(() => th.relay.consents.open(opening));
    expect(await untilHere(la, post)).toMatchObject({ mediaType: Media.JPEG, category: DataCategory.BIOMETRIC });
    expect((await la.relay.attachments.open(keyOf(post), 'officer-2', true)).bytes).toEqual(jpeg());
  });

  it('sends the file to who joins later, and to nobody who has left', async () => {
    const offices = await start({}, charterOf(), [LA]);
    const { th, la, mm } = offices;
    const post = await postFiles(th, [textOf(400_000)]);
    await untilHere(la, post);
    const signed = th.projection.ofKind(MessageKind.ATTACHMENT_CHUNK).length;
    await join(offices, MM);
    await untilLive(offices, TH, LA, MM);
    await untilHere(mm, post);
    // The same envelopes go to the new member: a piece is signed once.
    expect(th.projection.ofKind(MessageKind.ATTACHMENT_CHUNK)).toHaveLength(signed);
    await act(la, OperationAction.LEAVE);
    await eventually(() => expect(th.relay.operations.get(OPERATION)?.members.get(LA)?.state).toBe('left'));
    const later = await postFiles(th, [textOf(20)]);
    await untilHere(mm, later);
    expect(await refusal(la.relay.attachments.list(keyOf(later)))).toBe('ATTACHMENTS_UNKNOWN');
    expect((await la.relay.attachments.open(keyOf(post), 'officer-2', false)).bytes.length).toBe(400_000);
  });

  it('has no more pieces under way to a member than a few, and sends it the others when it has room', async () => {
    const offices = await start();
    const { th, la, mm } = offices;
    let isDeaf = true;
    // What la says of the first pieces does not come back.
    offices.line(LA, TH).decide = () => (isDeaf && piecesAt(la) > 0 ? 'refuse' : 'pass');
    const post = await postFiles(th, [textOf(1_700_000)]);
    await untilHere(mm, post);
    const sentToLa = (): number =>
      th.projection
        .ofKind(MessageKind.ATTACHMENT_CHUNK)
        .filter(
          (piece) =>
            piece.direction === 'outbound' &&
            (piece.copies.has(LA) || th.projection.added.of(messageKey(TH, piece.id)).some(({ to }) => to === LA)),
        ).length;
    await eventually(() => expect(sentToLa()).toBe(8));
    expect((await fileAt(la, post))?.pieces).toBe(13);
    isDeaf = false;
    la.relay.linkChanged(TH, true);
    await untilHere(la, post);
    expect(sentToLa()).toBe(13);
    // Those that were signed for mm meanwhile went to la as they were.
    expect(th.projection.ofKind(MessageKind.ATTACHMENT_CHUNK)).toHaveLength(13);
  }, 60_000);

  it('goes on with what a kill leaves, here and there, and with what a cut leaves', async () => {
    const offices = await start();
    const { th, la } = offices;
    const bytes = textOf(2_500_000);
    const post = await postFiles(th, [bytes]);
    await eventually(() => expect(piecesAt(la)).toBeGreaterThan(4));
    await offices.kill(th);
    await eventually(() => expect(piecesAt(la)).toBeGreaterThan(10));
    await offices.kill(la);
    offices.line(TH, LA).up = false;
    await offices.restart(th);
    offices.line(TH, LA).up = true;
    th.relay.linkChanged(LA, true);
    await untilHere(la, post);
    await untilHere(offices.mm, post);
    expect(Buffer.from((await la.relay.attachments.open(keyOf(post), 'officer-2', true)).bytes).equals(bytes)).toBe(
      true,
    );
    await untilKnown(th, post, LA, 'opened');
  }, 60_000);

  it('comes over lines that lose, repeat, damage and are cut', async () => {
    expect(await overBadLines(await start(), textOf(1_500_000), 50_000)).toBe('');
  }, 120_000);
});

describe('what is not what its sender said', () => {
  /** Hands in a text, and then makes the office believe that it sealed something else. */
  const lie = async (
    th: TestRelay,
    { bytes = textOf(200_000), mediaType, spoil = {} }: { bytes?: Uint8Array; mediaType?: MediaType; spoil?: object },
  ): Promise<SubmissionResult> => {
    const { file } = await enter(th, textOf(10));
    const [entered] = th.projection.custody.ofFile(file) as [CustodyView & Record<string, unknown>];
    const sealed = sealFile(bytes, randomBytes);
    const expiresAt = (th.clock.now() + 86_400_000) as never;
    const pieces = sealed.pieces.map((piece) => ({ bytes: piece, expiresAt }));
    const { digest, key, chunks, root } = sealed;
    const content = attachedFileCodec.encode({
      fileName: 'seen.txt',
      bytes: bytes.length,
      digest,
      key,
      chunks,
      root,
      ...spoil,
    });
    const [fileContent, ...refs] = await th.content.put([{ bytes: content, expiresAt }, ...pieces]);
    Object.assign(entered, { fileContent, chunks: refs, ...(mediaType === undefined ? {} : { mediaType }) });
    return await say(th, '', {}, { attachments: [file], post: { text: '', textLanguage: '' } });
  };

  it.each([
    ['content of another type', { mediaType: Media.JPEG }, 'ATTACHMENTS_TYPE_DIFFERS'],
    ['a program', { bytes: utf8('MZ program\n'.repeat(20_000)) }, 'FILES_TYPE_REFUSED'],
    ['pieces that were not signed for', { spoil: { root: new Uint8Array(32) } }, 'FILES_ROOT_MISMATCH'],
  ])('is rejected where it arrives, and nothing of it is kept: %s', async (_, what, code) => {
    const { th, la } = await start();
    const post = await lie(th, what);
    await eventually(async () => expect((await fileAt(la, post))?.state).toBe('rejected'));
    await untilKnown(th, post, LA, 'rejected');
    await untilKnown(th, post, MM, 'rejected');
    expect((await fileAt(th, post))?.holders.map((holder) => holder.code)).toEqual([code, code]);
    await eventually(async () => {
      for (const piece of await piecesOf(th, post)) expect(holds(la, piece.subarray(0, 60))).toBe(false);
    });
    await eventually(async () =>
      expect((await events(la, post)).slice(-2)).toEqual([`rejected ${LA}`, `erased ${LA}`]),
    );
    expect(await events(th, post)).toContain(`rejected ${LA}`);
    expect(await refusal(la.relay.attachments.open(keyOf(post), 'officer-2', true))).toBe('ATTACHMENTS_REJECTED');
    expect(la.seen.filter(({ event }) => event === 'alarm').map(({ facts }) => facts['code'])).toContain(code);
  });

  it('is not taken piece by piece where a piece is of another file, and its sender learns it', async () => {
    const { th, la } = await start();
    const post = await lie(th, { spoil: { digest: new Uint8Array(32) } });
    await untilKnown(th, post, LA, 'refused');
    expect((await fileAt(th, post))?.holders[0]?.code).toBe('FILES_PIECE_UNOPENABLE');
    expect(await fileAt(la, post)).toMatchObject({ state: 'arriving', piecesHere: 0 });
    expect(await refusal(la.relay.attachments.open(keyOf(post), 'officer-2', true))).toBe('ATTACHMENTS_INCOMPLETE');
  });
});

describe('a recall of the post', () => {
  it('takes its files at every holder that deletes it and at its origin, and none is sent on', async () => {
    const offices = await start();
    const { th, la, mm } = offices;
    offices.line(TH, MM).up = false;
    const post = await postFiles(th, [textOf(400_000)]);
    await untilHere(la, post);
    const pieces = await piecesOf(th, post);
    const recalled = await th.relay.recalls.recall({
      id: post.id,
      action: RecallAction.DELETE,
      ground: RecallGround.INCORRECT,
      answerByMs: null,
      text: '',
      textLanguage: '',
      submittedBy: 'supervisor-1',
      idempotencyKey: '',
      submissionDigest: '0'.repeat(64) as never,
    });
    expect(await refusal(th.relay.attachments.open(keyOf(post), 'officer-1', true))).toMatch(
      /RECALL_RECALLED|ATTACHMENTS_ERASED/,
    );
    await eventually(() => expect(la.projection.inbound.get(messageKey(TH, recalled.id))?.deliveredMs).toBeTruthy());
    expect(await refusal(la.relay.attachments.open(keyOf(post), 'officer-2', true))).toBe('RECALL_RECALLED');
    const answer = { outcome: RecallOutcome.DONE, ground: RetentionGround.UNSPECIFIED, text: '', textLanguage: '' };
    await la.relay.recalls.answer({ answeredBy: 'supervisor-2', origin: TH, id: recalled.id, ...answer });
    offices.line(TH, MM).up = true;
    th.relay.linkChanged(MM, true);
    await eventually(() => {
      for (const test of [th, la, mm])
        for (const piece of pieces)
          expect([test.office, holds(test, piece.subarray(0, 60))]).toEqual([test.office, false]);
    });
    await eventually(async () => expect(await events(la, post)).toContain(`erased ${LA} supervisor-2`));
    await eventually(async () => expect(await events(th, post)).toContain(`erased ${TH} supervisor-1`));
    expect(await refusal(la.relay.attachments.open(keyOf(post), 'officer-2', true))).toBe('ATTACHMENTS_ERASED');
    expect(piecesAt(mm)).toBe(0);
  });
});
