import { stat, statfs } from 'node:fs/promises';
import { parse } from 'yaml';
import { checkServerSafety } from '../../core/bus/index.ts';
import { epochMs, isLiaisonError, parseOfficeId, rfc3339, systemClock } from '../../core/foundation/index.ts';
import { readText } from '../home/files.ts';
import { officeHome, serverHome } from '../home/paths.ts';
import { type JsonRecord, listOf, officeClient, stringOf } from '../office-api/office-client.ts';
import { examineTrust } from './examine-trust.ts';
import { type Finding, noterOf } from './finding.ts';

type Note = (verdict: Finding['verdict'], what: string, finding: string) => void;

interface OfficeFacts {
  readonly office: string;
  readonly http: { readonly host: string; readonly port: number };
  readonly server: { readonly monitor: string };
  readonly limits: { readonly minFreeDiskBytes: number };
}

const GIB = 1024 ** 3;
/** Beyond it decisions may come out otherwise than the peer's. */
const CLOCK_TOLERANCE_MS = 300_000;

/** Disk, clock, server, links, keys and agreements of one office, from its folder and its running processes. */
export async function examineOffice(folder: string): Promise<readonly Finding[]> {
  const config = parse(await readText(officeHome.config(folder))) as OfficeFacts;
  const { findings, note } = noterOf(config.office);
  await examineDisk(folder, config, note);
  await examineServer(folder, config, note);
  await examineNode(folder, config, note);
  await examineTrust(folder, parseOfficeId(config.office), note);
  return findings;
}

async function examineDisk(folder: string, { limits }: OfficeFacts, note: Note): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const enough = free >= limits.minFreeDiskBytes;
  note(
    enough ? 'good' : 'bad',
    'free disk',
    `${(free / GIB).toFixed(1)} GiB; at least ${(limits.minFreeDiskBytes / GIB).toFixed(1)} must stay free`,
  );
}

async function examineServer(folder: string, { office, server }: OfficeFacts, note: Note): Promise<void> {
  const file = serverHome.config(folder);
  try {
    const config = { text: await readText(file), changedAt: epochMs(Math.floor((await stat(file)).mtimeMs)) };
    const findings = await checkServerSafety({
      monitorUrl: server.monitor,
      role: { kind: 'office', office: parseOfficeId(office) },
      config,
    });
    if (findings.length === 0) note('good', 'its server', 'runs with safe settings');
    for (const { code, sentence } of findings) note('bad', 'its server', `${code}: ${sentence}`);
  } catch (error) {
    if (!isLiaisonError(error)) throw error;
    note('bad', 'its server', error.message);
  }
}

async function examineNode(folder: string, { http }: OfficeFacts, note: Note): Promise<void> {
  const url = `http://${http.host}:${http.port}`;
  try {
    const ready = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(5000) });
    const answer = (await ready.json()) as JsonRecord;
    for (const { code, detail } of listOf(answer['reasons']))
      note('bad', 'its process', `${stringOf(code)}: ${stringOf(detail)}`);
    for (const { code, detail } of listOf(answer['warnings']))
      note('soon', 'its process', `${stringOf(code)}: ${stringOf(detail)}`);
    if (ready.ok) note('good', 'its process', 'is ready');
    examineClock(ready.headers.get('date'), note);
  } catch {
    note('bad', 'its process', `does not answer at ${url}`);
    return;
  }
  await examineLinks(folder, url, note);
}

function examineClock(date: string | null, note: Note): void {
  if (date === null) return;
  const differsMs = Math.abs(Date.parse(date) - systemClock.now());
  note(
    differsMs <= CLOCK_TOLERANCE_MS ? 'good' : 'bad',
    'clock',
    `${rfc3339(systemClock.now())} here; its process differs by ${Math.round(differsMs / 1000)} s`,
  );
}

async function examineLinks(folder: string, url: string, note: Note): Promise<void> {
  try {
    const token = (await readText(officeHome.token(folder, 'operator'))).trim();
    for (const link of listOf((await officeClient({ url, token }).get('/v1/links'))['items'])) {
      const heard = stringOf(link['heardAt']) || 'never';
      const lost = listOf(link['ways']).filter((way) => way['up'] === false);
      const isUp = link['up'] === true && link['silent'] !== true;
      const without = lost.length === 0 ? '' : `; no way over ${lost.map((way) => stringOf(way['over'])).join(', ')}`;
      note(
        isUp ? (lost.length === 0 ? 'good' : 'soon') : 'bad',
        `link to ${stringOf(link['office'])}`,
        `${link['up'] === true ? 'up' : 'down'}, last heard ${heard}${without}`,
      );
    }
  } catch (error) {
    if (!isLiaisonError(error)) throw error;
    note('soon', 'links', `not examined: ${error.message}`);
  }
}
