import type { HubId, OfficeId } from '../../foundation/index.ts';
import { HUB_ACCOUNT, OFFICE_ACCOUNT } from '../../subjects/index.ts';
import { isRecord } from '../is-record.ts';
import type { SafetyCode, SafetyFinding } from '../types.ts';
import type { ServerReading } from './read-server.ts';

const FLOOR = [2, 14, 3] as const;
const NEVER_IMPORTED = ['$JS.>', '$SYS.>', '$KV.>', '$OBJ.>'] as const;
const LOOPBACK = /^(?:127(?:\.[0-9]{1,3}){3}|::1|localhost)$/;

/** Whose server is judged: an office's or a hub's, each with its own JetStream domain and one account that has a store. */
export type ServerRole =
  | { readonly kind: 'office'; readonly office: OfficeId }
  | { readonly kind: 'hub'; readonly hub: HubId };

/** The unsafe settings that a running server shows. */
export function judgeServer(reading: ServerReading, role: ServerRole): readonly SafetyFinding[] {
  return [
    ...judgeListeners(reading),
    ...judgeJetStream(reading, role.kind === 'office' ? role.office : role.hub),
    ...judgeStreams(reading),
    ...judgeAccounts(reading, role),
    ...judgeRemotes(reading),
  ];
}

function finding(unsafe: boolean, code: SafetyCode, sentence: string): SafetyFinding[] {
  return unsafe ? [{ code, sentence }] : [];
}

function judgeListeners({ varz, admitsAnyone }: ServerReading): SafetyFinding[] {
  const leaf = blockAt(varz, 'leaf');
  const listens = leaf['port'] !== undefined;
  return [
    ...finding(
      !isAtLeast(String(varz['version']), FLOOR),
      'SERVER_TOO_OLD',
      `The server is version ${String(varz['version'])}; 2.14.3 is the oldest that enforces what a link may do.`,
    ),
    ...finding(
      !LOOPBACK.test(String(varz['http_host'])) || varz['https_port'] !== 0,
      'MONITORING_NOT_ON_LOOPBACK',
      'The monitoring port listens beyond this machine (http).',
    ),
    ...finding(
      !LOOPBACK.test(String(varz['host'])),
      'CLIENTS_NOT_ON_LOOPBACK',
      'The client port listens beyond this machine (listen).',
    ),
    ...finding(isConfigured(varz, 'mqtt'), 'MQTT_ON', 'MQTT is switched on.'),
    ...finding(isConfigured(varz, 'websocket'), 'WEBSOCKET_ON', 'WebSocket is switched on.'),
    ...finding(
      isConfigured(varz, 'cluster') || isConfigured(varz, 'gateway'),
      'CLUSTER_ON',
      'The server is part of a cluster or has a gateway.',
    ),
    ...finding(
      varz['auth_required'] !== true || admitsAnyone,
      'NO_AUTHENTICATION',
      'The server lets clients in that show no key.',
    ),
    ...finding(
      listens && leaf['tls_required'] !== true,
      'LEAF_LISTENER_WITHOUT_TLS',
      'The leaf listener does not require TLS (leafnodes.tls).',
    ),
    ...finding(
      listens && leaf['tls_required'] === true && leaf['tls_verify'] !== true,
      'LEAF_LISTENER_WITHOUT_CLIENT_CERTIFICATES',
      'The leaf listener does not ask its neighbours for certificates (leafnodes.tls.verify).',
    ),
  ];
}

function judgeJetStream({ jsz }: ServerReading, owner: OfficeId | HubId): SafetyFinding[] {
  const config = blockAt(jsz, 'config');
  if (jsz['disabled'] === true || Object.keys(config).length === 0)
    return finding(true, 'JETSTREAM_OFF', 'JetStream is switched off.');
  return [
    ...finding(
      config['sync_always'] !== true,
      'SYNC_NOT_ALWAYS',
      'The server acknowledges before it is on disk (jetstream.sync_interval must be always).',
    ),
    ...finding(
      config['strict'] !== true,
      'NOT_STRICT',
      'The server ignores settings that it does not know (jetstream.strict must be true).',
    ),
    ...finding(config['domain'] !== owner, 'DOMAIN_WRONG', `The JetStream domain is not ${owner} (jetstream.domain).`),
  ];
}

function judgeStreams({ jsz }: ServerReading): SafetyFinding[] {
  const accounts = listAt(jsz, 'account_details');
  return accounts.flatMap((account) =>
    listAt(account, 'stream_detail').flatMap((stream) => {
      const config = blockAt(stream, 'config');
      const name = String(stream['name']);
      return [
        ...finding(
          config['persist_mode'] === 'async',
          'STREAM_ASYNC',
          `Stream ${name} acknowledges before it is on disk (persist_mode).`,
        ),
        ...finding(
          config['storage'] !== 'file' || config['num_replicas'] !== 1,
          'STREAM_REPLICATED_OR_MEMORY',
          `Stream ${name} is not kept in one copy on disk.`,
        ),
      ];
    }),
  );
}

function judgeAccounts({ varz, leafs, accounts }: ServerReading, role: ServerRole): SafetyFinding[] {
  const allowed = (account: string): boolean => account.startsWith(role.kind === 'office' ? 'LINK_' : 'NATION_');
  const remotes = listAt(blockAt(varz, 'leaf'), 'remotes').map((remote) => String(remote['local_account']));
  const bound = [...new Set([...leafs.map((leaf) => leaf.account), ...remotes])];
  const keeper = role.kind === 'office' ? OFFICE_ACCOUNT : HUB_ACCOUNT;
  const withJetStream = accounts
    .filter((account) => account.jetStream && account.name !== keeper)
    .map((account) => account.name);
  return [
    ...bound
      .filter((account) => !allowed(account))
      .flatMap((account) =>
        finding(
          true,
          'LEAF_IN_OFFICE_ACCOUNT',
          `A leaf connection is bound to account ${account}, which a link must never reach.`,
        ),
      ),
    ...withJetStream.flatMap((account) =>
      finding(true, 'LINK_ACCOUNT_HAS_JETSTREAM', `Account ${account} has JetStream; only ${keeper} may have it.`),
    ),
  ];
}

/** Every account answers some requests of the server's own, also one without JetStream: the dialled side must not ask them. */
function judgeRemotes({ varz }: ServerReading): SafetyFinding[] {
  return listAt(blockAt(varz, 'leaf'), 'remotes').flatMap((remote) => {
    const denied = blockAt(remote, 'deny')['imports'];
    const open = NEVER_IMPORTED.filter((subject) => !(Array.isArray(denied) && denied.includes(subject)));
    return finding(
      open.length > 0,
      'LEAF_REMOTE_OPEN',
      `The remote of account ${String(remote['local_account'])} takes ${open.join(', ')} from the far side (deny_imports).`,
    );
  });
}

function isAtLeast(version: string, floor: readonly number[]): boolean {
  const parts = version.split(/[.-]/).map((part) => Number.parseInt(part, 10));
  const differing = floor.findIndex((part, at) => parts[at] !== part);
  return differing < 0 || (parts[differing] ?? 0) > (floor[differing] ?? 0);
}

function isConfigured(varz: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.keys(blockAt(varz, name)).length > 0;
}

function blockAt(block: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const value = block[name];
  return isRecord(value) ? value : {};
}

function listAt(block: Readonly<Record<string, unknown>>, name: string): readonly Record<string, unknown>[] {
  const value = block[name];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
