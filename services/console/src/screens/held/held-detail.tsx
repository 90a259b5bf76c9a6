import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, useResource } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { MessageLink, ShownDigest, standingApproval } from '../../boards/index.ts';
import { code, dateTime, t } from '../../i18n/index.ts';
import { ContentView, type Json } from '../../messages/index.ts';
import {
  Button,
  Countdown,
  Drill,
  Facts,
  Notice,
  Panel,
  PeerText,
  Precedence,
  RuleSentence,
  Time,
} from '../../ui/index.ts';
import { HeldActs } from './held-acts.tsx';
import { Emergency } from './held-row.tsx';
import { PersonsNeeded } from './persons-needed.tsx';

type Detail = Schemas['HeldDetail'];

/** What waits, why, what exactly would pass, and the acts. What is released is what was looked at, or nothing. */
export function HeldDetailView({
  held,
  reload,
}: {
  readonly held: Detail;
  readonly reload: () => Promise<void>;
}): JSX.Element {
  // What the person has looked at. News may come at any moment; only they say that they have seen it.
  const [seen, setSeen] = useState(held.shown);
  const hasChanged = held.shown !== seen;
  return (
    <div class={held.drill ? 'stack board-drill' : 'stack'}>
      <Panel title={t('held.whyTitle')}>
        <div class="stack">
          <div class="row">
            <Precedence value={held.precedence} />
            {held.drill ? <Drill /> : null}
            {held.emergency ? <Emergency /> : null}
            <PersonsNeeded held={held} />
            <Countdown until={held.deadline.at} />
          </div>
          <Why held={held} />
          <Facts
            entries={[
              [t('held.fact.submittedBy'), held.submittedBy ?? held.origin],
              [t('held.fact.heldAt'), <Time key="held" at={held.heldAt} />],
              [t('held.fact.ends'), <Time key="ends" at={held.deadline.at} />],
              [t('held.fact.message'), <MessageLink key="message" origin={held.origin} id={held.messageId} />],
              [t('held.fact.agreement'), agreementText(held)],
            ]}
          />
          <p class="small muted">{t(held.releasesNeeded > 1 ? 'held.whoTwo' : 'held.whoOne')}</p>
          <OtherCopies held={held} />
        </div>
      </Panel>
      <Approvals held={held} />
      {hasChanged ? (
        <Notice tone="warn" title={t('held.changedTitle')}>
          <p>{t('held.changed')}</p>
          <div>
            <Button onClick={() => setSeen(held.shown)}>{t('held.changedSeen')}</Button>
          </div>
        </Notice>
      ) : null}
      <Panel title={t(held.direction === 'outbound' ? 'held.copyFor' : 'held.copyHere', { office: held.peer })}>
        <Copy held={held} />
      </Panel>
      <HeldActs held={held} hasChanged={hasChanged} reload={reload} />
    </div>
  );
}

function Why({ held }: { readonly held: Detail }): JSX.Element {
  return (
    <ul class="stack-tight" aria-label={t('held.rules')}>
      {held.why.map(({ policy, reason }) => (
        <li key={policy}>
          <RuleSentence text={reason} /> <span class="mono small muted">{policy}</span>
        </li>
      ))}
    </ul>
  );
}

function Approvals({ held }: { readonly held: Detail }): JSX.Element | null {
  const { approvals } = held;
  if (approvals.length === 0) return null;
  const standing = standingApproval(held);
  return (
    <Panel title={t('held.approvals')}>
      <div class="stack">
        {approvals.map((approval) => (
          <div key={approval.at} class="stack-tight">
            <p>
              {t('held.approvedBy', {
                name: approval.by,
                role: t(`role.${approval.role}` as 'role.officer'),
                at: dateTime(approval.at),
              })}{' '}
              <strong>{approval === standing ? '' : t('held.lapsed')}</strong>
            </p>
            <PeerText text={approval.reason} block />
            {approval.shown === held.shown ? (
              <p class="small">{t('held.sawSame')}</p>
            ) : (
              <SawOther digest={approval.shown} />
            )}
          </div>
        ))}
        {standing === undefined ? null : <p>{t('held.secondNeeded')}</p>}
      </div>
    </Panel>
  );
}

function SawOther({ digest }: { readonly digest: string }): JSX.Element {
  return (
    <div class="stack-tight">
      <p class="small">{t('held.sawOther')}</p>
      <ShownDigest digest={digest} />
    </div>
  );
}

function Copy({ held }: { readonly held: Detail }): JSX.Element {
  const sentences = useSentences(held);
  const content = (held.content ?? null) as Json | null;
  if (content === null)
    return (
      <Notice tone="warn" title={t('held.noContent')}>
        <p>{t(held.contentState === 'gone' ? 'held.contentGone' : 'held.contentUnreadable')}</p>
      </Notice>
    );
  const { purpose, handling, caveat, caseReference } = content as Readonly<Record<string, string | undefined>>;
  return (
    <div class="stack">
      {held.shown === null ? (
        <Notice tone="warn" title={t('held.refusedNow')}>
          {(held.now?.policies ?? []).map((policy) => (
            <p key={policy} class="mono small">
              {policy}
            </p>
          ))}
        </Notice>
      ) : null}
      <Facts
        entries={[
          [t('held.fact.purpose'), purpose === undefined ? undefined : code('Purpose', purpose)],
          [t('held.fact.handling'), handling === undefined ? undefined : code('HandlingCode', handling)],
          [t('held.fact.caveat'), caveat === undefined ? undefined : <PeerText key="caveat" text={caveat} />],
          [t('held.fact.case'), caseReference === undefined ? undefined : <PeerText key="case" text={caseReference} />],
        ]}
      />
      <ContentView content={content} withheld={held.withheldParts ?? []} sentences={sentences} />
      {held.shown === null ? null : (
        <section class="stack-tight" aria-label={t('held.words')}>
          <h3>{t('held.words')}</h3>
          <ShownDigest digest={held.shown} />
        </section>
      )}
    </div>
  );
}

/** Copies of the same message for other offices, which a person decides on one by one. */
function OtherCopies({ held }: { readonly held: Detail }): JSX.Element | null {
  const isOurs = held.direction === 'outbound';
  const list = useResource<{ readonly items: readonly Schemas['HeldItem'][] }>(
    isOurs ? `/v1/held?direction=outbound&message=${encodeURIComponent(held.messageId)}` : null,
    ['held'],
  );
  const others = (list.value?.items ?? []).filter(({ id }) => id !== held.id);
  if (others.length === 0) return null;
  return (
    <div class="row">
      <span>{t('held.otherCopies')}</span>
      {others.map(({ id, peer }) => (
        <Link key={id} to={`/held/${encodeURIComponent(id)}`}>
          {peer}
        </Link>
      ))}
    </div>
  );
}

/** What every rule says that holds it or keeps something of it back, by its name. */
function useSentences({ why, origin, messageId }: Detail): ReadonlyMap<string, string> {
  const explanation = useResource<Schemas['Explanation']>(
    `/v1/messages/${encodeURIComponent(messageId)}/explain?origin=${encodeURIComponent(origin)}`,
  );
  const decided = (explanation.value?.decisions ?? []).flatMap(({ policies, withheld }) => [
    ...policies,
    ...withheld.flatMap((kept) => kept.policies),
  ]);
  const holding = why.map(({ policy, reason }) => ({ name: policy, reason }));
  return new Map([...decided, ...holding].flatMap(({ name, reason }) => (reason === null ? [] : [[name, reason]])));
}

function agreementText({ agreement }: Detail): string | undefined {
  if (agreement === null || agreement === undefined) return undefined;
  const { id, article } = agreement as { readonly id?: string; readonly article?: string };
  return [id, article].filter((part) => part !== undefined && part !== '').join(' · ');
}
