import { MessageKind, targetOf } from '../../wire/index.ts';
import type { InboundMessageView, OutboundMessage } from './views.ts';

type AnyMessage = OutboundMessage | InboundMessageView;

/** Finds messages by what their terms are about, and by their kind. */
export interface MessageReferences {
  readonly add: (message: AnyMessage) => void;
  readonly about: (message: string) => readonly AnyMessage[];
  readonly ofKind: (kind: MessageKind) => readonly AnyMessage[];
  /** Those that name that one as what they take the place of; only its origin's. */
  readonly supersededBy: (message: string) => readonly AnyMessage[];
  /** Those that were sent past the hold, in the order in which they came on record. */
  readonly emergencies: readonly AnyMessage[];
}

const NONE: readonly AnyMessage[] = Object.freeze([]);

/** No references yet. Alerts are not listed by kind: there are too many of them, and nobody asks for all. */
export function messageReferences(): MessageReferences {
  const about = new Map<string, AnyMessage[]>();
  const ofKind = new Map<MessageKind, AnyMessage[]>();
  const supersededBy = new Map<string, AnyMessage[]>();
  const emergencies: AnyMessage[] = [];
  const put = <Key>(map: Map<Key, AnyMessage[]>, key: Key, message: AnyMessage): void => {
    const found = map.get(key);
    if (found === undefined) map.set(key, [message]);
    else found.push(message);
  };
  return {
    add: (message) => {
      if (message.supersedes !== '') put(supersededBy, `${message.origin}/${message.supersedes}`, message);
      if (message.emergency !== '' && message.emergency !== false) emergencies.push(message);
      if (message.kind === MessageKind.ALERT) return;
      put(ofKind, message.kind, message);
      const target = targetOf(message.terms);
      if (target !== null) put(about, `${target.origin}/${target.id}`, message);
    },
    about: (message) => about.get(message) ?? NONE,
    ofKind: (kind) => ofKind.get(kind) ?? NONE,
    supersededBy: (message) => supersededBy.get(message) ?? NONE,
    emergencies,
  };
}
