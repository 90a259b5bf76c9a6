import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { may, type Schemas, send, session, useAction, useResource } from '../../api/index.ts';
import { BoardEntry, BoardList, byDue, MessageLink, ResultNotice } from '../../boards/index.ts';
import { dateTime, t } from '../../i18n/index.ts';
import { Age, Button, Countdown, Drill, Empty, Facts, Loaded, PeerText, ProblemNotice, Time } from '../../ui/index.ts';

type Lookout = Schemas['LookoutItem'];

const STATES = ['active', 'ended', 'expired'] as const;

/** Whom and what this office looks for: what ends first stands first. */
export function Lookouts(): JSX.Element {
  const [state, setState] = useState<(typeof STATES)[number]>('active');
  // An entry that was ended leaves the list, so that it was done is said above it.
  const [ended, setEnded] = useState<string>();
  const lookouts = useResource<{ readonly items: readonly Lookout[] }>(`/v1/lookouts?state=${state}`, ['hits']);
  return (
    <>
      <p class="muted">{t('hits.aboutLookouts')}</p>
      <div class="row no-print">
        {STATES.map((one) => (
          <Button key={one} aria-pressed={one === state} onClick={() => setState(one)}>
            {t(`hits.lookouts.${one}`)}
          </Button>
        ))}
      </div>
      {ended === undefined ? null : <ResultNotice key={ended} title={t('hits.lookoutEnded')} />}
      <Loaded resource={lookouts}>
        {({ items }) => (
          <section class="stack-tight" aria-label={t(`hits.lookouts.${state}`)}>
            <h2>{t('hits.lookoutCount', { n: items.length })}</h2>
            {items.length === 0 ? (
              <Empty>{t('hits.emptyLookouts')}</Empty>
            ) : (
              <BoardList label={t(`hits.lookouts.${state}`)}>
                {[...items].sort(lookoutOrder).map((lookout) => (
                  <LookoutEntry
                    key={lookout.id}
                    lookout={lookout}
                    onEnded={() => {
                      setEnded(lookout.id);
                      void lookouts.reload();
                    }}
                  />
                ))}
              </BoardList>
            )}
          </section>
        )}
      </Loaded>
    </>
  );
}

function LookoutEntry({ lookout, onEnded }: { readonly lookout: Lookout; readonly onEnded: () => void }): JSX.Element {
  const action = useAction();
  const [isSure, setIsSure] = useState(false);
  const { caseReference, submittedBy, state } = lookout;
  const end = async (): Promise<void> => {
    if (await action.run(async () => void (await send(`/v1/lookouts/${encodeURIComponent(lookout.id)}/end`))))
      onEnded();
  };
  return (
    <BoardEntry
      drill={lookout.drill}
      title={caseReference === null ? t('hits.lookoutOf', { name: submittedBy }) : <PeerText text={caseReference} />}
      end={
        state === 'active' ? (
          <Countdown until={lookout.expiresAt} soonMs={86_400_000} />
        ) : (
          <Age at={lookout.endedAt ?? lookout.expiresAt} />
        )
      }
      summary={
        <div class="row small muted">
          {lookout.drill ? <Drill /> : null}
          {t('hits.by', { name: submittedBy })} · <Age at={lookout.createdAt} />
        </div>
      }
    >
      <Facts
        entries={[
          [t('hits.whom'), <MessageLink key="message" origin={session().office} id={lookout.id} />],
          [t('hits.since'), <Time key="since" at={lookout.createdAt} />],
          [t('hits.until'), <Time key="until" at={lookout.expiresAt} />],
          [
            t('hits.endedBy'),
            lookout.endedAt === null
              ? undefined
              : t('hits.endedByAt', { name: lookout.endedBy ?? '', at: dateTime(lookout.endedAt) }),
          ],
        ]}
      />
      <ProblemNotice problem={action.problem} />
      {state === 'active' && may('keep-lookouts') ? (
        <div class="row no-print">
          {isSure ? (
            <>
              <Button look="danger" busy={action.busy} onClick={() => void end()}>
                {t('hits.endSure')}
              </Button>
              <Button look="plain" onClick={() => setIsSure(false)}>
                {t('action.cancel')}
              </Button>
            </>
          ) : (
            <Button onClick={() => setIsSure(true)}>{t('hits.end')}</Button>
          )}
        </div>
      ) : null}
    </BoardEntry>
  );
}

function lookoutOrder(a: Lookout, b: Lookout): number {
  return byDue({ dueAt: a.expiresAt, createdAt: a.createdAt }, { dueAt: b.expiresAt, createdAt: b.createdAt });
}
