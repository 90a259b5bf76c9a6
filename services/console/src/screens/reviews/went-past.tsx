import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { t } from '../../i18n/index.ts';
import { Loaded } from '../../ui/index.ts';

interface Past {
  readonly office: string;
  readonly policies: readonly string[];
}

/** Which rules would have held it, towards which office. */
export function WentPast({ review }: { readonly review: Schemas['Review'] }): JSX.Element {
  const message = useResource<Schemas['Message']>(
    `/v1/messages/${encodeURIComponent(review.id)}?origin=${encodeURIComponent(review.origin)}`,
  );
  return (
    <section class="stack-tight" aria-label={t('reviews.past')}>
      <h3>{t('reviews.past')}</h3>
      <Loaded resource={message}>
        {(read) => (
          <ul class="stack-tight">
            {pastOf(read, review.origin).map(({ office, policies }) => (
              <li key={office}>
                <strong>{office}</strong>
                {policies.map((policy) => (
                  <span key={policy} class="mono small">
                    {' '}
                    {policy}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function pastOf(message: Schemas['Message'], origin: string): readonly Past[] {
  const { recipients, policies } = message as {
    readonly recipients?: readonly (Past & { readonly outcome: string })[];
    readonly policies?: readonly string[];
  };
  if (recipients === undefined) return [{ office: origin, policies: policies ?? [] }];
  return recipients.filter(({ outcome }) => outcome === 'released');
}
