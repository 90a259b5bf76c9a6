import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { t } from '../../i18n/index.ts';
import { Empty, Panel, RuleSentence } from '../../ui/index.ts';
import { BarRows } from './plots/bar-rows.tsx';
import { countText, Table } from './plots/plot.tsx';
import { type FigureSet, timeText } from './words.ts';

const WAYS = ['outbound', 'inbound'] as const;

function gateText(direction: 'outbound' | 'inbound'): string {
  return t(direction === 'outbound' ? 'figures.exportGate' : 'figures.importGate');
}

/** What waited for a person's release, by the policy that held it. */
export function Holds({ set }: { readonly set: FigureSet }): JSX.Element {
  return (
    <Panel title={t('figures.holds')}>
      {set.holds.length === 0 ? (
        <Empty>{t('figures.noHolds')}</Empty>
      ) : (
        <Table
          label={t('figures.holds')}
          table={{
            words: 1,
            heads: [
              t('figures.policy'),
              t('figures.gate'),
              t('figures.hold.waiting'),
              t('figures.hold.released'),
              t('figures.hold.rejected'),
              t('figures.hold.expired'),
              t('figures.waited'),
              t('figures.waitedNinetieth'),
            ],
            rows: set.holds.map(({ policy, direction, states, waited }) => [
              policy === null ? <strong>{t('figures.allPolicies')}</strong> : <span class="mono">{policy}</span>,
              gateText(direction),
              countText(states.waiting),
              countText(states.released),
              countText(states.rejected),
              countText(states.expired),
              timeText(waited, 'medianSeconds'),
              timeText(waited, 'ninetiethSeconds'),
            ]),
          }}
        />
      )}
    </Panel>
  );
}

/** What the policies refused or withheld, each with the sentence that it gives as its reason. */
export function Refusals({ set }: { readonly set: FigureSet }): JSX.Element {
  const policies = useResource<{ readonly items: readonly Schemas['PolicyBundle'][] }>('/v1/policies', POLICY_TOPICS);
  const sentenceOf = (name: string): string | undefined =>
    policies.value?.items.flatMap((bundle) => bundle.policies).find((policy) => policy.name === name)?.sentence;
  return (
    <Panel title={t('figures.refusals')}>
      <div class="stack">
        {set.refusals.length === 0 ? <Empty>{t('figures.noRefusals')}</Empty> : null}
        {WAYS.map((way) => {
          const rows = set.refusals.filter(({ direction }) => direction === way);
          if (rows.length === 0) return null;
          return (
            <div key={way} class="stack-tight">
              <h3>{gateText(way)}</h3>
              <BarRows
                label={`${t('figures.refusals')}: ${gateText(way)}`}
                head={t('figures.policy')}
                series={[t('figures.refusedWhole'), t('figures.refusedPart')]}
                looks={['cross', 'hatch']}
                rows={rows.map(({ policy, refused, withheld }) => ({
                  key: policy,
                  name: (
                    <span class="stack-tight">
                      <span class="mono">{policy}</span>
                      <span class="muted small">
                        <RuleSentence text={sentenceOf(policy)} />
                      </span>
                    </span>
                  ),
                  counts: [refused, withheld],
                }))}
              />
            </div>
          );
        })}
        <p class="muted small">{t('figures.refusalsNote', { n: set.refusals.length })}</p>
      </div>
    </Panel>
  );
}

const POLICY_TOPICS = ['documents'] as const;
