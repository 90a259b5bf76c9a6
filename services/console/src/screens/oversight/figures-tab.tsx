import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { addressOf, useResource } from '../../api/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, Drill, Empty, Loaded, Time } from '../../ui/index.ts';
import { ExportButtons } from './export-buttons.tsx';
import { Holds, Refusals } from './gates.tsx';
import { CrimeAreas, Kinds, Neighbours, OverTime, Precedences } from './messages.tsx';
import { Emergencies, Requests, Triage } from './people.tsx';
import { lastDays, PeriodChoice, queryOf } from './period-choice.tsx';
import { Tiles } from './tiles.tsx';
import type { FigureSet, Figures } from './words.ts';

const USUAL_DAYS = 91;

/** The figures of a period, computed by the office from its ledger when they are asked for. */
export function FiguresTab(): JSX.Element {
  const [period, setPeriod] = useState(() => lastDays(USUAL_DAYS));
  const [drills, setDrills] = useState(false);
  const query = queryOf(period);
  const figures = useResource<Figures>(query === undefined ? null : addressOf('/v1/figures', query));
  return (
    <>
      <div class="figures-choice no-print">
        <PeriodChoice period={period} onPeriod={setPeriod} />
        <div class="row">
          <Button aria-pressed={!drills} onClick={() => setDrills(false)}>
            {t('figures.real')}
          </Button>
          <Button aria-pressed={drills} onClick={() => setDrills(true)}>
            {t('figures.drills')}
          </Button>
          <Button busy={figures.loading} onClick={() => void figures.reload()}>
            {t('figures.again')}
          </Button>
        </div>
      </div>
      {query === undefined ? (
        <Empty>{t('figures.periodWrong')}</Empty>
      ) : (
        <>
          <ExportButtons path="/v1/figures" query={query} />
          <Loaded resource={figures}>
            {({ at, real, drills: exercises }) => (
              <>
                <p class="muted">
                  {t('figures.about')} <Time at={at} />
                </p>
                {drills ? <Drill /> : null}
                <Sections set={drills ? exercises : real} />
              </>
            )}
          </Loaded>
        </>
      )}
    </>
  );
}

function Sections({ set }: { readonly set: FigureSet }): JSX.Element {
  const isEmpty = set.all.length === 0 && set.requests.length === 0;
  if (isEmpty) return <Empty>{t('figures.none')}</Empty>;
  return (
    <>
      <Tiles set={set} />
      <OverTime set={set} />
      <Neighbours set={set} />
      <CrimeAreas set={set} />
      <div class="two-columns">
        <Precedences set={set} />
        <Kinds set={set} />
      </div>
      <Requests set={set} />
      <Holds set={set} />
      <Refusals set={set} />
      <Emergencies set={set} />
      <Triage set={set} />
    </>
  );
}
