import type { JsonSchema } from './route.ts';
import { ATTACHMENT_SCHEMAS } from './schemas-attachments.ts';
import { BOARD_SCHEMAS } from './schemas-boards.ts';
import { EXPLAIN_SCHEMAS } from './schemas-explain.ts';
import { FIGURES_SCHEMAS } from './schemas-figures.ts';
import { OPERATION_REPORT_SCHEMAS } from './schemas-operation-reports.ts';
import { OPERATION_SCHEMAS } from './schemas-operations.ts';
import { OVERSIGHT_SCHEMAS } from './schemas-oversight.ts';
import { PEOPLE_SCHEMAS } from './schemas-people.ts';
import { POST_SCHEMAS } from './schemas-posts.ts';
import { RECALL_SCHEMAS } from './schemas-recalls.ts';
import { REGION_SCHEMAS } from './schemas-region.ts';
import { REQUEST_SCHEMAS } from './schemas-requests.ts';
import { REVIEW_SCHEMAS } from './schemas-reviews.ts';
import { SEARCH_SCHEMAS } from './schemas-searches.ts';
import { TRIAGE_SCHEMAS } from './schemas-triage.ts';

/** The schemas of answers that stand in a file of their own for each area. */
export const AREA_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  ...REQUEST_SCHEMAS,
  ...REGION_SCHEMAS,
  ...REVIEW_SCHEMAS,
  ...OPERATION_SCHEMAS,
  ...POST_SCHEMAS,
  ...ATTACHMENT_SCHEMAS,
  ...OPERATION_REPORT_SCHEMAS,
  ...RECALL_SCHEMAS,
  ...SEARCH_SCHEMAS,
  ...PEOPLE_SCHEMAS,
  ...TRIAGE_SCHEMAS,
  ...EXPLAIN_SCHEMAS,
  ...FIGURES_SCHEMAS,
  ...OVERSIGHT_SCHEMAS,
  ...BOARD_SCHEMAS,
};
