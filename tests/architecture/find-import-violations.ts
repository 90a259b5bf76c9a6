import { posix } from 'node:path';
import { folderRules, libraryRules } from './import-rules.ts';
import type { ImportFact, ParsedModule } from './parse-module.ts';

/** A rule broken at a place, with the rule's reason. */
export interface Violation {
  readonly rule: string;
  readonly at: string;
  readonly reason: string;
}

/** All broken import rules of modules whose paths begin with `services/`. */
export function findImportViolations(modules: readonly ParsedModule[]): Violation[] {
  return modules.flatMap((module) => [
    ...folderOf(module.path),
    ...module.imports.flatMap((fact) => checkImport(module.path, fact)),
    ...checkRelayMeetsBus(module),
  ]);
}

function folderOf(path: string): Violation[] {
  if (ruleOf(path) !== undefined) return [];
  return [{ rule: 'folder-unknown', at: path, reason: 'a new folder is entered in the import table first' }];
}

function ruleOf(path: string) {
  return folderRules.find((rule) => path.startsWith(`services/${rule.folder}/`));
}

function checkImport(path: string, fact: ImportFact): Violation[] {
  const broken = (rule: string, reason: string): Violation[] => [
    { rule, at: `${path}:${fact.line} ${fact.specifier ?? '(computed)'}`, reason },
  ];
  const own = ruleOf(path);
  const { specifier } = fact;
  if (fact.exportsAll) return broken('export-all', 'a door names what goes through it');
  if (specifier === undefined) {
    return path.startsWith('services/core/')
      ? broken('import-computed', 'what a library loads is known beforehand')
      : [];
  }
  if (own === undefined || specifier.startsWith('node:')) return [];
  if (!specifier.startsWith('.')) return checkLibrary(own.folder, specifier, broken);
  const target = posix.join(posix.dirname(path), specifier);
  const other = ruleOf(target);
  if (other === undefined) return broken('outside-services', 'what is shipped imports only what is shipped');
  if (other === own) {
    const isOwnDoor = target === `services/${own.folder}/index.ts`;
    return isOwnDoor ? broken('own-door', 'a folder that enters by its own door runs in a circle') : [];
  }
  if (!own.mayImport.includes(other.folder)) return broken('folder-forbidden', own.reason);
  if (target !== `services/${other.folder}/index.ts`)
    return broken('deep-import', "a folder's only door is its index.ts");
  if (own.typesOnly?.includes(other.folder) && !fact.typeOnly) return broken('types-only', own.reason);
  return [];
}

function checkLibrary(
  folder: string,
  specifier: string,
  broken: (rule: string, reason: string) => Violation[],
): Violation[] {
  const rule = libraryRules.find(({ library }) =>
    library.endsWith('/')
      ? specifier.startsWith(library)
      : specifier === library || specifier.startsWith(`${library}/`),
  );
  if (rule === undefined) return broken('library-unknown', 'a library has an owner in the import table first');
  return rule.owners.includes(folder) ? [] : broken('library-forbidden', rule.reason);
}

function checkRelayMeetsBus(module: ParsedModule): Violation[] {
  const imported = module.imports.filter((fact) => !fact.typeOnly).map((fact) => fact.specifier ?? '');
  const meets = ['relay', 'bus'].every((name) =>
    imported.some((specifier) => specifier.endsWith(`/core/${name}/index.ts`)),
  );
  if (!meets || posix.basename(module.path) === 'compose.ts') return [];
  return [{ rule: 'relay-meets-bus', at: module.path, reason: 'ports and their adapters meet in compose.ts only' }];
}

/** One import cycle among the modules, as a list of paths; type-only imports leave no cycle at run time. */
export function findImportCycle(modules: readonly ParsedModule[]): readonly string[] | undefined {
  const edges = new Map(
    modules.map((module) => [
      module.path,
      module.imports
        .filter((fact) => !fact.typeOnly && fact.specifier?.startsWith('.'))
        .map((fact) => posix.join(posix.dirname(module.path), fact.specifier ?? '')),
    ]),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of edges.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle !== undefined) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of edges.keys()) {
    const cycle = visit(path, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
