import type { JSX, RefObject } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { code, field as fieldLabel, number, t } from '../i18n/index.ts';
import { isTyping } from '../lists/move-focus.ts';
import { Button, Group, takesPhotographs } from '../ui/index.ts';
import { allFieldsOf } from './contract.ts';
import { bytesOf } from './find-faults.ts';
import { type FieldPlace, useForm } from './form-context.ts';
import { isList, isObject, type Json, type JsonObject, valueAt } from './json.ts';
import { scalePhoto } from './scale-photo.ts';

/** What browsers show of the formats of the contract. */
const SHOWN: Readonly<Record<string, string>> = {
  IMAGE_FORMAT_JPEG: 'image/jpeg',
  IMAGE_FORMAT_PNG: 'image/png',
  IMAGE_FORMAT_WEBP: 'image/webp',
};
const MAX_BYTES = allFieldsOf('Image').find(({ name }) => name === 'data')?.maxLength ?? 0;

/** Photographs: from the camera, from a file, dragged here or pasted; made small, and without what the camera noted. */
export function PhotosField({ message, field, path }: FieldPlace): JSX.Element {
  const form = useForm();
  const label = fieldLabel(message, field.name);
  const stored = valueAt(form.root, path);
  const images = (field.list === true ? (isList(stored) ? stored : []) : stored === undefined ? [] : [stored]).filter(
    isObject,
  );
  const most = field.list === true ? (field.maxItems ?? 1) : 1;
  const [state, setState] = useState<'idle' | 'busy' | 'unreadable' | 'full'>('idle');
  const [over, setOver] = useState(false);
  const camera = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();

  const put = (before: Json | undefined, image: JsonObject): Json =>
    field.list === true ? [...(isList(before) ? before : []), image].slice(0, most) : image;
  const take = async (given: Iterable<Blob>): Promise<void> => {
    const pictures = [...given].filter(({ type }) => type === '' || type.startsWith('image/'));
    if (pictures.length === 0) return;
    setState('busy');
    let outcome: 'idle' | 'unreadable' | 'full' = images.length + pictures.length > most ? 'full' : 'idle';
    for (const picture of pictures.slice(0, most - images.length)) {
      const photo = await scalePhoto(picture, MAX_BYTES);
      if (photo === undefined) outcome = 'unreadable';
      else form.change(path, (before) => put(before, { format: 'IMAGE_FORMAT_JPEG', data: photo.data }));
    }
    setState(outcome);
  };
  usePastedPictures(box, (pictures) => void take(pictures));
  const remove = (index: number): void => {
    form.change(path, (before) => {
      const left = (isList(before) ? before : []).filter((_, place) => place !== index);
      return left.length === 0 ? undefined : left;
    });
    document.getElementById(id)?.focus();
  };

  return (
    <Group label={label} error={form.errorAt(path)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is a second way; the buttons are the first */}
      <div
        ref={box}
        class={`form-photos${over ? ' over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer?.files ?? []);
        }}
      >
        {images.length === 0 ? null : (
          <ul class="form-thumbnails">
            {images.map((image, index) => (
              <li key={index} data-path={field.list === true ? `${path}[${index}]` : path}>
                <Thumbnail image={image} alt={t('form.photoOf', { label, n: index + 1 })} />
                <span class="small muted">{sizeText(image)}</span>
                <Button
                  look="plain"
                  onClick={() => remove(index)}
                  aria-label={t('form.removeEntry', { entry: t('form.photoOf', { label, n: index + 1 }) })}
                >
                  {t('form.remove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {images.length >= most ? null : (
          <div class="row">
            <Button
              id={id}
              busy={state === 'busy'}
              aria-label={t('form.photoFor', { label })}
              onClick={() => files.current?.click()}
            >
              {t('form.photo')}
            </Button>
            {takesPhotographs() ? (
              <Button
                busy={state === 'busy'}
                aria-label={t('form.cameraFor', { label })}
                onClick={() => camera.current?.click()}
              >
                {t('form.camera')}
              </Button>
            ) : null}
            <span class="small muted">{t('form.photoDrag')}</span>
          </div>
        )}
        {(['camera', 'files'] as const).map((kind) => (
          <input
            key={kind}
            ref={kind === 'camera' ? camera : files}
            type="file"
            accept="image/*"
            hidden
            aria-label={label}
            multiple={kind === 'files' && most > 1}
            {...(kind === 'camera' ? { capture: 'environment' as const } : {})}
            onChange={(event) => {
              void take([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
        ))}
        <span class="small" role="status">
          {state === 'busy'
            ? t('form.photoBusy')
            : state === 'unreadable'
              ? t('form.photoUnreadable')
              : state === 'full'
                ? t('form.photoFull', { most })
                : images.length > 0
                  ? t('form.photoStripped')
                  : ''}
        </span>
      </div>
    </Group>
  );
}

function sizeText(image: JsonObject): string {
  const bytes = typeof image['data'] === 'string' ? bytesOf(image['data']) : 0;
  return t('form.photoSize', { size: number(Math.max(1, Math.round(bytes / 1024))) });
}

function Thumbnail({ image, alt }: { readonly image: JsonObject; readonly alt: string }): JSX.Element {
  const format = String(image['format'] ?? '');
  const type = SHOWN[format];
  if (type === undefined || typeof image['data'] !== 'string') return <span>{code('ImageFormat', format)}</span>;
  return <img src={`data:${type};base64,${image['data']}`} alt={alt} class="form-thumbnail" />;
}

/**
 * Takes pictures that are pasted into the field; where it is the only one of the page, anywhere on it, since nothing says
 * that somebody should stand on one of its buttons first. What is pasted as text stays with the text.
 */
function usePastedPictures(box: RefObject<HTMLDivElement | null>, onPictures: (files: readonly File[]) => void): void {
  const newest = useRef(onPictures);
  newest.current = onPictures;
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const pictures = [...(event.clipboardData?.files ?? [])];
      const { target } = event;
      if (pictures.length === 0 || event.defaultPrevented || !(target instanceof Node)) return;
      const isHere = box.current?.contains(target) === true;
      const isText = isTyping(target) && event.clipboardData?.types.includes('text/plain') === true;
      const isOnly = document.querySelectorAll('.form-photos, [data-takes-files]').length === 1;
      if (!isHere && (isText || !isOnly)) return;
      event.preventDefault();
      newest.current(pictures);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
}
