import { linkAccountOf } from '../../subjects/index.ts';
import { renderTemplate } from './render-template.ts';
import type { DiallingLink, LeafListener, ServerTemplates, TlsFiles } from './types.ts';

/** The version from which a remote's dial timeout can be set; before it, it is one second whatever one writes. */
const DIAL_TIMEOUT_SINCE = [2, 14, 5] as const;

/** The listener's block: TLS 1.3 from the first byte, and only the pinned certificates. */
export function renderListener(
  templates: ServerTemplates,
  listener: LeafListener,
  pinnedCerts: readonly string[],
): string {
  return renderTemplate(templates['leaf-listener'], {
    host: listener.host,
    port: listener.port,
    ...listener.tls,
    pinnedCerts: [...new Set(pinnedCerts)].sort(),
  });
}

/** What stands in the listener's place where there is none, so that those who are dialled are pinned all the same. */
export function renderPins(templates: ServerTemplates, tls: TlsFiles, pinnedCerts: readonly string[]): string {
  return renderTemplate(templates['leaf-pins'], { ...tls, pinnedCerts: [...new Set(pinnedCerts)].sort() });
}

/** One remote's block, bound to the neighbour's account. */
export function renderRemote(templates: ServerTemplates, link: DiallingLink, serverVersion: string): string {
  return renderTemplate(templates['leaf-remote'], {
    neighbour: link.neighbour,
    host: link.host,
    port: link.port,
    account: linkAccountOf(link.neighbour),
    seedFile: seedFileOf(link),
    disabled: link.disabled ?? false,
    dialTimeout: isAtLeast(serverVersion, DIAL_TIMEOUT_SINCE) ? [templates['leaf-remote-dial-timeout']] : [],
    ...link.tls,
  });
}

/** The files with the keys that the remotes' blocks include. */
export function renderSeedFiles(
  templates: ServerTemplates,
  links: readonly DiallingLink[],
): Readonly<Record<string, string>> {
  const entries = links.map((link) => {
    const text = renderTemplate(templates['leaf-seed'], { neighbour: link.neighbour, seed: link.leafSeed.trim() });
    return [seedFileOf(link), text] as const;
  });
  return Object.fromEntries(entries);
}

function seedFileOf(link: DiallingLink): string {
  return `leaf-${link.neighbour}.seed.conf`;
}

/** The whole `leafnodes` block, or nothing for a server without links. */
export function renderLeafnodes(
  templates: ServerTemplates,
  listener: string | undefined,
  remotes: readonly string[],
): readonly string[] {
  if (listener === undefined && remotes.length === 0) return [];
  const remotesBlock = remotes.length === 0 ? [] : [renderTemplate(templates['leaf-remotes'], { remotes })];
  return [
    renderTemplate(templates.leafnodes, { listener: listener === undefined ? [] : [listener], remotes: remotesBlock }),
  ];
}

function isAtLeast(version: string, floor: readonly number[]): boolean {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10));
  const differing = floor.findIndex((part, at) => parts[at] !== part);
  return differing < 0 || (parts[differing] ?? 0) > (floor[differing] ?? 0);
}
