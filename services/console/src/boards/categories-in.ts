import { FORMS } from '../../__generated__/contract.ts';

/**
 * The data categories of what a body says, by the contract: those of the fields that are there, and of what is in them.
 * `type` is the message of the contract that the body is.
 */
export function categoriesIn(type: string, body: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  collect(type, body, found);
  return found;
}

function collect(type: string, value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const one of value) collect(type, one, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const field of FORMS[type] ?? []) {
    const said = (value as Readonly<Record<string, unknown>>)[field.name];
    if (said === undefined || said === null || said === '') continue;
    if (field.category !== undefined) found.add(field.category);
    if (field.kind === 'message' && field.type !== undefined) collect(field.type, said, found);
  }
}
