import type { JsonSchema } from './route.ts';
import { code, FLAG, listOf, OFFICE, object, oneOf, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

/** The schemas of what decided about a message. */
export const EXPLAIN_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Explanation: object({ id: TEXT, origin: OFFICE, decisions: listOf(schemaRef('ExplainedDecision')) }),
  ExplainedPolicy: object({
    name: TEXT,
    reason: {
      ...orNull(TEXT),
      description:
        'Its sentence in the bundle that is in force now; null where there is none, or it is not of this office.',
    },
  }),
  ExplainedDecision: object({
    gate: oneOf(['export', 'import', 'exporter'], 'The gate of this office, or that of the office that sent it.'),
    office: { ...OFFICE, description: 'The office on the other side.' },
    step: oneOf(['decided', 'held', 'released', 'opened', 'passed-on'], 'What it was decided for.'),
    outcome: oneOf(['released', 'held', 'refused', 'unknown'], 'What it decided.'),
    at: orNull(TIME),
    by: { ...orNull(TEXT), description: 'Who released it.' },
    code: { ...orNull(TEXT), description: 'Why the policies were not asked, where that is so.' },
    policies: listOf(schemaRef('ExplainedPolicy')),
    withheld: listOf(
      object({ category: code('DataCategory'), parts: orNull(WHOLE), policies: listOf(schemaRef('ExplainedPolicy')) }),
    ),
    bundles: {
      ...listOf(object({ name: TEXT, version: WHOLE, digest: TEXT, inForce: FLAG })),
      description: 'The bundles that decided, and whether they still do: if not, sentences may have changed since.',
    },
    agreement: orNull(
      object({
        id: TEXT,
        version: WHOLE,
        digest: TEXT,
        article: TEXT,
        text: {
          ...orNull(TEXT),
          description: 'The article in plain words; null where that version is not installed any more.',
        },
      }),
    ),
  }),
};
