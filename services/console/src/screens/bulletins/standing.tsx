import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { number, t } from '../../i18n/index.ts';
import { Age, Empty, Facts, Loaded, Notice, Panel, PeerText, Time } from '../../ui/index.ts';

/** How far this office is with every hub, and what in the region does not fit together. */
export function Standing(): JSX.Element {
  const standing = useResource<Schemas['RegionStanding']>('/v1/region', ['region', 'links']);
  return (
    <Loaded resource={standing}>
      {({ hubs, findings }) => (
        <>
          {hubs.length === 0 ? <Empty>{t('bulletins.noHub')}</Empty> : null}
          {hubs.map((hub) => (
            <Panel key={hub.hub} title={hub.hub}>
              <Facts
                entries={[
                  [
                    t('bulletins.heard'),
                    hub.heardAt === null ? t('bulletins.never') : <Age key="heard" at={hub.heardAt} />,
                  ],
                  [t('bulletins.fetched'), number(hub.cursor)],
                  [t('bulletins.toFetch'), hub.size === null ? '' : number(Math.max(0, hub.size - hub.cursor))],
                  [t('bulletins.waiting'), number(hub.waiting)],
                ]}
              />
            </Panel>
          ))}
          {findings.map((finding) => (
            <Notice
              key={`${finding.code}/${finding.hub}/${finding.office}/${finding.detail}`}
              tone="warn"
              title={finding.meaning}
            >
              <p>
                {[finding.hub, finding.office].filter((one) => one !== null).join(', ')}{' '}
                <PeerText text={finding.detail} />
              </p>
              <p class="small muted">
                <span class="mono">{finding.code}</span> <Time at={finding.since} />
              </p>
            </Notice>
          ))}
        </>
      )}
    </Loaded>
  );
}
