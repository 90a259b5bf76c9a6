import { OFFICE_ACCOUNT } from '../../subjects/index.ts';
import type { SafetyFinding } from '../types.ts';
import { judgeHubAccounts } from './judge-hub-accounts.ts';
import type { ServerRole } from './judge-server.ts';
import { type ConfigMap, type ConfigValue, isConfigMap, parseServerConfig } from './parse-server-config.ts';

const PASSWORD_SETTINGS = ['password', 'pass', 'token'];
const ADMITTING_SETTINGS = ['no_auth_user'];

/** The unsafe settings of a configuration text that the running server does not show. */
export function judgeConfig(text: string, kind: ServerRole['kind']): readonly SafetyFinding[] {
  let config: ConfigMap;
  try {
    config = parseServerConfig(text);
  } catch {
    return [
      {
        code: 'CONFIG_UNREADABLE',
        sentence: 'The configuration file has a form that cannot be checked; render it anew from deploy/nats.',
      },
    ];
  }
  const leafnodes = mapAt(config, 'leafnodes') ?? mapAt(config, 'leaf');
  return [
    ...judgeAnywhere(config),
    ...judgeStore(config),
    ...(kind === 'hub' ? judgeHubAccounts(config) : []),
    ...(leafnodes === undefined
      ? []
      : [...judgeListener(leafnodes), ...judgeRemotes(leafnodes), ...judgeLeafUsers(config, leafnodes)]),
  ];
}

function judgeAnywhere(config: ConfigMap): SafetyFinding[] {
  const findings: SafetyFinding[] = [];
  visit(config, [], (block, path) => {
    for (const name of Object.keys(block.settings)) {
      if (PASSWORD_SETTINGS.includes(name))
        findings.push({
          code: 'PASSWORD_IN_CONFIG',
          sentence: `The configuration sets ${name}; every user signs in by nkey.`,
        });
      if (ADMITTING_SETTINGS.includes(name))
        findings.push({ code: 'NO_AUTHENTICATION', sentence: `The configuration sets ${name}, which lets anyone in.` });
    }
    if (block.includes.length > 0 && path.at(-1) !== 'remotes') {
      findings.push({
        code: 'CONFIG_UNREADABLE',
        sentence: 'The configuration includes another file outside a remote, which cannot be checked.',
      });
    }
  });
  return findings;
}

/** Left out, the server takes three quarters of the disk: the running server does not show whether that was meant. */
function judgeStore(config: ConfigMap): SafetyFinding[] {
  const store = config.settings['jetstream'];
  const bounded =
    store === undefined ||
    (isConfigMap(store) && store.settings['max_file'] !== undefined && store.settings['max_mem'] !== undefined);
  return bounded
    ? []
    : [
        {
          code: 'STORE_UNBOUNDED',
          sentence: 'The store has no bound of its own (jetstream.max_file, jetstream.max_mem).',
        },
      ];
}

function judgeListener(leafnodes: ConfigMap): SafetyFinding[] {
  const { settings } = leafnodes;
  const listens = settings['listen'] !== undefined || settings['port'] !== undefined;
  const tls = mapAt(leafnodes, 'tls');
  const pinned = tls?.settings['pinned_certs'];
  const findings: SafetyFinding[] = [];
  // The server holds those that it dials against the same list.
  if (!Array.isArray(pinned) || pinned.length === 0) {
    findings.push({
      code: 'LEAF_CERTIFICATES_NOT_PINNED',
      sentence: "The links do not pin their neighbours' certificates (leafnodes.tls.pinned_certs).",
    });
  }
  if (listens && tls?.settings['min_version'] !== '1.3') {
    findings.push({ code: 'LEAF_TLS_TOO_OLD', sentence: 'The leaf listener takes a TLS version before 1.3.' });
  }
  if (listens && !isAtLeastFloor(settings['min_version'])) {
    findings.push({
      code: 'LEAF_VERSION_OPEN',
      sentence: 'The leaf listener takes servers before 2.14.3 (leafnodes.min_version).',
    });
  }
  return findings;
}

function judgeRemotes(leafnodes: ConfigMap): SafetyFinding[] {
  const remotes = leafnodes.settings['remotes'];
  if (!Array.isArray(remotes)) return [];
  return (remotes as readonly ConfigValue[]).filter(isConfigMap).flatMap((remote): SafetyFinding[] => {
    const urls = [remote.settings['url'], remote.settings['urls']].flat();
    if (urls.some((url) => typeof url === 'string' && url.includes('@'))) {
      return [
        {
          code: 'PASSWORD_IN_CONFIG',
          sentence: 'A leaf remote has a password in its address; every user signs in by nkey.',
        },
      ];
    }
    const tls = mapAt(remote, 'tls');
    const checked =
      tls?.settings['ca_file'] !== undefined &&
      tls.settings['cert_file'] !== undefined &&
      tls.settings['insecure'] === undefined;
    return checked && tls?.settings['min_version'] === '1.3'
      ? []
      : [
          {
            code: 'LEAF_REMOTE_WITHOUT_TLS',
            sentence: "A leaf remote does not check the far side's certificate over TLS 1.3, or shows none of its own.",
          },
        ];
  });
}

/** Whoever holds a key of an account may bind a leaf connection to it, unless the key is kept to client connections. */
function judgeLeafUsers(config: ConfigMap, leafnodes: ConfigMap): SafetyFinding[] {
  const findings: SafetyFinding[] = [];
  const found = (account: string): void => {
    findings.push({
      code: 'LEAF_IN_OFFICE_ACCOUNT',
      sentence: `A leaf connection may be bound to account ${account}, which a link must never reach.`,
    });
  };
  const accounts = mapAt(config, 'accounts');
  for (const [name, account] of Object.entries(accounts?.settings ?? {})) {
    if (!isConfigMap(account) || name.startsWith('link_') || name.startsWith('nation_')) continue;
    const users = account.settings['users'];
    const open =
      Array.isArray(users) && (users as readonly ConfigValue[]).filter(isConfigMap).some((user) => !onlyStandard(user));
    if (open && leafnodes.settings['listen'] !== undefined) found(name.toUpperCase());
  }
  visit(leafnodes, [], (block) => {
    const account = block.settings['account'];
    if (typeof account === 'string' && account.toUpperCase() === OFFICE_ACCOUNT) found(OFFICE_ACCOUNT);
  });
  return findings;
}

function onlyStandard(user: ConfigMap): boolean {
  const types = user.settings['allowed_connection_types'];
  return Array.isArray(types) && types.length === 1 && types[0] === 'STANDARD';
}

function isAtLeastFloor(version: ConfigValue | undefined): boolean {
  const [major, minor, patch] = typeof version === 'string' ? version.split('.').map(Number) : [];
  return (
    major !== undefined && (major > 2 || (major === 2 && ((minor ?? 0) > 14 || (minor === 14 && (patch ?? 0) >= 3))))
  );
}

function mapAt(block: ConfigMap, name: string): ConfigMap | undefined {
  const value = block.settings[name];
  return isConfigMap(value) ? value : undefined;
}

function visit(
  value: ConfigValue,
  path: readonly string[],
  look: (block: ConfigMap, path: readonly string[]) => void,
): void {
  if (isConfigMap(value)) {
    look(value, path);
    for (const [name, inner] of Object.entries(value.settings)) visit(inner, [...path, name], look);
  } else if (typeof value !== 'string') {
    for (const item of value as readonly ConfigValue[]) visit(item, path, look);
  }
}
