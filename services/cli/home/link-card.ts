import { type HubId, isOfficeId, type OfficeId, parseHubId, parseOfficeId } from '../../core/foundation/index.ts';
import { CliError } from '../errors.ts';

/** Where one dials. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * What one end of a link gives to the other, by any way that both trust: all of it is public, but whoever could
 * exchange it could take the place of its owner.
 */
export interface LinkCard {
  readonly from: OfficeId | HubId;
  readonly for: OfficeId | HubId;
  /** The nkey of its leaf connection, where it is the one that dials. */
  readonly leafKey: string | null;
  /** `certificateFingerprint` of its link certificate. */
  readonly fingerprint: string;
  /** The certificate of the authority that signed it, PEM. */
  readonly authorityPem: string;
  /** Where it is dialled, where it is the one that accepts. */
  readonly address: Address | null;
}

const VERSION = 1;

/** The card as a file. */
export function formatLinkCard(card: LinkCard): string {
  return `${JSON.stringify({ version: VERSION, ...card }, null, 2)}\n`;
}

/** A card from its file's text. @throws CliError CLI_INPUT_INVALID, naming the fault. */
export function parseLinkCard(text: string, file: string): LinkCard {
  const invalid = (fault: string): CliError => new CliError('CLI_INPUT_INVALID', { context: { file, fault } });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('not JSON');
  }
  if (typeof value !== 'object' || value === null) throw invalid('not an object');
  const card = value as Record<string, unknown>;
  if (card['version'] !== VERSION) throw invalid('version');
  const { leafKey, fingerprint, authorityPem, address } = card;
  if (leafKey !== null && (typeof leafKey !== 'string' || !/^U[A-Z2-7]{55}$/.test(leafKey))) throw invalid('leafKey');
  if (typeof fingerprint !== 'string' || !/^[0-9a-f]{64}$/.test(fingerprint)) throw invalid('fingerprint');
  if (typeof authorityPem !== 'string' || !authorityPem.startsWith('-----BEGIN CERTIFICATE-----'))
    throw invalid('authorityPem');
  return {
    from: parseEnd(card['from']),
    for: parseEnd(card['for']),
    leafKey,
    fingerprint,
    authorityPem,
    address: address === null ? null : addressOf(address, invalid),
  };
}

/** An office or a hub. @throws FoundationError FOUNDATION_ID_INVALID. */
export function parseEnd(value: unknown): OfficeId | HubId {
  return isOfficeId(value) ? parseOfficeId(value) : parseHubId(value);
}

/** An address from its text, `host:port`. @throws CliError CLI_INPUT_INVALID. */
export function parseAddress(text: string): Address {
  const [, host, port] = /^(\[[0-9a-f:]+\]|[A-Za-z0-9.-]+):([0-9]{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) {
    throw new CliError('CLI_INPUT_INVALID', { context: { address: text, fault: 'not host:port' } });
  }
  return { host, port: Number(port) };
}

function addressOf(value: unknown, invalid: (fault: string) => CliError): Address {
  const { host, port } = (value ?? {}) as Record<string, unknown>;
  if (typeof host !== 'string' || typeof port !== 'number') throw invalid('address');
  return parseAddress(`${host}:${port}`);
}
