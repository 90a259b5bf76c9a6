import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { may, type Schemas, send, useAction, useResource } from '../../api/index.ts';
import { number, t } from '../../i18n/index.ts';
import { Button, Facts, Loaded, Notice, Panel, ProblemNotice, State, Time } from '../../ui/index.ts';
import { Witnesses } from './witnesses.tsx';

type Check = Schemas['LedgerCheck'];
type Report = Schemas['LedgerReport'];

const LOOK_AGAIN_MS = 1000;

/** Whether the ledger is one unbroken history, and who else knows of it. */
export function LedgerTab(): JSX.Element {
  return (
    <>
      {may('check-ledger') ? <LedgerCheck /> : null}
      <Witnesses />
    </>
  );
}

function LedgerCheck(): JSX.Element {
  const last = useResource<{ readonly check: Check | null }>('/v1/ledger/check');
  const action = useAction();
  const check = last.value?.check ?? null;
  const running = check?.state === 'running';
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => void last.reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [running]);
  const begin = (): void => {
    void action.run(async () => {
      // The answer comes when the check ended, or says that it goes on; meanwhile its progress is looked at.
      const begun = send<Check>('/v1/ledger/check');
      setTimeout(() => void last.reload(), LOOK_AGAIN_MS / 2);
      await begun;
      await last.reload();
    });
  };
  return (
    <Panel
      title={t('ledger.check')}
      actions={
        <Button look="primary" busy={action.busy || running} onClick={begin}>
          {t('ledger.checkNow')}
        </Button>
      }
    >
      <div class="stack">
        <p>{t('ledger.checkAbout')}</p>
        <ProblemNotice problem={action.problem} />
        <Loaded resource={last}>
          {() => (check === null ? <p class="muted">{t('ledger.neverChecked')}</p> : <CheckState check={check} />)}
        </Loaded>
      </div>
    </Panel>
  );
}

function CheckState({ check }: { readonly check: Check }): JSX.Element {
  const { state, records, of, by, startedAt, endedAt, failure, report } = check;
  return (
    <div class="stack" role="status">
      {state === 'running' ? (
        <div class="stack-tight">
          <label for="check-progress">{t('ledger.progress', { n: number(records), of: number(of) })}</label>
          <progress id="check-progress" class="check-progress" max={Math.max(1, of)} value={records} />
        </div>
      ) : null}
      {state === 'failed' ? (
        <Notice tone="danger" title={t('ledger.failed')}>
          <p class="mono">{failure}</p>
        </Notice>
      ) : null}
      {report === null ? null : <Result report={report} />}
      <p class="muted small">
        {t('ledger.checkedBy', { officer: by })} <Time at={endedAt ?? startedAt} />
      </p>
    </div>
  );
}

function Result({ report }: { readonly report: Report }): JSX.Element {
  const { intact, head, counts, findings, dropped } = report;
  return (
    <>
      <Notice tone={intact ? 'good' : 'danger'} title={t(intact ? 'ledger.intact' : 'ledger.broken')}>
        <p>{t(intact ? 'ledger.intactAbout' : 'ledger.brokenAbout', { n: number(counts.records) })}</p>
      </Notice>
      <Facts
        entries={[
          [t('ledger.head'), number(head.number)],
          [
            t('ledger.digest'),
            <span key="digest" class="mono">
              {head.digest}
            </span>,
          ],
          [t('ledger.count.messages'), number(counts.messages)],
          [t('ledger.count.releases'), number(counts.releases)],
          [t('ledger.count.arrivals'), number(counts.arrivals)],
          [t('ledger.count.signatures'), number(counts.signatures)],
          [t('ledger.count.heads'), number(counts.heads)],
        ]}
      />
      {findings.length === 0 ? null : (
        <ul class="work-list">
          {findings.map(({ code, weight, sentence, record, context }, index) => (
            <li key={index} class="finding">
              <div class="row">
                {weight === 'broken' ? (
                  <State shape="cross" tone="danger">
                    {t('ledger.weight.broken')}
                  </State>
                ) : (
                  <State shape="triangle" tone="warn">
                    {t('ledger.weight.notice')}
                  </State>
                )}
                <span>{t('ledger.atRecord', { n: number(record) })}</span>
                <span class="mono small">{code}</span>
              </div>
              <p lang="en">{sentence}</p>
              <p class="muted small mono">{context.map(({ name, value }) => `${name}: ${value}`).join(', ')}</p>
            </li>
          ))}
        </ul>
      )}
      {dropped === 0 ? null : <p>{t('ledger.dropped', { n: dropped })}</p>}
    </>
  );
}
