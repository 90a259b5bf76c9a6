import type { ComponentChildren, JSX } from 'preact';
import type { Resource } from '../api/resource.ts';
import { t } from '../i18n/index.ts';
import { Button } from './button.tsx';
import { ProblemNotice } from './notice.tsx';

/** A screen: its heading, what can be done there, and the rest. */
export function Page({
  title,
  actions,
  children,
}: {
  /** Its heading; what a peer wrote as `<PeerText>`. */
  readonly title: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="page">
      <header>
        <h1>{title}</h1>
        {actions === undefined ? null : <div class="row no-print">{actions}</div>}
      </header>
      <div class="stack">{children}</div>
    </div>
  );
}

/** A part of a screen under a heading of its own. */
export function Panel({
  title,
  actions,
  children,
}: {
  readonly title?: string;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="panel" {...(title === undefined ? {} : { 'aria-label': title })}>
      {title === undefined && actions === undefined ? null : (
        <header>
          {title === undefined ? <span /> : <h2>{title}</h2>}
          {actions === undefined ? null : <div class="row no-print">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

/** Names and values: `[['Origin', …], …]`; an entry without a value is left out. */
export function Facts({
  entries,
}: {
  readonly entries: readonly (readonly [string, ComponentChildren])[];
}): JSX.Element {
  return (
    <dl class="facts">
      {entries
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
    </dl>
  );
}

/** Says that there is nothing, and what that means. */
export function Empty({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <p class="empty">{children}</p>;
}

/** What the office answered, once it is there; before that, that it is loading; and why there is none, with another try. */
export function Loaded<T>({
  resource,
  children,
}: {
  readonly resource: Resource<T>;
  readonly children: (value: T) => ComponentChildren;
}): JSX.Element {
  const { value, problem, loading } = resource;
  return (
    <>
      {problem === undefined ? null : (
        <div class="stack-tight">
          <ProblemNotice problem={problem} />
          <div>
            <Button busy={loading} onClick={() => void resource.reload()}>
              {t('action.tryAgain')}
            </Button>
          </div>
        </div>
      )}
      {value !== undefined ? children(value) : problem === undefined ? <p role="status">{t('state.loading')}</p> : null}
    </>
  );
}
