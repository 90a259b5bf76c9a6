import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { may, type Schemas, send, useAction, useResource } from '../../api/index.ts';
import { ContractForm, findFaults, type JsonObject, prepare } from '../../forms/index.ts';
import { code, listed, nameOf, t } from '../../i18n/index.ts';
import { Button, Empty, Facts, focusFirstError, Loaded, Panel, ProblemNotice, State, Time } from '../../ui/index.ts';

type Subscription = Schemas['Subscription'];

/** What this office asks the region for: made, changed and ended by who may. */
export function Subscriptions(): JSX.Element {
  const list = useResource<{ readonly items: readonly Subscription[] }>('/v1/subscriptions', ['region']);
  const [adding, setAdding] = useState(false);
  const reload = (): void => void list.reload();
  return (
    <>
      {may('subscribe') ? (
        <div>
          <Button aria-expanded={adding} onClick={() => setAdding(!adding)}>
            {t('bulletins.subscribe')}
          </Button>
        </div>
      ) : null}
      {adding ? (
        <Panel title={t('bulletins.subscribe')}>
          <SubscriptionForm
            onDone={() => {
              setAdding(false);
              reload();
            }}
          />
        </Panel>
      ) : null}
      <Loaded resource={list}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('bulletins.noSubscription')}</Empty>
          ) : (
            <div class="stack">
              {items.map((subscription) => (
                <OneSubscription
                  key={`${subscription.id}/${subscription.hub}`}
                  subscription={subscription}
                  onChanged={reload}
                />
              ))}
            </div>
          )
        }
      </Loaded>
    </>
  );
}

function SubscriptionForm({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const [value, setValue] = useState<JsonObject>({});
  const [faults, setFaults] = useState<ReturnType<typeof findFaults>>([]);
  const form = useRef<HTMLFormElement>(null);
  const action = useAction();
  const submit = async (): Promise<void> => {
    const found = findFaults('SubscriptionSubmission', value);
    setFaults(found);
    const done =
      found.length === 0 &&
      (await action.run(() => send('/v1/subscriptions', { body: prepare('SubscriptionSubmission', value) })));
    if (done) onDone();
    else focusFirstError(form.current);
  };
  return (
    <form
      ref={form}
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p>{t('bulletins.subscribeAbout')}</p>
      <ContractForm
        message="SubscriptionSubmission"
        value={value}
        onChange={setValue}
        faults={[...faults, ...(action.problem?.faults ?? [])]}
        only={['corridors', 'crimeAreas', 'urgencies', 'nations', 'languages', 'backfillDays']}
      />
      <ProblemNotice problem={action.problem} />
      <div>
        <Button type="submit" look="primary" busy={action.busy}>
          {t('bulletins.subscribe')}
        </Button>
      </div>
    </form>
  );
}

function OneSubscription({
  subscription,
  onChanged,
}: {
  readonly subscription: Subscription;
  readonly onChanged: () => void;
}): JSX.Element {
  const action = useAction();
  const codes = (list: string, values: readonly string[]): string =>
    values.length === 0 ? t('bulletins.all') : listed(values.map((value) => code(list, value)));
  const { id, hub, ended, taken } = subscription;
  return (
    <Panel
      title={hub}
      actions={
        ended ? (
          <State shape="cross">{t('bulletins.ended')}</State>
        ) : taken ? (
          <State shape="check" tone="good">
            {t('bulletins.taken')}
          </State>
        ) : (
          <State shape="clock" tone="warn">
            {t('bulletins.notTaken')}
          </State>
        )
      }
    >
      <div class="stack">
        <Facts
          entries={[
            [t('bulletins.corridor'), codes('Corridor', subscription.corridors)],
            [t('bulletins.crimeArea'), codes('CrimeArea', subscription.crimeAreas)],
            [t('bulletins.urgency'), codes('Urgency', subscription.urgencies)],
            [
              t('bulletins.nations'),
              listed(subscription.nations.map((one) => nameOf('region', one))) || t('bulletins.all'),
            ],
            [
              t('bulletins.languages'),
              listed(subscription.languages.map((one) => nameOf('language', one))) || t('bulletins.all'),
            ],
            [t('bulletins.since'), <Time key="since" at={subscription.since} />],
            [t('bulletins.subscribedBy'), subscription.by],
          ]}
        />
        {!ended && may('subscribe') ? (
          <div>
            <Button
              look="danger"
              busy={action.busy}
              aria-label={`${t('bulletins.end')}: ${hub}`}
              onClick={() =>
                void action
                  .run(() => send(`/v1/subscriptions/${encodeURIComponent(id)}/end`))
                  .then((done) => (done ? onChanged() : undefined))
              }
            >
              {t('bulletins.end')}
            </Button>
          </div>
        ) : null}
        <ProblemNotice problem={action.problem} />
      </div>
    </Panel>
  );
}
