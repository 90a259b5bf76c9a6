import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Schemas, send, session, useAction, useResource } from '../../api/index.ts';
import { go } from '../../app/router.tsx';
import { now, t } from '../../i18n/index.ts';
import { Button, Loaded, Notice, Page, Panel, ProblemNotice, Tabs } from '../../ui/index.ts';
import { DocumentFile } from './act-dialog.tsx';
import { candidates, charterGrounds } from './charter-draft.ts';
import { CharterForm } from './charter-form.tsx';
import { CharterWords } from './charter-words.tsx';
import { charterIn, parsedText } from './read-charter.ts';

/** Founding an operation: in the light form step by step, in the national form with the charter that the authority signed. */
export default function NewOperationScreen(): JSX.Element {
  const { office } = session();
  const agreements = useResource<{ readonly items: readonly Schemas['InstalledAgreement'][] }>('/v1/agreements', [
    'documents',
  ]);
  const links = useResource<{ readonly items: readonly { readonly office: string }[] }>('/v1/links');
  const [form, setForm] = useState<'light' | 'national'>('light');
  useEffect(() => {
    const timer = setTimeout(() => {
      document.title = `${t('operations.new')} · ${office}`;
    });
    return () => clearTimeout(timer);
  }, []);
  return (
    <Page title={t('operations.new')}>
      <Tabs
        label={t('operations.form.forms')}
        tabs={[
          { id: 'light', label: t('operations.form.light') },
          { id: 'national', label: t('operations.form.national') },
        ]}
        selected={form}
        onSelect={(id) => setForm(id as 'light' | 'national')}
      >
        {form === 'national' ? (
          <NationalForm />
        ) : (
          <Loaded resource={agreements}>
            {({ items }) => {
              const grounds = charterGrounds(items, office);
              if (grounds.length === 0) return <Notice tone="warn" title={t('operations.form.noAgreement')} />;
              return (
                <Loaded resource={links}>
                  {(list) => {
                    const linked = list.items.map((link) => link.office);
                    return (
                      <CharterForm
                        grounds={grounds}
                        candidatesOf={(ground) => candidates(ground, linked)}
                        nowMs={now()}
                      />
                    );
                  }}
                </Loaded>
              );
            }}
          </Loaded>
        )}
      </Tabs>
    </Page>
  );
}

function NationalForm(): JSX.Element {
  const action = useAction();
  const [document, setDocument] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const charter = document === '' ? undefined : charterIn(parsedText(document));
  const propose = async (): Promise<void> => {
    if (charter === undefined) return;
    const done = await action.run(async () => {
      await send('/v1/operations', { body: { charter, document }, headers: { 'idempotency-key': key } });
    });
    if (done) go(`/operations/${charter.id}`);
  };
  return (
    <div class="stack">
      <p>{t('operations.form.nationalAbout')}</p>
      <DocumentFile onDocument={setDocument} />
      {document !== '' && charter === undefined ? (
        <Notice tone="danger" title={t('operations.form.noCharter')} />
      ) : null}
      {charter === undefined ? null : (
        <>
          <Panel title={t('operations.form.words')}>
            <CharterWords charter={charter} />
          </Panel>
          <ProblemNotice problem={action.problem} />
          <div>
            <Button look="primary" busy={action.busy} onClick={() => void propose()}>
              {t('operations.form.propose')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
