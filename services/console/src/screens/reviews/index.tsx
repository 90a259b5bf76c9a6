import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { BoardList, byDue } from '../../boards/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, Empty, Loaded, Page } from '../../ui/index.ts';
import { ReviewEntry } from './review-entry.tsx';

type Review = Schemas['Review'];

/** What went past a hold for danger to life: what waits for this office's oversight first, by its deadline. */
export default function ReviewsScreen(): JSX.Element {
  const reviews = useResource<{ readonly items: readonly Review[] }>('/v1/reviews', ['reviews']);
  return (
    <Page
      title={t('nav.reviews')}
      actions={
        <Button look="plain" onClick={() => print()}>
          {t('action.print')}
        </Button>
      }
    >
      <p class="muted">{t('reviews.about')}</p>
      <Loaded resource={reviews}>
        {({ items }) => {
          const open = items.filter(({ state }) => state !== 'closed').sort(reviewOrder);
          const closed = items.filter(({ state }) => state === 'closed');
          return (
            <>
              <Section
                title={t('reviews.open', { n: open.length })}
                empty={t('reviews.openEmpty')}
                reviews={open}
                reload={reviews.reload}
              />
              {closed.length === 0 ? null : (
                <Section
                  title={t('reviews.closed', { n: closed.length })}
                  empty=""
                  reviews={closed}
                  reload={reviews.reload}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Section({
  title,
  empty,
  reviews,
  reload,
}: {
  readonly title: string;
  readonly empty: string;
  readonly reviews: readonly Review[];
  readonly reload: () => Promise<void>;
}): JSX.Element {
  return (
    <section class="stack-tight" aria-label={title}>
      <h2>{title}</h2>
      {reviews.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <BoardList label={title}>
          {reviews.map((review) => (
            <ReviewEntry key={`${review.origin}/${review.id}`} review={review} reload={reload} />
          ))}
        </BoardList>
      )}
    </section>
  );
}

function reviewOrder(a: Review, b: Review): number {
  return byDue({ ...a, dueAt: a.dueAt, createdAt: a.openedAt }, { ...b, dueAt: b.dueAt, createdAt: b.openedAt });
}
