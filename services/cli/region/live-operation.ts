import { type JsonRecord, listOf, type OfficeClient, stringOf } from '../office-api/office-client.ts';
import { RegionError } from './errors.ts';
import { officeAs } from './office-as.ts';
import type { RegionState } from './region-state.ts';
import {
  OPERATION_MEMBERS,
  OPERATION_PREFIX,
  patrolPost,
  SAMPLE_POSTS,
  type SamplePost,
  sampleCharter,
} from './sample-operation.ts';
import { handInPhotograph } from './sample-photograph.ts';
import { type WaitOptions, waitUntil } from './wait-until.ts';

/** One step of the demonstration's operation, as a line for people. */
export type SayStep = (line: string) => void;

/** The demonstration's operation while it is live. */
export interface LiveOperation {
  readonly id: string;
  /** One more post, by whoever's turn it is; everybody has it when it resolves. @throws as `startOperation`. */
  readonly goOn: () => Promise<void>;
  /** It is closed, and its report signed by all; its digest. @throws as `startOperation`. */
  readonly end: () => Promise<string>;
}

/**
 * An operation of three nations is live, and a story was told in it: proposed, signed, opened, and every post with every
 * member. What an earlier start left live is closed first.
 * @throws RegionError REGION_OPERATION_LOST, REGION_STOPPED; CliError.
 */
export async function startOperation(state: RegionState, wait: WaitOptions, say: SayStep): Promise<LiveOperation> {
  const lead = OPERATION_MEMBERS[0] ?? '';
  const others = OPERATION_MEMBERS.slice(1);
  const id = `${OPERATION_PREFIX}${Math.floor(Date.now() / 1000)}`;
  const at = (office: string): Promise<OfficeClient> => officeAs(state, office, 'officer');
  const chief = (office: string): Promise<OfficeClient> => officeAs(state, office, 'supervisor');
  const until = async <Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> => {
    const found = await waitUntil(look, wait);
    if (found !== undefined) return found;
    throw wait.signal.aborted
      ? new RegionError('REGION_STOPPED')
      : new RegionError('REGION_OPERATION_LOST', { context: { operation: id, waitedFor: what } });
  };
  const untilState = async (wanted: string): Promise<void> => {
    for (const office of OPERATION_MEMBERS)
      await until(`${wanted} at ${office}`, async () => {
        const { state: now } = await (await at(office)).get(`/v1/operations/${id}`);
        return now === wanted ? true : undefined;
      });
  };
  const act = async (office: string, operation: string, action: string): Promise<void> => {
    await (await chief(office)).post(`/v1/operations/${operation}/acts`, { action: `OPERATION_ACTION_${action}` });
  };

  const posted = new Map<string, string>();
  const tell = async (sample: SamplePost): Promise<void> => {
    const sender = await at(sample.from);
    const answered = SAMPLE_POSTS.find(({ name }) => name === sample.answers);
    const attachments = sample.photograph === true ? [await handInPhotograph(state, sample.from, id)] : [];
    const accepted = await sender.post(`/v1/operations/${id}/posts`, {
      ...sample.submission,
      ...(answered === undefined ? {} : { answers: posted.get(answered.name), answersOrigin: answered.from }),
      ...(attachments.length === 0 ? {} : { attachments }),
    });
    const message = stringOf(accepted['id']);
    posted.set(sample.name, message);
    const body = sample.submission['post'] as JsonRecord;
    say(`  ${sample.from}: ${wordsOf(body)}${attachments.length === 0 ? '' : ' [with a photograph]'}`);
    for (const office of OPERATION_MEMBERS.filter((each) => each !== sample.from)) {
      const reader = await at(office);
      const received = await until(`post ${message} at ${office}`, async () => {
        const found = await reader.get(`/v1/messages/${message}`, { origin: sample.from });
        return ['delivered', 'retrieved'].includes(stringOf(found['state'])) ? found : undefined;
      });
      for (const part of listOf(received['withheldParts'])) say(`      ${office} does not get: ${withheldWords(part)}`);
      await reader.post(`/v1/messages/${message}/retrieved?origin=${sample.from}`, {});
    }
  };

  for (const old of listOf((await (await at(lead)).get('/v1/operations', { state: 'live' }))['items']))
    if (stringOf(old['id']).startsWith(OPERATION_PREFIX)) await act(lead, stringOf(old['id']), 'CLOSE');
  await (await chief(lead)).post('/v1/operations', { charter: sampleCharter(id, Date.now()) });
  say(`Operation ${id}: ${lead} proposes it to ${others.join(' and ')}.`);
  await untilState('proposed');
  for (const office of others) {
    await act(office, id, 'SIGN');
    say(`  ${office} signs the charter.`);
  }
  await untilState('live');
  say('  It is live at all three.');
  for (const sample of SAMPLE_POSTS) await tell(sample);
  const transcript = await sameTranscript(id, at, until);
  say(`  All three have the same transcript: ${transcript}.`);

  let turn = 0;
  return {
    id,
    goOn: async () => tell(patrolPost(turn++)),
    end: async () => {
      await act(lead, id, 'CLOSE');
      await untilState('closed');
      for (const office of OPERATION_MEMBERS) {
        const { digest } = await (await chief(office)).get(`/v1/operations/${id}/report`);
        await (await chief(office)).post(`/v1/operations/${id}/report/sign`, { digest });
      }
      return await until('all signatures', async () => {
        const { digest, signatures } = await (await chief(lead)).get(`/v1/operations/${id}/report`);
        const agreed = listOf(signatures).filter(({ agrees }) => agrees === true);
        return agreed.length === OPERATION_MEMBERS.length ? stringOf(digest) : undefined;
      });
    },
  };
}

async function sameTranscript(
  id: string,
  at: (office: string) => Promise<OfficeClient>,
  until: <Found>(what: string, look: () => Promise<Found | undefined>) => Promise<Found>,
): Promise<string> {
  return await until('the same transcript everywhere', async () => {
    const offices = await Promise.all(OPERATION_MEMBERS.map(at));
    const transcripts = await Promise.all(offices.map((office) => office.get(`/v1/operations/${id}/transcript`)));
    const digests = new Set(transcripts.map(({ digest }) => stringOf(digest)));
    const isWhole = digests.size === 1 && transcripts.every(({ complete }) => complete === true);
    return isWhole ? [...digests][0] : undefined;
  });
}

function wordsOf(body: JsonRecord): string {
  const { postType, tasking } = body['terms'] as { readonly postType: string; readonly tasking?: string };
  const word = (tasking ?? postType)
    .replace(/^(TASKING_STATE|POST_TYPE)_/, '')
    .toLowerCase()
    .replaceAll('_', ' ');
  return `${tasking === undefined ? '' : 'tasking '}${word}: ${stringOf(body['text'])}`;
}

function withheldWords(part: JsonRecord): string {
  const what = stringOf(part['category']).replace('DATA_CATEGORY_', '').toLowerCase().replaceAll('_', ' ');
  return `${what}, by ${stringOf(part['by'])} (${((part['policies'] ?? []) as readonly string[]).join(' ')})`;
}
