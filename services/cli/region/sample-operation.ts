import { type OfficeId, parseOfficeId } from '../../core/foundation/index.ts';
import type { JsonRecord } from '../office-api/office-client.ts';
import { drawFace } from './draw-pictures.ts';

const CHIANG_KHONG = parseOfficeId('th-chiang-khong');
const HOUAYXAY = parseOfficeId('la-houayxay');
const TACHILEIK = parseOfficeId('mm-tachileik');

/** The offices of the demonstration's operation, the lead first. */
export const OPERATION_MEMBERS: readonly OfficeId[] = [CHIANG_KHONG, HOUAYXAY, TACHILEIK];

/** What the demonstration's operations are called; a number of its own follows for each start. */
export const OPERATION_PREFIX = 'river-watch-';

const HOUR_MS = 3_600_000;
const FACE_IMAGE = { format: 'IMAGE_FORMAT_PNG', data: drawFace().toString('base64') };
const BRIDGE = {
  name: 'Fourth Thai-Lao Friendship Bridge',
  nation: 'TH',
  position: { latitude: 20.26, longitude: 100.41 },
};

/** The charter of the demonstration's operation: four hours, from now on. */
export function sampleCharter(id: string, nowMs: number): JsonRecord {
  return {
    id,
    name: 'River watch',
    aim: 'Find the boats that cross the Mekong between Chiang Khong, Houayxay and the mouth of the Ruak at night, and those who own them.',
    form: 'CHARTER_FORM_OFFICE',
    agreement: 'mou-mekong',
    lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
    lawfulBasisReference: 'Article 1',
    members: OPERATION_MEMBERS.map((office, index) => ({
      office,
      role: index === 0 ? 'OPERATION_ROLE_LEAD' : 'OPERATION_ROLE_MEMBER',
      dutyContact: `Duty desk of ${office}`,
    })),
    purposes: ['PURPOSE_INVESTIGATION', 'PURPOSE_PREVENTION'],
    crimeAreas: ['CRIME_AREA_DRUGS', 'CRIME_AREA_PEOPLE_SMUGGLING'],
    dataCategories: [
      'CORE',
      'IDENTITY',
      'BIOMETRIC',
      'SOURCE',
      'LOCATION',
      'FREE_TEXT',
      'TRANSPORT',
      'CONSIGNMENT',
    ].map((category) => `DATA_CATEGORY_${category}`),
    handlingCeiling: 'HANDLING_CODE_H2',
    retentionDays: 30,
    starts: new Date(nowMs - 60_000).toISOString(),
    ends: new Date(nowMs + 4 * HOUR_MS).toISOString(),
    quorum: 3,
    history: 'HISTORY_RULE_ALL',
  };
}

/** A post of the demonstration, as an office submits it. */
export interface SamplePost {
  readonly from: OfficeId;
  /** Of this story: the post that it answers. */
  readonly answers?: string;
  readonly name: string;
  readonly submission: JsonRecord;
  /** It goes with a small photograph. */
  readonly photograph?: true;
}

function post(
  from: OfficeId,
  name: string,
  postType: string,
  text: string,
  { terms = {}, more = {}, ...rest }: Partial<SamplePost> & { terms?: JsonRecord; more?: JsonRecord } = {},
): SamplePost {
  const body = { terms: { postType, ...terms }, crimeArea: 'CRIME_AREA_DRUGS', text, textLanguage: 'en', ...more };
  return {
    from,
    name,
    submission: { precedence: 'PRECEDENCE_IMMEDIATE', handling: 'HANDLING_CODE_H1', post: body },
    ...rest,
  };
}

/** The story of one evening. All persons, numbers and events are invented. */
export const SAMPLE_POSTS: readonly SamplePost[] = [
  post(
    CHIANG_KHONG,
    'situation',
    'POST_TYPE_SITREP',
    'Two long-tail boats without lights went upstream at dusk. Both banks are watched.',
  ),
  post(CHIANG_KHONG, 'tasking', 'POST_TYPE_TASKING', 'Stop and check the boats when they land on your bank.', {
    terms: { assignees: [HOUAYXAY], due: new Date(Date.now() + HOUR_MS).toISOString() },
  }),
  post(HOUAYXAY, 'accepted', 'POST_TYPE_TASKING_ANSWER', 'A team is on its way to the pier.', {
    answers: 'tasking',
    terms: { tasking: 'TASKING_STATE_ACCEPTED' },
  }),
  post(TACHILEIK, 'sighting', 'POST_TYPE_SIGHTING', 'The man who paid the boatmen was seen at the night market.', {
    more: {
      place: { name: 'Tachileik', nation: 'MM', position: { latitude: 20.45, longitude: 99.88 } },
      subjects: [
        {
          label: 'P1',
          role: 'SUBJECT_ROLE_SUSPECT',
          person: { description: 'About 40, grey cap, limps on the left', faceImages: [FACE_IMAGE] },
        },
      ],
    },
  }),
  post(CHIANG_KHONG, 'photograph', 'POST_TYPE_MESSAGE', 'The trailer that waits for the boats, from the bridge.', {
    photograph: true,
    more: { place: BRIDGE },
  }),
  post(
    HOUAYXAY,
    'done',
    'POST_TYPE_TASKING_ANSWER',
    'Both boats were checked at the pier; one carried eleven packages.',
    {
      answers: 'tasking',
      terms: {
        tasking: 'TASKING_STATE_DONE',
        outcomes: [
          { outcome: 'OUTCOME_TYPE_CHECK', count: 2 },
          { outcome: 'OUTCOME_TYPE_SEIZURE', count: 1 },
        ],
      },
    },
  ),
];

const PATROLS: readonly SamplePost[] = [
  post(CHIANG_KHONG, 'patrol', 'POST_TYPE_POSITION', 'Patrol boat at the bridge.', { more: { place: BRIDGE } }),
  post(HOUAYXAY, 'patrol', 'POST_TYPE_SITREP', 'The pier is quiet.'),
  post(TACHILEIK, 'patrol', 'POST_TYPE_SITREP', 'Nothing new at the night market.'),
];

/** What one of the offices says in its turn while the evening goes on. */
export function patrolPost(turn: number): SamplePost {
  return PATROLS[turn % PATROLS.length] as SamplePost;
}
