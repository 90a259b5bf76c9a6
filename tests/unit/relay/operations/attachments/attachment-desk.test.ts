import { afterEach, describe, expect, it } from 'vitest';
import { DataCategory } from '../../../../../services/core/wire/index.ts';
import {
  LA,
  liveOperation,
  MM,
  type OperationOffices,
  type OperationOptions,
  operationOffices,
} from '../operation-offices.ts';
import { bugsOf, disksOf, enter, fileAt, keyOf, postFiles, textOf, untilHere, untilKnown } from './scene.ts';

let open: OperationOffices | undefined;
afterEach(async () => {
  const bugs = open === undefined ? [] : bugsOf(open);
  await open?.close();
  open = undefined;
  expect(bugs).toEqual([]);
});

const start = async (options: OperationOptions = {}): Promise<OperationOffices> => {
  open = await operationOffices(options);
  await liveOperation(open);
  return open;
};

describe('attachmentDesk', () => {
  it('brings a file to all members, piece by piece, and everybody knows who has it', async () => {
    const { th, la, mm } = await start();
    const bytes = textOf(500_000);
    const post = await postFiles(th, [bytes]);
    for (const member of [la, mm]) {
      const file = await untilHere(member, post);
      expect(file).toMatchObject({ label: 'A1', name: 'seen.txt', piecesHere: 4, pieces: 4, bytes: 500_000 });
      const opened = await member.relay.attachments.open(keyOf(post), 'officer-2', true);
      expect(Buffer.from(opened.bytes).equals(bytes)).toBe(true);
    }
    await untilKnown(th, post, LA, 'opened');
    await untilKnown(th, post, MM, 'opened');
    expect(DataCategory.FREE_TEXT).toBe((await fileAt(th, post))?.category);
    expect(disksOf(th).includes(Buffer.from(bytes.subarray(0, 40)))).toBe(false);
    expect(enter).toBeTypeOf('function');
  });
});
