import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { may, type Resource, type Schemas, useResource } from '../../api/index.ts';
import { code, exactTime, t } from '../../i18n/index.ts';
import { ReasonText } from '../../messages/index.ts';
import { Facts, Loaded, Panel, PeerText, RuleSentence, scriptLanguage } from '../../ui/index.ts';
import { decisionKey, sentencesOf } from './explained.ts';
import { type Message, originQuery } from './message-types.ts';

/** Why the gates decided as they did, as far as it was asked for. */
export interface Explained {
  /** By the name of a policy, what it says. */
  readonly sentences: ReadonlyMap<string, string>;
  /** The article under which it crossed, in plain words, where the page has one. */
  readonly article: string | undefined;
  readonly resource: Resource<Schemas['Explanation']>;
  readonly ask: () => void;
}

/** The rules that decided about a message: asked for with it where something was withheld or stopped, else on demand. */
export function useExplain(message: Message): Explained {
  const asked = useSignal(needsReasons(message));
  const address = `/v1/messages/${encodeURIComponent(message.id)}/explain${originQuery(message)}`;
  const resource = useResource<Schemas['Explanation']>(asked.value && may('read-triage') ? address : null);
  const decisions = resource.value?.decisions ?? [];
  const own = decisions.filter(({ gate }) => gate === 'import');
  return {
    sentences: sentencesOf(decisions),
    article: own.find(({ agreement }) => agreement !== null && agreement.text !== null)?.agreement?.text ?? undefined,
    resource,
    ask: () => {
      asked.value = true;
    },
  };
}

function needsReasons(message: Message): boolean {
  if (message.direction === 'inbound') return (message.withheldParts ?? []).length > 0;
  return message.recipients.some(
    ({ state, withheld }) => withheld.length > 0 || state === 'held' || state === 'refused',
  );
}

/** Which rules of which bundle decided what about each copy and each kind of data, in their own sentences. */
export function ExplainPanel({ explain }: { readonly explain: Explained }): JSX.Element | null {
  if (!may('read-triage')) return null;
  return (
    <Panel title={t('explain.title')}>
      <details
        class="details"
        onToggle={(event) => {
          if (event.currentTarget.open) explain.ask();
        }}
      >
        <summary>{t('explain.show')}</summary>
        <Loaded resource={explain.resource}>
          {({ decisions }) => (
            <ol class="explain">
              {decisions.map((decision, index) => (
                <li key={index}>
                  <Decision decision={decision} />
                </li>
              ))}
            </ol>
          )}
        </Loaded>
      </details>
    </Panel>
  );
}

function Decision({ decision }: { readonly decision: Schemas['ExplainedDecision'] }): JSX.Element {
  const { office, outcome, at, by, policies, withheld, bundles, agreement } = decision;
  return (
    <div class="stack-tight">
      <p>
        <strong>{t(decisionKey(decision), { office, outcome: t(`explain.outcome.${outcome}`), by: by ?? '' })}</strong>{' '}
        {at === null ? null : <span class="small muted">{exactTime(at)}</span>}
      </p>
      <Policies policies={policies} />
      {withheld.map((part) => (
        <div key={part.category}>
          <p>
            {part.parts === null
              ? t('explain.withheld', { category: code('DataCategory', part.category) })
              : t('explain.withheldParts', { category: code('DataCategory', part.category), count: part.parts })}
          </p>
          <Policies policies={part.policies} />
        </div>
      ))}
      <Facts
        entries={[
          [t('explain.code'), decision.code === null ? undefined : <ReasonText reason={decision.code} />],
          [
            t('explain.article'),
            agreement === null ? undefined : (
              <>
                {t('explain.articleOf', {
                  article: agreement.article,
                  id: agreement.id,
                  version: String(agreement.version),
                })}
                {agreement.text === null ? null : (
                  <PeerText text={agreement.text} lang={scriptLanguage(agreement.text)} block />
                )}
              </>
            ),
          ],
          [
            t('explain.bundles'),
            bundles.length === 0
              ? undefined
              : bundles.map(({ name, version, digest, inForce }) => (
                  <p key={digest}>
                    {t(inForce ? 'explain.bundle' : 'explain.bundleOld', { name, version: String(version) })}{' '}
                    <span class="mono small muted">{digest.slice(0, 16)}…</span>
                  </p>
                )),
          ],
        ]}
      />
    </div>
  );
}

function Policies({ policies }: { readonly policies: readonly Schemas['ExplainedPolicy'][] }): JSX.Element | null {
  if (policies.length === 0) return null;
  return (
    <ul class="limits">
      {policies.map(({ name, reason }) => (
        <li key={name}>
          <RuleSentence text={reason} /> <span class="mono small muted">{name}</span>
        </li>
      ))}
    </ul>
  );
}
