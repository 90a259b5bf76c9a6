import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { may, type Schemas, send, useAction } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { code, dateTime, t } from '../../i18n/index.ts';
import { bodyOf, ContentView } from '../../messages/index.ts';
import { Button, Drill, PeerText, ProblemNotice, State, type Tone } from '../../ui/index.ts';

type Message = Schemas['RegionMessage'];

const STATES: Readonly<Record<Message['state'], Tone>> = {
  current: 'good',
  superseded: 'plain',
  expired: 'plain',
  withdrawn: 'warn',
  refused: 'danger',
};
const SHAPES = {
  current: 'check',
  superseded: 'ring',
  expired: 'clock',
  withdrawn: 'cross',
  refused: 'cross',
} as const;

/** One thing that the region was told: a line, and on demand all that it says. */
export function BulletinItem({
  message,
  onChanged,
}: {
  readonly message: Message;
  readonly onChanged: () => void;
}): JSX.Element {
  const { origin, id, state, corridor, crimeArea, urgency, direction } = message;
  const content = message.content ?? null;
  const headline = headlineOf(content);
  return (
    <article class={message.drill ? 'panel bulletins-item drill' : 'panel bulletins-item'}>
      <div class="row told-apart">
        {message.drill ? <Drill /> : null}
        <State shape={SHAPES[state]} tone={STATES[state]}>
          {t(`bulletins.state.${state}`)}
        </State>
        <span class="muted">{code('Urgency', urgency)}</span>
        <span class="muted">{code('Corridor', corridor)}</span>
        <span class="muted">{code('CrimeArea', crimeArea)}</span>
      </div>
      <h2>
        {headline === '' ? code('MessageKind', message.kind) : <PeerText text={headline} lang={message.language} />}
      </h2>
      <p class="small">
        {t('bulletins.by', { origin, at: dateTime(message.releasedAt), until: dateTime(message.expiresAt) })}
      </p>
      {message.withdrawnAt === undefined ? null : (
        <p>{t('bulletins.withdrawnAt', { at: dateTime(message.withdrawnAt) })}</p>
      )}
      {content === null ? (
        <p class="muted">{t('bulletins.noContent')}</p>
      ) : (
        <details class="details">
          <summary>{t('bulletins.read')}</summary>
          <ContentView content={content} withheld={message.withheldParts ?? []} headline={false} />
        </details>
      )}
      {message.outcome === 'refused' ? (
        <p class="small">{t('bulletins.refusedBy', { policies: message.policies.join(', ') })}</p>
      ) : null}
      <div class="row no-print">
        {direction === 'outbound' && message.kind === 'MESSAGE_KIND_ALERT' ? (
          <Link class="button" to={`/messages/${encodeURIComponent(origin)}/${encodeURIComponent(id)}`}>
            {t('nav.message')}
          </Link>
        ) : null}
        {direction === 'outbound' && state === 'current' && may('tell-region') ? (
          <>
            <Link class="button" to={`/compose/bulletin?supersedes=${encodeURIComponent(id)}`}>
              {t('bulletins.update')}
            </Link>
            <Withdraw id={id} onChanged={onChanged} />
          </>
        ) : null}
      </div>
    </article>
  );
}

/** Asks once more: what was withdrawn does not come back. */
function Withdraw({ id, onChanged }: { readonly id: string; readonly onChanged: () => void }): JSX.Element {
  const [asked, setAsked] = useState(false);
  const action = useAction();
  const withdraw = async (): Promise<void> => {
    const done = await action.run(() => send(`/v1/bulletins/${encodeURIComponent(id)}/withdraw`));
    if (done) onChanged();
  };
  return (
    <>
      {asked ? (
        <>
          <span>{t('bulletins.withdrawAbout')}</span>
          <Button look="danger" busy={action.busy} onClick={() => void withdraw()}>
            {t('bulletins.withdraw')}
          </Button>
          <Button onClick={() => setAsked(false)}>{t('action.cancel')}</Button>
        </>
      ) : (
        <Button look="danger" onClick={() => setAsked(true)}>
          {t('bulletins.withdraw')}
        </Button>
      )}
      <ProblemNotice problem={action.problem} />
    </>
  );
}

function headlineOf(content: unknown): string {
  const headline = bodyOf((content ?? {}) as Parameters<typeof bodyOf>[0])?.body['headline'];
  return typeof headline === 'string' ? headline : '';
}
