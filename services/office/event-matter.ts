import type { AnyMessage } from '../core/ledger/index.ts';
import type { Label, MatterFacts } from '../core/telemetry/index.ts';
import { MessageKind, type MessageTerms, type OperationRef, targetOf } from '../core/wire/index.ts';

const KINDS: Readonly<Record<MessageKind, Label<'messageKind'>>> = {
  [MessageKind.UNSPECIFIED]: 'alert',
  [MessageKind.ALERT]: 'alert',
  [MessageKind.REQUEST]: 'request',
  [MessageKind.REQUEST_STEP]: 'request-step',
  [MessageKind.ANSWER]: 'answer',
  [MessageKind.LOOKOUT]: 'lookout',
  [MessageKind.SEARCH]: 'search',
  [MessageKind.SEARCH_RESULT]: 'search-result',
  [MessageKind.RECALL]: 'recall',
  [MessageKind.RECALL_ANSWER]: 'recall-answer',
  [MessageKind.CONSENT_REQUEST]: 'consent-request',
  [MessageKind.CONSENT]: 'consent',
  [MessageKind.PART_REQUEST]: 'part-request',
  [MessageKind.REVIEW]: 'review',
  [MessageKind.OPERATION_CHARTER]: 'operation-charter',
  [MessageKind.OPERATION_ACT]: 'operation-act',
  [MessageKind.OPERATION_POST]: 'operation-post',
  [MessageKind.OPERATION_GAP]: 'operation-gap',
  [MessageKind.ATTACHMENT_CHUNK]: 'attachment-chunk',
  [MessageKind.BULLETIN]: 'bulletin',
};

/** What a message is about, in ids: enough to look again at the lists that it changes and at no others. */
export function matterOf(message: AnyMessage | undefined): MatterFacts {
  if (message === undefined) return { messageKind: KINDS[MessageKind.UNSPECIFIED] };
  const target = targetOf(message.terms);
  const operation = operationOf(message.terms);
  return {
    messageKind: KINDS[message.kind],
    ...(message.supersedes === '' ? {} : { supersedes: message.supersedes }),
    ...(target === null ? {} : { aboutOrigin: target.origin, aboutId: target.id }),
    ...(operation === '' ? {} : { operation }),
  };
}

/** The operation that terms name; empty where they name none. */
function operationOf(terms: MessageTerms | null): string {
  for (const one of Object.values(terms ?? {}) as readonly ({ readonly operation?: OperationRef | null } | null)[])
    if (one?.operation) return one.operation.operation;
  return '';
}
