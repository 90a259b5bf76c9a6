import type { Violation } from './find-import-violations.ts';
import { clockFile, innerErrorClasses, processFacts, pureFolders } from './import-rules.ts';
import { type Node, named, type ParsedModule } from './parse-module.ts';

const maxLines = 300;
const maxMainLines = 25;
/** What proto/generate.mjs writes above its own names; what it lists is as long as the contract. */
const generatedAbove = /^\/\/ The names above are written by .*\n/m;

/** All broken house rules of one module of the sources. */
export function findHouseViolations(module: ParsedModule): Violation[] {
  const inCore = module.path.startsWith('services/core/');
  const pure = pureFolders.some((folder) => module.path.startsWith(`services/${folder}/`));
  return [
    ...checkLength(module),
    ...checkDocComments(module),
    ...checkErrors(module),
    ...(pure && module.path !== clockFile ? checkClock(module) : []),
    ...(inCore ? checkProcess(module) : []),
  ];
}

function checkLength(module: ParsedModule): Violation[] {
  const byHand = module.code.split(generatedAbove).at(-1) ?? '';
  const lines = byHand.trimEnd().split('\n').length;
  const limit = /^services\/[a-z]+\/main\.ts$/.test(module.path) ? maxMainLines : maxLines;
  if (lines <= limit) return [];
  return [
    {
      rule: 'too-long',
      at: `${module.path}: ${lines} lines`,
      reason: `more than ${limit} lines hold more than one concern`,
    },
  ];
}

function checkDocComments(module: ParsedModule): Violation[] {
  return module.body
    .filter((node) => node.type === 'ExportNamedDeclaration' && node['declaration'])
    .filter(
      (node) =>
        !module.docCommentEnds.some((end) => /^\s*$/.test(module.code.slice(end, node.start)) && end <= node.start),
    )
    .map((node) => at(module, node, 'undocumented-export', "an export's first line says what it guarantees"));
}

function checkErrors(module: ParsedModule): Violation[] {
  if (module.path.endsWith('/errors.ts')) return [];
  const mayHaveClass = module.path in innerErrorClasses;
  const reason = 'an error thrown on purpose has a code; a bug of ours is a TypeError';
  return module.nodes.flatMap((node) => {
    const parent = node.type === 'ClassDeclaration' ? named(node['superClass']) : undefined;
    if (parent?.endsWith('Error') && !mayHaveClass)
      return [at(module, node, 'error-class-elsewhere', 'a folder has one error class, in errors.ts')];
    return node.type === 'NewExpression' && named(node['callee']) === 'Error'
      ? [at(module, node, 'error-without-code', reason)]
      : [];
  });
}

function checkClock(module: ParsedModule): Violation[] {
  return module.nodes
    .filter((node) => {
      if (node.type === 'NewExpression')
        return named(node['callee']) === 'Date' && (node['arguments'] as unknown[]).length === 0;
      if (node.type === 'CallExpression') return named(node['callee']) === 'Date';
      return ['Date.now', 'performance.now', 'performance.timeOrigin', 'process.hrtime'].includes(memberOf(node) ?? '');
    })
    .map((node) =>
      at(module, node, 'clock-read', 'the time of a decision is passed in, so that it can be tested and proved'),
    );
}

function checkProcess(module: ParsedModule): Violation[] {
  const reason = 'a library has no process, no environment and no terminal';
  return [
    ...module.imports
      .filter((fact) => fact.specifier === 'node:process' || fact.specifier === 'process')
      .map((fact) => ({ rule: 'process-used', at: `${module.path}:${fact.line}`, reason })),
    ...module.nodes
      .filter((node) => {
        const [object, property = ''] = memberOf(node)?.split('.') ?? [];
        return object === 'console' || (object === 'process' && !processFacts.includes(property));
      })
      .map((node) => at(module, node, 'process-used', reason)),
  ];
}

/** `a.b` for a member expression on a plain name, `a["b"]` included. */
function memberOf(node: Node): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const object = named(node['object']);
  const key = node['property'] as Node;
  const property = node['computed'] ? key['value'] : named(key);
  return object === undefined ? undefined : `${object}.${String(property)}`;
}

function at(module: ParsedModule, node: Node, rule: string, reason: string): Violation {
  return { rule, at: `${module.path}:${module.lineOf(node)}`, reason };
}
