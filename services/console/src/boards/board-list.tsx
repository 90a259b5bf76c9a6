import type { ComponentChildren, JSX, TargetedKeyboardEvent } from 'preact';
import { useState } from 'preact/hooks';
import { Link } from '../app/router.tsx';
import { nextLine } from '../lists/move-focus.ts';
import './boards.css';

const ENTRY = '.board-entry';

/** A list of work: arrow keys go from entry to entry, Home and End to its ends, Enter opens one. */
export function BoardList({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <ul class="work-list board-list" aria-label={label} onKeyDown={moveFocus}>
      {children}
    </ul>
  );
}

/** An entry that has a page of its own; all of it is the link. */
export function BoardLink({
  to,
  title,
  end,
  drill = false,
  children,
}: {
  readonly to: string;
  readonly title: ComponentChildren;
  /** What stands at the end of the first line: when it is due. */
  readonly end?: ComponentChildren;
  readonly drill?: boolean;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <li class={rowClass(drill)}>
      <div class="board-line">
        <Link class="board-entry" to={to}>
          {title}
        </Link>
        {end}
      </div>
      {children}
    </li>
  );
}

/** An entry that opens in its place; what is in it is made only then, and stays as it was left. */
export function BoardEntry({
  title,
  end,
  drill = false,
  summary,
  children,
  startsOpen = false,
}: {
  readonly title: ComponentChildren;
  readonly end?: ComponentChildren;
  readonly drill?: boolean;
  /** What is always seen of it. */
  readonly summary?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly startsOpen?: boolean;
}): JSX.Element {
  const [state, setState] = useState<'new' | 'open' | 'shut'>(startsOpen ? 'open' : 'new');
  const isOpen = state === 'open';
  return (
    <li class={rowClass(drill)}>
      <div class="board-line">
        <button
          type="button"
          class="board-entry"
          aria-expanded={isOpen}
          onClick={() => setState(isOpen ? 'shut' : 'open')}
        >
          {title}
        </button>
        {end}
      </div>
      {summary}
      {state === 'new' ? null : (
        <div class="board-more stack" hidden={!isOpen}>
          {children}
        </div>
      )}
    </li>
  );
}

function rowClass(drill: boolean): string {
  return drill ? 'board-row drill' : 'board-row';
}

function moveFocus(event: TargetedKeyboardEvent<HTMLUListElement>): void {
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>(ENTRY)];
  const at = entries.indexOf(document.activeElement as HTMLElement);
  // In a form inside an entry the keys are the form's.
  if (at === -1) return;
  const next = entries[nextLine(event.key, at, entries.length) ?? -1];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
