import {
  type HubId,
  type NationCode,
  nationOf,
  type OfficeId,
  parseHubId,
  parseOfficeId,
} from '../../core/foundation/index.ts';

/** Two offices that exchange, and how their servers meet. */
export type RegionPair =
  | { readonly accepts: OfficeId; readonly dials: OfficeId }
  | { readonly offices: readonly [OfficeId, OfficeId]; readonly hub: HubId };

/** What a region is made of: everything else follows from its pairs. */
export interface RegionSpec {
  readonly pairs: readonly RegionPair[];
  /** Names of the offices for people; an office without one is named by its id. */
  readonly names: Readonly<Record<string, string>>;
}

/** The demonstration: one pair linked directly, one through a hub. */
export const DEMO_REGION: RegionSpec = {
  pairs: [
    { accepts: parseOfficeId('th-chiang-khong'), dials: parseOfficeId('la-houayxay') },
    { offices: [parseOfficeId('th-mae-sai'), parseOfficeId('mm-tachileik')], hub: parseHubId('hub-mekong') },
  ],
  names: {
    'th-chiang-khong': 'Border Liaison Office Chiang Khong',
    'la-houayxay': 'Border Liaison Office Houayxay',
    'th-mae-sai': 'Border Liaison Office Mae Sai',
    'mm-tachileik': 'Border Liaison Office Tachileik',
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
