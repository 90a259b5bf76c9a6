import { parse, stringify } from 'yaml';
import { type HubId, type OfficeId, parseOfficeId } from '../../core/foundation/index.ts';
import { CliError } from '../errors.ts';
import { type Address, parseAddress, parseEnd } from './link-card.ts';

/** One link of a server. */
export interface PlannedLink {
  readonly neighbour: OfficeId | HubId;
  readonly kind: 'accepts' | 'dials';
  /** The offices that are reached over it: the neighbour itself, or those behind a hub. */
  readonly peers: readonly OfficeId[];
  /** Dialled instead of the address on the neighbour's card. */
  readonly via: Address | null;
  /** Whether joint operations may be run with those behind it; of a hub, with that office through it. Left out, they may not. */
  readonly operations?: boolean;
}

/** What a server's configuration is rendered from, beside the keys and cards in the same folder. */
export interface ServerPlan {
  readonly id: OfficeId | HubId;
  readonly clientPort: number;
  readonly monitorPort: number;
  /** Where neighbours dial; null where all links are dialled from here. */
  readonly listener: Address | null;
  /** The most that the store may take. */
  readonly maxFileBytes: number;
  readonly links: readonly PlannedLink[];
  /** Of a hub: the pairs that may exchange through it. */
  readonly routes: readonly (readonly [OfficeId, OfficeId])[];
}

const FIELDS = ['id', 'clientPort', 'monitorPort', 'listener', 'maxFileBytes', 'links', 'routes'];
const LINK_FIELDS = ['neighbour', 'kind', 'peers', 'via'];
const OPTIONAL_LINK_FIELDS = ['operations'];

/** The text of a server.yaml. */
export function formatServerPlan(plan: ServerPlan): string {
  const text = {
    ...plan,
    listener: addressText(plan.listener),
    links: plan.links.map((link) => ({ ...link, via: addressText(link.via), operations: link.operations === true })),
  };
  return `# What nats/nats-server.conf is rendered from, with keys/, tls/ and links/ beside it: blo server config.\n${stringify(text)}`;
}

/** A plan from the text of a server.yaml; unknown fields are refused. @throws CliError CLI_INPUT_INVALID, FoundationError. */
export function parseServerPlan(text: string, file: string): ServerPlan {
  const invalid = (fault: string): CliError => new CliError('CLI_INPUT_INVALID', { context: { file, fault } });
  const fieldsOf = (
    value: unknown,
    names: readonly string[],
    where: string,
    optional: readonly string[] = [],
  ): Record<string, unknown> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${where} is not a map`);
    const unknown = Object.keys(value).find((name) => !names.includes(name) && !optional.includes(name));
    const missing = names.find((name) => !(name in value));
    if (unknown !== undefined || missing !== undefined) throw invalid(`${where}: ${unknown ?? missing}`);
    return value as Record<string, unknown>;
  };
  const listOf = (value: unknown, where: string): readonly unknown[] => {
    if (!Array.isArray(value)) throw invalid(`${where} is not a list`);
    return value;
  };
  const portOf = (value: unknown, where: string): number => {
    if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > 65_535) throw invalid(where);
    return value as number;
  };
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    throw invalid('not YAML');
  }
  const plan = fieldsOf(value, FIELDS, 'the plan');
  const maxFileBytes = plan['maxFileBytes'];
  if (!Number.isSafeInteger(maxFileBytes) || (maxFileBytes as number) < 0) throw invalid('maxFileBytes');
  return {
    id: parseEnd(plan['id']),
    clientPort: portOf(plan['clientPort'], 'clientPort'),
    monitorPort: portOf(plan['monitorPort'], 'monitorPort'),
    listener: parseOptionalAddress(plan['listener'], () => invalid('listener')),
    maxFileBytes: maxFileBytes as number,
    links: listOf(plan['links'], 'links').map((item, index) => {
      const link = fieldsOf(item, LINK_FIELDS, `links[${index}]`, OPTIONAL_LINK_FIELDS);
      const { operations = false } = link;
      if (typeof operations !== 'boolean') throw invalid(`links[${index}].operations`);
      const { kind } = link;
      if (kind !== 'accepts' && kind !== 'dials') throw invalid(`links[${index}].kind`);
      return {
        neighbour: parseEnd(link['neighbour']),
        kind,
        peers: listOf(link['peers'], `links[${index}].peers`).map(parseOfficeId),
        via: parseOptionalAddress(link['via'], () => invalid(`links[${index}].via`)),
        operations,
      };
    }),
    routes: listOf(plan['routes'], 'routes').map((route, index) => {
      const [one, other, ...more] = listOf(route, `routes[${index}]`);
      if (more.length > 0) throw invalid(`routes[${index}]`);
      return [parseOfficeId(one), parseOfficeId(other)] as const;
    }),
  };
}

function addressText(address: Address | null): string | null {
  return address === null ? null : `${address.host}:${address.port}`;
}

function parseOptionalAddress(value: unknown, invalid: () => CliError): Address | null {
  if (value === null) return null;
  if (typeof value !== 'string') throw invalid();
  return parseAddress(value);
}
