import {
  type HubId,
  type NationCode,
  nationOf,
  type OfficeId,
  parseHubId,
  parseOfficeId,
} from '../../core/foundation/index.ts';
import type { OfficeContacts } from './office-contacts.ts';

/** Two offices that exchange, and how their servers meet. */
export type RegionPair =
  | { readonly accepts: OfficeId; readonly dials: OfficeId }
  | { readonly offices: readonly [OfficeId, OfficeId]; readonly hub: HubId };

/** An agreement of several nations: their offices may run operations together, and tell the region things through hubs. */
export interface JointAgreement {
  readonly id: string;
  readonly nations: readonly NationCode[];
  readonly hubs: readonly HubId[];
}

/** What a region is made of: everything else follows from its pairs and from what its nations agreed together. */
export interface RegionSpec {
  readonly pairs: readonly RegionPair[];
  /** Beside the agreements that every two nations have; left out, none. */
  readonly joint?: readonly JointAgreement[];
  /** Names of the offices for people; an office without one is named by its id. */
  readonly names: Readonly<Record<string, string>>;
  /** Where offices are and whom one reaches there; left out, their entries in the directory say nothing of it. */
  readonly contacts?: Readonly<Record<string, OfficeContacts>>;
}

const CHIANG_KHONG = parseOfficeId('th-chiang-khong');
const HOUAYXAY = parseOfficeId('la-houayxay');
const MAE_SAI = parseOfficeId('th-mae-sai');
const TACHILEIK = parseOfficeId('mm-tachileik');
const HUB = parseHubId('hub-mekong');

/** The demonstration: one pair linked directly, the others through a hub, so that offices of three nations can work together. */
export const DEMO_REGION: RegionSpec = {
  pairs: [
    { accepts: CHIANG_KHONG, dials: HOUAYXAY },
    { offices: [MAE_SAI, TACHILEIK], hub: HUB },
    { offices: [CHIANG_KHONG, TACHILEIK], hub: HUB },
    { offices: [HOUAYXAY, TACHILEIK], hub: HUB },
  ],
  joint: [{ id: 'mou-mekong', nations: [HOUAYXAY, TACHILEIK, CHIANG_KHONG].map(nationOf), hubs: [HUB] }],
  names: {
    'th-chiang-khong': 'Border Liaison Office Chiang Khong',
    'la-houayxay': 'Border Liaison Office Houayxay',
    'th-mae-sai': 'Border Liaison Office Mae Sai',
    'mm-tachileik': 'Border Liaison Office Tachileik',
  },
  contacts: {
    'th-chiang-khong': { position: [20.26, 100.41], languages: ['th', 'lo', 'en'] },
    'la-houayxay': { position: [20.28, 100.42], languages: ['lo', 'th', 'en'] },
    'th-mae-sai': { position: [20.44, 99.88], languages: ['th', 'my', 'en'] },
    'mm-tachileik': { position: [20.45, 99.88], languages: ['my', 'th', 'en'] },
  },
};

/** Both offices of a pair. */
export function officesOf(pair: RegionPair): readonly [OfficeId, OfficeId] {
  return 'hub' in pair ? pair.offices : [pair.accepts, pair.dials];
}

/** Every office of a region once, in the order of its pairs. */
export function allOffices(spec: RegionSpec): readonly OfficeId[] {
  return [...new Set(spec.pairs.flatMap(officesOf))];
}

/** Every hub of a region once. */
export function allHubs(spec: RegionSpec): readonly HubId[] {
  return [...new Set(spec.pairs.flatMap((pair) => ('hub' in pair ? [pair.hub] : [])))];
}

/** Every nation of a region once. */
export function allNations(spec: RegionSpec): readonly NationCode[] {
  return [...new Set(allOffices(spec).map(nationOf))];
}

/** Every two nations whose offices exchange, each once and in order of their codes. */
export function allNationPairs(spec: RegionSpec): readonly (readonly [NationCode, NationCode])[] {
  const keys = spec.pairs.map((pair) => officesOf(pair).map(nationOf).sort().join('-'));
  return [...new Set(keys)].map((key) => key.split('-') as unknown as readonly [NationCode, NationCode]);
}

/** The pairs an office belongs to. */
export function pairsOf(spec: RegionSpec, office: OfficeId): readonly RegionPair[] {
  return spec.pairs.filter((pair) => officesOf(pair).includes(office));
}

/** The other office of a pair. */
export function peerIn(pair: RegionPair, office: OfficeId): OfficeId {
  const [one, other] = officesOf(pair);
  return one === office ? other : one;
}
