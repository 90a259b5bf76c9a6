import type { ByteCount, HubId, NationCode, OfficeId, Scope } from '../../foundation/index.ts';

/** The texts of the templates in deploy/nats, by file name without `.conf.template`. */
export type ServerTemplates = Readonly<Record<TemplateName, string>>;

/** The templates that there are. */
export const TEMPLATE_NAMES = [
  'office',
  'office-system-user',
  'inbound-export',
  'inbound-import',
  'link-account',
  'leaf-user',
  'leafnodes',
  'leaf-listener',
  'leaf-pins',
  'leaf-remotes',
  'leaf-remote',
  'leaf-remote-dial-timeout',
  'leaf-seed',
  'hub',
  'hub-nation-account',
] as const;

/** One of the templates. */
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

/** The public half of an nkey user: `U` and 55 more characters. */
export type NkeyPublic = string;

/** A port, or -1 for any free one. */
export type Port = number;

/** Absolute paths of one side's TLS files, PEM. `caFile` holds the certificates that may have signed the other side's. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile: string;
}

/** Where leaf connections are accepted. */
export interface LeafListener {
  readonly host: string;
  readonly port: Port;
  readonly tls: TlsFiles;
}

/** The bounds and places that every server has. */
export interface ServerBasics {
  /** As `nats-server --version` prints it: `2.15.1`. Settings that this version does not know are left out. */
  readonly serverVersion: string;
  readonly clientPort: Port;
  readonly monitorPort: Port;
  readonly pidFile: string;
  readonly maxPayloadBytes: ByteCount;
  /** Of the node's connection. */
  readonly nodeKey: NkeyPublic;
  /** Of the connection that may reload the configuration and kick a leaf. */
  readonly operatorKey: NkeyPublic;
}

/** A peer that is reached over a link, and the scopes that an agreement in force has with it. */
export interface LinkPeer {
  readonly office: OfficeId;
  readonly scopes: readonly Scope[];
  /** Channels of joint operations come and go without a new configuration: what the node's own stream takes decides. */
  readonly operations?: boolean;
}

interface LinkBasics {
  readonly peers: readonly LinkPeer[];
  /** Of the node's connection that publishes over this link. */
  readonly publisherKey: NkeyPublic;
}

/** A neighbour that dials this office. */
export interface AcceptingLink extends LinkBasics {
  readonly kind: 'accepts';
  readonly neighbour: OfficeId;
  readonly leafKey: NkeyPublic;
  /** `certificateFingerprint` of each certificate that the neighbour may show; two while it changes them. */
  readonly pinnedCerts: readonly string[];
}

/** A neighbour or hub that this office dials. */
export interface DiallingLink extends LinkBasics {
  readonly kind: 'dials';
  readonly neighbour: OfficeId | HubId;
  readonly host: string;
  readonly port: Port;
  /** Seed of the leaf user's nkey; it is written to a file of its own. */
  readonly leafSeed: string;
  readonly tls: TlsFiles;
  /** `certificateFingerprint` of each certificate that the neighbour may show; two while it changes them. */
  readonly pinnedCerts: readonly string[];
  /** True keeps the remote in the configuration without dialling it. */
  readonly disabled?: boolean;
}

/** A link of an office, as its server's configuration needs it. */
export type OfficeLink = AcceptingLink | DiallingLink;

/** Everything that makes an office's server configuration. */
export interface OfficeServerInput extends ServerBasics {
  readonly office: OfficeId;
  readonly storeDir: string;
  readonly maxFileBytes: ByteCount;
  readonly maxMemBytes: ByteCount;
  readonly listener?: LeafListener;
  readonly links: readonly OfficeLink[];
  /** National systems that speak to the node over NATS. */
  readonly systems?: readonly { readonly name: string; readonly key: NkeyPublic }[];
}

/** An office that dials a hub. */
export interface HubOffice {
  readonly office: OfficeId;
  readonly leafKey: NkeyPublic;
  readonly pinnedCerts: readonly string[];
}

/** Two offices that may exchange through a hub, and in which scopes. */
export interface HubRoute {
  readonly offices: readonly [OfficeId, OfficeId];
  readonly scopes: readonly Scope[];
  /** As of `LinkPeer`. */
  readonly operations?: boolean;
}

/** Everything that makes a hub's server configuration. */
export interface HubServerInput extends ServerBasics {
  readonly hub: HubId;
  readonly storeDir: string;
  readonly maxFileBytes: ByteCount;
  readonly maxMemBytes: ByteCount;
  readonly listener: LeafListener;
  readonly offices: readonly HubOffice[];
  readonly routes: readonly HubRoute[];
  /** Nations that are cut off: the server knows none of their offices. */
  readonly suspended?: readonly NationCode[];
}

/** Configuration files by name, to be written into one folder. */
export interface RenderedConfig {
  readonly files: { readonly 'nats-server.conf': string };
  /** Files that the configuration includes and that hold keys: mode 0600. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** The account of a nation at a hub. */
export function nationAccountOf(nation: NationCode): string {
  return `NATION_${nation}`;
}
