import { randomBytes } from 'node:crypto';
import {
  type JsonRecord,
  listOf,
  type OfficeClient,
  stringOf,
} from '../../../services/cli/office-api/office-client.ts';
import { officeAs } from '../../../services/cli/region/office-as.ts';
import type { Role } from '../../../services/core/access/index.ts';
import { eventually } from '../eventually.ts';
import { regionState } from './visit.ts';

/** How long a message may take from one office to another on a machine that does much else. */
const ARRIVES = { withinMs: 20_000, everyMs: 100 };

/** Words that no other message of the shared region has, so that a test finds its own. */
export function unique(words: string): string {
  return `${words} ${randomBytes(4).toString('hex')}`;
}

/** A client of an office of the shared region, in that role. */
export async function asRole(office: string, role: Role): Promise<OfficeClient> {
  return officeAs(await regionState(), office, role);
}

/** The submission of an alert that every office of the demonstration may send its neighbour as it is. */
export function plainAlert(to: string, headline: string, alert: JsonRecord = {}): JsonRecord {
  return {
    recipients: [to],
    precedence: 'PRECEDENCE_PRIORITY',
    purpose: 'PURPOSE_PREVENTION',
    handling: 'HANDLING_CODE_H0',
    alert: {
      messageType: 'MESSAGE_TYPE_ALERT',
      crimeArea: 'CRIME_AREA_DRUGS',
      urgency: 'URGENCY_EXPECTED',
      severity: 'SEVERITY_MODERATE',
      certainty: 'CERTAINTY_LIKELY',
      headline,
      ...alert,
    },
  };
}

/** Sends something as the system of an office does; the number of the message. */
export async function submit(office: string, path: string, body: JsonRecord): Promise<string> {
  return stringOf((await (await asRole(office, 'system')).post(path, body))['id']);
}

/** What the office tells of a message once it has it. */
export async function arrived(office: string, origin: string, id: string): Promise<JsonRecord> {
  const client = await asRole(office, 'auditor');
  return eventually(() => client.get(`/v1/messages/${id}`, { origin }), ARRIVES);
}

/** The crossing of that message which waits for a release at the office. */
export async function heldCrossing(office: string, messageId: string): Promise<string> {
  const client = await asRole(office, 'supervisor');
  return eventually(async () => {
    const held = listOf((await client.get('/v1/held'))['items']).find((item) => item['messageId'] === messageId);
    if (held === undefined) throw new Error(`${messageId} does not wait at ${office}`);
    return stringOf(held['id']);
  }, ARRIVES);
}

/** That office is asked something by its neighbour, and holds an alert to it: for the screens that show one of these. */
export async function seedRequestAndHeld(office: string, neighbour: string): Promise<void> {
  const asked = await submit(neighbour, '/v1/requests', {
    recipients: [office],
    precedence: 'PRECEDENCE_PRIORITY',
    purpose: 'PURPOSE_INVESTIGATION',
    handling: 'HANDLING_CODE_H1',
    request: {
      terms: { responseClass: 'RESPONSE_CLASS_URGENT' },
      crimeArea: 'CRIME_AREA_STOLEN_VEHICLES',
      lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
      languages: ['en'],
      headline: 'Whose is the pickup that crosses by the night ferry',
      questions: [{ questionType: 'QUESTION_TYPE_VEHICLE', about: ['V1'], text: 'Is it reported as stolen?' }],
      subjects: [
        {
          label: 'V1',
          role: 'SUBJECT_ROLE_OBJECT',
          vehicle: { vehicleType: 'VEHICLE_TYPE_PICKUP', registration: 'DEMO 7' },
        },
      ],
    },
  });
  const child = { givenNames: 'Example', nationalities: ['TH'], ageGroup: 'AGE_GROUP_MINOR' };
  const held = await submit(office, '/v1/alerts', {
    ...plainAlert(neighbour, 'A child travels with strangers', {
      crimeArea: 'CRIME_AREA_TRAFFICKING_FORCED_CRIMINALITY',
      narrative: 'A girl of about ten was seen at the bus station with two adults who do not speak her language.',
      narrativeLanguage: 'en',
      subjects: [{ label: 'P1', role: 'SUBJECT_ROLE_POSSIBLE_VICTIM', person: child }],
    }),
    purpose: 'PURPOSE_VICTIM_PROTECTION',
  });
  await Promise.all([arrived(office, neighbour, asked), heldCrossing(office, held)]);
}
