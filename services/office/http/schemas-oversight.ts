import { LEDGER_FINDINGS } from '../../core/ledger/index.ts';
import { codeNames } from '../views/code-names.ts';
import { AGREEMENT_STATES, KEY_STATES } from '../views/directory-json.ts';
import type { JsonSchema } from './route.ts';
import { DIGEST, FLAG, listOf, NAMES, OFFICE, object, oneOf, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

const COUNTS = [
  'records',
  'messages',
  'releases',
  'frames',
  'arrivals',
  'receiptsIssued',
  'receiptsReceived',
  'signatures',
  'heads',
  'headsNotCompared',
] as const;

/** The schemas of the answers about the ledger as a whole, directories, agreements and policies. */
export const OVERSIGHT_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  LedgerFinding: object({
    code: oneOf(Object.keys(LEDGER_FINDINGS), 'What is not as it must be.'),
    weight: oneOf(
      ['broken', 'notice'],
      'With one that is broken the ledger is no evidence; a notice is for a person to judge.',
    ),
    sentence: TEXT,
    record: { ...WHOLE, description: 'The record that it was found at.' },
    context: listOf(object({ name: TEXT, value: TEXT })),
  }),
  LedgerReport: object({
    intact: { ...FLAG, description: 'Nothing is broken.' },
    chain: TEXT,
    head: object({ number: WHOLE, digest: TEXT }),
    firstAt: orNull(TIME),
    lastAt: orNull(TIME),
    counts: object(Object.fromEntries(COUNTS.map((name) => [name, WHOLE])), 'What was looked at.'),
    findings: { ...listOf(schemaRef('LedgerFinding')), description: 'At most 1,000, in the order of the records.' },
    dropped: { ...WHOLE, description: 'How many more findings there were.' },
  }),
  LedgerCheck: object({
    state: oneOf(['running', 'done', 'failed'], 'Failed: it could not be read to its end.'),
    by: { ...TEXT, description: 'Who had it checked.' },
    startedAt: TIME,
    endedAt: orNull(TIME),
    records: { ...WHOLE, description: 'Looked at so far.' },
    of: { ...WHOLE, description: 'There when it began.' },
    failure: { ...orNull(TEXT), description: 'A code.' },
    report: orNull(schemaRef('LedgerReport')),
  }),
  LastLedgerCheck: object({ check: orNull(schemaRef('LedgerCheck')) }),
  Witnesses: object({
    at: TIME,
    chain: { ...TEXT, description: 'Tells this ledger from every other.' },
    head: object({ number: WHOLE, digest: DIGEST }, 'The last record here.'),
    items: listOf(schemaRef('Witness')),
  }),
  Witness: object({
    office: OFFICE,
    heardAt: orNull(TIME),
    ofOurs: {
      ...orNull(
        object({
          number: WHOLE,
          digest: DIGEST,
          at: TIME,
          comparison: oneOf(
            ['same', 'ahead', 'different'],
            'Same: that record is here. Ahead: records are missing here. Different: one of the two was rewritten.',
          ),
          behind: { ...WHOLE, description: 'How many records came since.' },
        }),
      ),
      description: 'What the neighbour last said of this ledger; null where it said nothing since the node started.',
    },
    ofTheirs: {
      ...orNull(object({ number: WHOLE, digest: DIGEST, chain: TEXT, at: TIME })),
      description: "The newest head of the neighbour's ledger that is on record here, and since when.",
    },
    faults: { ...NAMES, description: 'Codes of what does not fit between the two ledgers.' },
  }),
  InstalledDirectory: object({
    nation: TEXT,
    digest: DIGEST,
    current: FLAG,
    sequence: { ...WHOLE, description: 'Grows with every issue.' },
    issuedAt: TIME,
    expiresAt: TIME,
    daysLeft: WHOLE,
    rootKid: { ...TEXT, description: "Thumbprint of the nation's root key." },
    directory: schemaRef('Directory'),
    offices: { ...listOf(schemaRef('DirectoryOffice')), description: 'What its entries come to now.' },
  }),
  DirectoryOffice: object({
    office: OFFICE,
    onDuty: { ...listOf(schemaRef('Shift')), description: 'Who is on duty now.' },
    next: { ...listOf(schemaRef('Shift')), description: 'The next three shifts at the most.' },
    keys: listOf(
      object({
        use: oneOf(codeNames('KeyUse'), 'What it is for.'),
        kid: { ...TEXT, description: 'Thumbprint (RFC 7638).' },
        notBefore: TIME,
        notAfter: TIME,
        ageDays: WHOLE,
        daysLeft: WHOLE,
        state: oneOf(KEY_STATES, 'Whether it is good now.'),
        revokedAt: orNull(TIME),
      }),
    ),
  }),
  Shift: object({ from: TIME, until: TIME, contact: TEXT }),
  InstalledAgreement: object({
    id: TEXT,
    version: WHOLE,
    digest: DIGEST,
    current: FLAG,
    state: oneOf(AGREEMENT_STATES, 'Whether it can be relied on now.'),
    replacedBy: { ...orNull(TEXT), description: 'The agreement in force that takes its place.' },
    daysLeft: { ...WHOLE, description: 'Whole days until it ends.' },
    agreement: schemaRef('Agreement'),
  }),
  PolicyBundle: object({
    name: TEXT,
    version: WHOLE,
    digest: DIGEST,
    nation: { ...orNull(TEXT), description: 'Whose law it is; null for the baseline.' },
    since: {
      ...orNull(TIME),
      description: 'On record as in use since then; null for the baseline, which comes with the release.',
    },
    validFrom: orNull(TIME),
    validUntil: orNull(TIME),
    limits: object({
      breakGlass: object({ openReviews: WHOLE, reviewHours: WHOLE }),
      searches: object({ perOfficerPerHour: WHOLE, perOfficeInPerDay: WHOLE, perForeignOfficerPerDay: WHOLE }),
    }),
    policies: listOf(
      object({
        name: TEXT,
        effect: oneOf(['permit', 'forbid'], 'What it does where it applies.'),
        sentence: { ...TEXT, description: 'The reason that it gives to people.' },
        persons: { ...WHOLE, description: 'How many named persons it takes to release what it holds.' },
        file: TEXT,
        line: WHOLE,
        text: TEXT,
      }),
    ),
  }),
};
