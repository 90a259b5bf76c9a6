import type { JSX } from 'preact';
import { may, useResource } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { code, t } from '../../i18n/index.ts';
import { isWorkedOn } from '../../message-list/index.ts';
import { bodyOf } from '../../messages/index.ts';
import { TriageHistory, TriagePanel } from '../../triage/index.ts';
import { Age, Loaded, Page, Panel, PeerText, Precedence, State } from '../../ui/index.ts';
import { Actions, WORK } from './actions.tsx';
import { Banners } from './banners.tsx';
import { CustodyPanel } from './custody-panel.tsx';
import { ExplainPanel, useExplain } from './explain-panel.tsx';
import { FactsPanel } from './facts-panel.tsx';
import { type Message, originQuery } from './message-types.ts';
import { OpenedLine } from './opened-line.tsx';
import { RecipientsPanel } from './recipients-panel.tsx';
import { SaidPanel } from './said-panel.tsx';
import { useMessage } from './use-message.ts';
import './message.css';

/** One message: what it says, what may be done with it, what became of it, and how that is proved. */
export default function MessageScreen({ params }: ScreenProps): JSX.Element {
  const { origin = '', id = '' } = params;
  const message = useMessage(origin, id);
  return (
    <>
      {message.value === undefined ? (
        <Page title={t('nav.message')}>
          <Loaded resource={message}>{() => null}</Loaded>
        </Page>
      ) : (
        <MessagePage message={message.value} />
      )}
    </>
  );
}

function MessagePage({ message }: { readonly message: Message }): JSX.Element {
  const explain = useExplain(message);
  const headline = message.content === null ? undefined : bodyOf(message.content)?.body['headline'];
  return (
    <article class={`message-page${message.drill ? ' drill' : ''}`}>
      <p class="no-print small">
        <Link to={message.direction === 'inbound' ? '/inbox' : '/sent'}>
          {message.direction === 'inbound' ? t('message.toInbox') : t('message.toSent')}
        </Link>
      </p>
      <header class="message-page-head">
        <h1>
          {typeof headline === 'string' && headline !== '' ? (
            <PeerText text={headline} />
          ) : (
            code('MessageKind', message.kind)
          )}
        </h1>
        <HeadLine message={message} />
        <Banners message={message} />
        <OpenedLine key={`${message.origin}/${message.id}`} message={message} />
        <Actions message={message} hasWork={isWorkedOn(message) && may('triage')} />
      </header>
      <div class="message-columns">
        <SaidPanel message={message} sentences={explain.sentences} />
        <div class="message-side stack">
          <FactsPanel message={message} article={explain.article} />
          <Work message={message} />
        </div>
        <div class="message-rest stack">
          {message.direction === 'outbound' ? (
            <RecipientsPanel message={message} sentences={explain.sentences} />
          ) : null}
          <CustodyPanel message={message} />
          <ExplainPanel explain={explain} />
        </div>
      </div>
    </article>
  );
}

/** What it is at a glance. */
function HeadLine({ message }: { readonly message: Message }): JSX.Element {
  return (
    <p class="row small told-apart">
      <Precedence value={message.precedence} />
      <span>{code('MessageKind', message.kind)}</span>
      {message.crimeArea === null ? null : <span>{code('CrimeArea', message.crimeArea)}</span>}
      <span>{message.origin}</span>
      <Age at={message.createdAt} />
      {(message.withheldParts ?? []).length === 0 ? null : <State shape="lock">{t('mark.withheld')}</State>}
    </p>
  );
}

/** What officers of this office do with it, or only what they did. */
function Work({ message }: { readonly message: Message }): JSX.Element | null {
  if (!isWorkedOn(message)) return null;
  if (may('triage'))
    return (
      <div class="panel no-print" id={WORK}>
        <header>
          <h2>{t('triage.title')}</h2>
        </header>
        <TriagePanel message={message} />
      </div>
    );
  return may('read-triage') ? <PastWork message={message} /> : null;
}

function PastWork({ message }: { readonly message: Message }): JSX.Element {
  const steps = useResource<{ readonly steps: Parameters<typeof TriageHistory>[0]['steps'] }>(
    `/v1/messages/${encodeURIComponent(message.id)}/triage${originQuery(message)}`,
    ['inbox', 'outbox'],
  );
  return (
    <Panel title={t('triage.titlePast')}>
      <Loaded resource={steps}>{(value) => <TriageHistory steps={value.steps} />}</Loaded>
    </Panel>
  );
}
