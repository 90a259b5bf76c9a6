import type { CustodyView } from '../../../ledger/index.ts';
import { attachedFileCodec, CustodyAction } from '../../../wire/index.ts';
import { RelayError } from '../../errors.ts';
import type { RelayContext } from '../../parts.ts';
import { attachmentOf } from './attachment-parts.ts';
import { custodyAfter } from './custody-event.ts';
import { AttachmentsError } from './errors.ts';
import type { TakenFiles } from './types.ts';

const MAX_FILE_CONTENT_BYTES = 4096;

/** The file, handed in for that operation and with no post yet. @throws AttachmentsError ATTACHMENTS_FILE_UNKNOWN. */
function waitingFile({ projection }: RelayContext, operation: string, file: string): CustodyView {
  const history = projection.custody.ofFile(file);
  const [entered] = history;
  const isWaiting = entered?.action === CustodyAction.ENTERED && history.length === 1;
  if (entered === undefined || !isWaiting || entered.operation !== operation)
    throw new AttachmentsError('ATTACHMENTS_FILE_UNKNOWN', { context: { operation } });
  return entered;
}

/** The label of the file at that place of a post. */
function labelOf(place: number): string {
  return `A${place + 1}`;
}

/** Makes the parts of a post that open these files. @throws as `AttachmentDesk.take`. */
export async function takeFiles(
  context: RelayContext,
  operation: string,
  files: readonly string[],
): Promise<TakenFiles> {
  const attachments = await Promise.all(
    files.map(async (name, place) => {
      const entered = waitingFile(context, operation, name);
      const bytes = entered.fileContent === null ? undefined : await context.content.get(entered.fileContent);
      if (bytes === undefined) throw new RelayError('RELAY_CONTENT_GONE');
      const file = attachedFileCodec.decode(bytes, MAX_FILE_CONTENT_BYTES);
      return attachmentOf(labelOf(place), entered.mediaType, entered.category, file);
    }),
  );
  return {
    attachments,
    attached: (post) =>
      files.map((name, place) =>
        custodyAfter(waitingFile(context, operation, name), post, {
          action: CustodyAction.ATTACHED,
          by: '',
          label: labelOf(place),
        }),
      ),
  };
}
