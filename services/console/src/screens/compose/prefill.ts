import { isList, isObject, type Json, type JsonObject, withValueAt } from '../../forms/json.ts';
import { KINDS } from './kinds.ts';
import type { Template } from './templates.ts';

/** The most positions that one geometry of the contract has. */
const MAX_POSITIONS = 500;

/** What a new draft of that template holds; `languages` are those that the writer reads, the own one first. */
export function presetOf({ preset, kind }: Template, languages: readonly string[]): JsonObject {
  const [own] = languages;
  if (kind === 'BulletinSubmission' && own !== undefined) return withValueAt(preset, 'bulletin.textLanguage', own);
  return kind === 'RequestSubmission' ? withValueAt(preset, 'request.languages', [...new Set(languages)]) : preset;
}

/** A route that was drawn on the map (GeoJSON LineString, longitude first) as a bulletin's geometry; undefined for anything else. */
export function routeGeometry(text: string | null): JsonObject | undefined {
  let drawn: unknown;
  try {
    drawn = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  if (typeof drawn !== 'object' || drawn === null) return undefined;
  const { type, coordinates } = drawn as { readonly type?: unknown; readonly coordinates?: unknown };
  if (type !== 'LineString' || !Array.isArray(coordinates) || coordinates.length > MAX_POSITIONS) return undefined;
  const positions = coordinates.flatMap((position: unknown) => {
    if (!Array.isArray(position)) return [];
    const [longitude, latitude] = position as readonly unknown[];
    return typeof longitude === 'number' && typeof latitude === 'number' ? [{ latitude, longitude }] : [];
  });
  if (positions.length < 2 || positions.length !== coordinates.length) return undefined;
  return { geometryType: 'GEOMETRY_TYPE_LINE_STRING', positions };
}

/** A bulletin with a route that was drawn. */
export function withRoute(value: JsonObject, geometry: JsonObject): JsonObject {
  return withValueAt(withValueAt(value, 'bulletin.bulletinType', 'BULLETIN_TYPE_ROUTE'), 'bulletin.geometries', [
    geometry,
  ]);
}

/** What is known of a message of this office, as GET /v1/messages/{id} tells it. */
export interface EarlierMessage {
  readonly id: string;
  readonly precedence: string;
  readonly drill: boolean;
  readonly content?: Readonly<Record<string, unknown>> | null;
}

/** The submission that changes an earlier message: what it said, to be changed, and what became of its kind. */
export function changeOf(template: Template, earlier: EarlierMessage): JsonObject {
  const { body } = KINDS[template.kind];
  const content = (earlier.content ?? {}) as JsonObject;
  const presetBody = template.preset[body];
  const messageType = isObject(presetBody) ? presetBody['messageType'] : undefined;
  const said = isObject(content[body]) ? content[body] : {};
  const header = Object.fromEntries(
    ['purpose', 'handling', 'caveat', 'caseReference'].flatMap((name) => {
      const value: Json | undefined = content[name];
      return value === undefined || value === '' ? [] : [[name, value] as const];
    }),
  );
  return {
    precedence: earlier.precedence,
    ...header,
    supersedes: earlier.id,
    ...(earlier.drill ? { drill: true } : {}),
    [body]: {
      ...said,
      ...(messageType === undefined
        ? {}
        : { messageType: messageType === 'MESSAGE_TYPE_ALERT' ? 'MESSAGE_TYPE_UPDATE' : messageType }),
    },
  };
}

/**
 * A request to the office that sent a message, about that message: to it alone, of the same crime area, an exercise where
 * that was one. What the message says is not copied, since other recipients can be added.
 */
export function questionAbout(value: JsonObject, origin: string, message: Omit<EarlierMessage, 'id'>): JsonObject {
  const crimeArea = Object.values((message.content ?? {}) as JsonObject)
    .map((part) => (isObject(part) ? part['crimeArea'] : undefined))
    .find((one) => typeof one === 'string');
  const asked = withValueAt(value, 'recipients', [origin]);
  const marked = message.drill ? withValueAt(asked, 'drill', true) : asked;
  return crimeArea === undefined ? marked : withValueAt(marked, 'request.crimeArea', crimeArea);
}

/** What is known of a request that this office is asked. */
export interface AskedRequest {
  readonly id: string;
  readonly origin: string;
  readonly questions: number;
  readonly content?: Readonly<Record<string, unknown>> | null;
}

/** The answer to a request before anything is answered: a result for each of its questions. */
export function answerTo(request: AskedRequest): JsonObject {
  const asked = ((request.content ?? {}) as JsonObject)['request'];
  const crimeArea = isObject(asked) ? asked['crimeArea'] : undefined;
  return {
    request: request.id,
    origin: request.origin,
    answer: {
      ...(crimeArea === undefined ? {} : { crimeArea }),
      terms: { results: Array.from({ length: request.questions }, (_, index) => ({ question: index + 1 })) },
    },
  };
}

/** Every subject with a label of its own, so that others can name it. */
export function withLabels(value: JsonObject, body: string): JsonObject {
  const said = value[body];
  const subjects = isObject(said) ? said['subjects'] : undefined;
  if (!isList(subjects) || subjects.every((one) => !isObject(one) || one['label'] !== undefined)) return value;
  const taken = new Set(subjects.map((one) => (isObject(one) ? one['label'] : undefined)));
  let next = 1;
  const labelled = subjects.map((one) => {
    if (!isObject(one) || one['label'] !== undefined) return one;
    while (taken.has(`S${next}`)) next++;
    taken.add(`S${next}`);
    return { ...one, label: `S${next}` };
  });
  return withValueAt(value, `${body}.subjects`, labelled);
}

/** The labels of the subjects of a draft. */
export function labelsOf(value: JsonObject, body: string): readonly string[] {
  const said = value[body];
  const subjects = isObject(said) ? said['subjects'] : undefined;
  return (isList(subjects) ? subjects : []).flatMap((one) => {
    const label = isObject(one) ? one['label'] : undefined;
    return typeof label === 'string' && label !== '' ? [label] : [];
  });
}
