import { type JsonRecord, listOf, type OfficeClient, stringOf } from '../office-api/office-client.ts';
import { RegionError } from './errors.ts';
import { officeAs } from './office-as.ts';
import type { RegionState } from './region-state.ts';
import { SAMPLE_ALERTS, type SampleAlert } from './sample-alerts.ts';
import { type WaitOptions, waitUntil } from './wait-until.ts';

/** What became of a sample alert. */
export interface SentSample {
  readonly from: string;
  readonly to: string;
  readonly id: string;
  readonly headline: string;
  readonly precedence: string;
  /** Data categories that did not cross, with the policies that withheld them. */
  readonly withheld: readonly {
    readonly category: string;
    readonly by: string;
    readonly policies: readonly string[];
  }[];
  readonly timeline: readonly JsonRecord[];
}

/** Every sample alert was sent, delivered and opened, one after the other, each step in the time given. @throws RegionError REGION_ALERT_LOST; CliError. */
export async function sendSamples(
  state: RegionState,
  wait: WaitOptions,
  onSent: (sample: SentSample) => void,
): Promise<readonly SentSample[]> {
  const sent: SentSample[] = [];
  for (const sample of SAMPLE_ALERTS) {
    const done = await sendSample(sample, state, wait);
    sent.push(done);
    onSent(done);
  }
  return sent;
}

async function sendSample(
  { from, to, submission }: SampleAlert,
  state: RegionState,
  wait: WaitOptions,
): Promise<SentSample> {
  const sender = await officeAs(state, from, 'officer');
  const receiver = await officeAs(state, to, 'officer');
  const id = stringOf((await sender.post('/v1/alerts', { ...submission, recipients: [to] }))['id']);
  await untilState(sender, id, ['delivered', 'retrieved'], { from, to }, wait);
  await receiver.post(`/v1/messages/${id}/retrieved?origin=${from}`, {});
  const message = await untilState(sender, id, ['retrieved'], { from, to }, wait);
  const received = await receiver.get(`/v1/messages/${id}`, { origin: from });
  const alert = (submission['alert'] ?? {}) as JsonRecord;
  return {
    from,
    to,
    id,
    headline: stringOf(alert['headline']),
    precedence: stringOf(submission['precedence']),
    withheld: listOf(received['withheldParts']).map((part) => ({
      category: stringOf(part['category']),
      by: stringOf(part['by']),
      policies: (part['policies'] ?? []) as readonly string[],
    })),
    timeline: listOf(message['timeline']),
  };
}

async function untilState(
  office: OfficeClient,
  id: string,
  wanted: readonly string[],
  route: { readonly from: string; readonly to: string },
  wait: WaitOptions,
): Promise<JsonRecord> {
  const found = await waitUntil(async () => {
    const message = await office.get(`/v1/messages/${id}`);
    return wanted.includes(stringOf(listOf(message['recipients'])[0]?.['state'])) ? message : undefined;
  }, wait);
  if (found !== undefined) return found;
  throw wait.signal.aborted
    ? new RegionError('REGION_STOPPED')
    : new RegionError('REGION_ALERT_LOST', { context: { ...route, id, wanted: wanted.join(' ') } });
}
