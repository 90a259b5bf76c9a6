import type { JSX } from 'preact';
import type { Schemas } from '../../api/index.ts';
import { BoardLink, Headline } from '../../boards/index.ts';
import { code, t } from '../../i18n/index.ts';
import { Age, Countdown, Drill, Precedence, RuleSentence, State } from '../../ui/index.ts';
import { PersonsNeeded } from './persons-needed.tsx';

type Item = Schemas['HeldItem'];

/** A held crossing in a list: where it goes, until when it waits, for whom, and by which rule. */
export function HeldRow({ item }: { readonly item: Item }): JSX.Element {
  const [why] = item.why;
  return (
    <BoardLink
      to={`/held/${encodeURIComponent(item.id)}`}
      drill={item.drill}
      title={heldTitle(item)}
      end={<Countdown until={item.deadline.at} />}
    >
      <Headline item={item} />
      <div class="row">
        <Precedence value={item.precedence} />
        {item.drill ? <Drill /> : null}
        {item.emergency ? <Emergency /> : null}
        <PersonsNeeded held={item} />
        <span class="small muted">
          {item.submittedBy === null ? null : <>{t('held.by', { name: item.submittedBy })} · </>}
          {t('held.waits')} <Age at={item.heldAt} />
        </span>
      </div>
      {why === undefined ? null : (
        <p class="small">
          {why.reason === null ? <span class="mono">{why.policy}</span> : <RuleSentence text={why.reason} />}
          {item.why.length > 1 ? <span class="muted"> {t('held.moreRules', { n: item.why.length - 1 })}</span> : null}
        </p>
      )}
    </BoardLink>
  );
}

/** What it is and where it goes, or comes from. */
export function heldTitle({ direction, kind, peer }: Pick<Item, 'direction' | 'kind' | 'peer'>): string {
  return t(direction === 'outbound' ? 'held.to' : 'held.from', { kind: code('MessageKind', kind), office: peer });
}

/** Says that its author wanted it past the hold, for danger to life. */
export function Emergency(): JSX.Element {
  return (
    <State shape="triangle" tone="danger">
      {t('boards.emergency')}
    </State>
  );
}
