import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, useResource } from '../../api/index.ts';
import { exactTime, t } from '../../i18n/index.ts';
import { Facts, Loaded } from '../../ui/index.ts';

/** The chain of custody of a file, asked for when it is opened: what happened to it, when, where and by whom. */
export function CustodyTimeline({ address }: { readonly address: string }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <details class="details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('operations.custody')}</summary>
      {open ? <Custody address={address} /> : null}
    </details>
  );
}

function Custody({ address }: { readonly address: string }): JSX.Element {
  const custody = useResource<Schemas['Custody']>(address, ['operations']);
  return (
    <Loaded resource={custody}>
      {({ lines, digest, originalDigest }) => (
        <div class="stack-tight">
          <ol class="operations-timeline">
            {lines.map((line) => (
              <li key={`${line.record} ${line.event}`}>
                <time dateTime={line.at}>{exactTime(line.at)}</time>: {t(`operations.custody.${line.event}`)}
                {', '}
                {line.office}
                {line.by === '' ? null : `, ${line.by}`}
                {line.code === '' ? null : <span class="mono"> {line.code}</span>}
                <span class="small muted"> {t('operations.record', { record: line.record })}</span>
              </li>
            ))}
          </ol>
          <Facts
            entries={[
              [t('operations.digestFile'), <span class="mono small">{digest}</span>],
              [
                t('operations.digestOriginal'),
                originalDigest === null ? undefined : <span class="mono small">{originalDigest}</span>,
              ],
            ]}
          />
        </div>
      )}
    </Loaded>
  );
}
