import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { code, number, t } from '../i18n/index.ts';
import { base64Bytes } from './image-magic.ts';
import { shownImage } from './image-sides.ts';

/** An image of a message, drawn from its bytes where they are JPEG, PNG or WebP of a sensible size; of any other it is said what it is. */
export function ImageView({
  format,
  data,
  label,
}: {
  readonly format: string;
  /** Base64. */
  readonly data: string;
  /** What it is an image of. */
  readonly label: string;
}): JSX.Element {
  const [address, setAddress] = useState<string | null>(null);
  const bytes = base64Bytes(data);
  const type = bytes === undefined ? undefined : shownImage(bytes);
  useEffect(() => {
    if (bytes === undefined || type === undefined) return undefined;
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  const size = t('message.imageSize', { kilobytes: number(Math.ceil((bytes?.length ?? 0) / 1024)) });
  return (
    <figure class="message-image">
      {address === null || type === undefined ? (
        <p class="muted">{t('message.imageNotShown')}</p>
      ) : (
        <img src={address} alt={label} loading="lazy" decoding="async" />
      )}
      <figcaption class="small muted">
        {code('ImageFormat', format)} · {size}
      </figcaption>
    </figure>
  );
}
