// @ts-check
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * apt's configuration of its own for one suite. The machine's apt.conf stays in force for mirrors, proxies and
 * credentials; its hooks are cleared because they work on the system's folders, and no machine setting may turn
 * the signature check off. The sandbox user could not write into a private cache, so the downloads run as us.
 * @param {string} work
 * @param {import('./machine-archive.mjs').Archive} archive
 * @param {string} suite
 */
export async function writePrivateApt(work, archive, suite) {
  for (const folder of ['lists/partial', 'archives/partial', 'state', 'unpacked'])
    await mkdir(join(work, folder), { recursive: true });
  await writeFile(join(work, 'status'), '');
  await writeFile(
    join(work, 'suite.sources'),
    `Types: deb\nURIs: ${archive.uri}\nSuites: ${suite}\nComponents: main\n` +
      `Architectures: ${archive.architecture}\nTargets: Packages\nSigned-By: ${archive.keyring}\n`,
  );
  const file = join(work, 'apt.conf');
  const hooks = [
    'APT::Update::Pre-Invoke',
    'APT::Update::Post-Invoke',
    'APT::Update::Post-Invoke-Success',
    'DPkg::Post-Invoke',
  ];
  const settings = {
    'Dir::Etc::SourceList': join(work, 'suite.sources'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'Dir::State': join(work, 'state'),
    'Dir::State::Lists': join(work, 'lists'),
    'Dir::State::Status': join(work, 'status'),
    'Dir::Cache': work,
    'Dir::Cache::Archives': join(work, 'archives'),
    'APT::Sandbox::User': 'root',
    'APT::Architecture': archive.architecture,
    'APT::Get::AllowUnauthenticated': 'false',
    'Acquire::AllowInsecureRepositories': 'false',
    'Acquire::AllowWeakRepositories': 'false',
    'Acquire::AllowDowngradeToInsecureRepositories': 'false',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '30',
    'Acquire::https::Timeout': '30',
  };
  const lines = [
    ...hooks.map((hook) => `#clear ${hook};`),
    ...Object.entries(settings).map(([key, value]) => `${key} "${value}";`),
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}
