import { code, oneOf, orNull, TEXT } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

/** What a gate decided. */
export const OUTCOME = oneOf(['released', 'held', 'refused', 'unknown'], 'What the gate decided.');
/** Where a copy stands. */
export const STATE = oneOf(
  ['refused', 'held', 'rejected', 'expired', 'queued', 'sent', 'accepted', 'delivered', 'retrieved', 'failed'],
  'Where the copy stands, by the strongest evidence there is: `delivered` and `retrieved` only on a signed receipt.',
);
/** Whether what a message says can be shown. */
export const CONTENT_STATE = oneOf(
  ['present', 'gone', 'erased', 'restricted', 'not-admitted', 'unreadable'],
  'Whether the content can be shown, or why not.',
);

/** What every line of a list has, whichever direction it is of. */
export const LINE = {
  crimeArea: orNull(code('CrimeArea')),
  contentState: CONTENT_STATE,
  headline: {
    ...orNull(TEXT),
    description:
      'Or how its words begin, where its kind has no headline; null where it has no words that can be shown.',
  },
  language: orNull(TEXT),
  purpose: orNull(code('Purpose')),
  handling: orNull(code('HandlingCode')),
  caseReference: { ...orNull(TEXT), description: "The origin's." },
  triage: schemaRef('Triage'),
} as const;
