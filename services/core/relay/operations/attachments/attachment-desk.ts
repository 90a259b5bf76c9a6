import { isLiaisonError } from '../../../foundation/index.ts';
import { MessageKind } from '../../../wire/index.ts';
import type { RelayContext } from '../../parts.ts';
import type { Submissions } from '../../submit-message.ts';
import { ChannelError } from '../channel/errors.ts';
import { completeFiles } from './assemble.ts';
import { enterFile, maxFileBytes } from './enter-file.ts';
import { fileErasure } from './erase-files.ts';
import { openAttachment } from './open-attachment.ts';
import { pieceSender } from './send-pieces.ts';
import { custodyOf, listAttachments } from './show-attachments.ts';
import { takeFiles } from './take-files.ts';
import type { AttachmentDesk } from './types.ts';

/** The attachment desk of this office. */
export function attachmentDesk(context: RelayContext, messages: Submissions): AttachmentDesk {
  const sender = pieceSender(context, messages);
  const erasure = fileErasure(context);
  let running: Promise<void> | undefined;
  let again = false;

  const work = async (): Promise<void> => {
    do {
      again = false;
      await completeFiles(context);
      await sender.sendOn();
    } while (again && !context.desk.failed());
  };

  /** One at a time; what comes meanwhile is looked at right after. */
  const run = (): Promise<void> => {
    if (running !== undefined) again = true;
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    enter: (input) => enterFile(context, input),
    maxBytes: (operation) => {
      const view = context.operations.get(operation);
      if (view === undefined) throw new ChannelError('CHANNEL_OPERATION_UNKNOWN', { context: { operation } });
      return maxFileBytes(view);
    },
    take: (operation, files) => takeFiles(context, operation, files),
    list: (key) => listAttachments(context, key),
    open: (key, by, retrieves) => openAttachment(context, key, by, retrieves),
    custody: (key) => custodyOf(context, key),
    arrived: () => {
      if (context.projection.ofKind(MessageKind.OPERATION_POST).length === 0) return;
      run().catch((cause: unknown) => {
        if (!isLiaisonError(cause)) context.onBug(cause);
      });
    },
    sweep: async () => {
      await erasure.sweep();
      await run();
    },
  };
}
