import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { addressOf, type Schemas, useResource } from '../../api/index.ts';
import { monthName, nameOf, now, number, t } from '../../i18n/index.ts';
import { Loaded, Notice, Panel, Select, State } from '../../ui/index.ts';
import { ExportButtons } from './export-buttons.tsx';
import { Table } from './plots/plot.tsx';
import { categoryText, rangeText } from './words.ts';

type Figures = Schemas['PublicFigures'];

const MOST_MONTHS = 60;
const USUAL_MONTHS = 12;

/** `2029-01`, so many months before the one that runs. */
function monthBefore(count: number): string {
  const today = new Date(now());
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - count, 1)).toISOString().slice(0, 7);
}

/** The figures for publication: what anybody may read, and nothing that gives a single matter away. */
export function PublicTab(): JSX.Element {
  const months = Array.from({ length: MOST_MONTHS }, (_, count) => monthBefore(count));
  const [from, setFrom] = useState(() => monthBefore(USUAL_MONTHS - 1));
  const [until, setUntil] = useState(() => monthBefore(0));
  const query = from <= until ? { from, until } : { from: until, until: from };
  const figures = useResource<Figures>(addressOf('/v1/figures/public', query));
  const options = months.map((month) => ({ value: month, label: monthName(`${month}-01T00:00:00Z`) }));
  return (
    <>
      <p>{t('figures.public.about')}</p>
      <div class="figures-choice no-print">
        <Select label={t('figures.firstMonth')} value={from} options={options} onValue={setFrom} />
        <Select label={t('figures.lastMonth')} value={until} options={options} onValue={setUntil} />
        <a
          class="button"
          href={addressOf('/v1/figures/public', { ...query, format: 'html' })}
          target="_blank"
          rel="noopener"
          hreflang="en"
        >
          {t('figures.public.page')} ({nameOf('language', 'en')})
        </a>
      </div>
      <ExportButtons path="/v1/figures/public" query={query} />
      <Loaded resource={figures}>{(value) => <Published figures={value} />}</Loaded>
    </>
  );
}

function Published({ figures }: { readonly figures: Figures }): JSX.Element {
  const running = figures.months.filter(({ settled }) => !settled);
  return (
    <>
      <Panel title={t('figures.public.months', { step: number(figures.step) })}>
        <Table
          label={t('figures.byMonth')}
          table={{
            heads: [t('figures.month'), t('figures.messages'), t('figures.public.standing')],
            rows: figures.months.map(({ month, total, settled }) => [
              monthName(`${month}-01T00:00:00Z`),
              rangeText(total),
              settled ? (
                <State shape="lock">{t('figures.public.settled')}</State>
              ) : (
                <State shape="clock" tone="warn">
                  {t('figures.public.running')}
                </State>
              ),
            ]),
          }}
        />
        {running.length === 0 ? null : <p class="muted small">{t('figures.public.runningNote')}</p>}
      </Panel>
      <div class="two-columns">
        {figures.sums.map(({ by, told, categories }) => (
          <Panel key={by} title={t(`figures.public.${by}`)}>
            {!told ? (
              <Notice title={t('figures.public.notTold')} />
            ) : categories.length === 0 ? (
              <p class="muted">{t('figures.public.allSmall', { step: number(figures.step) })}</p>
            ) : (
              <Table
                label={t(`figures.public.${by}`)}
                table={{
                  heads: [t(`figures.public.${by}`), t('figures.messages')],
                  rows: categories.map((one) => [categoryText(by, one.category), rangeText(one)]),
                }}
              />
            )}
          </Panel>
        ))}
      </div>
    </>
  );
}
