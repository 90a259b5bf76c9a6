import type { JSX } from 'preact';
import { may } from '../../api/index.ts';
import { code, t } from '../../i18n/index.ts';
import { TimelineView } from '../../messages/index.ts';
import { Facts, Panel } from '../../ui/index.ts';
import type { Message } from './message-types.ts';
import { ProveIt } from './prove-it.tsx';

/** Who signed what and when, in sentences that can be read aloud, and the file with which a stranger checks them. */
export function CustodyPanel({ message }: { readonly message: Message }): JSX.Element {
  const inbound = message.direction === 'inbound' ? message : undefined;
  return (
    <Panel title={t('message.custody')} {...(may('read-evidence') ? { actions: <ProveIt message={message} /> } : {})}>
      <div class="stack">
        <p class="muted small">{t('message.custodyAbout')}</p>
        <TimelineView signed={message} steps={message.timeline} direction={message.direction} />
        <Facts
          entries={[
            [
              t('message.crossingDigest'),
              inbound === undefined ? undefined : (
                <span key="crossing" class="mono small">
                  {inbound.crossingDigest}
                </span>
              ),
            ],
            [
              t('message.lane'),
              inbound === undefined
                ? undefined
                : t('message.laneNumber', { lane: code('Lane', inbound.lane), number: String(inbound.number) }),
            ],
            [t('message.record'), String(message.record)],
          ]}
        />
        {may('read-evidence') ? null : <p class="small muted no-print">{t('message.evidenceBySupervisor')}</p>}
      </div>
    </Panel>
  );
}
