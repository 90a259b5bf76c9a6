import type { JSX } from 'preact';
import { may, type Schemas } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { BoardEntry, hitsOf, isAwaited, MessageLink } from '../../boards/index.ts';
import { code, listed, t } from '../../i18n/index.ts';
import { Age, Countdown, Drill, Facts, PeerText, type Shape, State, Time, type Tone } from '../../ui/index.ts';

type Search = Schemas['SearchItem'];
type Office = Search['offices'][number];

const LOOKS: Readonly<Record<string, { readonly shape: Shape; readonly tone: Tone }>> = {
  SEARCH_OUTCOME_HIT: { shape: 'diamond', tone: 'danger' },
  SEARCH_OUTCOME_NO_HIT: { shape: 'check', tone: 'good' },
  SEARCH_OUTCOME_NOT_SEARCHED: { shape: 'cross', tone: 'warn' },
};

/** One search: what each office said of each subject, and the case reference of a hit. */
export function SearchEntry({ search }: { readonly search: Search }): JSX.Element {
  const hits = hitsOf(search);
  const isOpen = isAwaited(search);
  const offices = listed(search.offices.map(({ office }) => office));
  return (
    <BoardEntry
      drill={search.drill}
      title={
        search.side === 'asking'
          ? t('hits.title.asking', { offices, n: search.subjects })
          : t('hits.title.asked', { office: search.origin, n: search.subjects })
      }
      end={isOpen ? <Countdown until={search.expiresAt} /> : <Age at={search.createdAt} />}
      summary={
        <div class="row">
          {search.drill ? <Drill /> : null}
          {hits > 0 ? (
            <State shape="diamond" tone="danger">
              {t('hits.hits', { n: hits })}
            </State>
          ) : isOpen ? (
            <State shape="clock">{t('hits.waiting')}</State>
          ) : (
            <State shape="check">{t('hits.noHit')}</State>
          )}
          <span class="small muted">{t('hits.by', { name: search.officer })}</span>
        </div>
      }
    >
      <Facts
        entries={[
          [t('hits.what'), <MessageLink key="message" origin={search.origin} id={search.id} />],
          [t('hits.asked'), <Time key="asked" at={search.createdAt} />],
        ]}
      />
      {search.offices.map((office) => (
        <OfficeResult key={office.office} search={search} office={office} />
      ))}
    </BoardEntry>
  );
}

function OfficeResult({ search, office }: { readonly search: Search; readonly office: Office }): JSX.Element {
  const { result, state } = office;
  return (
    <div class="stack-tight">
      <div class="row">
        <h3>{office.office}</h3>
        {result === null ? <span>{t(`hits.state.${state}`)}</span> : <Time at={result.at} />}
      </div>
      {result?.refusal === null || result === null ? null : <p>{code('SearchRefusal', result.refusal)}</p>}
      {result === null ? null : (
        <ul class="stack-tight board-plain">
          {result.findings.map((finding) => (
            <Finding key={finding.subject} search={search} office={office} finding={finding} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Finding({
  search,
  office,
  finding,
}: {
  readonly search: Search;
  readonly office: Office;
  readonly finding: NonNullable<Office['result']>['findings'][number];
}): JSX.Element {
  const { shape, tone } = LOOKS[finding.outcome] ?? { shape: 'circle', tone: 'plain' };
  const isHit = finding.outcome === 'SEARCH_OUTCOME_HIT';
  const { caseReference } = finding;
  const found = (office.found ?? []).filter(({ subject }) => subject === finding.subject);
  return (
    <li class="row">
      <span>{t('hits.subject', { n: finding.subject })}</span>
      <State shape={shape} tone={tone}>
        {code('SearchOutcome', finding.outcome)}
      </State>
      {caseReference === undefined ? null : (
        <span>
          {t('hits.case')} <PeerText text={caseReference} />
        </span>
      )}
      {isHit && search.side === 'asking' && may('submit') ? (
        <Link
          to={`/compose/request?to=${encodeURIComponent(office.office)}&case=${encodeURIComponent(caseReference ?? '')}`}
        >
          {t('hits.request')}
        </Link>
      ) : null}
      {found.map(({ messageId, origin, owner }) => (
        <span key={messageId}>
          {t('hits.foundIn')} <MessageLink origin={origin} id={messageId} />
          {owner === null ? '' : ` (${owner})`}
        </span>
      ))}
    </li>
  );
}
