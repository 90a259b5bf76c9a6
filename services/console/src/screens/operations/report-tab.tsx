import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { may, type Schemas, send, session, useAction, useResource } from '../../api/index.ts';
import { code, listed, nameOf, number, span, t } from '../../i18n/index.ts';
import { OriginalText } from '../../messages/index.ts';
import {
  Button,
  Check,
  DataTable,
  Dialog,
  Facts,
  Loaded,
  Notice,
  Panel,
  PeerText,
  ProblemNotice,
  State,
  Time,
} from '../../ui/index.ts';
import { memberOf } from './acts.ts';
import type { Operation } from './types.ts';

type Report = Schemas['OperationReport'];

/** The after-action report: the same figures at every member once the operation is closed, and who stands by them. */
export function ReportTab({ operation }: { readonly operation: Operation }): JSX.Element {
  const address = `/v1/operations/${encodeURIComponent(operation.id)}/report`;
  const report = useResource<Report>(address, ['operations']);
  return (
    <Loaded resource={report}>
      {(value) => (
        <>
          {value.final ? null : <Notice title={t('operations.report.notFinal')} />}
          <Figures report={value} />
          <Signatures operation={operation} report={value} address={address} onSigned={() => void report.reload()} />
        </>
      )}
    </Loaded>
  );
}

function Figures({ report: { report, lessons, digest } }: { readonly report: Report }): JSX.Element {
  const counts = (values: Readonly<Record<string, unknown>>, list: string): string =>
    listed(Object.entries(values).map(([name, count]) => `${code(list, name)} ${number(Number(count))}`));
  return (
    <>
      <Panel title={t('operations.tab.report')}>
        <Facts
          entries={[
            [t('operations.report.opened'), report.openedAt === null ? undefined : <Time at={report.openedAt} />],
            [t('operations.report.closed'), report.closedAt === null ? undefined : <Time at={report.closedAt} />],
            [t('operations.report.outcomes'), counts(report.outcomesTotal, 'OutcomeType') || t('state.none')],
            [t('operations.report.digest'), <span class="mono small">{digest}</span>],
          ]}
        />
        <p class="row no-print">
          <a
            href={`/v1/operations/${encodeURIComponent(report.operation)}/report?format=html`}
            target="_blank"
            rel="noopener"
            hreflang="en"
          >
            {t('operations.report.page')} ({nameOf('language', 'en')})
          </a>
          <a
            href={`/v1/operations/${encodeURIComponent(report.operation)}/report?format=signed`}
            download={`${report.operation}.report.json`}
          >
            {t('operations.report.signedText')}
          </a>
        </p>
      </Panel>
      <Panel title={t('operations.report.members')}>
        <DataTable
          label={t('operations.report.members')}
          columns={[
            { head: t('operations.log.office') },
            { head: t('operations.report.posts'), numeric: true },
            { head: t('operations.report.byType') },
            { head: t('operations.report.outcomes') },
          ]}
          rows={report.members.map(({ office, posts, stated }) => ({
            key: office,
            cells: [
              office,
              stated ? number(posts) : t('operations.report.notStated'),
              counts(report.posts.find((one) => one.office === office)?.counts ?? {}, 'PostType'),
              counts(report.outcomes.find((one) => one.office === office)?.counts ?? {}, 'OutcomeType'),
            ],
          }))}
        />
      </Panel>
      {report.deliveries.length === 0 ? null : (
        <Panel title={t('operations.report.deliveries')}>
          <DataTable
            label={t('operations.report.deliveries')}
            columns={[
              { head: t('operations.report.fromTo') },
              { head: t('operations.report.delivered'), numeric: true },
              { head: t('operations.report.openedCount'), numeric: true },
              { head: t('operations.report.medianDelivery') },
              { head: t('operations.report.medianOpening') },
              { head: t('operations.report.withheld') },
            ]}
            rows={report.deliveries.map((one) => {
              const kept = report.withheld.find(({ from, to }) => from === one.from && to === one.to);
              return {
                key: `${one.from}>${one.to}`,
                cells: [
                  `${one.from} → ${one.to}`,
                  number(one.delivered),
                  number(one.opened),
                  one.delivered === 0 ? '' : span(one.medianDeliveryMs),
                  one.opened === 0 ? '' : span(one.medianOpeningMs),
                  t('operations.report.withheldWords', { whole: kept?.whole ?? 0, parts: kept?.parts ?? 0 }),
                ],
              };
            })}
          />
        </Panel>
      )}
      {lessons.length === 0 ? null : (
        <Panel title={t('operations.report.lessons')}>
          {lessons.map((lesson) => (
            <div key={`${lesson.office}/${lesson.number}`} class="stack-tight">
              <p>
                <strong>{lesson.office}</strong> {lesson.number}: <PeerText text={lesson.headline} />
              </p>
              <OriginalText text={lesson.text} language={lesson.language === '' ? undefined : lesson.language} />
            </div>
          ))}
        </Panel>
      )}
    </>
  );
}

function Signatures({
  operation,
  report,
  address,
  onSigned,
}: {
  readonly operation: Operation;
  readonly report: Report;
  readonly address: string;
  readonly onSigned: () => void;
}): JSX.Element {
  const { office } = session();
  const action = useAction();
  /** The digest of the report that stood on the screen when the person asked to sign. */
  const [read, setRead] = useState<string | undefined>(undefined);
  const [despite, setDespite] = useState(false);
  const { signatures, contradictions, final } = report;
  const others = [
    ...new Set([
      ...contradictions.map((one) => one.office),
      ...signatures.filter(({ agrees, office: by }) => !agrees && by !== office).map((one) => one.office),
    ]),
  ];
  const hasSigned = signatures.some((one) => one.office === office && one.agrees);
  const isPresent = memberOf(operation, office)?.state === 'joined';
  const sign = async (): Promise<void> => {
    const done = await action.run(async () => {
      await send(`${address}/sign`, {
        body: { digest: read },
        query: { despite: despite && others.length > 0 ? others.join(',') : undefined },
      });
    });
    if (!done) return;
    setRead(undefined);
    onSigned();
  };
  return (
    <Panel title={t('operations.report.signatures')}>
      <ul class="operations-plain stack-tight">
        {operation.members
          .filter(({ joinedAt }) => joinedAt !== null)
          .map((member) => {
            const signature = signatures.find((one) => one.office === member.office);
            return (
              <li key={member.office} class="row">
                <strong>{member.office}</strong>
                {signature === undefined ? (
                  <State shape="ring">{t('operations.charter.notSigned')}</State>
                ) : signature.agrees ? (
                  <State shape="check" tone="good">
                    {t('operations.report.agrees')}
                  </State>
                ) : (
                  <State shape="cross" tone="danger">
                    {t('operations.report.differs')}
                  </State>
                )}
              </li>
            );
          })}
      </ul>
      {contradictions.map((one) => (
        <Notice
          key={`${one.office}/${one.number}`}
          tone="warn"
          title={
            one.number === 0
              ? t('operations.report.contradictsCount', { office: one.office })
              : t('operations.report.contradicts', { office: one.office, number: one.number })
          }
        />
      ))}
      {may('sign-report') && final && isPresent && !hasSigned ? (
        <p class="no-print">
          <Button look="primary" onClick={() => setRead(report.digest)}>
            {t('operations.report.sign')}
          </Button>
        </p>
      ) : null}
      {read === undefined ? null : (
        <Dialog title={t('operations.report.sign')} onClose={() => setRead(undefined)}>
          <p>{t('operations.report.signAbout', { office })}</p>
          <p class="mono">{read}</p>
          {read === report.digest ? null : <Notice tone="warn" title={t('operations.report.changed')} />}
          {others.length === 0 ? null : (
            <Check
              label={t('operations.report.despite', { offices: listed(others) })}
              checked={despite}
              onChecked={setDespite}
            />
          )}
          <ProblemNotice problem={action.problem} />
          <div class="row">
            <Button look="primary" busy={action.busy} onClick={() => void sign()}>
              {t('operations.report.sign')}
            </Button>
            <Button onClick={() => setRead(undefined)}>{t('action.cancel')}</Button>
          </div>
        </Dialog>
      )}
    </Panel>
  );
}
