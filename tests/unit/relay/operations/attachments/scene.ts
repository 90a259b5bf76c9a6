import { randomBytes } from 'node:crypto';
import {
  type DurationMs,
  type EnvelopeId,
  type OfficeId,
  utf8,
} from '../../../../../services/core/foundation/index.ts';
import type {
  AttachmentView,
  FileEntered,
  FileInput,
  SubmissionResult,
} from '../../../../../services/core/relay/index.ts';
import { DataCategory, type OperationPost } from '../../../../../services/core/wire/index.ts';
import { eventually } from '../../../../support/eventually.ts';
import type { TestRelay } from '../../two-offices.ts';
import { OPERATION, type OperationOffices, say } from '../operation-offices.ts';

/** A text of that many bytes that no other has. */
export function textOf(bytes: number): Uint8Array {
  return utf8(
    randomBytes(Math.ceil(bytes / 2))
      .toString('hex')
      .slice(0, bytes),
  );
}

/** Hands a file in. */
export function enter(test: TestRelay, bytes: Uint8Array, more: Partial<FileInput> = {}): Promise<FileEntered> {
  return test.relay.attachments.enter({
    operation: OPERATION,
    bytes,
    name: 'seen.txt',
    category: DataCategory.FREE_TEXT,
    keepMetadata: false,
    by: 'officer-1',
    ...more,
  });
}

/** Hands files in and posts them. */
export async function postFiles(
  test: TestRelay,
  files: readonly Uint8Array[],
  more: Partial<FileInput> = {},
  post: Partial<OperationPost> = {},
): Promise<SubmissionResult> {
  const entered: FileEntered[] = [];
  for (const bytes of files) entered.push(await enter(test, bytes, more));
  return await say(test, 'See the files.', {}, { attachments: entered.map(({ file }) => file), post });
}

/** The key of a file of a post. */
export function keyOf({ origin, id }: SubmissionResult, label = 'A1') {
  return { operation: OPERATION, origin, id: id as EnvelopeId, label };
}

/** A file of a post as that office has it. */
export async function fileAt(
  test: TestRelay,
  post: SubmissionResult,
  label = 'A1',
): Promise<AttachmentView | undefined> {
  return (await test.relay.attachments.list(keyOf(post))).find((file) => file.label === label);
}

/** Resolves when the file is whole there. */
export async function untilHere(
  test: TestRelay,
  post: SubmissionResult,
  label = 'A1',
  withinMs = 20_000,
): Promise<AttachmentView> {
  return await eventually(
    async () => {
      const file = await fileAt(test, post, label);
      if (file?.state !== 'here')
        throw new Error(`${test.office} has ${file?.state} ${file?.piecesHere}/${file?.pieces}`);
      return file;
    },
    { withinMs: withinMs as DurationMs },
  );
}

/** Resolves when the sender knows that of a member. */
export async function untilKnown(
  sender: TestRelay,
  post: SubmissionResult,
  office: OfficeId,
  state: string,
): Promise<void> {
  await eventually(
    async () => {
      const holder = (await fileAt(sender, post))?.holders.find((one) => one.office === office);
      if (holder?.state !== state) throw new Error(`${office}: ${JSON.stringify(holder)}`);
    },
    { withinMs: 20_000 as DurationMs },
  );
}

/** Everything that an office has on its disks, ledger and content, as it lies there. */
export function disksOf({ log, batches }: TestRelay): Buffer {
  return Buffer.concat([...log.entries, ...batches.batches.values()].map(({ bytes }) => bytes));
}

export const bugsOf = ({ all }: OperationOffices): unknown[] => all.flatMap(({ bugs }) => bugs);

const FAULTS = ['pass', 'lose', 'pass', 'twice', 'lose-ack', 'pass', 'corrupt', 'refuse', 'pass', 'pass'] as const;

/** Sends a file over lines that lose, repeat, damage and are cut at random, with both offices killed on the way; says what is wrong with what arrived. */
export async function overBadLines(offices: OperationOffices, bytes: Uint8Array, withinMs: number): Promise<string> {
  const { th, la, mm } = offices;
  let count = 0;
  for (const line of offices.lines) line.decide = () => FAULTS[count++ % FAULTS.length] ?? 'pass';
  const cuts = setInterval(() => {
    const line = offices.lines[Math.floor(Math.random() * offices.lines.length)];
    if (line !== undefined) line.up = !line.up;
  }, 100);
  try {
    const post = await postFiles(th, [bytes]);
    for (const [test, part] of [
      [la, 0.2],
      [th, 0.5],
    ] as const) {
      await eventually(
        async () => {
          const file = await fileAt(la, post);
          if (file === undefined || file.piecesHere < file.pieces * part) throw new Error(`${file?.piecesHere} pieces`);
        },
        { withinMs: withinMs as DurationMs },
      );
      await offices.kill(test);
    }
    clearInterval(cuts);
    for (const line of offices.lines) line.up = true;
    for (const member of [mm, la]) await untilHere(member, post, 'A1', withinMs);
    const opened = await la.relay.attachments.open(keyOf(post), 'officer-2', true);
    return Buffer.from(opened.bytes).equals(bytes) ? '' : 'another file';
  } finally {
    clearInterval(cuts);
  }
}
