import { read } from '../../api/index.ts';
import { type Draft, findDraft, randomName } from '../../drafts/index.ts';
import { type JsonObject, withValueAt } from '../../forms/index.ts';
import {
  type AskedRequest,
  answerTo,
  changeOf,
  type EarlierMessage,
  presetOf,
  questionAbout,
  routeGeometry,
  withRoute,
} from './prefill.ts';
import type { Template } from './templates.ts';

/** Where the map leaves a route that was drawn. */
const DRAWN_ROUTE = 'liaison.route';

/** A draft to write on, and what it answers. */
export interface Opened {
  readonly draft: Draft;
  readonly asked?: Readonly<Record<string, unknown>>;
}

/**
 * The draft that the address asks for: one that was kept, a change of an own message (`supersedes`), an answer to a
 * request (`request`, `origin`), a reply (`reply`), a question about a message (`about`, `origin`), a bulletin of a drawn route (`route=drawn`), else a new one.
 * Undefined where it is not there any more. @throws ProblemError
 */
export async function openDraft(
  template: Template,
  query: URLSearchParams,
  owner: string,
  languages: readonly string[],
): Promise<Opened | undefined> {
  const kept = query.get('draft');
  const found = kept === null ? undefined : await findDraft(owner, kept);
  if (kept !== null && found?.template !== template.id) return undefined;
  const isAnswer = template.kind === 'AnswerSubmission';
  const request = found === undefined ? query.get('request') : found.value['request'];
  const origin = found === undefined ? query.get('origin') : found.value['origin'];
  const asked = isAnswer && typeof request === 'string' ? await askedRequest(request, origin) : undefined;
  const content = asked?.content ?? undefined;
  if (found !== undefined) return { draft: found, ...(content === undefined ? {} : { asked: content }) };
  if (isAnswer && asked === undefined) return undefined;
  const value = asked === undefined ? await newValue(template, query, languages) : answerTo(asked);
  if (value === undefined) return undefined;
  return {
    draft: {
      id: randomName(),
      key: `console-${randomName()}`,
      owner,
      template: template.id,
      value,
      title: '',
      savedMs: 0,
    },
    ...(content === undefined ? {} : { asked: content }),
  };
}

async function askedRequest(id: string, origin: unknown): Promise<AskedRequest> {
  const query = typeof origin === 'string' && origin !== '' ? { origin } : {};
  const detail = await read<AskedRequest>(`/v1/requests/${encodeURIComponent(id)}`, { query });
  return { ...detail, id };
}

async function newValue(
  template: Template,
  query: URLSearchParams,
  languages: readonly string[],
): Promise<JsonObject | undefined> {
  const supersedes = query.get('supersedes');
  if (supersedes === null && template.aboutMessage === 'own') return undefined;
  if (supersedes !== null)
    return changeOf(template, await read<EarlierMessage>(`/v1/messages/${encodeURIComponent(supersedes)}`));
  let value = presetOf(template, languages);
  const [about, origin] = [query.get('about'), query.get('origin')];
  if (about !== null && origin !== null && template.kind === 'RequestSubmission')
    value = questionAbout(
      value,
      origin,
      await read<EarlierMessage>(`/v1/messages/${encodeURIComponent(about)}`, { query: { origin } }),
    );
  const reply = query.get('reply');
  if (reply !== null) value = withValueAt(value, 'inReplyTo', reply);
  const to = query.get('to');
  if (to !== null) value = withValueAt(value, 'recipients', [to]);
  const caseReference = query.get('case');
  if (caseReference !== null && caseReference !== '') value = withValueAt(value, 'caseReference', caseReference);
  if (query.get('drill') === 'true') value = withValueAt(value, 'drill', true);
  const route = query.get('route') === 'drawn' ? routeGeometry(sessionStorage.getItem(DRAWN_ROUTE)) : undefined;
  return route === undefined ? value : withRoute(value, route);
}
