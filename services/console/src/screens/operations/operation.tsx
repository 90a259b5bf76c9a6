import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { may, session, useResource } from '../../api/index.ts';
import { go } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { code, leading, t } from '../../i18n/index.ts';
import { Button, Countdown, Drill, Empty, Loaded, Notice, Page, PeerText, Tabs, Time } from '../../ui/index.ts';
import { ActDialog } from './act-dialog.tsx';
import { type Act, memberOf, possibleActs, silentBecause } from './acts.ts';
import { Channel, type PostActs } from './channel.tsx';
import { CharterTab } from './charter-tab.tsx';
import { ComposePost } from './compose-post.tsx';
import { OperationFrame } from './exercise.tsx';
import { PostFiles } from './files.tsx';
import { LogTab } from './log-tab.tsx';
import { Positions } from './positions.tsx';
import { type PostDraft, withField } from './post-draft.ts';
import { anchorOf } from './post-view.tsx';
import { charterIn } from './read-charter.ts';
import { ReportTab } from './report-tab.tsx';
import { Roster } from './roster.tsx';
import { Taskings } from './taskings.tsx';
import type { Charter, Entry, Operation } from './types.ts';
import { usePostDraft } from './use-post-draft.ts';
import { type Story, useTranscript } from './use-transcript.ts';
import { MemberState, OperationState } from './words.tsx';

const TABS = ['channel', 'taskings', 'members', 'files', 'map', 'charter', 'log', 'report'] as const;
type Tab = (typeof TABS)[number];

/** One joint operation: its channel with the form beside it, taskings, members, files, map, charter, log and report. */
export default function OperationScreen({ params, query }: ScreenProps): JSX.Element {
  const id = params['id'] ?? '';
  const base = `/v1/operations/${encodeURIComponent(id)}`;
  const operation = useResource<Operation>(base, ['operations']);
  const document = useResource<unknown>(`${base}/charter`);
  const charter = useMemo(() => charterIn(document.value), [document.value]);
  const story = useTranscript(id);
  const { digest } = story.transcript ?? {};
  const known = useRef(digest);
  useEffect(() => {
    // What waits for this office is another after every post.
    if (known.current !== undefined && known.current !== digest) void operation.reload();
    known.current = digest;
  }, [digest]);
  return (
    <Loaded resource={operation}>
      {(value) => (
        <OperationFrame drill={value.drill} name={value.name}>
          <Shown
            operation={value}
            charter={charter}
            story={story}
            tab={TABS.find((tab) => tab === query.get('tab')) ?? 'channel'}
            reload={() => void operation.reload()}
          />
        </OperationFrame>
      )}
    </Loaded>
  );
}

function Shown({
  operation,
  charter,
  story,
  tab,
  reload,
}: {
  readonly operation: Operation;
  readonly charter: Charter | undefined;
  readonly story: Story;
  readonly tab: Tab;
  readonly reload: () => void;
}): JSX.Element {
  const { office } = session();
  const [act, setAct] = useState<Act | undefined>(undefined);
  const [draft, changeDraft, isKept] = usePostDraft(operation, charter);
  const compose = useRef<HTMLDivElement>(null);
  const entries = story.transcript?.entries ?? [];
  const acts = may('run-operations') ? possibleActs(operation, office) : [];
  const show = (to: Tab): void =>
    go(to === 'channel' ? `/operations/${operation.id}` : `/operations/${operation.id}?tab=${to}`, { replace: true });
  const write = (change: (before: PostDraft) => PostDraft): void => {
    changeDraft(change);
    show('channel');
    setTimeout(() => compose.current?.querySelector<HTMLElement>('textarea, select')?.focus(), 50);
  };
  const toPost = (anchor: string): void => {
    show('channel');
    setTimeout(() => globalThis.document.getElementById(anchor)?.focus(), 50);
  };
  const answering = (before: PostDraft, entry: Pick<Entry, 'office' | 'number' | 'id'>): PostDraft => ({
    ...withField(withField(before, 'answers', entry.id ?? undefined), 'answersOrigin', entry.office),
    answersNumber: entry.number,
  });
  const postActs: PostActs = {
    mayPost: may('submit') && silentBecause(operation, office) === undefined,
    answer: (entry) => write((before) => answering(before, entry)),
    answerTasking: (entry, state) =>
      write((before) =>
        withField(
          withField(answering(before, entry), 'post.terms.postType', 'POST_TYPE_TASKING_ANSWER'),
          'post.terms.tasking',
          `TASKING_STATE_${state}`,
        ),
      ),
  };
  const label = (one: Tab): string =>
    one === 'taskings' && operation.waiting.accept + operation.waiting.finish > 0
      ? `${t('operations.tab.taskings')} (${operation.waiting.accept + operation.waiting.finish})`
      : t(`operations.tab.${one}`);

  return (
    <Page
      title={`${operation.drill ? leading(t('operations.exerciseWord')) : ''}${operation.name}`}
      actions={
        acts.length === 0
          ? undefined
          : acts.map((one) => (
              <Button key={one} {...(one === 'SIGN' ? { look: 'primary' as const } : {})} onClick={() => setAct(one)}>
                {t(`operations.act.${one}`)}
              </Button>
            ))
      }
    >
      <Standing operation={operation} />
      <Waiting operation={operation} show={show} />
      <Tabs
        label={t('operations.tabs')}
        tabs={TABS.filter((one) => one !== 'report' || operation.openedAt !== null).map((one) => ({
          id: one,
          label: label(one),
        }))}
        selected={tab}
        onSelect={(to) => show(to as Tab)}
      >
        {tab === 'channel' ? (
          <div class="operations-channel">
            <Channel operation={operation} story={story} acts={postActs} />
            <div ref={compose} class="operations-compose panel no-print">
              <ComposePost
                operation={operation}
                charter={charter}
                draft={draft}
                isKept={isKept}
                onDraft={changeDraft}
                onSent={() => void story.reload()}
              />
            </div>
          </div>
        ) : null}
        {tab === 'taskings' ? <Taskings operation={operation.id} entries={entries} acts={postActs} /> : null}
        {tab === 'members' ? <Roster operation={operation.id} entries={entries} /> : null}
        {tab === 'files' ? <Files operation={operation.id} entries={entries} story={story} /> : null}
        {tab === 'map' ? <Positions entries={entries} onPost={toPost} /> : null}
        {tab === 'charter' ? <CharterTab operation={operation} charter={charter} /> : null}
        {tab === 'log' ? <LogTab operation={operation.id} /> : null}
        {tab === 'report' ? <ReportTab operation={operation} /> : null}
      </Tabs>
      {act === undefined ? null : (
        <ActDialog
          operation={operation}
          charter={charter}
          act={act}
          onClose={() => setAct(undefined)}
          onDone={() => {
            setAct(undefined);
            reload();
          }}
        />
      )}
    </Page>
  );
}

function Standing({ operation }: { readonly operation: Operation }): JSX.Element {
  const own = memberOf(operation, session().office);
  const there = operation.members.filter(({ state }) => state === 'joined').length;
  return (
    <p class="row told-apart">
      {operation.drill ? <Drill /> : null}
      <OperationState state={operation.state} />
      {operation.state === 'live' || operation.state === 'suspended' ? (
        <span>
          {t('operations.endsIn')} <Countdown until={operation.ends} />
        </span>
      ) : null}
      <span>
        {t('operations.since')} <Time at={operation.since} />
      </span>
      {own === undefined ? null : <span>{t('operations.ourRole', { role: code('OperationRole', own.role) })}</span>}
      {own?.state === 'left' || own?.state === 'removed' ? <MemberState state={own.state} /> : null}
      {operation.lead === own?.office ? null : <span>{t('operations.lead', { office: operation.lead })}</span>}
      <span>{t('operations.membersThere', { there, all: operation.members.length })}</span>
      <span class="mono">{operation.id}</span>
    </p>
  );
}

function Waiting({
  operation: { waiting, state, quorum, members },
  show,
}: {
  readonly operation: Operation;
  readonly show: (tab: Tab) => void;
}): JSX.Element | null {
  const signed = members.filter((member) => member.signed).length;
  return (
    <>
      {waiting.sign ? <Notice tone="warn" title={t('operations.waitsSign')} /> : null}
      {state === 'proposed' && !waiting.sign ? (
        <Notice title={t('operations.waitsOthers', { signed, quorum })} />
      ) : null}
      {waiting.accept > 0 ? (
        <Notice tone="warn" title={t('operations.waits.accept', { n: waiting.accept })}>
          <p>
            <Button onClick={() => show('taskings')}>{t('operations.tab.taskings')}</Button>
          </p>
        </Notice>
      ) : null}
      {waiting.report ? (
        <Notice tone="warn" title={t('operations.waits.report')}>
          <p>
            <Button onClick={() => show('report')}>{t('operations.tab.report')}</Button>
          </p>
        </Notice>
      ) : null}
    </>
  );
}

function Files({
  operation,
  entries,
  story,
}: {
  readonly operation: string;
  readonly entries: readonly Entry[];
  readonly story: Story;
}): JSX.Element {
  const withFiles = entries.filter(({ attachments = 0, id }) => attachments > 0 && id !== null);
  return (
    <div class="stack">
      {withFiles.length === 0 ? <Empty>{t('operations.noFiles')}</Empty> : null}
      {withFiles.map((entry) => (
        <section key={anchorOf(entry)} class="operations-post">
          <header>
            <strong>
              {t('operations.postLabel', {
                office: entry.office,
                number: entry.number,
                type: code('PostType', entry.type ?? ''),
              })}
            </strong>
            {entry.createdAt === null ? null : <Time at={entry.createdAt} />}
          </header>
          <p>
            <PeerText
              text={
                entry.content?.operationPost === undefined
                  ? ''
                  : String((entry.content.operationPost as { text?: string }).text ?? '')
              }
            />
          </p>
          <PostFiles operation={operation} entry={entry} />
        </section>
      ))}
      {story.hasOlder ? (
        <div>
          <Button busy={story.loading} onClick={story.loadOlder}>
            {t('operations.older')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
