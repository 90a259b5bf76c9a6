import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { fetchFile, type Progress, type Schemas, useAction, useResource } from '../../api/index.ts';
import { code, number, t } from '../../i18n/index.ts';
import { shownImage } from '../../messages/index.ts';
import { Button, Loaded, PeerText, ProblemNotice, State, saveFile } from '../../ui/index.ts';
import { CustodyTimeline } from './custody.tsx';
import { sizeOf } from './file-facts.ts';
import type { Entry } from './types.ts';

type FileOfPost = Schemas['FileOfPost'];

/** A size for people: `1.4 MB`. */
export function sizeText(bytes: number): string {
  const { unit, size } = sizeOf(bytes);
  return `${number(size, { maximumFractionDigits: 1 })} ${unit}`;
}

/** The files of one post that this office can open. */
export function PostFiles({
  operation,
  entry,
}: {
  readonly operation: string;
  readonly entry: Pick<Entry, 'office' | 'id' | 'attachments'>;
}): JSX.Element {
  const base = `/v1/operations/${encodeURIComponent(operation)}/posts/${entry.office}/${entry.id}/attachments`;
  const files = useResource<{ readonly items: readonly FileOfPost[] }>(base, ['operations']);
  return (
    <Loaded resource={files}>
      {({ items }) => (
        <>
          <ul class="operations-files" aria-label={t('operations.files')}>
            {items.map((file) => (
              <li key={file.label}>
                <FileView file={file} address={`${base}/${encodeURIComponent(file.label)}`} />
              </li>
            ))}
          </ul>
          {items.length < (entry.attachments ?? 0) ? (
            <p class="small muted">{t('operations.filesWithheld', { n: (entry.attachments ?? 0) - items.length })}</p>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

const PICTURES = ['MEDIA_TYPE_JPEG', 'MEDIA_TYPE_PNG', 'MEDIA_TYPE_WEBP'];

function FileView({ file, address }: { readonly file: FileOfPost; readonly address: string }): JSX.Element {
  const action = useAction();
  const [progress, setProgress] = useState<Progress | undefined>(undefined);
  const [picture, setPicture] = useState<string | undefined>(undefined);
  const [notPicture, setNotPicture] = useState(false);
  useEffect(() => () => void (picture === undefined ? undefined : URL.revokeObjectURL(picture)), [picture]);

  const fetched = async (use: (blob: Blob) => void | Promise<void>): Promise<void> => {
    await action.run(async () => {
      const blob = await fetchFile(address, { onProgress: setProgress });
      await use(blob);
    });
    setProgress(undefined);
  };
  const show = (blob: Blob): Promise<void> =>
    blob.arrayBuffer().then((bytes) => {
      const type = shownImage(new Uint8Array(bytes));
      if (type === undefined) setNotPicture(true);
      else setPicture(URL.createObjectURL(new Blob([blob], { type })));
    });

  return (
    <>
      <p class="row">
        <strong>
          <PeerText text={file.name === '' ? file.label : file.name} />
        </strong>
        <span class="small muted">
          {code('MediaType', file.mediaType)} · {sizeText(file.bytes)} · {code('DataCategory', file.category)}
        </span>
        <FileState file={file} />
      </p>
      {file.metadataKept ? <p class="small muted">{t('operations.metadataKept')}</p> : null}
      {file.state === 'here' ? (
        <div class="row no-print">
          {PICTURES.includes(file.mediaType) && picture === undefined ? (
            <Button busy={action.busy} onClick={() => void fetched(show)}>
              {t('operations.fileShow')}
            </Button>
          ) : null}
          <Button
            busy={action.busy}
            onClick={() => void fetched((blob) => saveFile(blob, file.name === '' ? file.label : file.name))}
          >
            {t('action.save')}
          </Button>
          <span class="small muted">{t('operations.fileOpening')}</span>
        </div>
      ) : null}
      {progress === undefined ? null : <Through progress={progress} total={file.bytes} />}
      <ProblemNotice problem={action.problem} />
      {notPicture ? <p role="status">{t('message.imageNotShown')}</p> : null}
      {picture === undefined ? null : (
        <img class="operations-picture" src={picture} alt={t('operations.pictureAlt', { name: file.name })} />
      )}
      {file.holders.length === 0 ? null : (
        <ul class="operations-plain small muted">
          {file.holders.map((holder) => (
            <li key={holder.office}>
              {holder.office}: {t(`operations.holder.${holder.state}`, { pieces: holder.pieces, all: file.pieces })}
              {holder.code === '' ? null : <span class="mono"> {holder.code}</span>}
            </li>
          ))}
        </ul>
      )}
      <CustodyTimeline address={`${address}/custody`} />
    </>
  );
}

function FileState({ file }: { readonly file: FileOfPost }): JSX.Element | null {
  switch (file.state) {
    case 'here':
      return null;
    case 'arriving':
      return (
        <State shape="clock" tone="accent">
          {t('operations.fileArriving', { here: file.piecesHere, all: file.pieces })}
        </State>
      );
    case 'rejected':
      return (
        <State shape="cross" tone="danger">
          {t('operations.fileRejected')}
        </State>
      );
    default:
      return (
        <State shape="cross" tone="plain">
          {t('operations.fileErased')}
        </State>
      );
  }
}

/** How far a file is on a slow line, as a bar and in words. */
export function Through({ progress, total }: { readonly progress: Progress; readonly total: number }): JSX.Element {
  const all = progress.total ?? total;
  return (
    <p class="small">
      <progress class="operations-progress" value={progress.done} max={all} aria-label={t('operations.progress')} />
      {t('operations.through', { done: sizeText(progress.done), all: sizeText(all) })}
    </p>
  );
}
