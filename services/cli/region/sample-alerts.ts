import type { OfficeId } from '../../core/foundation/index.ts';
import { parseOfficeId } from '../../core/foundation/index.ts';
import type { JsonRecord } from '../office-api/office-client.ts';
import { drawFace } from './draw-pictures.ts';

/** An alert of the demonstration. */
export interface SampleAlert {
  readonly from: OfficeId;
  readonly to: OfficeId;
  /** The submission, without recipients. */
  readonly submission: JsonRecord;
}

const FACE_IMAGE = { format: 'IMAGE_FORMAT_PNG', data: drawFace().toString('base64') };
const EVALUATED = { sourceEvaluation: 'SOURCE_EVALUATION_B', informationEvaluation: 'INFORMATION_EVALUATION_2' };

/**
 * One alert each way over the demonstration's two borders. All persons, numbers and events are invented. Of each
 * something may not leave, or not come in, by the law of one side; none needs a person's release.
 */
export const SAMPLE_ALERTS: readonly SampleAlert[] = [
  {
    from: parseOfficeId('th-chiang-khong'),
    to: parseOfficeId('la-houayxay'),
    submission: {
      precedence: 'PRECEDENCE_FLASH',
      purpose: 'PURPOSE_INVESTIGATION',
      handling: 'HANDLING_CODE_H1',
      caseReference: 'CK-DEMO-1',
      alert: {
        messageType: 'MESSAGE_TYPE_ALERT',
        crimeArea: 'CRIME_AREA_DRUGS',
        urgency: 'URGENCY_IMMEDIATE',
        severity: 'SEVERITY_SEVERE',
        certainty: 'CERTAINTY_LIKELY',
        corridor: 'CORRIDOR_GOLDEN_TRIANGLE',
        place: {
          name: 'Fourth Thai-Lao Friendship Bridge',
          nation: 'TH',
          position: { latitude: 20.26, longitude: 100.41 },
        },
        indicators: ['INDICATOR_CONCEALMENT', 'INDICATOR_ROUTE_UNUSUAL'],
        requestedActions: ['REQUESTED_ACTION_STOP_AND_CHECK', 'REQUESTED_ACTION_CALL_BACK'],
        headline: 'Pickup with a hidden compartment heads for the Fourth Friendship Bridge',
        narrative:
          'A pickup left Chiang Khong for the bridge twenty minutes ago. The scanner shows a space under the cargo bed that is not in the papers.',
        narrativeLanguage: 'en',
        ...EVALUATED,
        subjects: [
          {
            label: 'V1',
            role: 'SUBJECT_ROLE_MEANS',
            vehicle: {
              vehicleType: 'VEHICLE_TYPE_PICKUP',
              registration: 'DEMO 4471',
              registrationNation: 'TH',
              make: 'Isuzu',
              colour: 'grey',
            },
          },
          {
            label: 'P1',
            role: 'SUBJECT_ROLE_SUSPECT',
            relatedTo: ['V1'],
            person: {
              familyName: 'Example',
              givenNames: 'Somchai',
              sex: 'SEX_MALE',
              dateOfBirth: { year: 1984, month: 3, day: 9 },
              nationalities: ['TH'],
              faceImages: [FACE_IMAGE],
            },
          },
        ],
      },
    },
  },
  {
    from: parseOfficeId('la-houayxay'),
    to: parseOfficeId('th-chiang-khong'),
    submission: {
      precedence: 'PRECEDENCE_IMMEDIATE',
      purpose: 'PURPOSE_DETECTION',
      handling: 'HANDLING_CODE_H1',
      caseReference: 'HX-DEMO-1',
      alert: {
        messageType: 'MESSAGE_TYPE_ALERT',
        crimeArea: 'CRIME_AREA_PRECURSORS',
        urgency: 'URGENCY_EXPECTED',
        severity: 'SEVERITY_MODERATE',
        certainty: 'CERTAINTY_POSSIBLE',
        corridor: 'CORRIDOR_GOLDEN_TRIANGLE',
        place: { name: 'Houayxay', nation: 'LA', position: { latitude: 20.28, longitude: 100.42 } },
        indicators: ['INDICATOR_GOODS_MISDECLARED'],
        requestedActions: ['REQUESTED_ACTION_INSPECT'],
        headline: 'Drums declared as cleaning agent weigh more than they should',
        narrative:
          'Forty drums declared as cleaning agent are booked on the afternoon ferry. Weight and seal do not fit the declaration.',
        narrativeLanguage: 'en',
        ...EVALUATED,
        sourceDescription: 'A loading clerk at the pier',
        subjects: [
          {
            label: 'C1',
            role: 'SUBJECT_ROLE_OBJECT',
            consignment: { reference: 'DEMO-778', goods: 'Cleaning agent, 40 drums', weightKg: 8600, hsCode: '3402' },
          },
        ],
      },
    },
  },
  {
    from: parseOfficeId('th-mae-sai'),
    to: parseOfficeId('mm-tachileik'),
    submission: {
      precedence: 'PRECEDENCE_PRIORITY',
      purpose: 'PURPOSE_PREVENTION',
      handling: 'HANDLING_CODE_H2',
      caseReference: 'MS-DEMO-1',
      alert: {
        messageType: 'MESSAGE_TYPE_ALERT',
        crimeArea: 'CRIME_AREA_CYBER_SCAM',
        urgency: 'URGENCY_EXPECTED',
        severity: 'SEVERITY_SEVERE',
        certainty: 'CERTAINTY_LIKELY',
        corridor: 'CORRIDOR_MEKONG_CYBER_SCAM_CENTRES',
        place: { name: 'Mae Sai', nation: 'TH', position: { latitude: 20.44, longitude: 99.88 } },
        indicators: ['INDICATOR_JOB_OFFER_DECEPTIVE'],
        requestedActions: ['REQUESTED_ACTION_OBSERVE'],
        headline: 'A recruiter brings job seekers across tonight on promises of office work',
        narrative:
          'An account that offers office work with free lodging has asked eleven people to meet at the clock tower at seven.',
        narrativeLanguage: 'en',
        subjects: [
          {
            label: 'A1',
            role: 'SUBJECT_ROLE_MEANS',
            onlineAccount: { service: 'messenger', handle: 'demo-jobs-maesai' },
          },
          {
            label: 'P1',
            role: 'SUBJECT_ROLE_PERSON_OF_INTEREST',
            relatedTo: ['A1'],
            person: {
              familyName: 'Sample',
              givenNames: 'Arthit',
              sex: 'SEX_MALE',
              nationalities: ['TH'],
              ageGroup: 'AGE_GROUP_ADULT',
              faceImages: [FACE_IMAGE],
            },
          },
        ],
      },
    },
  },
  {
    from: parseOfficeId('mm-tachileik'),
    to: parseOfficeId('th-mae-sai'),
    submission: {
      precedence: 'PRECEDENCE_ROUTINE',
      purpose: 'PURPOSE_INVESTIGATION',
      handling: 'HANDLING_CODE_H1',
      caseReference: 'TL-DEMO-1',
      alert: {
        messageType: 'MESSAGE_TYPE_ALERT',
        crimeArea: 'CRIME_AREA_DOCUMENT_FRAUD',
        urgency: 'URGENCY_PAST',
        severity: 'SEVERITY_MODERATE',
        certainty: 'CERTAINTY_OBSERVED',
        corridor: 'CORRIDOR_DOCUMENT_FRAUD_HUBS',
        place: { name: 'Tachileik', nation: 'MM', position: { latitude: 20.45, longitude: 99.88 } },
        indicators: ['INDICATOR_DOCUMENT_IRREGULAR'],
        requestedActions: ['REQUESTED_ACTION_FOR_INFORMATION'],
        headline: 'A batch of forged border passes is being offered in the market',
        narrative:
          'Three forged border passes of one batch were taken off a courier. The stamp shows the wrong year of issue.',
        narrativeLanguage: 'en',
        subjects: [
          {
            label: 'D1',
            role: 'SUBJECT_ROLE_OBJECT',
            travelDocument: {
              documentType: 'DOCUMENT_TYPE_BORDER_PASS',
              state: 'DOCUMENT_STATE_FORGED',
              number: 'DEMO-30551',
              issuingNation: 'TH',
            },
          },
          {
            label: 'O1',
            role: 'SUBJECT_ROLE_OTHER',
            organisation: {
              name: 'Demo Printing House',
              nation: 'MM',
              bankAccounts: [{ number: 'DEMO-0001', bank: 'Demo Bank', nation: 'MM' }],
            },
          },
        ],
      },
    },
  },
];
