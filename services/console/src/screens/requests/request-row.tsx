import type { JSX } from 'preact';
import type { Schemas } from '../../api/index.ts';
import { type BoardLine, BoardLink, Headline, type Side } from '../../boards/index.ts';
import { code, t } from '../../i18n/index.ts';
import { Age, Countdown, Drill, PeerText, Precedence, State } from '../../ui/index.ts';
import { LifeState } from './life-state.tsx';

/** A request towards one office, in a list. */
export function RequestRow({
  line: { request, life, office, isOurTurn },
  side,
}: {
  readonly line: BoardLine<Schemas['RequestLife'], Schemas['RequestItem']>;
  readonly side: Side;
}): JSX.Element {
  return (
    <BoardLink
      to={`/requests/${encodeURIComponent(request.origin)}/${encodeURIComponent(request.id)}`}
      drill={request.drill}
      title={t(`requests.title.${side}`, { office })}
      end={life.open ? <Countdown until={life.answerBy} /> : <Age at={life.closedAt ?? request.createdAt} />}
    >
      <Headline item={request} />
      <div class="row">
        <Precedence value={request.precedence} />
        {request.drill ? <Drill /> : null}
        <LifeState life={life} />
        {isOurTurn ? (
          <State shape="arrowIn" tone="accent">
            {t('requests.ourTurn')}
          </State>
        ) : null}
      </div>
      <p class="small muted">
        {code('ResponseClass', request.responseClass)} · {t('requests.questions', { n: request.questions })}
        {life.results.length === 0 ? null : <> · {t('requests.answered', { n: life.results.length })}</>}
        {life.assignee === null ? null : (
          <>
            {' '}
            · {t('requests.assignee')} <PeerText text={life.assignee} />
          </>
        )}{' '}
        · <Age at={request.createdAt} />
      </p>
    </BoardLink>
  );
}
