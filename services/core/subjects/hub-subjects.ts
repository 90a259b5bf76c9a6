import { type Brand, type Digest, isOfficeId, type NationCode, type OfficeId } from '../foundation/index.ts';
import { SubjectsError } from './errors.ts';

/** The account of a hub's own process and streams; no leaf connection is ever bound to it. */
export const HUB_ACCOUNT = 'HUB';

/** The stream of what a hub has taken in, in order: headers and digests, never shortened. */
export const HUB_LOG_STREAM = 'REGION';

/** The stream of the released content itself, from which what is withdrawn is erased. */
export const HUB_CONTENT_STREAM = 'REGION_CONTENT';

/** The stream of the nations' directories that a hub carries. */
export const HUB_DIRECTORY_STREAM = 'DIRECTORIES';

/** The stream of subscriptions. */
export const HUB_SUBSCRIPTION_STREAM = 'SUBSCRIPTIONS';

/** The one subject of a hub's log. Like all below `hub.` but the requests it never leaves the hub's own account. */
export const HUB_LOG_SUBJECT = 'hub.log';

/** Every released content, as a filter. */
export const HUB_CONTENT_FILTER = 'hub.content.*';

/** Every directory that a hub carries, as a filter. */
export const HUB_DIRECTORY_FILTER = 'hub.directory.*';

/** Every subscription, as a filter. */
export const HUB_SUBSCRIPTION_FILTER = 'hub.subscription.*.*';

/** What offices ask of a hub, as a filter. */
export const HUB_REQUEST_FILTER = 'hub.request.*';

/** What all offices publish for the region, as a filter. */
export const REGION_FILTER = 'region.*.*.*';

/** `hub.request.<office>`: what an office asks of its hub. The server lets nobody else use it. */
export type HubRequestSubject = Brand<string, 'HubRequestSubject'>;

/** The subject on which an office asks its hub. @throws SubjectsError SUBJECTS_TOKEN_INVALID. */
export function hubRequestSubject(office: OfficeId): HubRequestSubject {
  return `hub.request.${checkedOffice(office)}` as HubRequestSubject;
}

/** The office that asks on this subject. @throws SubjectsError SUBJECTS_FORM_INVALID, SUBJECTS_TOKEN_INVALID. */
export function parseHubRequestSubject(text: string): OfficeId {
  const [family, request, office, ...more] = text.split('.');
  if (family !== 'hub' || request !== 'request' || office === undefined || more.length > 0)
    throw new SubjectsError('SUBJECTS_FORM_INVALID');
  return checkedOffice(office);
}

/** All that an office may publish for the region, as a filter. @throws SubjectsError SUBJECTS_TOKEN_INVALID. */
export function regionOutFilter(office: OfficeId): string {
  return `region.*.*.${checkedOffice(office)}`;
}

/** Where the content of a release lies: named by the digest of the whole item, so that it is stored once. */
export function hubContentSubject(item: Digest): string {
  if (!/^[0-9a-f]{64}$/.test(item)) throw tokenInvalid('item');
  return `hub.content.${item}`;
}

/** Where a nation's directory lies. @throws SubjectsError SUBJECTS_TOKEN_INVALID. */
export function hubDirectorySubject(nation: NationCode): string {
  if (!/^[A-Z]{2}$/.test(nation)) throw tokenInvalid('nation');
  return `hub.directory.${nation}`;
}

/** Where one subscription of an office lies, named by the digest of its id. @throws SubjectsError SUBJECTS_TOKEN_INVALID. */
export function hubSubscriptionSubject(office: OfficeId, id: Digest): string {
  if (!/^[0-9a-f]{64}$/.test(id)) throw tokenInvalid('id');
  return `hub.subscription.${checkedOffice(office)}.${id}`;
}

function checkedOffice(office: string): OfficeId {
  if (!isOfficeId(office)) throw tokenInvalid('office');
  return office;
}

function tokenInvalid(piece: string): SubjectsError {
  return new SubjectsError('SUBJECTS_TOKEN_INVALID', { context: { piece } });
}
