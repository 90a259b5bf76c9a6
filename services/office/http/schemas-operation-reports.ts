import type { JsonSchema } from './route.ts';
import { DIGEST, FLAG, listOf, OFFICE, object, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';

const COUNTS: JsonSchema = {
  type: 'object',
  additionalProperties: WHOLE,
  description: 'How many, by code of the contract.',
};
const BY_OFFICE = object({ office: OFFICE, counts: COUNTS });
const AT = orNull(TIME);

/** The schemas of the answers about after-action reports. */
export const OPERATION_REPORT_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  OperationReport: object(
    {
      operation: TEXT,
      final: { ...FLAG, description: 'Nothing more is to come that could change it.' },
      digest: { ...DIGEST, description: 'SHA-256 of the canonical text of `report` (RFC 8785), which is signed.' },
      report: { $ref: '#/components/schemas/AfterActionReport' },
      signatures: listOf(object({ office: OFFICE, digest: DIGEST, agrees: FLAG })),
      contradictions: {
        ...listOf(object({ office: OFFICE, number: WHOLE })),
        description: 'Posts that a member states otherwise than they are on record here; 0 stands for how many.',
      },
      lessons: {
        ...listOf(
          object({ office: OFFICE, number: WHOLE, digest: DIGEST, headline: TEXT, text: TEXT, language: TEXT }),
        ),
        description: "Texts of lessons that can be read here; this office's own copies, not part of what is signed.",
      },
    },
    'The after-action report of a joint operation as it stands at this office.',
  ),
  AfterActionReport: object(
    {
      reportVersion: { const: 1 },
      operation: TEXT,
      drill: FLAG,
      charterDigest: DIGEST,
      charter: { type: 'object', description: 'The charter, as it was signed.' },
      lead: OFFICE,
      openedAt: AT,
      closedAt: AT,
      members: listOf(
        object({
          office: OFFICE,
          role: TEXT,
          state: TEXT,
          joinedAt: AT,
          joinedLate: FLAG,
          endedAt: AT,
          dutyContact: TEXT,
          stated: FLAG,
          posts: WHOLE,
        }),
      ),
      timeline: listOf(
        object({
          at: TIME,
          office: OFFICE,
          what: TEXT,
          number: orNull(WHOLE),
          digest: orNull(DIGEST),
          member: orNull(OFFICE),
        }),
      ),
      beyondTimeline: WHOLE,
      taskings: listOf(
        object({
          office: OFFICE,
          number: WHOLE,
          digest: DIGEST,
          at: TIME,
          dueAt: AT,
          assignments: listOf(
            object({
              office: OFFICE,
              state: TEXT,
              acceptedAt: AT,
              acceptedAfterMs: orNull(WHOLE),
              doneAt: AT,
              doneAfterMs: orNull(WHOLE),
              late: FLAG,
            }),
          ),
        }),
      ),
      outcomes: listOf(BY_OFFICE),
      outcomesTotal: COUNTS,
      posts: listOf(BY_OFFICE),
      withheld: listOf(object({ from: OFFICE, to: OFFICE, whole: WHOLE, parts: WHOLE })),
      deliveries: listOf(
        object({
          from: OFFICE,
          to: OFFICE,
          delivered: WHOLE,
          opened: WHOLE,
          medianDeliveryMs: WHOLE,
          longestDeliveryMs: WHOLE,
          medianOpeningMs: WHOLE,
        }),
      ),
      lessons: listOf(object({ office: OFFICE, number: WHOLE, digest: DIGEST, at: TIME })),
    },
    'Equal at every member that has the same charter and the same acts.',
  ),
  ReportSignature: object({ digest: { ...DIGEST, description: 'The digest of the report that was read.' } }),
};
