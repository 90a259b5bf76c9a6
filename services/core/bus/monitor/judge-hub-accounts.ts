import { isOfficeId, nationOf } from '../../foundation/index.ts';
import { HUB_ACCOUNT } from '../../subjects/index.ts';
import { nationAccountOf } from '../server-config/index.ts';
import type { SafetyFinding } from '../types.ts';
import { type ConfigMap, type ConfigValue, isConfigMap } from './parse-server-config.ts';

const SAID_TO_HUB = /^(?:region\.\*\.\*|hub\.request)\.([a-z0-9-]+)$/;
const CROSSING = /^cross\.[^.]+\.([a-z0-9-]+)\.[a-z0-9-]+\.\*$/;
/** The server's own replies between accounts. */
const REPLIES = '_R_.>';

/**
 * Where a hub's accounts let more through than they must: an export of the hub's own account that is not one office's
 * word to its own nation's account, and a leaf user that may speak in another office's name.
 */
export function judgeHubAccounts(config: ConfigMap): readonly SafetyFinding[] {
  const accounts = Object.entries(mapOf(config.settings['accounts'])?.settings ?? {});
  return accounts.flatMap(([name, value]) => {
    const account = mapOf(value);
    if (account === undefined) return [];
    if (name.toUpperCase() === HUB_ACCOUNT)
      return exportsOf(account)
        .filter((each) => !isOwnWord(each))
        .map(openExport);
    return name.startsWith('nation_')
      ? usersOf(account)
          .filter((user) => !speaksAsOne(name, user))
          .map(openUser)
      : [];
  });
}

/** One office's subjects, as a service, for the account of its own nation and no other. */
function isOwnWord({ settings }: ConfigMap): boolean {
  const { service, accounts } = settings as { service?: ConfigValue; accounts?: ConfigValue };
  const office = typeof service === 'string' ? SAID_TO_HUB.exec(service)?.[1] : undefined;
  if (!isOfficeId(office) || !Array.isArray(accounts) || accounts.length !== 1) return false;
  return accounts[0] === nationAccountOf(nationOf(office));
}

/** All that it may publish is said in the name of one office of the account's nation. */
function speaksAsOne(account: string, user: ConfigMap): boolean {
  const publish = mapOf(mapOf(user.settings['permissions'])?.settings['publish'])?.settings['allow'];
  if (!Array.isArray(publish)) return false;
  const subjects = (publish as readonly ConfigValue[]).filter((subject) => subject !== REPLIES);
  const speakers = subjects.map((subject) =>
    typeof subject === 'string' ? (SAID_TO_HUB.exec(subject) ?? CROSSING.exec(subject))?.[1] : undefined,
  );
  const [first] = speakers;
  return (
    isOfficeId(first) &&
    nationAccountOf(nationOf(first)) === account.toUpperCase() &&
    speakers.every((speaker) => speaker === first)
  );
}

function openExport({ settings }: ConfigMap): SafetyFinding {
  const subject = typeof settings['service'] === 'string' ? settings['service'] : 'something else';
  return {
    code: 'EXPORT_OPEN',
    sentence: `Account ${HUB_ACCOUNT} exports ${subject} more widely than to the nation of the one office that says it.`,
  };
}

function openUser(user: ConfigMap): SafetyFinding {
  return {
    code: 'LEAF_USER_OPEN',
    sentence: `The user ${String(user.settings['nkey'])} of a nation's account may publish more than one office's own words.`,
  };
}

function exportsOf(account: ConfigMap): readonly ConfigMap[] {
  return listOf(account.settings['exports']);
}

function usersOf(account: ConfigMap): readonly ConfigMap[] {
  return listOf(account.settings['users']);
}

function listOf(value: ConfigValue | undefined): readonly ConfigMap[] {
  return Array.isArray(value) ? (value as readonly ConfigValue[]).filter(isConfigMap) : [];
}

function mapOf(value: ConfigValue | undefined): ConfigMap | undefined {
  return isConfigMap(value) ? value : undefined;
}
