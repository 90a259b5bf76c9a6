import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { number, t } from '../../i18n/index.ts';
import { Age, Button, Facts, Loaded, Panel, State, Time } from '../../ui/index.ts';

type Witness = Schemas['Witness'];

const TOPICS = ['links'] as const;

/** What this office and its neighbours have seen of each other's ledgers. */
export function Witnesses(): JSX.Element {
  const witnesses = useResource<Schemas['Witnesses']>('/v1/ledger/witnesses', TOPICS);
  return (
    <Panel
      title={t('ledger.witnesses')}
      actions={
        <Button busy={witnesses.loading} onClick={() => void witnesses.reload()}>
          {t('ledger.lookAgain')}
        </Button>
      }
    >
      <div class="stack">
        <p>{t('ledger.witnessesAbout')}</p>
        <Loaded resource={witnesses}>
          {({ head, chain, items }) => (
            <>
              <Facts
                entries={[
                  [t('ledger.head'), number(head.number)],
                  [
                    t('ledger.digest'),
                    <span key="digest" class="mono">
                      {head.digest}
                    </span>,
                  ],
                  [
                    t('ledger.chain'),
                    <span key="chain" class="mono">
                      {chain}
                    </span>,
                  ],
                ]}
              />
              <ul class="work-list">
                {items.map((item) => (
                  <li key={item.office} class="finding">
                    <WitnessRow item={item} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </Loaded>
      </div>
    </Panel>
  );
}

function WitnessRow({ item }: { readonly item: Witness }): JSX.Element {
  const { office, heardAt, ofOurs, ofTheirs, faults } = item;
  return (
    <div class="stack-tight">
      <div class="row">
        <h3>{office}</h3>
        <Agreement item={item} />
        {heardAt === null ? null : (
          <span class="muted small">
            {t('ledger.heard')} <Age at={heardAt} />
          </span>
        )}
      </div>
      <Facts
        entries={[
          [
            t('ledger.ofOurs'),
            ofOurs === null ? (
              t('ledger.ofOursNone')
            ) : (
              <>
                {t('ledger.ofOursSaid', { n: number(ofOurs.number), behind: ofOurs.behind })} <Time at={ofOurs.at} />
                <br />
                <span class="mono small">{ofOurs.digest}</span>
              </>
            ),
          ],
          [
            t('ledger.ofTheirs'),
            ofTheirs === null ? (
              t('ledger.ofTheirsNone')
            ) : (
              <>
                {t('ledger.record', { n: number(ofTheirs.number) })} <Time at={ofTheirs.at} />
                <br />
                <span class="mono small">{ofTheirs.digest}</span>
              </>
            ),
          ],
          [
            t('ledger.faults'),
            faults.length === 0 ? null : (
              <span key="faults" class="mono">
                {faults.join(', ')}
              </span>
            ),
          ],
        ]}
      />
    </div>
  );
}

function Agreement({ item: { ofOurs, faults } }: { readonly item: Witness }): JSX.Element {
  if (faults.length > 0 || (ofOurs !== null && ofOurs.comparison !== 'same'))
    return (
      <State shape="cross" tone="danger">
        {t(ofOurs?.comparison === 'ahead' ? 'ledger.comparison.ahead' : 'ledger.comparison.different')}
      </State>
    );
  if (ofOurs === null) return <State shape="ring">{t('ledger.comparison.unknown')}</State>;
  return (
    <State shape="check" tone="good">
      {t('ledger.comparison.same')}
    </State>
  );
}
