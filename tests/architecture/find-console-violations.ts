import { dirname, join, normalize } from 'node:path';
import type { Node, ParsedModule } from './parse-module.ts';

/** A place of the console's browser code that breaks a rule. */
export interface ConsoleViolation {
  readonly path: string;
  readonly line: number;
  readonly rule:
    | 'ours-imported'
    | 'package-unknown'
    | 'screen-imports-screen'
    | 'text-becomes-markup'
    | 'asks-elsewhere'
    | 'undocumented-export'
    | 'too-long';
}

const ROOT = 'services/console';
const SOURCES = `${ROOT}/src`;
const PACKAGES: ReadonlySet<string> = new Set([
  'preact',
  'preact/hooks',
  '@preact/signals',
  '@simplewebauthn/browser',
  'd3-geo',
  'fflate',
  'topojson-client',
  'topojson-specification',
]);
const FONT = /^@fontsource-variable\/noto-sans[a-z-]*\/wght\.css$/;
/** Whatever makes markup or code out of text. */
const DANGEROUS: ReadonlySet<string> = new Set([
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'dangerouslySetInnerHTML',
  'srcdoc',
  'createContextualFragment',
  'DOMParser',
  'eval',
  'Function',
  'document.write',
]);
const MOST_LINES = 300;

/** What a module of the console breaks; asking the office is for `src/api` alone. */
export function findConsoleViolations(module: ParsedModule): readonly ConsoleViolation[] {
  const { path, code, nodes, imports, lineOf } = module;
  const at = (rule: ConsoleViolation['rule'], line: number): ConsoleViolation => ({ path, line, rule });
  return [
    ...imports.flatMap(({ specifier, line }) => {
      const rule = specifier === undefined ? undefined : importRule(path, specifier);
      return rule === undefined ? [] : [at(rule, line)];
    }),
    ...nodes.flatMap((node) => {
      const name = nameOf(node);
      if (name === undefined) return [];
      if (DANGEROUS.has(name)) return [at('text-becomes-markup', lineOf(node))];
      return ASKS.has(name) && !path.startsWith(`${SOURCES}/api/`) ? [at('asks-elsewhere', lineOf(node))] : [];
    }),
    ...undocumented(module).map((node) => at('undocumented-export', lineOf(node))),
    ...(code.split('\n').length > MOST_LINES + 1 ? [at('too-long', MOST_LINES)] : []),
  ];
}

const ASKS: ReadonlySet<string> = new Set(['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'sendBeacon']);

function importRule(path: string, specifier: string): ConsoleViolation['rule'] | undefined {
  if (!specifier.startsWith('.'))
    return PACKAGES.has(specifier) || FONT.test(specifier) ? undefined : 'package-unknown';
  const target = normalize(join(dirname(path), specifier));
  if (!target.startsWith(`${ROOT}/`)) return 'ours-imported';
  const [own, other] = [screenOf(path), screenOf(target)];
  return own !== undefined && other !== undefined && own !== other ? 'screen-imports-screen' : undefined;
}

function screenOf(path: string): string | undefined {
  return /^services\/console\/src\/screens\/([^/]+)\//.exec(path)?.[1];
}

/** The name that a node uses: an identifier, a property, or an attribute of an element. */
function nameOf(node: Node): string | undefined {
  const name = node['name'];
  if ((node.type === 'Identifier' || node.type === 'JSXIdentifier') && typeof name === 'string') return name;
  if (node.type === 'Literal' && typeof node['value'] === 'string' && DANGEROUS.has(node['value']))
    return node['value'];
  return undefined;
}

function undocumented({ body, docCommentEnds, code }: ParsedModule): readonly Node[] {
  return body.filter((node) => {
    if (node.type !== 'ExportNamedDeclaration' && node.type !== 'ExportDefaultDeclaration') return false;
    if (node['source'] || (node.type === 'ExportNamedDeclaration' && !node['declaration'])) return false;
    return !docCommentEnds.some((end) => end <= node.start && code.slice(end, node.start).trim() === '');
  });
}
