import type { JSX } from 'preact';
import { addressOf, may } from '../../api/index.ts';
import { go, Link } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { useNeighbours } from '../../boards/links.ts';
import { listed, t } from '../../i18n/index.ts';
import { CopyState, type Line, MessageList, recipientStates } from '../../message-list/index.ts';
import { Page, Select } from '../../ui/index.ts';

const STATES = [
  'held',
  'refused',
  'rejected',
  'expired',
  'failed',
  'queued',
  'sent',
  'accepted',
  'delivered',
  'retrieved',
] as const;

/** What this office said, and how far each copy is. */
export default function Sent({ query }: ScreenProps): JSX.Element {
  const state = STATES.find((one) => one === query.get('state')) ?? '';
  const to = query.get('to') ?? '';
  const neighbours = useNeighbours();
  const offices = [...new Set([...neighbours, ...(to === '' ? [] : [to])])];
  const change = (next: { readonly state?: string; readonly to?: string }) =>
    go(addressOf('/sent', { state, to, ...next }), { replace: true });
  return (
    <Page
      title={t('nav.sent')}
      actions={
        may('submit') ? (
          <Link class="button primary" to="/compose">
            {t('nav.compose')}
          </Link>
        ) : undefined
      }
    >
      <fieldset class="message-filters no-print">
        <legend class="visually-hidden">{t('inbox.filters')}</legend>
        <Select
          label={t('sent.state')}
          value={state}
          options={[
            { value: '', label: t('inbox.any') },
            ...STATES.map((value) => ({ value, label: t(`copy.${value}`) })),
          ]}
          onValue={(value) => change({ state: value })}
        />
        <Select
          label={t('sent.to')}
          value={to}
          options={[{ value: '', label: t('inbox.any') }, ...offices.map((value) => ({ value, label: value }))]}
          onValue={(value) => change({ to: value })}
        />
      </fieldset>
      <MessageList<Line>
        address={addressOf('/v1/outbox', { state, to })}
        topic="outbox"
        label={t('nav.sent')}
        empty={state === '' && to === '' ? t('sent.empty') : t('inbox.emptyFiltered')}
        facts={copiesOf}
      />
    </Page>
  );
}

const copiesOf = (line: Line): JSX.Element => <Copies line={line} />;

/** The state of every copy; offices whose copies are equally far stand together. */
function Copies({ line }: { readonly line: Line }): JSX.Element {
  return (
    <>
      {recipientStates(line.recipients ?? []).map(([state, offices]) => (
        <CopyState key={state} state={state}>
          {listed(offices)}
        </CopyState>
      ))}
    </>
  );
}
