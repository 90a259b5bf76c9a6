import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { number, t } from '../../i18n/index.ts';
import { Facts, Loaded, Panel, RuleSentence, State, Time } from '../../ui/index.ts';
import { nationName } from './names.ts';

type Bundle = Schemas['PolicyBundle'];
type Policy = Bundle['policies'][number];

const TOPICS = ['documents'] as const;

/** The rules that decide at both gates, each with the sentence that it gives as its reason. */
export function PoliciesTab(): JSX.Element {
  const bundles = useResource<{ readonly items: readonly Bundle[] }>('/v1/policies', TOPICS);
  return (
    <>
      <p>
        {t('directory.policiesAbout')} {t('directory.explainAbout')} <Link to="/inbox">{t('nav.inbox')}</Link> ·{' '}
        <Link to="/sent">{t('nav.sent')}</Link>
      </p>
      <Loaded resource={bundles}>
        {({ items }) => items.map((bundle) => <BundlePanel key={bundle.name} bundle={bundle} />)}
      </Loaded>
    </>
  );
}

function BundlePanel({ bundle }: { readonly bundle: Bundle }): JSX.Element {
  const { name, version, digest, nation, since, validUntil, limits, policies } = bundle;
  return (
    <Panel
      title={t(nation === null ? 'directory.baseline' : 'directory.nationBundle', {
        nation: nation === null ? '' : nationName(nation),
      })}
      actions={<span class="mono">{t('directory.version', { id: name, n: number(version) })}</span>}
    >
      <div class="stack">
        <Facts
          entries={[
            [
              t('directory.since'),
              since === null ? t('directory.withRelease') : <Time key="since" at={since} withLocal />,
            ],
            [t('directory.validUntil'), validUntil === null ? null : <Time key="until" at={validUntil} />],
            [
              t('directory.digest'),
              <span key="digest" class="mono">
                {digest}
              </span>,
            ],
            [
              t('directory.limits'),
              nation === null
                ? null
                : t('directory.limitsText', {
                    open: limits.breakGlass.openReviews,
                    hours: limits.breakGlass.reviewHours,
                  }),
            ],
          ]}
        />
        <ul class="work-list">
          {policies.map((policy) => (
            <li key={policy.name} class="policy">
              <PolicyRow policy={policy} />
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

function PolicyRow({ policy }: { readonly policy: Policy }): JSX.Element {
  const { name, effect, sentence, persons, text } = policy;
  return (
    <>
      <div class="row">
        {effect === 'permit' ? (
          <State shape="check" tone="good">
            {t('directory.permit')}
          </State>
        ) : (
          <State shape="cross" tone="danger">
            {t('directory.forbid')}
          </State>
        )}
        {persons > 1 ? (
          <State shape="lock" tone="warn">
            {t('directory.twoPersons')}
          </State>
        ) : null}
        <span class="mono muted small">{name}</span>
      </div>
      <p>
        <RuleSentence text={sentence} />
      </p>
      <details class="details">
        <summary>{t('directory.policyText')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reachable by keyboard */}
        <pre class="policy-text" tabIndex={0} dir="ltr">
          {text}
        </pre>
      </details>
    </>
  );
}
