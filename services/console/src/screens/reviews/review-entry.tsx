import type { JSX } from 'preact';
import { may, type Schemas, session } from '../../api/index.ts';
import { BoardEntry, Headline, MessageLink, SaidWords } from '../../boards/index.ts';
import { code, dateTime, t } from '../../i18n/index.ts';
import { Age, Countdown, Drill, Facts, PeerText, Precedence, State, Time } from '../../ui/index.ts';
import { CloseReview } from './close-review.tsx';
import { WentPast } from './went-past.tsx';

type Review = Schemas['Review'];

/** One message that went past a hold: who sent it, why, past which rules, and what oversight found. */
export function ReviewEntry({
  review,
  reload,
}: {
  readonly review: Review;
  readonly reload: () => Promise<void>;
}): JSX.Element {
  const kind = code('MessageKind', review.kind);
  return (
    <BoardEntry
      drill={review.drill}
      title={
        review.direction === 'outbound'
          ? t('reviews.sent', { kind, name: review.author ?? '' })
          : t('reviews.received', { kind, office: review.origin })
      }
      end={review.own === null ? <Countdown until={review.dueAt} soonMs={86_400_000} /> : <Age at={review.own.at} />}
      summary={
        <>
          <Headline item={review.about} />
          <div class="row">
            <Precedence value={review.precedence} />
            {review.drill ? <Drill /> : null}
            <ReviewState review={review} />
          </div>
          {review.reason === null ? null : (
            <p class="small">
              <PeerText text={review.reason} />
            </p>
          )}
        </>
      }
    >
      <Facts
        entries={[
          [t('held.fact.message'), <MessageLink key="message" origin={review.origin} id={review.id} />],
          [t('reviews.fact.author'), review.author ?? review.origin],
          [t('reviews.fact.at'), <Time key="at" at={review.openedAt} />],
          [t('reviews.fact.due'), <Time key="due" at={review.dueAt} />],
          [t('reviews.fact.reason'), review.reason === null ? undefined : <PeerText key="why" text={review.reason} />],
        ]}
      />
      {review.reason === null ? <p class="small muted">{t('reviews.reasonThere')}</p> : null}
      <WentPast review={review} />
      <Findings review={review} />
      <Closing review={review} reload={reload} />
    </BoardEntry>
  );
}

function ReviewState({ review: { state, own } }: { readonly review: Review }): JSX.Element {
  if (own !== null)
    return (
      <State
        shape={own.finding === 'REVIEW_FINDING_JUSTIFIED' ? 'check' : 'cross'}
        tone={own.finding === 'REVIEW_FINDING_JUSTIFIED' ? 'good' : 'danger'}
      >
        {code('ReviewFinding', own.finding)}
      </State>
    );
  return (
    <State shape="clock" tone={state === 'overdue' ? 'danger' : 'warn'}>
      {t(state === 'overdue' ? 'reviews.state.overdue' : 'reviews.state.open')}
    </State>
  );
}

/** What the oversight of each office found. */
function Findings({ review }: { readonly review: Review }): JSX.Element {
  return (
    <ul class="stack-tight board-plain" aria-label={t('reviews.findings')}>
      {review.own === null ? null : (
        <li>
          {t('reviews.found', {
            who: review.own.by ?? '',
            finding: code('ReviewFinding', review.own.finding),
            at: dateTime(review.own.at),
          })}
          <SaidWords origin={session().office} id={review.own.messageId} body="review" />
        </li>
      )}
      {review.others.map(({ office, found }) => (
        <li key={office}>
          {found === null
            ? t('reviews.notFound', { office })
            : t('reviews.found', {
                who: office,
                finding: code('ReviewFinding', found.finding),
                at: dateTime(found.at),
              })}
          {found === null ? null : <SaidWords origin={office} id={found.messageId} body="review" />}
        </li>
      ))}
    </ul>
  );
}

function Closing({
  review,
  reload,
}: {
  readonly review: Review;
  readonly reload: () => Promise<void>;
}): JSX.Element | null {
  if (review.own !== null) return null;
  if (!may('close-review')) return <p>{t('reviews.onlyOversight')}</p>;
  if (review.author === session().officer.name) return <p>{t('reviews.notOwn')}</p>;
  return <CloseReview review={review} reload={reload} />;
}
