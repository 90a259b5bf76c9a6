import { addressOf } from '../../api/client.ts';
import type { Key } from '../../i18n/catalogue.ts';

/** What of a message decides what can be done with it. */
interface Actable {
  readonly id: string;
  readonly origin: string;
  readonly direction: 'inbound' | 'outbound';
  readonly kind: string;
  readonly contentState: string;
  readonly recalled?: unknown;
  readonly supersededBy?: string;
  readonly withheldParts?: readonly { readonly by: string }[];
}

/** Something that can be done with a message, on another screen. */
export interface PossibleAction {
  readonly key: Key;
  readonly to: string;
}

const WORKED: ReadonlySet<string> = new Set(['MESSAGE_KIND_ALERT', 'MESSAGE_KIND_REQUEST', 'MESSAGE_KIND_ANSWER']);

/** What a person with these rights can do next with a message, the likeliest first. */
export function possibleActions(message: Actable, may: (action: string) => boolean): readonly PossibleAction[] {
  const { id, origin, kind } = message;
  const isInbound = message.direction === 'inbound';
  const isRecalled = message.recalled !== undefined;
  const actions: readonly (readonly [boolean, Key, string])[] = [
    [
      isInbound && kind === 'MESSAGE_KIND_REQUEST' && !isRecalled && may('submit'),
      'message.do.answer',
      addressOf('/compose/answer', { request: id, origin }),
    ],
    [
      kind === 'MESSAGE_KIND_REQUEST' && may('read-requests'),
      'message.do.request',
      `/requests/${encodeURIComponent(origin)}/${encodeURIComponent(id)}`,
    ],
    [
      isInbound && kind !== 'MESSAGE_KIND_REQUEST' && WORKED.has(kind) && !isRecalled && may('submit'),
      'message.do.ask',
      addressOf('/compose/request', { about: id, origin }),
    ],
    [
      isInbound && WORKED.has(kind) && !isRecalled && may('ask-originator'),
      'message.do.passOn',
      addressOf('/control', { ask: 'consent', message: id, origin }),
    ],
    [
      isInbound &&
        (message.withheldParts ?? []).some(({ by }) => by === origin) &&
        !isRecalled &&
        may('ask-originator'),
      'message.do.openParts',
      addressOf('/control', { ask: 'opening', message: id, origin }),
    ],
    [canChange(message) && may('submit'), 'message.do.update', addressOf('/compose/update', { supersedes: id })],
    [canChange(message) && may('submit'), 'message.do.cancel', addressOf('/compose/cancel', { supersedes: id })],
    [
      !isInbound && WORKED.has(kind) && !isRecalled && may('recall'),
      'message.do.recall',
      addressOf('/control', { ask: 'recall', message: id }),
    ],
  ];
  return actions.filter(([isPossible]) => isPossible).map(([, key, to]) => ({ key, to }));
}

/** An own alert of which no newer version stands and that was not called back. */
function canChange({ direction, kind, recalled, supersededBy }: Actable): boolean {
  return (
    direction === 'outbound' && kind === 'MESSAGE_KIND_ALERT' && recalled === undefined && supersededBy === undefined
  );
}
