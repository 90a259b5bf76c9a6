import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { Link } from '../app/router.tsx';
import { code, t } from '../i18n/index.ts';
import { isTyping, keyOf } from '../lists/index.ts';
import { LoadedTriagePanel } from '../triage/loaded-panel.tsx';
import { newestTriage } from '../triage/newest-triage.ts';
import { Age, Countdown, Icon, nameHidden, PeerText, Precedence } from '../ui/index.ts';
import { isUnread, isWorkedOn, type Line, lineTime } from './line.ts';
import { Marks } from './marks.tsx';
import './message-list.css';

/** The address of a message's page. */
export function messageAddress({ origin, id }: { readonly origin: string; readonly id: string }): string {
  return `/messages/${encodeURIComponent(origin)}/${encodeURIComponent(id)}`;
}

/**
 * One message in a list: what it is at a glance, its page with a press, and the work on it beside it. The key `t` or the
 * button opens the work; Escape closes it, and the focus is where it was.
 */
export function MessageLine({
  line: listed,
  children,
  mayWork,
  isOpen,
  onWork,
}: {
  readonly line: Line;
  /** What the list says besides: the origin, or the state of each copy. */
  readonly children: ComponentChildren;
  readonly mayWork: boolean;
  readonly isOpen: boolean;
  readonly onWork: (open: boolean) => void;
}): JSX.Element {
  const worked = useSignal<Line['triage']>(undefined);
  // A line that no longer belongs in the list is asked no more, and stays while somebody works on it.
  const line = listed.triage === undefined ? listed : { ...listed, triage: newestTriage(listed.triage, worked.value) };
  const button = useRef<HTMLButtonElement>(null);
  const { triage } = line;
  const canWork = mayWork && triage !== undefined && isWorkedOn(line);
  const unread = isUnread(line);
  const close = () => {
    onWork(false);
    button.current?.focus();
  };
  const look = `${unread ? ' unread' : ''}${line.drill ? ' drill' : ''}${line.precedence === 'PRECEDENCE_FLASH' ? ' flash' : ''}`;
  return (
    <li
      class={`message-line${look}`}
      data-key={keyOf(line)}
      onKeyDown={(event) => {
        if (event.key !== 't' || event.ctrlKey || event.metaKey || event.altKey || !canWork || isTyping(event.target))
          return;
        event.preventDefault();
        onWork(!isOpen);
      }}
    >
      <div class={mayWork ? 'message-line-row worked' : 'message-line-row'}>
        <span class="message-line-precedence">
          <Precedence value={line.precedence} />
        </span>
        <div class="message-line-what">
          <p>
            {unread ? (
              <span class="unread-mark">
                <Icon shape="circle" size={10} />
                <span class="visually-hidden">{t('line.unread')} </span>
              </span>
            ) : null}
            <LineLink line={line} />
          </p>
          <p class="message-line-facts told-apart small">
            {children}
            {hasHeadline(line) ? <span>{code('MessageKind', line.kind)}</span> : null}
            {line.crimeArea === undefined || line.crimeArea === null ? null : (
              <span>{code('CrimeArea', line.crimeArea)}</span>
            )}
            <Ours line={line} />
            <Marks line={line} />
          </p>
        </div>
        <span class="message-line-age small">
          <Age at={lineTime(line)} />
          {line.answerByAt === undefined || line.answerByAt === null || isDone(line) ? null : (
            <>
              {' · '}
              <Countdown until={line.answerByAt} />
            </>
          )}
        </span>
        {canWork ? (
          <button
            ref={button}
            type="button"
            class="button plain message-line-work no-print"
            aria-expanded={isOpen}
            aria-label={t('triage.titleOf', { what: nameHidden(line.headline ?? code('MessageKind', line.kind)) })}
            onClick={() => onWork(!isOpen)}
          >
            {t('triage.open')}
          </button>
        ) : null}
      </div>
      {isOpen && canWork ? (
        <LoadedTriagePanel
          message={{ origin: line.origin, id: line.id, triage }}
          onClose={close}
          focusFirst
          onTriage={(now) => {
            worked.value = now;
          }}
        />
      ) : null}
    </li>
  );
}

function LineLink({ line }: { readonly line: Line }): JSX.Element {
  return (
    <Link class="message-line-link" to={messageAddress(line)} data-line="">
      {hasHeadline(line) ? (
        <PeerText text={line.headline ?? ''} lang={line.language ?? undefined} />
      ) : (
        code('MessageKind', line.kind)
      )}
    </Link>
  );
}

/** Whether officers are done with it. */
function isDone({ triage }: Line): boolean {
  return triage !== undefined && triage.closedAt !== null;
}

/** Whether it has words of its own for a line; else the line is called by its kind. */
function hasHeadline({ headline }: Line): boolean {
  return headline !== undefined && headline !== null && headline !== '';
}

/** Who has it here and under which case. */
function Ours({ line }: { readonly line: Line }): JSX.Element {
  const { triage } = line;
  return (
    <>
      {triage === undefined || triage.assignee === null ? null : (
        <span class="ours">{t('line.assignee', { officer: triage.assignee })}</span>
      )}
      {triage === undefined || triage.caseReference === null ? null : (
        <span class="ours">{t('line.case', { caseReference: triage.caseReference })}</span>
      )}
      {triage === undefined || triage.notes === 0 ? null : <span>{t('line.notes', { count: triage.notes })}</span>}
    </>
  );
}
