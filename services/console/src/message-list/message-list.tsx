import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { may, read, type Topic } from '../api/index.ts';
import { t } from '../i18n/index.ts';
import { keyOf, type ListPage, moveFocus, useDrawn, useLiveList } from '../lists/index.ts';
import { loadTriagePanel } from '../triage/loaded-panel.tsx';
import { Button, Empty, ProblemNotice } from '../ui/index.ts';
import type { Line } from './line.ts';
import { MessageLine } from './message-line.tsx';

/** After the list is drawn, a slow line has the page to itself for so long. */
const PANEL_LATER_MS = 2000;

/** A line as it was drawn, and what of. */
interface Row {
  readonly line: Line;
  readonly isOpen: boolean;
  readonly facts: unknown;
  readonly element: JSX.Element;
}

/** A page of lines, and how many messages a search has not looked at yet. */
interface LinePage<Shown> extends ListPage<Shown> {
  readonly remaining?: number;
}

/**
 * A list of messages that follows what happens: what comes is inserted and announced, what one works with stays where it
 * is. Arrow keys go from line to line, Enter opens the page, `t` the work on the message.
 */
export function MessageList<Shown extends Line>({
  address,
  topic,
  label,
  empty,
  facts,
}: {
  readonly address: string;
  /** Which list it is; what was searched for is asked again only when somebody asks. */
  readonly topic: 'inbox' | 'outbox' | 'search';
  readonly label: string;
  readonly empty: string;
  /** What a line says besides; the same function at every drawing. */
  readonly facts: (line: Shown) => ComponentChildren;
}): JSX.Element {
  const open = useSignal<string | null>(null);
  const focused = useRef<string | null>(null);
  const keep = () => new Set([open.peek(), focused.current].filter((key) => key !== null));
  const list = useLiveList<Shown, LinePage<Shown>>(
    address,
    TOPICS[topic],
    keep,
    topic === 'search' ? readFound<Shown> : undefined,
  );
  const element = useRef<HTMLUListElement>(null);
  const rows = useRef<Map<string, Row>>(new Map());
  const mayWork = may('triage');
  const { items, problem, loading, arrived } = list;
  const drawn = useDrawn(items?.length ?? 0);
  const isWhole = items !== undefined && drawn >= items.length;
  useEffect(() => {
    if (!mayWork || !isWhole) return undefined;
    const timer = setTimeout(() => void loadTriagePanel(), PANEL_LATER_MS);
    return () => clearTimeout(timer);
  }, [mayWork, isWhole]);
  const before = rows.current;
  rows.current = new Map();
  // A line of which nothing changed is not drawn again, whatever else the list does.
  const row = (line: Shown): JSX.Element => {
    const key = keyOf(line);
    const isOpen = open.value === key;
    const known = before.get(key);
    const element =
      known?.line === line && known.isOpen === isOpen && known.facts === facts
        ? known.element
        : lineElement(line, isOpen);
    rows.current.set(key, { line, isOpen, facts, element });
    return element;
  };
  const lineElement = (line: Shown, isOpen: boolean): JSX.Element => (
    <MessageLine
      key={keyOf(line)}
      line={line}
      mayWork={mayWork}
      isOpen={isOpen}
      onWork={(isToOpen) => {
        open.value = isToOpen ? keyOf(line) : null;
      }}
    >
      {facts(line)}
    </MessageLine>
  );
  return (
    <div class="stack-tight">
      <p class="message-list-said small" role="status">
        {items === undefined && problem === undefined
          ? t('state.loading')
          : arrived > 0
            ? t('list.arrived', { count: arrived })
            : ''}
      </p>
      {problem === undefined ? null : (
        <div class="stack-tight">
          <ProblemNotice problem={problem} />
          <div>
            <Button busy={loading} onClick={() => void list.reload()}>
              {t('action.tryAgain')}
            </Button>
          </div>
        </div>
      )}
      {items === undefined ? null : items.length === 0 ? (
        <Empty>{list.hasMore ? t('inbox.foundNothingYet', { remaining: list.page?.remaining ?? 0 }) : empty}</Empty>
      ) : (
        <ul
          ref={element}
          class="work-list"
          aria-label={label}
          onKeyDown={(event) => {
            if (element.current !== null) moveFocus(event, element.current);
          }}
          onFocusIn={(event) => {
            const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]') : null;
            focused.current = line?.dataset['key'] ?? null;
            list.seen();
          }}
          onFocusOut={() => {
            focused.current = null;
          }}
        >
          {items.slice(0, drawn).map(row)}
        </ul>
      )}
      {list.hasMore ? (
        <div class="no-print">
          <Button busy={loading} onClick={() => void list.more()}>
            {t('action.more')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

const TOPICS = { inbox: ['inbox'], outbox: ['outbox'], search: [] } as const satisfies Record<string, readonly Topic[]>;

/** What a search answers: each message with where its words stand. */
interface FoundPage<Shown> {
  readonly items: readonly { readonly message: Shown }[];
  readonly next: string | null;
  readonly remaining: number;
}

async function readFound<Shown>(address: string, signal: AbortSignal): Promise<LinePage<Shown>> {
  const { items, next, remaining } = await read<FoundPage<Shown>>(address, { signal });
  return { items: items.map(({ message }) => message), next, remaining };
}
