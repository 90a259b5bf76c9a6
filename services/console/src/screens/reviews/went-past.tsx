import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { t } from '../../i18n/index.ts';
import { Loaded, RuleSentence } from '../../ui/index.ts';

/** By which rules it passed here, in their own sentences, and who stood in for the person that a rule wanted. */
export function WentPast({ review }: { readonly review: Schemas['Review'] }): JSX.Element {
  const explanation = useResource<Schemas['Explanation']>(
    `/v1/messages/${encodeURIComponent(review.id)}/explain?origin=${encodeURIComponent(review.origin)}`,
  );
  return (
    <div class="stack-tight">
      <h3>{t('reviews.past')}</h3>
      <Loaded resource={explanation}>
        {({ decisions }) => (
          <ul class="stack-tight board-plain" aria-label={t('reviews.past')}>
            {decisions
              .filter(({ gate }) => gate !== 'exporter')
              .map((decision) => (
                <li key={`${decision.gate}/${decision.office}/${decision.step}`}>
                  <p>
                    <strong>{decision.office}</strong>
                    {decision.by === null ? null : <> · {t('reviews.stoodIn', { name: decision.by })}</>}
                  </p>
                  {decision.policies.map(({ name, reason }) => (
                    <p key={name} class="small">
                      <RuleSentence text={reason} /> <span class="mono muted">{name}</span>
                    </p>
                  ))}
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}
