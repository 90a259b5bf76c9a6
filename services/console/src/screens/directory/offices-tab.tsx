import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, useResource } from '../../api/index.ts';
import { dateTime, number, t } from '../../i18n/index.ts';
import { Empty, Facts, Loaded, Panel, PeerText, TextField, Time } from '../../ui/index.ts';
import { DaysLeft } from './days-left.tsx';
import { nationName } from './names.ts';
import { Office } from './office.tsx';

type Directory = Schemas['InstalledDirectory'];

const TOPICS = ['documents'] as const;

/** The offices of each nation, as that nation signed them. */
export function OfficesTab(): JSX.Element {
  const directories = useResource<{ readonly items: readonly Directory[] }>('/v1/directory', TOPICS);
  const [words, setWords] = useState('');
  return (
    <>
      <div class="directory-search no-print">
        <TextField label={t('directory.find')} type="search" value={words} onValue={setWords} />
      </div>
      <Loaded resource={directories}>
        {({ items }) => {
          const shown = items
            .map((item) => ({ item, offices: officesOf(item).filter((office) => isFound(office, words)) }))
            .filter(({ offices }) => offices.length > 0 || words === '')
            .sort((a, b) => (nationName(a.item.nation) < nationName(b.item.nation) ? -1 : 1));
          return shown.length === 0 ? (
            <Empty>{t('directory.notFound')}</Empty>
          ) : (
            shown.map(({ item, offices }) => <Nation key={item.nation} item={item} offices={offices} />)
          );
        }}
      </Loaded>
    </>
  );
}

/** An office's entry with what it comes to now. */
export interface ListedOffice {
  readonly entry: NonNullable<Directory['directory']['offices']>[number];
  readonly now: Directory['offices'][number];
}

function officesOf({ directory, offices }: Directory): readonly ListedOffice[] {
  return offices.flatMap((now) => {
    const entry = directory.offices?.find(({ office }) => office === now.office);
    return entry === undefined ? [] : [{ entry, now }];
  });
}

function isFound({ entry }: ListedOffice, words: string): boolean {
  const text = [entry.office, entry.name, ...(entry.focalPoints ?? []).flatMap(({ role, name }) => [role, name])]
    .filter((part) => part !== undefined)
    .join(' ')
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function Nation({
  item,
  offices,
}: {
  readonly item: Directory;
  readonly offices: readonly ListedOffice[];
}): JSX.Element {
  const { nation, sequence, issuedAt, expiresAt, daysLeft, current, rootKid, digest, directory } = item;
  const revoked = directory.revoked ?? [];
  return (
    <Panel title={nationName(nation)} actions={<DaysLeft days={daysLeft} ended={!current} />}>
      <div class="stack">
        <p class="muted small">
          {t('directory.issue', { n: number(sequence), at: dateTime(issuedAt), until: dateTime(expiresAt) })}
        </p>
        {offices.map((office) => (
          <Office key={office.entry.office} office={office} />
        ))}
        <details class="details">
          <summary>{t('directory.proof')}</summary>
          <Facts
            entries={[
              [
                t('directory.rootKey'),
                <span key="root" class="mono">
                  {rootKid}
                </span>,
              ],
              [
                t('directory.digest'),
                <span key="digest" class="mono">
                  {digest}
                </span>,
              ],
              [
                t('directory.revoked'),
                revoked.length === 0 ? (
                  t('state.none')
                ) : (
                  <ul key="revoked" class="plain-list">
                    {revoked.map(({ kid, revokedAt, reason }) => (
                      <li key={kid}>
                        <span class="mono">{kid}</span>, <Time at={revokedAt} />
                        {reason === undefined ? null : (
                          <>
                            : <PeerText text={reason} />
                          </>
                        )}
                      </li>
                    ))}
                  </ul>
                ),
              ],
            ]}
          />
        </details>
      </div>
    </Panel>
  );
}
