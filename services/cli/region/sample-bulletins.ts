import type { JsonRecord } from '../office-api/office-client.ts';

/** Who subscribes to what in the demonstration. */
export const SAMPLE_SUBSCRIPTIONS: readonly { readonly office: string; readonly wants: JsonRecord }[] = [
  { office: 'th-chiang-khong', wants: { corridors: ['CORRIDOR_GOLDEN_TRIANGLE'] } },
  { office: 'la-houayxay', wants: { nations: ['TH', 'MM'], languages: ['en'] } },
  { office: 'mm-tachileik', wants: { crimeAreas: ['CRIME_AREA_DRUGS', 'CRIME_AREA_PRECURSORS'] } },
];

/** A bulletin of the demonstration, and who gets it by the subscriptions above. */
export interface SampleBulletin {
  readonly from: string;
  readonly readers: readonly string[];
  readonly submission: JsonRecord;
}

function bulletin(
  from: string,
  readers: readonly string[],
  headline: string,
  text: string,
  more: JsonRecord,
): SampleBulletin {
  return {
    from,
    readers,
    submission: {
      precedence: 'PRECEDENCE_ROUTINE',
      purpose: 'PURPOSE_PREVENTION',
      handling: 'HANDLING_CODE_H0',
      bulletin: {
        messageType: 'MESSAGE_TYPE_ALERT',
        corridor: 'CORRIDOR_GOLDEN_TRIANGLE',
        urgency: 'URGENCY_EXPECTED',
        headline,
        text,
        textLanguage: 'en',
        ...more,
      },
    },
  };
}

/** One bulletin of each nation. Places and events are invented, and nobody is in them. */
export const SAMPLE_BULLETINS: readonly SampleBulletin[] = [
  bulletin(
    'th-chiang-khong',
    ['la-houayxay', 'mm-tachileik'],
    'Packages ride below the water line of long-tail boats',
    'Nets with a float that dissolves hold packages under the hull until the boat has been checked.',
    { bulletinType: 'BULLETIN_TYPE_MODUS_OPERANDI', crimeArea: 'CRIME_AREA_DRUGS' },
  ),
  bulletin(
    'la-houayxay',
    ['th-chiang-khong', 'mm-tachileik'],
    'Drums declared as cleaning agent go up the river',
    'More drums than the farms there can use, in lots of forty, twice a week.',
    { bulletinType: 'BULLETIN_TYPE_TREND', crimeArea: 'CRIME_AREA_PRECURSORS' },
  ),
  bulletin(
    'mm-tachileik',
    ['th-chiang-khong', 'la-houayxay'],
    'A track over the ridge is used again',
    'Motorcycles with panniers, at night, between the market and the river.',
    {
      bulletinType: 'BULLETIN_TYPE_ROUTE',
      crimeArea: 'CRIME_AREA_DRUGS',
      geometries: [
        {
          geometryType: 'GEOMETRY_TYPE_LINE_STRING',
          name: 'The track',
          positions: [
            { latitude: 20.45, longitude: 99.88 },
            { latitude: 20.38, longitude: 100.08 },
            { latitude: 20.28, longitude: 100.42 },
          ],
        },
      ],
    },
  ),
];
