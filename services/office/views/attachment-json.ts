import { rfc3339 } from '../../core/foundation/index.ts';
import type { AttachmentView, CustodyReport, FileEntered, FileHolder } from '../../core/relay/index.ts';
import { codeName } from './code-names.ts';

type Json = Readonly<Record<string, unknown>>;

function holderJson({ office, state, pieces, code }: FileHolder): Json {
  return { office, state, pieces, code };
}

/** A file that was handed in. */
export function enteredJson({ mediaType, category, ...file }: FileEntered): Json {
  return { ...file, mediaType: codeName('MediaType', mediaType), category: codeName('DataCategory', category) };
}

/** A file of a post, with how many of its pieces are here, and how far an own one is with each member. */
export function attachmentJson({ mediaType, category, holders, ...file }: AttachmentView): Json {
  return {
    ...file,
    mediaType: codeName('MediaType', mediaType),
    category: codeName('DataCategory', category),
    holders: holders.map(holderJson),
  };
}

/** The chain of custody of a file. */
export function custodyJson(report: CustodyReport): Json {
  return {
    ...report,
    mediaType: codeName('MediaType', report.mediaType),
    category: codeName('DataCategory', report.category),
    lines: report.lines.map(({ atMs, ...line }) => ({ at: rfc3339(atMs), ...line })),
    holders: report.holders.map(holderJson),
  };
}
