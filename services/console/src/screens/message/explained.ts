import type { Key } from '../../i18n/catalogue.ts';

interface ExplainedPolicy {
  readonly name: string;
  readonly reason: string | null;
}

interface Explained {
  readonly gate: string;
  readonly step: string;
  readonly policies: readonly ExplainedPolicy[];
  readonly withheld: readonly { readonly policies: readonly ExplainedPolicy[] }[];
}

/** By the name of a policy, its sentence, of all policies whose sentence is known here. */
export function sentencesOf(decisions: readonly Explained[]): ReadonlyMap<string, string> {
  const all = decisions.flatMap(({ policies, withheld }) => [
    ...policies,
    ...withheld.flatMap((part) => part.policies),
  ]);
  return new Map(all.flatMap(({ name, reason }) => (reason === null ? [] : [[name, reason] as const])));
}

const STEPS: Readonly<Record<string, Readonly<Record<string, Key>>>> = {
  export: {
    decided: 'explain.export.decided',
    held: 'explain.export.held',
    released: 'explain.export.released',
    opened: 'explain.export.opened',
    'passed-on': 'explain.export.passedOn',
  },
  import: {
    decided: 'explain.import.decided',
    held: 'explain.import.held',
    released: 'explain.import.released',
    opened: 'explain.import.opened',
  },
};

/** The sentence that says at whose gate and for what a decision was made. */
export function decisionKey({ gate, step }: Pick<Explained, 'gate' | 'step'>): Key {
  return STEPS[gate]?.[step] ?? 'explain.exporter';
}
