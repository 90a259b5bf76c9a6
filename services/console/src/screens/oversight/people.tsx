import type { JSX } from 'preact';
import { code, number, t } from '../../i18n/index.ts';
import { Empty, Facts, Panel } from '../../ui/index.ts';
import { BarRows } from './plots/bar-rows.tsx';
import { countText, Table } from './plots/plot.tsx';
import { type FigureSet, timeText } from './words.ts';

/** Requests by neighbour and side, and how long they took. */
export function Requests({ set }: { readonly set: FigureSet }): JSX.Element {
  return (
    <Panel title={t('figures.requests')}>
      {set.requests.length === 0 ? (
        <Empty>{t('figures.noRequests')}</Empty>
      ) : (
        <Table
          label={t('figures.requests')}
          table={{
            words: 1,
            heads: [
              t('figures.office'),
              t('figures.way'),
              t('figures.request.open'),
              t('figures.request.overdue'),
              t('figures.request.answered'),
              t('figures.request.refused'),
              t('figures.request.withdrawn'),
              t('figures.request.expired'),
              t('figures.request.late'),
              t('figures.toAcknowledge'),
              t('figures.toAnswer'),
              t('figures.toAnswerNinetieth'),
            ],
            rows: set.requests.map((row) => [
              row.office,
              t(row.side === 'asking' ? 'figures.weAsked' : 'figures.theyAsked'),
              countText(row.open),
              countText(row.overdue),
              countText(row.answered),
              countText(row.refused),
              countText(row.withdrawn),
              countText(row.expired),
              countText(row.late),
              timeText(row.toAcknowledge, 'medianSeconds'),
              timeText(row.toAnswer, 'medianSeconds'),
              timeText(row.toAnswer, 'ninetiethSeconds'),
            ]),
          }}
        />
      )}
    </Panel>
  );
}

/** What went past the hold for danger to life, and what oversight made of it. */
export function Emergencies({ set }: { readonly set: FigureSet }): JSX.Element {
  const { sent, received, findings, ...reviews } = set.emergencies;
  return (
    <Panel title={t('figures.emergencies')}>
      {sent + received === 0 && reviews.reviewsClosed + reviews.reviewsOpen + reviews.reviewsOverdue === 0 ? (
        <Empty>{t('figures.noEmergencies')}</Empty>
      ) : (
        <Facts
          entries={[
            [t('figures.outbound'), number(sent)],
            [t('figures.inbound'), number(received)],
            [t('figures.review.open'), number(reviews.reviewsOpen)],
            [t('figures.review.overdue'), number(reviews.reviewsOverdue)],
            [t('figures.review.closed'), number(reviews.reviewsClosed)],
            [t('figures.review.late'), number(reviews.reviewsClosedLate)],
            ...findings.map(({ finding, count }): readonly [string, string] => [
              code('ReviewFinding', finding),
              number(count),
            ]),
          ]}
        />
      )}
    </Panel>
  );
}

/** What officers made of what was delivered here. */
export function Triage({ set }: { readonly set: FigureSet }): JSX.Element {
  const { untouched, inWork, closed, outcomes, toClose } = set.triage;
  return (
    <Panel title={t('figures.triage')}>
      <div class="stack">
        <Facts
          entries={[
            [t('figures.triage.untouched'), number(untouched)],
            [t('figures.triage.inWork'), number(inWork)],
            [t('figures.triage.closed'), number(closed)],
            [t('figures.toClose'), timeText(toClose, 'medianSeconds')],
          ]}
        />
        {outcomes.length === 0 ? null : (
          <BarRows
            label={t('figures.triage.outcomes')}
            head={t('figures.triage.outcome')}
            series={[t('figures.messages')]}
            rows={outcomes.map(({ outcome, count }) => ({
              key: outcome,
              name: code('TriageOutcome', outcome),
              counts: [count],
            }))}
          />
        )}
      </div>
    </Panel>
  );
}
