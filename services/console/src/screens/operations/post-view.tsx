import type { ComponentChildren, JSX } from 'preact';
import { session } from '../../api/index.ts';
import { code, field, number as formatNumber, leading, listed, t } from '../../i18n/index.ts';
import {
  type Json,
  languageName,
  nationName,
  PartFields,
  positionText,
  Subjects,
  WithheldParts,
} from '../../messages/index.ts';
import { Countdown, Drill, Icon, PeerText, Precedence, State, Time } from '../../ui/index.ts';
import { PostFiles } from './files.tsx';
import { type Sentence, sentencesOf } from './sentences.ts';
import { type Disclosed, disclosedPost, type Entry } from './types.ts';
import { isUnread } from './use-opened.ts';

/** What is shown of a post elsewhere than among its fields. */
const APART = ['terms', 'crimeArea', 'headline', 'text', 'textLanguage', 'place', 'subjects', 'attachments'];

/** The anchor of a place of the transcript. */
export function anchorOf({ office, number }: Pick<Entry, 'office' | 'number'>): string {
  return `post-${office}-${number}`;
}

/** One place of the transcript: the post as far as it is here, and what of it is not, here or elsewhere, by whose rule. */
export function PostView({
  entry,
  operation,
  drill,
  answered,
  actions,
}: {
  readonly entry: Entry;
  readonly operation: string;
  readonly drill: boolean;
  /** The post that it answers, where that is loaded. */
  readonly answered: Entry | undefined;
  readonly actions: ComponentChildren;
}): JSX.Element {
  const { office: self } = session();
  const { office, number, last, type } = entry;
  const isOwn = office === self;
  const isGap = entry.state === 'withheld' || entry.state === 'awaited' || entry.state === 'refused';
  const look = `${isOwn ? ' own' : ''}${isGap ? ' gap' : ''}${isUnread(entry) ? ' unread' : ''}${drill ? ' drill' : ''}`;
  const label = t('operations.postLabel', {
    number,
    office,
    type: type === null ? t('operations.postUnknown') : code('PostType', type),
  });
  return (
    <article class={`operations-post${look}`} id={anchorOf(entry)} aria-label={label} tabIndex={-1}>
      <header>
        {drill ? <Drill /> : null}
        <strong>{office}</strong>
        <span class="muted">{last > number ? `${number}–${last}` : number}</span>
        {type === null ? null : (
          <State shape={SHAPES[type] ?? 'square'} tone={type === 'POST_TYPE_TASKING' ? 'accent' : 'plain'}>
            {code('PostType', type)}
          </State>
        )}
        {entry.precedence === undefined || entry.precedence === null || isQuiet(entry.precedence) ? null : (
          <Precedence value={entry.precedence} />
        )}
        {isUnread(entry) ? (
          <State shape="diamond" tone="accent">
            {t('operations.unread')}
          </State>
        ) : null}
        {entry.createdAt === null ? null : (
          <span class="small muted">
            <Time at={entry.createdAt} />
          </span>
        )}
        {entry.by === undefined || entry.by === null ? null : <span class="small muted">{entry.by}</span>}
      </header>
      <Terms entry={entry} answered={answered} />
      <Said entry={entry} />
      {(entry.attachments ?? 0) > 0 && entry.id !== null ? <PostFiles operation={operation} entry={entry} /> : null}
      <WithheldParts withheld={entry.withheldParts} />
      {sentencesOf(entry, self).map((sentence, index) => (
        <SentenceLine key={index} sentence={sentence} />
      ))}
      <footer class="row">
        <Limits entry={entry} />
        {isOwn ? <ReadBy entry={entry} /> : null}
        <span class="row no-print">{actions}</span>
      </footer>
    </article>
  );
}

const SHAPES: Readonly<
  Record<string, 'flag' | 'triangle' | 'ring' | 'square' | 'check' | 'diamond' | 'circle' | 'lock'>
> = {
  POST_TYPE_TASKING: 'flag',
  POST_TYPE_TASKING_ANSWER: 'check',
  POST_TYPE_SIGHTING: 'ring',
  POST_TYPE_POSITION: 'circle',
  POST_TYPE_DECISION: 'diamond',
  POST_TYPE_WARNING: 'triangle',
  POST_TYPE_SEIZURE: 'lock',
};

function isQuiet(precedence: string): boolean {
  return precedence === 'PRECEDENCE_ROUTINE' || precedence === 'PRECEDENCE_PRIORITY';
}

/** What a post is besides what it says: whom it tasks, by when, what it answers, what came of it. */
function Terms({
  entry,
  answered,
}: {
  readonly entry: Entry;
  readonly answered: Entry | undefined;
}): JSX.Element | null {
  const { answers, assignees = [], due, tasking, outcomes = [] } = entry;
  return (
    <>
      {answers === undefined || answers === null ? null : (
        <p class="small">
          {answered === undefined ? (
            t('operations.answersEarlier', { office: answers.origin })
          ) : (
            <a
              href={`#${anchorOf(answered)}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(anchorOf(answered))?.focus();
              }}
            >
              {t('operations.answers', { number: answered.number, office: answered.office })}
            </a>
          )}
        </p>
      )}
      {assignees.length === 0 ? null : (
        <p>
          <strong>{t('operations.taskingFor', { offices: listed(assignees) })}</strong>
          {due === undefined || due === null ? null : (
            <>
              {' · '}
              {t('operations.due')} <Time at={due} /> (<Countdown until={due} />)
            </>
          )}
        </p>
      )}
      {tasking === undefined || tasking === null ? null : (
        <p>
          <State
            shape={tasking === 'TASKING_STATE_DECLINED' ? 'cross' : 'check'}
            tone={tasking === 'TASKING_STATE_DECLINED' ? 'warn' : 'good'}
          >
            {code('TaskingState', tasking)}
          </State>
        </p>
      )}
      {outcomes.length === 0 ? null : (
        <p>
          {leading(field('PostTerms', 'outcomes'))}
          {listed(outcomes.map(({ outcome, count }) => `${code('OutcomeType', outcome)} ${formatNumber(count)}`))}
        </p>
      )}
    </>
  );
}

/** What was written, with its parts under their labels. */
function Said({ entry }: { readonly entry: Entry }): JSX.Element | null {
  const post = disclosedPost(entry);
  if (post === undefined)
    return entry.contentState === undefined || entry.contentState === 'present' || entry.id === null ? null : (
      <p class="muted">{t('operations.notKept')}</p>
    );
  return (
    <>
      {post.headline === undefined ? null : (
        <p>
          <strong>
            <PeerText text={post.headline} lang={post.textLanguage} />
          </strong>
        </p>
      )}
      {post.text === undefined ? null : <PeerText text={post.text} block lang={post.textLanguage} />}
      <Where post={post} />
      <PartFields type="OperationPost" json={post as Json} language={post.textLanguage} without={APART} />
      <Subjects subjects={post.subjects ?? []} language={post.textLanguage} />
    </>
  );
}

/** Where it was, in one line. */
function Where({ post: { place, textLanguage } }: { readonly post: Disclosed }): JSX.Element | null {
  if (place === undefined) return null;
  const { name = '', nation, position } = place;
  return (
    <p>
      <span class="muted">{leading(field('OperationPost', 'place'))}</span>
      <PeerText text={name} lang={textLanguage} />
      {nation === undefined ? null : ` · ${nationName(nation)}`}
      {position === undefined ? null : <span class="mono"> {positionText(position as Json)}</span>}
    </p>
  );
}

/** Under which limits it may be used, and in which language it is. */
function Limits({ entry }: { readonly entry: Entry }): JSX.Element | null {
  const { content } = entry;
  if (content === undefined || content === null) return null;
  const tongue = disclosedPost(entry)?.textLanguage;
  return (
    <span class="small muted">
      {tongue === undefined ? null : `${languageName(tongue)} · `}
      {code('HandlingCode', content.handling)}
      {content.caseReference === undefined ? null : (
        <>
          {' · '}
          {leading(field('PostSubmission', 'caseReference'))}
          <PeerText text={content.caseReference} />
        </>
      )}
      {content.caveat === undefined ? null : (
        <>
          {' · '}
          <PeerText text={content.caveat} />
        </>
      )}
    </span>
  );
}

/** A plain sentence with the rule that it rests on. */
export function SentenceLine({ sentence }: { readonly sentence: Sentence }): JSX.Element {
  const [list, value] = sentence.reason ?? ['', ''];
  const words = t(sentence.key, { ...sentence.values, reason: list === '' ? '' : code(list, value) });
  return (
    <p class="operations-sentence">
      <Icon shape={sentence.look} />
      <span>
        {words}
        {sentence.policies.length === 0 ? null : (
          <span class="small">
            {' '}
            {t('operations.rules', { n: sentence.policies.length })} <PeerText text={sentence.policies.join(', ')} />
          </span>
        )}
      </span>
    </p>
  );
}

/** Who has an own post, and who has opened it, by their signed receipts. */
function ReadBy({ entry: { readers } }: { readonly entry: Entry }): JSX.Element | null {
  if (readers.length === 0) return null;
  return (
    <ul class="operations-plain row small" aria-label={t('operations.readBy')}>
      {readers.map(({ office, openedAt, receivedAt, state }) => (
        <li key={office} class="row" title={openedAt ?? receivedAt ?? ''}>
          <Icon shape={openedAt !== null ? 'check' : receivedAt !== null ? 'circle' : 'ring'} size={10} />
          <span class="muted">
            {office}:{' '}
            {openedAt !== null
              ? t('operations.opened')
              : receivedAt !== null
                ? t('operations.received')
                : onTheWay(state)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function onTheWay(state: string | null): string {
  if (state === null) return t('operations.noCopy');
  return ['refused', 'rejected', 'held', 'expired', 'failed'].includes(state)
    ? t('operations.notGiven')
    : t('operations.onTheWay');
}
