import type { MessageFacts, PartFacts } from './facts.ts';

/** Which facts any of a set of policies looks at; what none looks at cannot change an answer. */
export interface UsedFacts {
  readonly message: Readonly<Record<Exclude<keyof MessageFacts, 'concerned'> | 'nationalities', boolean>>;
  readonly part: Readonly<Record<Exclude<keyof PartFacts, 'concerned'> | 'nationalities', boolean>>;
}

type Json = unknown;

function member(value: Json, name: string): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)[name]
    : undefined;
}

/** The record that an expression stands for: `message` for `context.message`. */
function recordOf(expression: Json): string | undefined {
  const access = member(expression, '.');
  const name = member(access, 'attr');
  return member(member(access, 'left'), 'Var') === 'context' && typeof name === 'string' ? name : undefined;
}

/** Collects `message.urgency` for what is looked at by name, and `message.*` or `*` where a whole record is. */
function collect(expression: Json, found: Set<string>): void {
  if (typeof expression !== 'object' || expression === null) return;
  if (member(expression, 'Var') === 'context') found.add('*');
  const access = member(expression, '.');
  const record = recordOf(member(access, 'left'));
  const name = member(access, 'attr');
  if (record !== undefined && typeof name === 'string') {
    found.add(`${record}.${name}`);
    return;
  }
  const whole = recordOf(expression);
  if (whole !== undefined) {
    found.add(`${whole}.*`);
    return;
  }
  for (const inner of Object.values(expression)) collect(inner, found);
}

/** What policies with these conditions (in Cedar's JSON policy format) look at; in doubt, everything. */
export function usedFacts(conditions: readonly Json[]): UsedFacts {
  const found = new Set<string>();
  for (const condition of conditions) {
    if (condition === undefined) found.add('*');
    collect(condition, found);
  }
  const uses = (record: string) => (name: string) =>
    found.has('*') || found.has(`${record}.*`) || found.has(`${record}.${name}`);
  const message = uses('message');
  const part = uses('part');
  return {
    message: {
      kind: message('kind'),
      messageType: message('messageType'),
      crimeArea: message('crimeArea'),
      urgency: message('urgency'),
      severity: message('severity'),
      certainty: message('certainty'),
      purpose: message('purpose'),
      handling: message('handling'),
      precedence: message('precedence'),
      drill: message('drill'),
      onward: message('onward'),
      originatorConsents: message('originatorConsents'),
      opening: message('opening'),
      emergency: message('emergency'),
      persons: message('persons'),
      personal: message('personal'),
      categories: message('categories'),
      nationalities: message('nationalities'),
    },
    part: {
      category: part('category'),
      personal: part('personal'),
      ofSubject: part('ofSubject'),
      role: part('role'),
      covered: part('covered'),
      nationalities: part('nationalities'),
    },
  };
}
