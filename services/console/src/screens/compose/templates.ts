import { fieldAt, fieldsOf } from '../../forms/contract.ts';
import type { JsonObject } from '../../forms/json.ts';
import type { Key } from '../../i18n/index.ts';
import { KINDS } from './kinds.ts';

/** A kind of message that officers know, as data over the contract: no field is named that the contract does not have. */
export interface Template {
  readonly id: string;
  readonly kind: keyof typeof KINDS;
  readonly title: Key;
  /** When it is used, in one sentence. */
  readonly about: Key;
  /** What is filled in when it is chosen. */
  readonly preset: JsonObject;
  /** The few fields that matter first. */
  readonly first: readonly string[];
  /** Those that are often needed, next. All others of the contract follow on demand. */
  readonly next: readonly string[];
  /** Which fields of a message within come first here, instead of the usual ones. */
  readonly within?: Readonly<Record<string, readonly string[]>>;
  /** What must be there though the contract alone does not demand it. */
  readonly needs?: readonly string[];
  /** Reached from another message only, which it is about. */
  readonly aboutMessage?: 'own' | 'received-request';
}

const ALERT = { messageType: 'MESSAGE_TYPE_ALERT' } as const;
const ALERT_NEXT = [
  'precedence',
  'alert.urgency',
  'alert.severity',
  'alert.certainty',
  'alert.requestedActions',
  'alert.indicators',
  'alert.corridor',
  'purpose',
  'handling',
  'caveat',
  'caseReference',
] as const;
const ORDINARY = { precedence: 'PRECEDENCE_PRIORITY', handling: 'HANDLING_CODE_H0' } as const;

/** Every template, in the order of the list. */
export const TEMPLATES: readonly Template[] = [
  {
    id: 'warning',
    kind: 'AlertSubmission',
    title: 'template.warning',
    about: 'template.warning.about',
    preset: {
      ...ORDINARY,
      purpose: 'PURPOSE_PREVENTION',
      alert: {
        ...ALERT,
        urgency: 'URGENCY_EXPECTED',
        severity: 'SEVERITY_MODERATE',
        certainty: 'CERTAINTY_LIKELY',
        requestedActions: ['REQUESTED_ACTION_OBSERVE'],
      },
    },
    first: [
      'alert.crimeArea',
      'alert.headline',
      'alert.narrative',
      'alert.occurredAt',
      'alert.place',
      'alert.subjects',
    ],
    next: ALERT_NEXT,
  },
  {
    id: 'life-safety',
    kind: 'AlertSubmission',
    title: 'template.lifeSafety',
    about: 'template.lifeSafety.about',
    preset: {
      precedence: 'PRECEDENCE_FLASH',
      purpose: 'PURPOSE_LIFE_SAFETY',
      handling: 'HANDLING_CODE_H0',
      emergency: {},
      alert: {
        ...ALERT,
        urgency: 'URGENCY_IMMEDIATE',
        severity: 'SEVERITY_EXTREME',
        certainty: 'CERTAINTY_LIKELY',
        requestedActions: ['REQUESTED_ACTION_RESCUE'],
      },
    },
    first: [
      'emergency.reason',
      'alert.crimeArea',
      'alert.headline',
      'alert.narrative',
      'alert.occurredAt',
      'alert.place',
      'alert.subjects',
    ],
    next: ALERT_NEXT,
    needs: ['emergency.reason'],
  },
  {
    id: 'victim-referral',
    kind: 'AlertSubmission',
    title: 'template.victim',
    about: 'template.victim.about',
    preset: {
      precedence: 'PRECEDENCE_IMMEDIATE',
      purpose: 'PURPOSE_VICTIM_PROTECTION',
      handling: 'HANDLING_CODE_H2',
      alert: {
        ...ALERT,
        urgency: 'URGENCY_IMMEDIATE',
        severity: 'SEVERITY_SEVERE',
        certainty: 'CERTAINTY_LIKELY',
        requestedActions: ['REQUESTED_ACTION_ASSIST_VICTIM'],
        subjects: [{ role: 'SUBJECT_ROLE_POSSIBLE_VICTIM', person: { victimStatus: 'VICTIM_STATUS_POSSIBLE' } }],
      },
    },
    first: [
      'alert.crimeArea',
      'alert.headline',
      'alert.subjects',
      'alert.occurredAt',
      'alert.place',
      'alert.narrative',
    ],
    within: {
      Person: [
        'familyName',
        'givenNames',
        'nameInOriginalScript',
        'sex',
        'ageGroup',
        'nationalities',
        'victimStatus',
        'protectionStatus',
        'healthNeeds',
        'faceImages',
      ],
    },
    next: ALERT_NEXT,
  },
  {
    id: 'missing-person',
    kind: 'AlertSubmission',
    title: 'template.missing',
    about: 'template.missing.about',
    preset: {
      precedence: 'PRECEDENCE_IMMEDIATE',
      purpose: 'PURPOSE_VICTIM_PROTECTION',
      handling: 'HANDLING_CODE_H0',
      alert: {
        ...ALERT,
        urgency: 'URGENCY_IMMEDIATE',
        severity: 'SEVERITY_SEVERE',
        certainty: 'CERTAINTY_OBSERVED',
        requestedActions: ['REQUESTED_ACTION_CALL_BACK'],
        subjects: [{ role: 'SUBJECT_ROLE_MISSING', person: {} }],
      },
    },
    first: [
      'alert.crimeArea',
      'alert.headline',
      'alert.subjects',
      'alert.occurredAt',
      'alert.place',
      'alert.narrative',
    ],
    within: {
      Person: [
        'familyName',
        'givenNames',
        'nameInOriginalScript',
        'sex',
        'ageGroup',
        'nationalities',
        'victimStatus',
        'protectionStatus',
        'healthNeeds',
        'faceImages',
      ],
    },
    next: ALERT_NEXT,
  },
  {
    id: 'forged-document',
    kind: 'AlertSubmission',
    title: 'template.document',
    about: 'template.document.about',
    preset: {
      ...ORDINARY,
      purpose: 'PURPOSE_BORDER_CONTROL',
      alert: {
        ...ALERT,
        crimeArea: 'CRIME_AREA_DOCUMENT_FRAUD',
        urgency: 'URGENCY_EXPECTED',
        severity: 'SEVERITY_MODERATE',
        certainty: 'CERTAINTY_OBSERVED',
        indicators: ['INDICATOR_DOCUMENT_IRREGULAR'],
        requestedActions: ['REQUESTED_ACTION_STOP_AND_CHECK'],
        subjects: [{ role: 'SUBJECT_ROLE_OBJECT', travelDocument: { state: 'DOCUMENT_STATE_FORGED' } }],
      },
    },
    first: ['alert.headline', 'alert.subjects', 'alert.narrative', 'alert.occurredAt', 'alert.place'],
    next: ['alert.crimeArea', ...ALERT_NEXT],
  },
  {
    id: 'stolen-vehicle',
    kind: 'AlertSubmission',
    title: 'template.vehicle',
    about: 'template.vehicle.about',
    preset: {
      ...ORDINARY,
      purpose: 'PURPOSE_INVESTIGATION',
      alert: {
        ...ALERT,
        crimeArea: 'CRIME_AREA_STOLEN_VEHICLES',
        urgency: 'URGENCY_EXPECTED',
        severity: 'SEVERITY_MODERATE',
        certainty: 'CERTAINTY_OBSERVED',
        requestedActions: ['REQUESTED_ACTION_STOP_AND_CHECK'],
        subjects: [{ role: 'SUBJECT_ROLE_OBJECT', vehicle: {} }],
      },
    },
    first: ['alert.headline', 'alert.subjects', 'alert.occurredAt', 'alert.place', 'alert.narrative'],
    next: ['alert.crimeArea', ...ALERT_NEXT],
  },
  {
    id: 'arrival-notice',
    kind: 'AlertSubmission',
    title: 'template.arrival',
    about: 'template.arrival.about',
    preset: {
      precedence: 'PRECEDENCE_IMMEDIATE',
      purpose: 'PURPOSE_BORDER_CONTROL',
      handling: 'HANDLING_CODE_H0',
      alert: {
        ...ALERT,
        urgency: 'URGENCY_EXPECTED',
        severity: 'SEVERITY_UNKNOWN',
        certainty: 'CERTAINTY_LIKELY',
        requestedActions: ['REQUESTED_ACTION_CHECK_DISCREETLY'],
        subjects: [{ role: 'SUBJECT_ROLE_PERSON_OF_INTEREST', person: {} }],
      },
    },
    first: [
      'alert.crimeArea',
      'alert.headline',
      'alert.occurredAt',
      'alert.place',
      'alert.subjects',
      'alert.narrative',
    ],
    next: ALERT_NEXT,
    needs: ['alert.occurredAt'],
  },
  {
    id: 'seizure',
    kind: 'AlertSubmission',
    title: 'template.seizure',
    about: 'template.seizure.about',
    preset: {
      ...ORDINARY,
      purpose: 'PURPOSE_INVESTIGATION',
      alert: {
        ...ALERT,
        urgency: 'URGENCY_PAST',
        severity: 'SEVERITY_MODERATE',
        certainty: 'CERTAINTY_OBSERVED',
        requestedActions: ['REQUESTED_ACTION_FOR_INFORMATION'],
        subjects: [{ role: 'SUBJECT_ROLE_OBJECT', consignment: {} }],
      },
    },
    first: [
      'alert.crimeArea',
      'alert.headline',
      'alert.occurredAt',
      'alert.place',
      'alert.subjects',
      'alert.narrative',
    ],
    next: ALERT_NEXT,
  },
  {
    id: 'feedback',
    kind: 'AlertSubmission',
    title: 'template.feedback',
    about: 'template.feedback.about',
    preset: {
      precedence: 'PRECEDENCE_ROUTINE',
      purpose: 'PURPOSE_PREVENTION',
      handling: 'HANDLING_CODE_H0',
      alert: {
        ...ALERT,
        urgency: 'URGENCY_PAST',
        severity: 'SEVERITY_UNKNOWN',
        certainty: 'CERTAINTY_OBSERVED',
        requestedActions: ['REQUESTED_ACTION_FOR_INFORMATION'],
      },
    },
    first: ['inReplyTo', 'alert.crimeArea', 'alert.headline', 'alert.narrative', 'alert.occurredAt'],
    next: ['alert.place', 'alert.subjects', ...ALERT_NEXT],
  },
  {
    id: 'request',
    kind: 'RequestSubmission',
    title: 'template.request',
    about: 'template.request.about',
    preset: {
      ...ORDINARY,
      purpose: 'PURPOSE_INVESTIGATION',
      request: {
        terms: { responseClass: 'RESPONSE_CLASS_REGULAR' },
        lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
        languages: ['en'],
        questions: [{}],
      },
    },
    first: [
      'request.crimeArea',
      'request.terms',
      'request.headline',
      'request.text',
      'request.questions',
      'request.subjects',
    ],
    next: [
      'request.languages',
      'request.lawfulBasis',
      'request.lawfulBasisReference',
      'precedence',
      'purpose',
      'handling',
      'caveat',
      'caseReference',
    ],
  },
  {
    id: 'answer',
    kind: 'AnswerSubmission',
    title: 'template.answer',
    about: 'template.answer.about',
    preset: { answer: {} },
    first: ['answer.crimeArea', 'answer.terms', 'answer.texts', 'answer.subjects'],
    next: [
      'answer.sourceEvaluation',
      'answer.informationEvaluation',
      'answer.sourceDescription',
      'handling',
      'caveat',
      'caseReference',
    ],
    aboutMessage: 'received-request',
  },
  {
    id: 'search',
    kind: 'SearchSubmission',
    title: 'template.search',
    about: 'template.search.about',
    preset: {
      ...ORDINARY,
      purpose: 'PURPOSE_INVESTIGATION',
      search: { subjects: [{ role: 'SUBJECT_ROLE_PERSON_OF_INTEREST' }] },
    },
    first: ['search.crimeArea', 'caseReference', 'search.subjects'],
    next: ['precedence', 'purpose', 'handling', 'caveat'],
  },
  {
    id: 'lookout',
    kind: 'LookoutSubmission',
    title: 'template.lookout',
    about: 'template.lookout.about',
    preset: {
      purpose: 'PURPOSE_INVESTIGATION',
      handling: 'HANDLING_CODE_H0',
      lookout: { subjects: [{ role: 'SUBJECT_ROLE_PERSON_OF_INTEREST' }] },
    },
    first: ['caseReference', 'lookout.crimeArea', 'lookout.subjects', 'lookout.text'],
    next: ['expires', 'purpose', 'handling', 'caveat'],
  },
  {
    id: 'bulletin',
    kind: 'BulletinSubmission',
    title: 'template.bulletin',
    about: 'template.bulletin.about',
    preset: {
      precedence: 'PRECEDENCE_ROUTINE',
      purpose: 'PURPOSE_PREVENTION',
      handling: 'HANDLING_CODE_H0',
      bulletin: {
        messageType: 'MESSAGE_TYPE_ALERT',
        bulletinType: 'BULLETIN_TYPE_MODUS_OPERANDI',
        urgency: 'URGENCY_EXPECTED',
      },
    },
    first: [
      'bulletin.bulletinType',
      'bulletin.crimeArea',
      'bulletin.corridor',
      'bulletin.headline',
      'bulletin.text',
      'bulletin.textLanguage',
      'bulletin.geometries',
    ],
    next: [
      'bulletin.urgency',
      'bulletin.from',
      'bulletin.until',
      'bulletin.indicators',
      'expires',
      'precedence',
      'purpose',
      'handling',
      'caseReference',
    ],
  },
  {
    id: 'drill',
    kind: 'AlertSubmission',
    title: 'template.drill',
    about: 'template.drill.about',
    preset: {
      ...ORDINARY,
      purpose: 'PURPOSE_PREVENTION',
      drill: true,
      alert: {
        ...ALERT,
        urgency: 'URGENCY_EXPECTED',
        severity: 'SEVERITY_MODERATE',
        certainty: 'CERTAINTY_LIKELY',
        requestedActions: ['REQUESTED_ACTION_OBSERVE'],
      },
    },
    first: [
      'alert.crimeArea',
      'alert.headline',
      'alert.narrative',
      'alert.occurredAt',
      'alert.place',
      'alert.subjects',
    ],
    next: ALERT_NEXT,
  },
  {
    id: 'update',
    kind: 'AlertSubmission',
    title: 'template.update',
    about: 'template.update.about',
    preset: { alert: { messageType: 'MESSAGE_TYPE_UPDATE' } },
    first: ['alert.headline', 'alert.narrative', 'alert.occurredAt', 'alert.place', 'alert.subjects'],
    next: ['alert.crimeArea', ...ALERT_NEXT],
    needs: ['supersedes'],
    aboutMessage: 'own',
  },
  {
    id: 'cancel',
    kind: 'AlertSubmission',
    title: 'template.cancel',
    about: 'template.cancel.about',
    preset: { alert: { messageType: 'MESSAGE_TYPE_CANCEL' } },
    first: ['alert.headline', 'alert.narrative'],
    next: ['alert.crimeArea', 'alert.occurredAt', 'alert.place', 'alert.subjects', ...ALERT_NEXT],
    needs: ['supersedes'],
    aboutMessage: 'own',
  },
];

/** What the screen has a place of its own for, or fills in: never among the other fields. */
const APART = ['recipients', 'drill', 'supersedes', 'messageType', 'request', 'origin', 'inReplyTo'];

/** The template of that id. */
export function templateOf(id: string): Template | undefined {
  return TEMPLATES.find((template) => template.id === id);
}

/** Every field of the contract that a template does not name, in the order of the contract: what is new comes by itself. */
export function otherFields({ kind, first, next }: Template): readonly string[] {
  const { message, body } = KINDS[kind];
  const named = new Set([...first, ...next].map((path) => path.split('.').slice(0, 2).join('.')));
  const wholes = new Set([...first, ...next].map((path) => path.split('.')[0] ?? ''));
  return fieldsOf(message).flatMap(({ name }) => {
    if (name !== body) return APART.includes(name) || wholes.has(name) ? [] : [name];
    const inner = fieldAt(message, body)?.field.type ?? '';
    return fieldsOf(inner)
      .map((field) => `${body}.${field.name}`)
      .filter((path) => !named.has(path) && !APART.includes(path.slice(body.length + 1)));
  });
}
