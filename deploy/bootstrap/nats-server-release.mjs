// @ts-check
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLine, runTool } from './run-tool.mjs';

/** The release that is fetched where the system's own archive cannot help. */
const version = '2.15.1';
const releases = 'https://github.com/nats-io/nats-server/releases/download';
/** @type {Record<string, string>} */
const architectures = { x64: 'amd64', arm64: 'arm64' };
/** @type {Record<string, string>} */
const systems = { linux: 'linux', darwin: 'darwin' };

/**
 * Fetches the project's official release into `folder` and unpacks it; its digest equals the one published with the release.
 * @param {string} folder an empty folder to work in
 * @param {{ platform?: string, arch?: string, fetchBytes?: (url: string) => Promise<Buffer> }} [host]
 * @returns {Promise<{ path: string, source: string } | { reason: string }>} the unpacked binary, or why there is none
 */
export async function fetchRelease(folder, host = {}) {
  const system = systems[host.platform ?? process.platform];
  const architecture = architectures[host.arch ?? process.arch];
  if (system === undefined || architecture === undefined)
    return { reason: 'no release is known for this kind of machine' };
  const fetchBytes = host.fetchBytes ?? download;
  const name = `nats-server-v${version}-${system}-${architecture}`;
  try {
    const sums = (await fetchBytes(`${releases}/v${version}/SHA256SUMS`)).toString('utf8');
    const published = findDigest(sums, `${name}.tar.gz`);
    if (published === undefined) return { reason: `SHA256SUMS does not name ${name}.tar.gz` };
    const archive = await fetchBytes(`${releases}/v${version}/${name}.tar.gz`);
    const digest = createHash('sha256').update(archive).digest('hex');
    if (digest !== published) return { reason: `the digest of ${name}.tar.gz is not the published one` };
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'release.tar.gz'), archive);
  } catch (error) {
    return { reason: reasonOf(error) };
  }
  const unpack = await runTool('tar', ['-xzf', 'release.tar.gz'], { cwd: folder });
  if (unpack.code !== 0) return { reason: lastLine(unpack) };
  return { path: join(folder, name, 'nats-server'), source: `release ${name}.tar.gz` };
}

/**
 * @param {string} sums lines of `digest  name`
 * @param {string} name
 */
function findDigest(sums, name) {
  const row = sums
    .split('\n')
    .map((line) => line.trim().split(/\s+\*?/))
    .find((columns) => columns[1] === name);
  return row?.[0];
}

/** @param {string} url */
async function download(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(120_000) });
  if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
