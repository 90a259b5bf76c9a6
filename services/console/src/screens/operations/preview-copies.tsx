import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Problem, problemFrom, type Schemas, send } from '../../api/index.ts';
import { code, listed, t } from '../../i18n/index.ts';
import { type Json, PartFields } from '../../messages/index.ts';
import { PeerText, ProblemNotice, type Shape, State, type Tone } from '../../ui/index.ts';

/** What the export gate decides of a post for each member. */
export type Preview = Schemas['PostPreview'];

const SETTLE_MS = 900;

/** What would become of that submission now; asked again when it was left alone for a moment. `null` asks nothing. */
export function usePreview(
  operation: string,
  submission: object | null,
): { readonly preview: Preview | undefined; readonly problem: Problem | undefined; readonly isOld: boolean } {
  const text = submission === null ? null : JSON.stringify(submission);
  const [shown, setShown] = useState<{ text: string; preview?: Preview; problem?: Problem } | undefined>(undefined);
  const asking = useRef<AbortController | undefined>(undefined);
  useEffect(() => {
    asking.current?.abort();
    if (text === null) return undefined;
    const mine = new AbortController();
    asking.current = mine;
    const timer = setTimeout(async () => {
      try {
        const body: unknown = JSON.parse(text);
        const path = `/v1/operations/${encodeURIComponent(operation)}/preview`;
        setShown({ text, preview: await send<Preview>(path, { body, signal: mine.signal }) });
      } catch (error) {
        if (!mine.signal.aborted) setShown({ text, problem: problemFrom(error) });
      }
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      mine.abort();
    };
  }, [text, operation]);
  if (text === null) return { preview: undefined, problem: undefined, isOld: false };
  return { preview: shown?.preview, problem: shown?.problem, isOld: shown?.text !== text };
}

const OUTCOMES: Readonly<Record<string, { readonly shape: Shape; readonly tone: Tone }>> = {
  released: { shape: 'check', tone: 'good' },
  held: { shape: 'pause', tone: 'warn' },
  refused: { shape: 'lock', tone: 'danger' },
  unknown: { shape: 'ring', tone: 'plain' },
};

/** Each member's exact copy, and what is withheld, held or refused, by whose rule. */
export function PreviewCopies({
  preview,
  problem,
  isOld,
}: {
  readonly preview: Preview | undefined;
  readonly problem: Problem | undefined;
  readonly isOld: boolean;
}): JSX.Element {
  return (
    <section class="stack-tight" aria-label={t('operations.preview')} aria-live="polite">
      <h3>{t('operations.preview')}</h3>
      <ProblemNotice problem={problem} />
      {preview === undefined ? (
        problem === undefined ? (
          <p class="small muted">{t('operations.previewLater')}</p>
        ) : null
      ) : (
        <>
          {isOld ? <p class="small muted">{t('operations.previewOld')}</p> : null}
          {preview.recipients.map((recipient) => {
            const look = OUTCOMES[recipient.outcome] ?? { shape: 'ring', tone: 'plain' };
            const copy = preview.copies.find(({ office }) => office === recipient.office)?.post;
            return (
              <div key={recipient.office} class="operations-member">
                <p class="row">
                  <strong>{recipient.office}</strong>
                  <State shape={look.shape} tone={look.tone}>
                    {t(`operations.outcome.${recipient.outcome}`)}
                  </State>
                </p>
                {recipient.withheld.length === 0 ? null : (
                  <p>
                    {t('operations.previewWithout', {
                      what: listed(recipient.withheld.map((category) => code('DataCategory', category))),
                    })}
                  </p>
                )}
                {recipient.outcome === 'released' && recipient.withheld.length === 0 ? null : (
                  <p class="small muted">
                    {recipient.policies.length === 0 ? null : t('operations.rules', { n: recipient.policies.length })}{' '}
                    <PeerText text={recipient.policies.join(', ')} />
                    {recipient.reason === undefined ? null : (
                      <>
                        {' '}
                        <PeerText text={recipient.reason} />
                      </>
                    )}
                  </p>
                )}
                {copy === null || copy === undefined ? null : (
                  <details class="details">
                    <summary>{t('operations.previewCopy')}</summary>
                    <PartFields type="OperationPost" json={copy as Json} without={['attachments']} />
                  </details>
                )}
              </div>
            );
          })}
        </>
      )}
    </section>
  );
}
