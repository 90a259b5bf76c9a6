import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { may, type Problem, problemFrom } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { language, t } from '../../i18n/index.ts';
import { Notice, Page, ProblemNotice } from '../../ui/index.ts';
import './compose.css';
import { Editor } from './editor.tsx';
import { KINDS } from './kinds.ts';
import { type Opened, openDraft } from './open-draft.ts';
import { TemplateList } from './template-list.tsx';
import { type Template, templateOf } from './templates.ts';
import { currentOwner } from './use-draft.ts';

/** Writing something: first what kind of message it is, then the message. */
export default function Compose({ params, query }: ScreenProps): JSX.Element {
  const name = params['template'];
  if (name === undefined) return <TemplateList />;
  const template = templateOf(name);
  if (template === undefined) return <Nothing text={t('compose.noTemplate')} />;
  if (!may(KINDS[template.kind].action)) return <Nothing text={t('nav.forbidden')} />;
  return <Writing key={template.id} template={template} query={query} />;
}

function Writing({ template, query }: { readonly template: Template; readonly query: URLSearchParams }): JSX.Element {
  const [opened, setOpened] = useState<Opened | 'gone' | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const shown = useRef<string | undefined>(undefined);
  const wanted = query.get('draft') ?? query.toString();
  useEffect(() => {
    // The draft that is being written gets its address; that is no other draft.
    if (shown.current !== undefined && shown.current === query.get('draft')) return;
    shown.current = undefined;
    setOpened(undefined);
    setProblem(undefined);
    const languages = [language(), 'en'];
    openDraft(template, query, currentOwner(), languages).then(
      (found) => {
        shown.current = found?.draft.id;
        setOpened(found ?? 'gone');
      },
      (cause: unknown) => setProblem(problemFrom(cause)),
    );
  }, [template, wanted]);
  if (problem !== undefined)
    return (
      <Page title={t(template.title)}>
        <ProblemNotice problem={problem} />
      </Page>
    );
  if (opened === undefined) return <p role="status">{t('state.loading')}</p>;
  if (opened === 'gone') return <Nothing text={t('compose.gone')} />;
  return (
    <Editor
      key={opened.draft.id}
      template={template}
      first={opened.draft}
      {...(opened.asked === undefined ? {} : { asked: opened.asked })}
    />
  );
}

function Nothing({ text }: { readonly text: string }): JSX.Element {
  return (
    <Page title={t('nav.compose')}>
      <Notice tone="warn" title={text} />
      <p>
        <Link class="button" to="/compose">
          {t('compose.allTemplates')}
        </Link>
      </p>
    </Page>
  );
}
