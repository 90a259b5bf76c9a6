import { parseSync } from 'vite';

/** A node of the syntax tree (ESTree with TypeScript's additions). */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** One import, export from, dynamic import or type import of a module. */
export interface ImportFact {
  /** undefined where a dynamic import is computed. */
  readonly specifier: string | undefined;
  /** Gone when compiled. `import { type A }` is not: under verbatimModuleSyntax the module is still loaded. */
  readonly typeOnly: boolean;
  readonly line: number;
  readonly exportsAll: boolean;
}

/** A source file, parsed. */
export interface ParsedModule {
  readonly path: string;
  readonly code: string;
  readonly nodes: readonly Node[];
  readonly body: readonly Node[];
  /** Where each block comment that documents something ends. */
  readonly docCommentEnds: readonly number[];
  readonly imports: readonly ImportFact[];
  readonly lineOf: (node: Node) => number;
}

/** Parses TypeScript or JavaScript; what does not parse is an error, never an empty module. */
export function parseModule(path: string, code: string): ParsedModule {
  const parsed = parseSync(path, code);
  if (parsed.errors.length > 0) throw new Error(`${path} does not parse: ${parsed.errors[0]?.message}`);
  const program = parsed.program as unknown as Node;
  const nodes: Node[] = [];
  collect(program, nodes);
  const lineOf = (node: Node): number => code.slice(0, node.start).split('\n').length;
  return {
    path,
    code,
    nodes,
    body: program['body'] as Node[],
    docCommentEnds: parsed.comments
      .filter((comment) => comment.type === 'Block' && comment.value.startsWith('*'))
      .map((comment) => comment.end),
    imports: nodes.flatMap((node) => importOf(node, lineOf)),
    lineOf,
  };
}

function collect(value: unknown, into: Node[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, into);
  } else if (typeof value === 'object' && value !== null) {
    if ('type' in value && typeof value.type === 'string') into.push(value as Node);
    for (const child of Object.values(value)) collect(child, into);
  }
}

function importOf(node: Node, lineOf: (node: Node) => number): ImportFact[] {
  const fact = (source: unknown, typeOnly: boolean, exportsAll = false): ImportFact[] => [
    { specifier: literal(source), typeOnly, line: lineOf(node), exportsAll },
  ];
  switch (node.type) {
    case 'ImportDeclaration':
      return fact(node['source'], node['importKind'] === 'type');
    case 'ExportNamedDeclaration':
      return node['source'] ? fact(node['source'], node['exportKind'] === 'type') : [];
    case 'ExportAllDeclaration':
      return fact(node['source'], node['exportKind'] === 'type', true);
    case 'ImportExpression':
      return fact(node['source'], false);
    case 'TSImportType':
      return fact(node['source'] ?? node['argument'], true);
    case 'CallExpression':
      return named(node['callee']) === 'require' ? fact((node['arguments'] as unknown[])[0], false) : [];
    default:
      return [];
  }
}

function literal(source: unknown): string | undefined {
  if (typeof source !== 'object' || source === null) return undefined;
  const node = source as Node;
  if (node.type === 'TSLiteralType') return literal(node['literal']);
  return typeof node['value'] === 'string' ? node['value'] : undefined;
}

/** The name of an identifier node. */
export function named(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  return (node as Node).type === 'Identifier' ? String((node as Node)['name']) : undefined;
}
