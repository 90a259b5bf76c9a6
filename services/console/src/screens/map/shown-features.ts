import type { GeoFeature, MapFeature } from '../../map/index.ts';

/** What can be shown or hidden together, what matters most first. */
export const LAYERS = ['alert', 'route', 'bulletin', 'link', 'office', 'file'] as const;

/** One of them. */
export type Layer = (typeof LAYERS)[number];

/** Texts of the map's features, in the reader's language. */
export interface FeatureTexts {
  readonly office: (name: string, own: boolean) => string;
  readonly link: (office: string, up: boolean | null) => string;
  readonly alert: (headline: string, origin: string, precedence: string, drill: boolean) => string;
  readonly route: (name: string, origin: string, drill: boolean) => string;
  readonly bulletin: (headline: string, origin: string, drill: boolean) => string;
  readonly file: (name: string) => string;
}

/** A feature as the map and its list show it. */
export interface Shown extends MapFeature {
  readonly layer: Layer;
  readonly source: GeoFeature;
  /** The screen that tells more of it. */
  readonly to: string | undefined;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The layer of a feature that the office gave; what came from a file says nothing that is believed. */
export function layerOf({ properties }: GeoFeature): Layer {
  const layer = LAYERS.find((one) => one === properties['type']);
  return layer === undefined || layer === 'file' ? 'bulletin' : layer;
}

/** The feature with its words, its shape and where it leads. */
export function shownFeature(source: GeoFeature, layer: Layer, texts: FeatureTexts): Shown {
  const { properties, id, geometry } = source;
  const origin = text(properties['origin']);
  const headline = text(properties['headline']);
  const isDrill = properties['drill'] === true;
  const message = `/messages/${encodeURIComponent(origin)}/${encodeURIComponent(text(properties['messageId']))}`;
  const base = { id: `${layer}/${id}`, geometry, layer, source } as const;
  switch (layer) {
    case 'office': {
      const office = text(properties['office']);
      return {
        ...base,
        // The caption stands on the map too, so it belongs to the name.
        label: `${office}: ${texts.office(text(properties['name']) || office, properties['own'] === true)}`,
        shape: properties['own'] === true ? 'square' : 'ring',
        tone: 'accent',
        caption: office,
        to: '/directory',
      };
    }
    case 'link': {
      const up = typeof properties['up'] === 'boolean' ? properties['up'] : null;
      return {
        ...base,
        label: texts.link(text(properties['office']), up),
        tone: up === false ? 'danger' : up === null ? 'plain' : 'good',
        dashed: up !== true,
        to: '/directory',
      };
    }
    case 'alert': {
      const precedence = text(properties['precedence']);
      return {
        ...base,
        label: texts.alert(headline, origin, precedence, isDrill),
        shape: precedence === 'PRECEDENCE_FLASH' ? 'diamond' : 'triangle',
        tone: isDrill ? 'drill' : precedence === 'PRECEDENCE_FLASH' ? 'danger' : 'warn',
        to: message,
      };
    }
    case 'route':
      return {
        ...base,
        label: texts.route(text(properties['name']) || headline, origin, isDrill),
        tone: isDrill ? 'drill' : 'warn',
        to: message,
      };
    case 'bulletin':
      return {
        ...base,
        label: texts.bulletin(text(properties['name']) || headline, origin, isDrill),
        shape: 'flag',
        tone: isDrill ? 'drill' : 'accent',
        to: '/bulletins',
      };
    case 'file':
      return { ...base, label: texts.file(text(properties['name'])), shape: 'cross', tone: 'plain', to: undefined };
  }
}
