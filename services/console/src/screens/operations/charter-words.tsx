import type { ComponentChildren, JSX } from 'preact';
import { code, field, leading, listed, number, t } from '../../i18n/index.ts';
import { Drill, Facts, PeerText, Time } from '../../ui/index.ts';
import { largestFile } from './file-facts.ts';
import { sizeText } from './files.tsx';
import type { Charter } from './types.ts';

const codes = (list: string, values: readonly string[]): string => listed(values.map((value) => code(list, value)));

/** A charter in plain words in the reader's language: what for, who, from when until when, and what may be said. */
export function CharterWords({ charter }: { readonly charter: Charter }): JSX.Element {
  const entries: readonly (readonly [string, ComponentChildren])[] = [
    [field('Charter', 'name'), <PeerText key="name" text={charter.name} />],
    [field('Charter', 'aim'), <PeerText key="aim" text={charter.aim} block />],
    [
      t('operations.charter.time'),
      <span key="time">
        <Time at={charter.starts} withLocal /> – <Time at={charter.ends} withLocal />
      </span>,
    ],
    [
      t('operations.charter.signedBy'),
      charter.form === 'CHARTER_FORM_NATIONAL'
        ? t('operations.charter.national')
        : t('operations.charter.office', { agreement: charter.agreement }),
    ],
    [
      field('Charter', 'lawfulBasis'),
      <span key="basis">
        {code('LawfulBasis', charter.lawfulBasis)}
        {charter.lawfulBasisReference === undefined ? null : (
          <>
            , <PeerText text={charter.lawfulBasisReference} />
          </>
        )}
      </span>,
    ],
    [field('Charter', 'crimeAreas'), codes('CrimeArea', charter.crimeAreas)],
    [field('Charter', 'purposes'), codes('Purpose', charter.purposes)],
    [field('Charter', 'dataCategories'), codes('DataCategory', charter.dataCategories)],
    [t('operations.charter.ceiling'), code('HandlingCode', charter.handlingCeiling)],
    [
      t('operations.charter.keeping'),
      t('operations.charter.keepingWords', {
        days: charter.retentionDays,
        size: sizeText(largestFile(charter)),
      }),
    ],
    [
      t('operations.charter.quorum'),
      t('operations.charter.quorumWords', { n: charter.quorum, all: charter.members.length }),
    ],
    [field('Charter', 'history'), code('HistoryRule', charter.history)],
  ];
  return (
    <div class="stack">
      {charter.drill === true ? (
        <p>
          <Drill /> <strong>{t('drill.banner')}</strong>
        </p>
      ) : null}
      <Facts entries={entries} />
      <section class="stack-tight" aria-label={field('Charter', 'members')}>
        <h3>{field('Charter', 'members')}</h3>
        <ul>
          {charter.members.map((member) => (
            <li key={member.office}>
              <strong>{member.office}</strong>: {code('OperationRole', member.role)}
              {(member.dataCategories ?? []).length === 0
                ? null
                : ` · ${t('operations.charter.limited', { what: codes('DataCategory', member.dataCategories ?? []) })}`}
              {member.dutyContact === undefined ? null : (
                <>
                  {' · '}
                  {leading(field('CharterMember', 'dutyContact'))}
                  <PeerText text={member.dutyContact} />
                </>
              )}
            </li>
          ))}
        </ul>
        <p class="small muted">
          {t('operations.charter.count', { n: charter.members.length, text: number(charter.members.length) })}
        </p>
      </section>
    </div>
  );
}
