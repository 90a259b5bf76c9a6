import type { JSX } from 'preact';
import { code, listed, t } from '../../i18n/index.ts';
import { DataTable, PeerText, Reach, type Shape, State, Time, type Tone } from '../../ui/index.ts';
import { languageName } from './names.ts';
import type { ListedOffice } from './offices-tab.tsx';

type FocalPoint = NonNullable<ListedOffice['entry']['focalPoints']>[number];
type Shift = ListedOffice['now']['onDuty'][number];
type OfficeKey = ListedOffice['now']['keys'][number];

/** One office: who is on duty, whom to ask for, and its keys. */
export function Office({ office: { entry, now } }: { readonly office: ListedOffice }): JSX.Element {
  const focalPoints = entry.focalPoints ?? [];
  return (
    <article class="directory-office" aria-label={entry.office}>
      <header class="row">
        <h3>{entry.name === undefined ? entry.office : <PeerText text={entry.name} />}</h3>
        {entry.name === undefined ? null : <span class="mono muted">{entry.office}</span>}
      </header>
      <div class="office-parts">
        <section aria-label={`${entry.office}: ${t('directory.duty')}`} class="stack-tight">
          <h4>{t('directory.duty')}</h4>
          {now.onDuty.length === 0 ? (
            <State shape="ring" tone="warn">
              {t('directory.nobodyOnDuty')}
            </State>
          ) : (
            now.onDuty.map((shift) => <OnDuty key={shift.from} shift={shift} />)
          )}
          {now.next.length === 0 ? null : (
            <ul class="plain-list small">
              {now.next.map((shift) => (
                <li key={shift.from}>
                  {t('directory.next')} <Time at={shift.from} />: <PeerText text={shift.contact} />
                </li>
              ))}
            </ul>
          )}
        </section>
        <section aria-label={`${entry.office}: ${t('directory.focalPoints')}`} class="stack-tight">
          <h4>{t('directory.focalPoints')}</h4>
          {focalPoints.length === 0 ? <p class="muted">{t('state.none')}</p> : null}
          <ul class="plain-list focal-points">
            {focalPoints.map((point, index) => (
              <li key={index}>
                <Contact point={point} />
              </li>
            ))}
          </ul>
        </section>
      </div>
      <Keys office={entry.office} keys={now.keys} />
    </article>
  );
}

function OnDuty({ shift }: { readonly shift: Shift }): JSX.Element {
  return (
    <p>
      <State shape="check" tone="good">
        {t('directory.onDuty')}
      </State>{' '}
      <strong>
        <PeerText text={shift.contact} />
      </strong>{' '}
      <span class="muted small directory-until">
        {t('directory.dutyUntil')} <Time at={shift.until} />
      </span>
    </p>
  );
}

function Contact({ point: { role, name, telephone, email, languages } }: { readonly point: FocalPoint }): JSX.Element {
  return (
    <>
      <strong>
        <PeerText text={role} />
      </strong>
      {name === undefined ? null : (
        <>
          {' '}
          <PeerText text={name} />
        </>
      )}
      <span class="row">
        {telephone === undefined ? null : <Reach telephone={telephone} />}
        {email === undefined ? null : <Reach mail={email} />}
        {languages === undefined || languages.length === 0 ? null : (
          <span class="muted">
            {t('directory.speaks')} {listed(languages.map(languageName))}
          </span>
        )}
      </span>
    </>
  );
}

const KEY_LOOKS: Readonly<Record<OfficeKey['state'], { readonly shape: Shape; readonly tone: Tone }>> = {
  good: { shape: 'check', tone: 'good' },
  'not-yet': { shape: 'clock', tone: 'plain' },
  ended: { shape: 'ring', tone: 'warn' },
  revoked: { shape: 'cross', tone: 'danger' },
};

function Keys({ office, keys }: { readonly office: string; readonly keys: readonly OfficeKey[] }): JSX.Element {
  const bad = keys.filter(({ state }) => state === 'revoked').length;
  return (
    <details class="details">
      <summary>
        {t('directory.keys', { n: keys.length })}
        {bad === 0 ? null : (
          <>
            {' '}
            <State shape="cross" tone="danger">
              {t('directory.key.revoked')}
            </State>
          </>
        )}
      </summary>
      <DataTable
        label={`${office}: ${t('directory.keys', { n: keys.length })}`}
        columns={[
          { head: t('directory.keyUse') },
          { head: t('directory.keyState') },
          { head: t('directory.keyAge'), numeric: true },
          { head: t('directory.keyLeft'), numeric: true },
          { head: t('directory.keyName') },
        ]}
        rows={keys.map(({ kid, use, state, ageDays, daysLeft }) => ({
          key: `${use}/${kid}`,
          cells: [
            code('KeyUse', use),
            <State key="state" shape={KEY_LOOKS[state].shape} tone={KEY_LOOKS[state].tone}>
              {t(`directory.key.${state}`)}
            </State>,
            t('directory.days', { n: ageDays }),
            t('directory.days', { n: daysLeft }),
            <span key="name" class="mono small">
              {kid}
            </span>,
          ],
        }))}
      />
    </details>
  );
}
