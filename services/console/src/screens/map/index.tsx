import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { may, useResource } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { code, leading, t } from '../../i18n/index.ts';
import { type GeoFeature, MapView, type Position, readGeoJson, writeGeoJson } from '../../map/index.ts';
import {
  Button,
  Check,
  Empty,
  Group,
  Notice,
  Page,
  Panel,
  PeerText,
  ProblemNotice,
  Select,
  saveFile,
} from '../../ui/index.ts';
import './map-screen.css';
import { RouteDrawing } from './route-drawing.tsx';
import { type FeatureTexts, LAYERS, type Layer, layerOf, type Shown, shownFeature } from './shown-features.ts';

const DAYS = ['1', '7', '30', '90'];
/** A file of a whole nation is nothing that a small computer should draw. */
const MOST_BYTES = 2_000_000;

/** Offices, lines, alerts, routes and bulletins on a map and in a list; a route can be drawn and shared. */
export default function MapScreen(): JSX.Element {
  const [days, setDays] = useState('7');
  const [hidden, setHidden] = useState<ReadonlySet<Layer>>(new Set());
  const [selected, setSelected] = useState<string | undefined>(undefined);
  const [drawn, setDrawn] = useState<readonly Position[] | undefined>(undefined);
  const [fromFile, setFromFile] = useState<readonly GeoFeature[]>([]);
  const office = useResource<unknown>(`/v1/map?days=${days}`, ['inbox', 'outbox', 'links', 'documents']);
  const region = useResource<unknown>(may('read-region') ? '/v1/bulletins?format=geojson&limit=200' : null, ['region']);

  const all = useMemo(() => {
    const given = [...(readGeoJson(office.value) ?? []), ...(readGeoJson(region.value) ?? [])];
    return [
      ...given.map((feature) => shownFeature(feature, layerOf(feature), texts())),
      ...fromFile.map((feature) => shownFeature(feature, 'file', texts())),
    ];
  }, [office.value, region.value, fromFile]);
  const shown = all.filter(({ layer }) => !hidden.has(layer));
  const current = shown.find(({ id }) => id === selected);

  return (
    <Page
      title={t('nav.map')}
      actions={
        <>
          <Button aria-pressed={drawn !== undefined} onClick={() => setDrawn(drawn === undefined ? [] : undefined)}>
            {t('map.draw')}
          </Button>
          <FileIn onFeatures={setFromFile} />
          <Button
            onClick={() =>
              saveFile(
                new Blob([writeGeoJson(shown.map(({ source }) => source))], { type: 'application/geo+json' }),
                'map.geojson',
              )
            }
          >
            {t('map.save')}
          </Button>
        </>
      }
    >
      <ProblemNotice problem={office.problem ?? region.problem} />
      <div class="map-screen">
        <div class="stack">
          <MapView
            features={shown}
            selected={selected}
            onSelect={setSelected}
            drawing={drawn === undefined ? undefined : { points: drawn, onPoints: setDrawn }}
          />
        </div>
        <div class="stack">
          {drawn === undefined ? null : <RouteDrawing points={drawn} onPoints={setDrawn} />}
          {current === undefined ? null : <Selected feature={current} />}
          <div class="panel no-print">
            <div class="stack">
              <Select
                label={t('map.days')}
                value={days}
                options={DAYS.map((value) => ({ value, label: t('map.lastDays', { n: Number(value) }) }))}
                onValue={setDays}
              />
              <Group label={t('map.layers')}>
                {LAYERS.filter((layer) => layer !== 'file' || fromFile.length > 0).map((layer) => (
                  <Check
                    key={layer}
                    label={`${t(`map.layer.${layer}`)} (${all.filter((one) => one.layer === layer).length})`}
                    checked={!hidden.has(layer)}
                    onChecked={(on) => setHidden(toggled(hidden, layer, !on))}
                  />
                ))}
              </Group>
            </div>
          </div>
          <FeatureList
            features={shown.toSorted((one, other) => LAYERS.indexOf(one.layer) - LAYERS.indexOf(other.layer))}
            selected={selected}
            onSelect={setSelected}
          />
        </div>
      </div>
    </Page>
  );
}

function toggled(layers: ReadonlySet<Layer>, layer: Layer, isHidden: boolean): ReadonlySet<Layer> {
  const next = new Set(layers);
  if (isHidden) next.add(layer);
  else next.delete(layer);
  return next;
}

function Selected({ feature }: { readonly feature: Shown }): JSX.Element {
  return (
    <Panel title={t('map.selected')}>
      <div class="stack-tight" aria-live="polite">
        <PeerText text={feature.label} />
        {feature.to === undefined ? null : <Link to={feature.to}>{t('map.open')}</Link>}
      </div>
    </Panel>
  );
}

function FeatureList({
  features,
  selected,
  onSelect,
}: {
  readonly features: readonly Shown[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}): JSX.Element {
  return (
    <Panel title={t('map.list', { n: features.length })}>
      {features.length === 0 ? <Empty>{t('map.nothing')}</Empty> : null}
      <ul class="map-list">
        {features.map(({ id, label, layer }) => (
          <li key={id}>
            <button type="button" aria-pressed={id === selected} onClick={() => onSelect(id)}>
              <span class="muted small">{t(`map.layer.${layer}`)}</span> <PeerText text={label} />
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function FileIn({ onFeatures }: { readonly onFeatures: (features: readonly GeoFeature[]) => void }): JSX.Element {
  const [refused, setRefused] = useState(false);
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const features = file.size > MOST_BYTES ? undefined : await parsed(file);
    setRefused(features === undefined || features.length === 0);
    if (features !== undefined) onFeatures(features);
  };
  return (
    <>
      <label class="button map-file">
        {t('map.openFile')}
        <input
          type="file"
          class="visually-hidden"
          accept=".geojson,.json,application/geo+json"
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
      </label>
      {refused ? <Notice tone="danger" title={t('map.fileRefused')} /> : null}
    </>
  );
}

async function parsed(file: File): Promise<readonly GeoFeature[] | undefined> {
  try {
    return readGeoJson(JSON.parse(await file.text()));
  } catch {
    return undefined;
  }
}

function texts(): FeatureTexts {
  const drilled = (label: string, isDrill: boolean): string =>
    isDrill ? `${leading(t('drill.word'))}${label}` : label;
  return {
    office: (name, own) => (own ? t('map.ownOffice', { name }) : name),
    link: (office, up) =>
      up === null ? t('map.lineUnknown', { office }) : up ? t('map.lineUp', { office }) : t('map.lineDown', { office }),
    alert: (headline, origin, precedence, isDrill) =>
      drilled(
        t('map.alert', {
          precedence: code('Precedence', precedence),
          headline: headline || t('map.noHeadline'),
          origin,
        }),
        isDrill,
      ),
    route: (name, origin, isDrill) => drilled(t('map.route', { name: name || t('map.noHeadline'), origin }), isDrill),
    bulletin: (headline, origin, isDrill) =>
      drilled(t('map.bulletin', { headline: headline || t('map.noHeadline'), origin }), isDrill),
    file: (name) => name || t('map.layer.file'),
  };
}
