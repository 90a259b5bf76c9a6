import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { MessageLink, ResultNotice } from '../../boards/index.ts';
import { code, dateTime, t } from '../../i18n/index.ts';
import { Loaded, PeerText } from '../../ui/index.ts';

type Hold = Schemas['Hold'];

/** What became of a crossing that waits no more: who ended it, when, and why. */
export function HeldEnded({ id }: { readonly id: string }): JSX.Element {
  const [direction = '', origin = '', messageId = '', peer = ''] = id.split('.');
  const message = useResource<Schemas['Message']>(
    `/v1/messages/${encodeURIComponent(messageId)}?origin=${encodeURIComponent(origin)}`,
    ['held', 'outbox', 'inbox'],
  );
  return (
    <Loaded resource={message}>
      {(read) => {
        const hold = holdOf(read, direction, peer);
        return (
          <div class="stack">
            <ResultNotice tone="accent" title={t('held.over')}>
              {hold === null ? null : (
                <>
                  <p>
                    {t(hold.by === '' ? 'held.overByNode' : 'held.overBy', {
                      what: code('HoldResolution', hold.resolution),
                      name: hold.by,
                      at: dateTime(hold.at),
                    })}
                  </p>
                  {(hold.approvals ?? []).map((approval) => (
                    <p key={approval.at}>
                      {t('held.approvedBy', {
                        name: approval.by,
                        role: t(`role.${approval.role}` as 'role.officer'),
                        at: dateTime(approval.at),
                      })}
                    </p>
                  ))}
                  {hold.reason === '' ? null : <PeerText text={hold.reason} block />}
                </>
              )}
            </ResultNotice>
            <p>
              <MessageLink origin={origin} id={messageId} />
            </p>
          </div>
        );
      }}
    </Loaded>
  );
}

function holdOf(message: Schemas['Message'], direction: string, peer: string): Hold | null {
  const { hold, recipients } = message as {
    readonly hold?: Hold | null;
    readonly recipients?: readonly { readonly office: string; readonly hold: Hold | null }[];
  };
  if (direction === 'inbound') return hold ?? null;
  return recipients?.find(({ office }) => office === peer)?.hold ?? null;
}
