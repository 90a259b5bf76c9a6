import type { JSX } from 'preact';
import { t } from '../../i18n/index.ts';
import { Facts, Panel, State, Time } from '../../ui/index.ts';
import { CharterWords } from './charter-words.tsx';
import type { Charter, Operation } from './types.ts';

/** The charter in plain words, and who has signed it. */
export function CharterTab({
  operation,
  charter,
}: {
  readonly operation: Operation;
  readonly charter: Charter | undefined;
}): JSX.Element {
  return (
    <>
      <Panel title={t('operations.tab.charter')}>
        {charter === undefined ? <p role="status">{t('state.loading')}</p> : <CharterWords charter={charter} />}
      </Panel>
      <Panel title={t('operations.charter.signatures')}>
        <ul class="operations-plain stack-tight">
          {operation.members.map((member) => (
            <li key={member.office} class="row">
              <State shape={member.signed ? 'check' : 'ring'} tone={member.signed ? 'good' : 'plain'}>
                {member.signed ? t('operations.charter.signed') : t('operations.charter.notSigned')}
              </State>
              <strong>{member.office}</strong>
              {member.joinedAt === null ? null : <Time at={member.joinedAt} />}
              {member.joinedLate ? <span class="muted">{t('operations.charter.late')}</span> : null}
            </li>
          ))}
        </ul>
        <Facts
          entries={[[t('operations.charter.digest'), <span class="mono small">{operation.charter.digest}</span>]]}
        />
        <p class="no-print">
          <a
            href={`/v1/operations/${encodeURIComponent(operation.id)}/charter`}
            download={`${operation.id}.charter.json`}
          >
            {t('operations.charter.save')}
          </a>
        </p>
      </Panel>
    </>
  );
}
