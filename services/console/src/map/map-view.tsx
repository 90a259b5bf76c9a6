import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { nameOf, t } from '../i18n/index.ts';
import { Button, Icon, nameHidden } from '../ui/index.ts';
import { fromPlane, type Ground, loadGround, type Position, pathOf, toPlane } from './ground.ts';
import './map.css';
import type { MapFeature } from './map-feature.ts';
import { type CaptionPlace, placeCaptions } from './place-captions.ts';
import { type Size, scaleOf, useSize } from './use-size.ts';
import { around, moved, type ViewBox, WHOLE, zoomed } from './view-box.ts';

/** A line that is being drawn: where it goes so far. */
export interface Drawing {
  readonly points: readonly Position[];
  readonly onPoints: (points: readonly Position[]) => void;
}

const STEP = 0.12;
/** A press that moved no farther than this many pixels was a click. */
const STILL_PX = 4;

/**
 * The map: works without a line to anywhere, by mouse, touch and keyboard. Arrow keys move it, + and - look closer or
 * farther; while a line is drawn, Enter sets a point in the middle and Backspace takes the last one back.
 */
export function MapView({
  features,
  selected,
  onSelect,
  drawing,
  label,
}: {
  readonly features: readonly MapFeature[];
  readonly selected?: string | undefined;
  readonly onSelect?: (id: string) => void;
  readonly drawing?: Drawing | undefined;
  readonly label?: string;
}): JSX.Element {
  const [ground, setGround] = useState<Ground | undefined>(undefined);
  const [box, setBox] = useState<ViewBox | undefined>(undefined);
  const frame = useRef<SVGSVGElement>(null);
  const size = useSize(frame);
  useEffect(() => void loadGround().then(setGround, () => undefined), []);
  const allEntered = (): ViewBox => around(features.flatMap(pointsOf).slice(0, 500));
  const shown = box ?? (features.length === 0 ? WHOLE : allEntered());
  const scale = scaleOf(shown, size);
  const captions = captionPlaces(features, shown, size);

  const addPoint = (point: readonly [number, number]): void => {
    const position = fromPlane(point);
    if (drawing !== undefined && position !== null) drawing.onPoints([...drawing.points, position]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const [right, down] = ARROWS[event.key] ?? [0, 0];
    if (right !== 0 || down !== 0) setBox(moved(shown, right * STEP, down * STEP));
    else if (event.key === '+' || event.key === '=') setBox(zoomed(shown, 0.6));
    else if (event.key === '-') setBox(zoomed(shown, 1.6));
    else if (event.key === 'Enter' && drawing !== undefined)
      addPoint([shown.x + shown.width / 2, shown.y + shown.height / 2]);
    else if (event.key === 'Backspace' && drawing !== undefined) drawing.onPoints(drawing.points.slice(0, -1));
    else return;
    event.preventDefault();
  };
  const pan = usePan(frame, shown, setBox, (fraction) => {
    if (drawing !== undefined) addPoint([shown.x + fraction[0] * shown.width, shown.y + fraction[1] * shown.height]);
  });

  return (
    <div class="map">
      <div class="map-controls no-print">
        <Button aria-label={t('map.closer')} onClick={() => setBox(zoomed(shown, 0.6))}>
          +
        </Button>
        <Button aria-label={t('map.farther')} onClick={() => setBox(zoomed(shown, 1.6))}>
          −
        </Button>
        <Button onClick={() => setBox(allEntered())}>{t('map.fit')}</Button>
        <Button onClick={() => setBox(WHOLE)}>{t('map.whole')}</Button>
      </div>
      <svg
        ref={frame}
        class={drawing === undefined ? 'map-frame' : 'map-frame drawing'}
        viewBox={`${shown.x} ${shown.y} ${shown.width} ${shown.height}`}
        role="application"
        aria-label={label ?? t('map.label')}
        aria-roledescription={t('map.word')}
        // Of an SVG the name of this attribute is taken as it is written, and only this one takes the focus.
        tabindex={0}
        onKeyDown={onKeyDown}
        {...pan}
      >
        {ground === undefined ? null : (
          // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing of the ground takes the focus
          <g aria-hidden="true">
            <path class="map-land" d={ground.land} />
            <path class="map-lake" d={ground.lakes} />
            <path class="map-river" d={ground.rivers} />
            <path class="map-border" d={ground.borders} />
            <NationNames ground={ground} scale={scale} width={shown.width} />
          </g>
        )}
        {features.map((feature) => (
          <Feature
            key={feature.id}
            feature={feature}
            scale={scale}
            place={captions.get(feature.id)}
            isSelected={feature.id === selected}
            onSelect={onSelect}
          />
        ))}
        {drawing === undefined ? null : <Drawn points={drawing.points} box={shown} scale={scale} />}
      </svg>
      <p class="small muted">{t('map.indicative')}</p>
    </div>
  );
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

function NationNames({
  ground,
  scale,
  width,
}: {
  readonly ground: Ground;
  readonly scale: number;
  readonly width: number;
}): JSX.Element {
  return (
    <>
      {ground.nations
        .filter((nation) => nation.width > width / 14)
        .map(({ nation, at }) => (
          <text key={nation} class="map-nation" x={at[0]} y={at[1]} font-size={15 * scale}>
            {nameOf('region', nation)}
          </text>
        ))}
    </>
  );
}

/** Where each caption stands, as close as one looks now. */
function captionPlaces(features: readonly MapFeature[], box: ViewBox, size: Size): ReadonlyMap<string, CaptionPlace> {
  const scale = scaleOf(box, size);
  // What is shown stands in the middle of the frame.
  const margin = (size.width - box.width / scale) / 2;
  const points = features.flatMap(({ id, caption, geometry }) => {
    const at = caption === undefined || geometry.type !== 'Point' ? null : toPlane(geometry.coordinates);
    if (at === null || caption === undefined) return [];
    return [{ id, caption, at: [(at[0] - box.x) / scale + margin, (at[1] - box.y) / scale] as const }];
  });
  const places = placeCaptions(points, size.width);
  return new Map(points.flatMap(({ id }, index) => (places[index] === undefined ? [] : [[id, places[index]]])));
}

function Feature({
  feature,
  scale,
  place,
  isSelected,
  onSelect,
}: {
  readonly feature: MapFeature;
  readonly scale: number;
  readonly place: CaptionPlace | undefined;
  readonly isSelected: boolean;
  readonly onSelect: ((id: string) => void) | undefined;
}): JSX.Element | null {
  const { id, geometry, tone = 'accent', shape = 'circle' } = feature;
  const label = nameHidden(feature.label);
  const at = geometry.type === 'Point' ? toPlane(geometry.coordinates) : ([0, 0] as const);
  if (at === null) return null;
  const look = `map-feature ${tone}${isSelected ? ' selected' : ''}${feature.dashed === true ? ' dashed' : ''}`;
  const press = onSelect === undefined ? undefined : () => onSelect(id);
  const interactive =
    press === undefined
      ? { role: 'img' as const }
      : {
          role: 'button' as const,
          tabindex: 0,
          'aria-pressed': isSelected,
          onClick: press,
          onKeyDown: (event: KeyboardEvent) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            event.stopPropagation();
            press();
          },
        };
  if (geometry.type !== 'Point')
    return (
      <g class={look} aria-label={label} {...interactive}>
        <title>{label}</title>
        <path class="map-touch" d={pathOf(geometry)} />
        <path class={geometry.type === 'Polygon' ? 'map-area' : 'map-line'} d={pathOf(geometry)} />
      </g>
    );
  return (
    <g class={look} aria-label={label} transform={`translate(${at[0]} ${at[1]}) scale(${scale})`} {...interactive}>
      <title>{label}</title>
      <circle class="map-touch" r="16" />
      {isSelected ? <circle class="map-ring" r="13" /> : null}
      <g transform="translate(-8 -8)">
        <Icon shape={shape} size={16} />
      </g>
      {feature.caption === undefined || place === undefined ? null : (
        <text class="map-caption" x={place.x} y={place.y} text-anchor={place.anchor}>
          {feature.caption}
        </text>
      )}
    </g>
  );
}

function Drawn({
  points,
  box,
  scale,
}: {
  readonly points: readonly Position[];
  readonly box: ViewBox;
  readonly scale: number;
}): JSX.Element {
  const [x, y, arm] = [box.x + box.width / 2, box.y + box.height / 2, 10 * scale];
  return (
    <g class="map-feature drawn">
      {points.length > 1 ? <path class="map-line" d={pathOf({ type: 'LineString', coordinates: points })} /> : null}
      {points.map((point, index) => {
        const at = toPlane(point);
        return at === null ? null : <circle key={`${index}-${point[0]}`} cx={at[0]} cy={at[1]} r={5 * scale} />;
      })}
      <path class="map-cross" d={`M${x - arm} ${y}h${arm * 2}M${x} ${y - arm}v${arm * 2}`} />
    </g>
  );
}

/** Handlers of a frame that is dragged and looked closer at with the wheel; a press without a move is a click. */
function usePan(
  frame: { readonly current: SVGSVGElement | null },
  box: ViewBox,
  setBox: (box: ViewBox) => void,
  onClick: (fraction: readonly [number, number]) => void,
): {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: (event: PointerEvent) => void;
  onWheel: (event: WheelEvent) => void;
} {
  const from = useRef<{ x: number; y: number; box: ViewBox; moved: boolean } | null>(null);
  const fractionOf = (event: MouseEvent): readonly [number, number] => {
    const rectangle = frame.current?.getBoundingClientRect();
    if (rectangle === undefined) return [0.5, 0.5];
    return [(event.clientX - rectangle.left) / rectangle.width, (event.clientY - rectangle.top) / rectangle.height];
  };
  return {
    onPointerDown: (event) => {
      from.current = { x: event.clientX, y: event.clientY, box, moved: false };
    },
    onPointerMove: (event) => {
      const start = from.current;
      const rectangle = frame.current?.getBoundingClientRect();
      if (start === null || rectangle === undefined) return;
      const [right, down] = [start.x - event.clientX, start.y - event.clientY];
      if (!start.moved && Math.hypot(right, down) <= STILL_PX) return;
      if (!start.moved) frame.current?.setPointerCapture(event.pointerId);
      start.moved = true;
      setBox(moved(start.box, right / rectangle.width, down / rectangle.height));
    },
    onPointerUp: (event) => {
      const start = from.current;
      from.current = null;
      if (start !== null && !start.moved) onClick(fractionOf(event));
    },
    onWheel: (event) => {
      event.preventDefault();
      setBox(zoomed(box, event.deltaY > 0 ? 1.25 : 0.8, fractionOf(event)));
    },
  };
}

function pointsOf({ geometry }: MapFeature): readonly (readonly [number, number])[] {
  const positions =
    geometry.type === 'Point'
      ? [geometry.coordinates]
      : geometry.type === 'LineString'
        ? geometry.coordinates
        : geometry.coordinates.flat();
  return positions.flatMap((position) => {
    const at = toPlane(position);
    return at === null ? [] : [at];
  });
}
