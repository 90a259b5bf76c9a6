import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Problem, type Progress, problemFrom, type Schemas, upload } from '../../api/index.ts';
import { code, field, listed, t } from '../../i18n/index.ts';
import { Button, Check, Field, Notice, PeerText, ProblemNotice, Select, takesPhotographs } from '../../ui/index.ts';
import { fileCategories, fileName, largestFile } from './file-facts.ts';
import { sizeText, Through } from './files.tsx';
import type { DraftFile } from './post-draft.ts';
import type { Charter } from './types.ts';

type Entered = Schemas['FileEntered'];

const MOST_FILES = 8;
const ACCEPT = 'image/jpeg,image/png,image/webp,application/pdf,text/plain,text/csv';

/**
 * Files for a post: dropped, chosen, taken with the camera or pasted anywhere on the page. Each is handed in at once,
 * one after the other, and what was taken out of it is said.
 */
export function FilePicker({
  operation,
  charter,
  files,
  onFiles,
}: {
  readonly operation: string;
  readonly charter: Charter | undefined;
  readonly files: readonly DraftFile[];
  readonly onFiles: (change: (files: readonly DraftFile[]) => readonly DraftFile[]) => void;
}): JSX.Element {
  const categories = fileCategories(charter);
  const [category, setCategory] = useState(categories[0] ?? '');
  const [keepMetadata, setKeepMetadata] = useState(false);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<{ name: string; bytes: number; progress: Progress } | undefined>(undefined);
  const [problem, setProblem] = useState<{ name: string; problem: Problem } | undefined>(undefined);
  const [tooLarge, setTooLarge] = useState<string | undefined>(undefined);
  const ended = useRef<AbortController | undefined>(undefined);
  const most = largestFile(charter);

  const handIn = async (file: File): Promise<void> => {
    const name = fileName(file.name);
    if (file.size > most) return setTooLarge(name);
    const mine = new AbortController();
    ended.current = mine;
    setSending({ name, bytes: file.size, progress: { done: 0, total: file.size } });
    try {
      const entered = await upload<Entered>(`/v1/operations/${encodeURIComponent(operation)}/attachments`, file, {
        query: { category, name, ...(keepMetadata ? { keepMetadata: true } : {}) },
        onProgress: (progress) => setSending({ name, bytes: file.size, progress }),
        signal: mine.signal,
      });
      onFiles((before) => [...before, { ...entered, name }]);
    } catch (error) {
      if (!mine.signal.aborted) setProblem({ name, problem: problemFrom(error) });
    } finally {
      setSending(undefined);
    }
  };
  const handInAll = async (chosen: readonly File[]): Promise<void> => {
    setProblem(undefined);
    setTooLarge(undefined);
    for (const file of chosen.slice(0, MOST_FILES - files.length)) await handIn(file);
  };
  usePastedFiles((pasted) => void handInAll(pasted));

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; the buttons inside do the same
    <div
      class={over ? 'operations-drop over no-print' : 'operations-drop no-print'}
      data-takes-files
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void handInAll([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <Select
        label={t('operations.fileShows')}
        hint={t('operations.fileShowsHint')}
        value={category}
        options={categories.map((value) => ({ value, label: code('DataCategory', value) }))}
        onValue={setCategory}
      />
      <div class="operations-pair">
        <FileChoice label={t('operations.fileChoose')} disabled={sending !== undefined} onFiles={handInAll} />
        {takesPhotographs() ? (
          <FileChoice label={t('operations.fileCamera')} camera disabled={sending !== undefined} onFiles={handInAll} />
        ) : null}
      </div>
      <Check label={t('operations.fileKeepMetadata')} checked={keepMetadata} onChecked={setKeepMetadata} />
      <p class="small muted">{t('operations.fileAbout', { most: sizeText(most) })}</p>
      {sending === undefined ? null : (
        <div class="stack-tight">
          <p class="row">
            <PeerText text={sending.name} />
            <Button onClick={() => ended.current?.abort()}>{t('operations.fileStop')}</Button>
          </p>
          <Through progress={sending.progress} total={sending.bytes} />
        </div>
      )}
      {tooLarge === undefined ? null : (
        <Notice tone="danger" title={t('operations.fileTooLarge', { name: tooLarge, most: sizeText(most) })} />
      )}
      {problem === undefined ? null : (
        <div class="stack-tight">
          <p>
            <PeerText text={problem.name} />
          </p>
          <ProblemNotice problem={problem.problem} />
        </div>
      )}
      <ul class="operations-files" aria-label={field('PostSubmission', 'attachments')} aria-live="polite">
        {files.map((file) => (
          <li key={file.file}>
            <p class="row">
              <strong>
                <PeerText text={file.name} />
              </strong>
              <span class="small muted">
                {code('MediaType', file.mediaType)} · {sizeText(file.bytes)} · {code('DataCategory', file.category)}
              </span>
              <Button
                look="plain"
                onClick={() => onFiles((before) => before.filter((one) => one.file !== file.file))}
                aria-label={t('operations.fileRemove', { name: file.name })}
              >
                {t('operations.remove')}
              </Button>
            </p>
            <p class="small muted">
              {file.removed.length === 0
                ? t('operations.fileNothingRemoved')
                : t('operations.fileRemoved', { n: file.removed.length, what: listed(file.removed) })}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function FileChoice({
  label,
  camera = false,
  disabled,
  onFiles,
}: {
  readonly label: string;
  readonly camera?: boolean;
  readonly disabled: boolean;
  readonly onFiles: (files: readonly File[]) => Promise<void>;
}): JSX.Element {
  return (
    <Field label={label}>
      {(described) => (
        <input
          {...described}
          class="input"
          type="file"
          disabled={disabled}
          {...(camera ? { accept: 'image/*', capture: 'environment' as const } : { accept: ACCEPT, multiple: true })}
          onChange={(event) => {
            const input = event.currentTarget;
            const chosen = [...(input.files ?? [])];
            // The same file may be chosen again.
            input.value = '';
            void onFiles(chosen);
          }}
        />
      )}
    </Field>
  );
}

function usePastedFiles(onFiles: (files: readonly File[]) => void): void {
  const newest = useRef(onFiles);
  newest.current = onFiles;
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      // A picture that is pasted into a field for photographs belongs to what that field describes.
      const isPhotograph = event.target instanceof Element && event.target.closest('.form-photos') !== null;
      if (files.length === 0 || isPhotograph) return;
      event.preventDefault();
      newest.current(files);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
}
