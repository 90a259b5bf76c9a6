import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { messagePath } from '../../boards/index.ts';
import { code, t } from '../../i18n/index.ts';
import { bodyOf, ContentView, type Json } from '../../messages/index.ts';
import { Button, Drill, Facts, Loaded, Notice, Page, Panel, PeerText, Precedence, Time } from '../../ui/index.ts';
import { Answers } from './answers.tsx';
import { LifePanel } from './life-panel.tsx';
import { LifeTimeline } from './life-timeline.tsx';

type Detail = Schemas['RequestDetail'];

/** One request: what is asked, how it stands with each office, what can be done now, and its life. */
export default function RequestScreen({ params }: ScreenProps): JSX.Element {
  const { id = '', origin = '' } = params;
  const query = `origin=${encodeURIComponent(origin)}`;
  const request = useResource<Detail>(`/v1/requests/${encodeURIComponent(id)}?${query}`, ['requests']);
  const headline = headlineOf(request.value);
  return (
    <Page
      title={headline === undefined ? t('requests.page', { office: origin }) : <PeerText text={headline} />}
      actions={
        <>
          <Link class="button" to={`/requests?side=${request.value?.side ?? 'asked'}`}>
            {t('requests.back')}
          </Link>
          <Link class="button plain" to={messagePath(origin, id)}>
            {t('requests.asMessage')}
          </Link>
          <Button look="plain" onClick={() => print()}>
            {t('action.print')}
          </Button>
        </>
      }
    >
      <Loaded resource={request}>
        {(read) => (
          <div class={read.drill ? 'stack board-drill' : 'stack'}>
            {read.lives.map((life) => (
              <LifePanel key={life.asked} request={read} life={life} reload={request.reload} />
            ))}
            <Asked request={read} />
            <Answers request={read} />
            {read.lives.map((life) => (
              <Panel
                key={life.asked}
                title={t('requests.timeline', { office: read.side === 'asking' ? life.asked : life.asking })}
              >
                <LifeTimeline request={read} life={life} />
              </Panel>
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

/** What it is about in its own words, where they are here. */
function headlineOf(request: Detail | undefined): string | undefined {
  const headline = bodyOf((request?.content ?? {}) as Json)?.body['headline'];
  return typeof headline === 'string' && headline !== '' ? headline : undefined;
}

function Asked({ request }: { readonly request: Detail }): JSX.Element {
  const content = (request.content ?? null) as Json | null;
  const { purpose, handling, caseReference } = (content ?? {}) as Readonly<Record<string, string | undefined>>;
  return (
    <Panel title={t('requests.whatIsAsked')}>
      <div class="stack">
        <div class="row">
          <Precedence value={request.precedence} />
          {request.drill ? <Drill /> : null}
        </div>
        <Facts
          entries={[
            [t('requests.fact.class'), code('ResponseClass', request.responseClass)],
            [t('requests.fact.asked'), <Time key="asked" at={request.createdAt} />],
            [t('requests.fact.expires'), <Time key="expires" at={request.expiresAt} />],
            [t('requests.fact.by'), request.submittedBy],
            [t('held.fact.purpose'), purpose === undefined ? undefined : code('Purpose', purpose)],
            [t('held.fact.handling'), handling === undefined ? undefined : code('HandlingCode', handling)],
            [
              t('held.fact.case'),
              caseReference === undefined ? undefined : <PeerText key="case" text={caseReference} />,
            ],
          ]}
        />
        {content === null ? (
          <Notice title={t('requests.contentGone')} />
        ) : (
          <ContentView content={content} withheld={request.withheldParts ?? []} headline={false} />
        )}
      </div>
    </Panel>
  );
}
