import { type JsonRecord, listOf, type OfficeClient, stringOf } from '../../services/cli/office-api/office-client.ts';

/** The precedences of the load, most urgent first, and how many of ten alerts have each. */
const MIX = [
  'PRECEDENCE_FLASH',
  'PRECEDENCE_IMMEDIATE',
  'PRECEDENCE_PRIORITY',
  ...Array<string>(7).fill('PRECEDENCE_ROUTINE'),
] as const;

/** An alert about a vehicle, which both example laws let pass unattended. */
export function vehicleAlert(
  number: number,
  to: string,
  precedence: string = MIX[number % MIX.length] ?? 'PRECEDENCE_ROUTINE',
): JsonRecord {
  return {
    recipients: [to],
    precedence,
    purpose: 'PURPOSE_INVESTIGATION',
    handling: 'HANDLING_CODE_H0',
    idempotencyKey: `load-${number}`,
    alert: {
      messageType: 'MESSAGE_TYPE_ALERT',
      crimeArea: 'CRIME_AREA_STOLEN_VEHICLES',
      urgency: 'URGENCY_EXPECTED',
      severity: 'SEVERITY_MODERATE',
      certainty: 'CERTAINTY_LIKELY',
      headline: `Stolen pickup number ${number}`,
      subjects: [
        {
          label: 'V1',
          role: 'SUBJECT_ROLE_OBJECT',
          vehicle: { vehicleType: 'VEHICLE_TYPE_PICKUP', registration: `TEST ${number}` },
        },
      ],
    },
  };
}

/** The same about a person, which Lao law holds until a named officer has looked at it. */
export function personAlert(name: string, to: string): JsonRecord {
  const about = vehicleAlert(0, to, 'PRECEDENCE_IMMEDIATE');
  const person = {
    familyName: 'Example',
    givenNames: 'Bounmy',
    sex: 'SEX_MALE',
    nationalities: ['LA'],
    ageGroup: 'AGE_GROUP_ADULT',
  };
  const subjects = [{ label: 'P1', role: 'SUBJECT_ROLE_SUSPECT', person }];
  return {
    ...about,
    idempotencyKey: name,
    alert: { ...(about['alert'] as JsonRecord), headline: `Person wanted: ${name}`, subjects },
  };
}

/** Submits until it is answered, as a national system does: an answer that was lost is asked for again under the same key. */
export async function submitUntilAccepted(
  office: () => OfficeClient,
  submission: JsonRecord,
  giveUpAt: number,
): Promise<string> {
  for (;;) {
    try {
      return stringOf((await office().post('/v1/alerts', submission))['id']);
    } catch (failure) {
      if (performance.now() >= giveUpAt) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Everything of a paged list. */
export async function everythingIn(office: OfficeClient, path: string): Promise<readonly JsonRecord[]> {
  const items: JsonRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await office.get(path, { limit: '200', cursor });
    items.push(...listOf(page['items']));
    cursor = stringOf(page['next']) || undefined;
  } while (cursor !== undefined);
  return items;
}
