import type { JSX } from 'preact';
import { may } from '../../api/index.ts';
import { go } from '../../app/router.tsx';
import { t } from '../../i18n/index.ts';
import { type Position, writeGeoJson } from '../../map/index.ts';
import { Button, Panel, saveFile } from '../../ui/index.ts';

/** Where the form for a bulletin finds the route that was drawn. */
const DRAWN_ROUTE = 'liaison.route';

/** A route while it is drawn: its points as numbers that can be changed, and what can be done with it. */
export function RouteDrawing({
  points,
  onPoints,
}: {
  readonly points: readonly Position[];
  readonly onPoints: (points: readonly Position[]) => void;
}): JSX.Element {
  const change = (at: number, next: Position): void =>
    onPoints(points.map((point, index) => (index === at ? next : point)));
  const route = { id: 'route', geometry: { type: 'LineString' as const, coordinates: points }, properties: {} };
  const share = (): void => {
    sessionStorage.setItem(DRAWN_ROUTE, JSON.stringify(route.geometry));
    go('/compose/bulletin?route=drawn');
  };
  return (
    <Panel title={t('map.drawing')}>
      <div class="stack">
        <p>{t('map.drawingAbout')}</p>
        <ol class="map-points">
          {points.map((point, index) => (
            <li key={`${index}-${points.length}`}>
              <Degrees
                label={t('map.north', { n: index + 1 })}
                value={point[1]}
                most={90}
                onValue={(north) => change(index, [point[0], north])}
              />
              <Degrees
                label={t('map.east', { n: index + 1 })}
                value={point[0]}
                most={180}
                onValue={(east) => change(index, [east, point[1]])}
              />
              <Button
                look="plain"
                aria-label={t('map.removePoint', { n: index + 1 })}
                onClick={() => onPoints(points.filter((_, at) => at !== index))}
              >
                ✕
              </Button>
            </li>
          ))}
        </ol>
        <p aria-live="polite">{t('map.points', { n: points.length })}</p>
        <div class="row">
          <Button disabled={points.length === 0} onClick={() => onPoints(points.slice(0, -1))}>
            {t('map.undo')}
          </Button>
          {may('tell-region') ? (
            <Button look="primary" disabled={points.length < 2} onClick={share}>
              {t('map.share')}
            </Button>
          ) : null}
          <Button
            disabled={points.length < 2}
            onClick={() =>
              saveFile(new Blob([writeGeoJson([route])], { type: 'application/geo+json' }), 'route.geojson')
            }
          >
            {t('map.saveRoute')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

function Degrees({
  label,
  value,
  most,
  onValue,
}: {
  readonly label: string;
  readonly value: number;
  readonly most: number;
  readonly onValue: (value: number) => void;
}): JSX.Element {
  return (
    <input
      class="input"
      type="number"
      step="0.0001"
      min={-most}
      max={most}
      aria-label={label}
      value={value}
      onChange={(event) => {
        const next = Number(event.currentTarget.value);
        if (Number.isFinite(next) && Math.abs(next) <= most) onValue(next);
      }}
    />
  );
}
