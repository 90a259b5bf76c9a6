import type { JsonSchema } from './route.ts';

/** A reference to a schema of the API description. */
export function schemaRef(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}
