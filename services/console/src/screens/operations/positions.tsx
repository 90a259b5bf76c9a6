import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { code, leading, t } from '../../i18n/index.ts';
import { MapView } from '../../map/index.ts';
import { nationName, positionText } from '../../messages/index.ts';
import { Empty, PeerText, Time } from '../../ui/index.ts';
import { type PlacedPost, placedPosts } from './positions-of.ts';
import { anchorOf } from './post-view.tsx';
import type { Entry } from './types.ts';

/** Where one's own people are and what was seen where: on the map and, the same, in a list. */
export function Positions({
  entries,
  onPost,
}: {
  readonly entries: readonly Entry[];
  readonly onPost: (anchor: string) => void;
}): JSX.Element {
  const [selected, setSelected] = useState<string | undefined>(undefined);
  const placed = placedPosts(entries);
  const features = placed.flatMap((post) =>
    post.latitude === null || post.longitude === null
      ? []
      : [
          {
            id: anchorOf(post),
            label: `${leading(labelOf(post))}${post.name}`,
            geometry: { type: 'Point' as const, coordinates: [post.longitude, post.latitude] as const },
            shape: post.type === 'POST_TYPE_POSITION' ? ('circle' as const) : ('diamond' as const),
            tone: post.type === 'POST_TYPE_SIGHTING' ? ('danger' as const) : ('accent' as const),
            caption: post.office,
          },
        ],
  );
  if (placed.length === 0) return <Empty>{t('operations.noPositions')}</Empty>;
  return (
    <div class="stack">
      {features.length === 0 ? null : (
        <MapView features={features} selected={selected} onSelect={setSelected} label={t('operations.tab.map')} />
      )}
      <p class="small muted">{t('operations.positionsAbout')}</p>
      <ul class="operations-list">
        {placed.map((post) => {
          const anchor = anchorOf(post);
          return (
            <li key={anchor} class={`operations-post${selected === anchor ? ' unread' : ''}`}>
              <header>
                <strong>{labelOf(post)}</strong>
                {post.at === null ? null : (
                  <span class="small muted">
                    <Time at={post.at} />
                  </span>
                )}
              </header>
              <p>
                <PeerText text={post.name} /> {post.nation === '' ? null : nationName(post.nation)}{' '}
                {post.latitude === null ? null : <span class="mono">{positionOf(post)}</span>}
              </p>
              <p class="no-print">
                <a
                  href={`#${anchor}`}
                  onClick={(event) => {
                    event.preventDefault();
                    onPost(anchor);
                  }}
                >
                  {t('operations.toPost')}
                </a>
              </p>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function positionOf({ latitude, longitude, accuracyM }: PlacedPost): string {
  return positionText({ latitude, longitude, ...(accuracyM === null ? {} : { accuracyM }) });
}

function labelOf({ office, number, type }: PlacedPost): string {
  return t('operations.postLabel', { office, number, type: type === null ? '' : code('PostType', type) });
}
