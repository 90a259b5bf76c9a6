import { useEffect } from 'preact/hooks';
import { addressOf, onEvent, type Resource, read, useResource } from '../../api/index.ts';
import type { Line } from '../../message-list/index.ts';
import { type Message, originQuery } from './message-types.ts';
import { isAbout, mayReplace } from './touching-events.ts';

/**
 * A message, asked again when something happens to it. It may hold photographs: what only might have changed it is
 * looked up in its line first, which is small.
 */
export function useMessage(origin: string, id: string): Resource<Message> {
  const address = `/v1/messages/${encodeURIComponent(id)}${originQuery({ origin })}`;
  const resource = useResource<Message>(address, ['inbox', 'outbox', 'control'], (event) => isAbout(event, id));
  const { value, reload } = resource;
  useEffect(() => {
    if (value === undefined) return undefined;
    const list = value.direction === 'inbound' ? '/v1/inbox' : '/v1/outbox';
    return onEvent((event) => {
      if (isAbout(event, id) || !mayReplace(event, origin)) return;
      read<{ readonly items: readonly Line[] }>(addressOf(list, { id, limit: 1 })).then(
        ({ items: [line] }) => {
          if (line === undefined || line.origin !== origin) return;
          if (line.supersededBy !== value.supersededBy || line.recalled?.id !== value.recalled?.id) void reload();
        },
        // Whatever is wrong is told where the message itself is asked for.
        () => undefined,
      );
    });
  }, [value]);
  return resource;
}
