import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonRecord } from '../../services/cli/office-api/office-client.ts';
import { drawPhotograph } from '../../services/cli/region/draw-pictures.ts';
import { filesHolding, holds } from '../support/files-holding.ts';
import type { TestOfficeNode, TestRegion } from '../support/region.ts';
import { verifiesOffline } from '../support/verifies-offline.ts';
import { crash, expectLedgersVerify, pause, regionForTest, seededRandom, shuffled, untilReady } from './fault-scene.ts';
import {
  act,
  charterOf,
  done,
  eventually,
  fileAt,
  HUB,
  handIn,
  JOINT,
  KH,
  LA,
  linesAt,
  listOf,
  MM,
  membersAt,
  PAIRS,
  recordIn,
  releaseAll,
  reportAt,
  type Said,
  say,
  signReports,
  stringOf,
  TH,
  untilSameStory,
  untilState,
  WITHIN,
} from './operation-scene.ts';

const OPERATION = 'river-watch';
const SPOILED_MS = 3_000;
const EACH = 4;

/** Words that stand nowhere else, by who may have them. */
const SAID = {
  byAll: 'zyxomma qovertwist',
  notForMyanmar: 'plinthgarder umbravole',
  ofThaiOnly: 'kestrelquib fennimore',
  afterLaosLeft: 'dromadine wexlathe',
  inTheFile: 'ochreward spindlemoss',
} as const;
/** What the seizures and checks of the story come to. */
const OUTCOMES = { OUTCOME_TYPE_CHECK: 3, OUTCOME_TYPE_SEIZURE: 1, OUTCOME_TYPE_VICTIM_FOUND: 2 };

const person = (more: JsonRecord): JsonRecord => ({
  subjects: [{ label: 'P1', role: 'SUBJECT_ROLE_PERSON_OF_INTEREST', person: { description: 'Unknown', ...more } }],
});

type Offices = Readonly<Record<'th' | 'la' | 'mm' | 'kh', TestOfficeNode>>;

/** The three talk all at once while what is between them is killed and cut. */
async function talkThroughFaults(region: TestRegion, { th, la, mm }: Offices, random: () => number): Promise<void> {
  let faultsLeft = 7;
  const talk = async (office: TestOfficeNode): Promise<void> => {
    for (let number = 0; number < EACH; number++) {
      if (faultsLeft > 0) await pause(random() * 600);
      await say(office, OPERATION, 'SITREP', `${SAID.byAll} ${office.id} ${number}`);
    }
  };
  const talks = Promise.all([th, la, mm].map(talk));
  const spoil = (dialler: string, neighbour: string, line: 'cut' | 'blackhole') => async () => {
    region.line(dialler, neighbour).set({ line });
    await pause(SPOILED_MS);
    region.line(dialler, neighbour).set({ line: 'pass' });
  };
  const hub = region.hub(HUB);
  const faults = [
    ...[hub, hub.server, la, mm.server].map((process) => () => crash(process)),
    spoil(LA, TH, 'cut'),
    spoil(MM, HUB, 'blackhole'),
    spoil(TH, HUB, 'cut'),
  ];
  for (const fault of shuffled(faults, random)) {
    await fault();
    faultsLeft--;
  }
  await talks;
  await Promise.all([th, la, mm].map((office) => untilReady(office)));
}

async function taskLaosAndMyanmar({ th, la, mm }: Offices): Promise<void> {
  const tasking = await say(th, OPERATION, 'TASKING', 'Watch the piers', {
    terms: { assignees: [LA, MM], due: new Date(Date.now() + 3_600_000).toISOString() },
  });
  const about = { answers: tasking.id, answersOrigin: TH };
  for (const office of [la, mm]) {
    await untilHere(office, tasking);
    await say(office, OPERATION, 'TASKING_ANSWER', 'On our way', {
      ...about,
      terms: { tasking: 'TASKING_STATE_ACCEPTED' },
    });
  }
  const outcomes = [
    { outcome: 'OUTCOME_TYPE_CHECK', count: 3 },
    { outcome: 'OUTCOME_TYPE_SEIZURE', count: 1 },
  ];
  await say(mm, OPERATION, 'TASKING_ANSWER', 'Checked', {
    ...about,
    terms: { tasking: 'TASKING_STATE_DONE', outcomes },
  });
}

async function untilHere(office: TestOfficeNode, { from, id }: Said): Promise<void> {
  await eventually(async () => {
    const message = await office.as('officer').get(`/v1/messages/${id}`, { origin: from });
    expect(['delivered', 'retrieved'], office.id).toContain(stringOf(message['state']));
  }, WITHIN);
}

/** What it would take to learn of it: a file of the office, or a byte on a line. */
async function expectNothingLeaked(region: TestRegion, { th, la, mm, kh }: Offices): Promise<void> {
  const at = (office: TestOfficeNode, ...marks: readonly string[]): Promise<readonly string[]> =>
    filesHolding(office.home, marks);
  for (const office of [th, la, mm, kh]) expect(await at(office, SAID.byAll), office.id).not.toEqual([]);
  expect(await at(th, SAID.notForMyanmar)).not.toEqual([]);
  // Nobody looked at it again for who came late: that one has a notice, too.
  for (const office of [mm, kh]) expect(await at(office, SAID.notForMyanmar), office.id).toEqual([]);
  expect(await at(la, SAID.notForMyanmar)).not.toEqual([]);
  for (const office of [la, mm, kh]) expect(await at(office, SAID.ofThaiOnly), office.id).toEqual([]);
  expect(await at(th, SAID.ofThaiOnly)).not.toEqual([]);
  expect(await at(la, SAID.afterLaosLeft)).toEqual([]);
  for (const office of [th, mm, kh]) expect(await at(office, SAID.afterLaosLeft), office.id).not.toEqual([]);
  // Files are sealed wherever they lie.
  expect(await filesHolding(region.home, [SAID.inTheFile])).toEqual([]);
  const all = Object.values(SAID);
  expect(await filesHolding(join(region.home, 'hubs'), all)).toEqual([]);
  for (const line of region.lines()) expect(holds(line.kept(), all)).toBe(false);
}

describe('an operation of offices of four nations', () => {
  it('goes from charter to signed report through cuts and kills, with one that leaves and one that joins late', async () => {
    const random = seededRandom();
    const region = await regionForTest({ pairs: PAIRS, joint: JOINT, heartbeatSeconds: 1, keepLines: true });
    const offices = { th: region.office(TH), la: region.office(LA), mm: region.office(MM), kh: region.office(KH) };
    const { th, la, mm, kh } = offices;
    await done(th, 'supervisor', '/v1/operations', { charter: charterOf(OPERATION, [TH, LA, MM, KH]) });
    await untilState(OPERATION, 'proposed', [la, mm, kh]);
    for (const office of [la, mm]) await act(office, OPERATION, 'SIGN');
    await untilState(OPERATION, 'live', [th, la, mm, kh]);

    await talkThroughFaults(region, offices, random);
    await taskLaosAndMyanmar(offices);
    // Seeks protection from Myanmar: nothing of it goes there, and a person looks at it before it goes to anybody else.
    const sought = { protectionStatus: 'PROTECTION_STATUS_SEEKS_PROTECTION', protectionSoughtFrom: ['MM'] };
    const kept = await say(th, OPERATION, 'MESSAGE', SAID.notForMyanmar, { body: person(sought) });
    expect(await releaseAll(th)).toBeGreaterThan(0);
    const data = Buffer.concat([
      Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
      Buffer.from(SAID.ofThaiOnly),
    ]);
    await say(th, OPERATION, 'SIGHTING', 'Seen at the pier', {
      body: {
        place: { name: 'Pier seven', nation: 'TH' },
        ...person({ faceImages: [{ format: 'IMAGE_FORMAT_JPEG', data: data.toString('base64') }] }),
      },
    });
    const written = Buffer.concat([
      Buffer.from(`${SAID.inTheFile}\n`),
      Buffer.from(randomBytes(220_000).toString('hex')),
    ]);
    const files = [
      await handIn(th, OPERATION, drawPhotograph(), { name: 'trailer.png', category: 'TRANSPORT' }),
      await handIn(th, OPERATION, written, { name: 'list.txt', category: 'FREE_TEXT' }),
    ];
    const withFiles = await say(th, OPERATION, 'MESSAGE', 'The trailer, and what was in it', { attachments: files });
    region.line(MM, HUB).set({ line: 'cut' });
    await eventually(async () => expect(await fileAt(la, OPERATION, withFiles, 'A2')).toEqual(written), WITHIN);
    region.line(MM, HUB).set({ line: 'pass' });
    await eventually(async () => expect(await fileAt(mm, OPERATION, withFiles, 'A2')).toEqual(written), WITHIN);
    await eventually(async () => expect(await releaseAll(la)).toBeGreaterThanOrEqual(0), WITHIN);

    const before = 3 * EACH + 4 + 3;
    await untilSameStory(OPERATION, before, [th, la, mm]);
    await act(la, OPERATION, 'LEAVE');
    await act(kh, OPERATION, 'SIGN');
    for (const office of [th, mm, kh])
      await eventually(
        async () => expect(await membersAt(office, OPERATION)).toMatchObject({ [LA]: 'left', [KH]: 'joined' }),
        WITHIN,
      );
    await crash(th);
    await untilReady(th);
    await say(th, OPERATION, 'SITREP', SAID.afterLaosLeft);
    const found = [{ outcome: 'OUTCOME_TYPE_VICTIM_FOUND', count: 2 }];
    await say(kh, OPERATION, 'FEEDBACK', 'Two were found in the boathouse', { terms: { outcomes: found } });
    for (const office of [th, mm, kh]) await say(office, OPERATION, 'LESSON', `Call earlier, says ${office.id}`);
    const posts = before + 2 + 3;
    await untilSameStory(OPERATION, posts, [th, mm, kh]);
    await eventually(async () => expect(await fileAt(kh, OPERATION, withFiles, 'A2')).toEqual(written), WITHIN);

    await act(th, OPERATION, 'CLOSE');
    await untilState(OPERATION, 'closed', [th, mm, kh]);
    await untilSameStory(OPERATION, posts, [th, mm, kh]);
    // Whoever left shows the same story, up to where it left.
    const whole = await linesAt(th, OPERATION);
    const own = await linesAt(la, OPERATION);
    expect(own.length).toBe(before);
    expect(whole.filter((line) => own.includes(line))).toEqual(own);

    const reports = await Promise.all([th, mm, kh].map((office) => reportAt(office, OPERATION)));
    expect(new Set(reports.map(({ digest }) => digest)).size).toBe(1);
    for (const office of [th, mm, kh]) {
      const signed = await (
        await office.as('officer').open(`/v1/operations/${OPERATION}/report?format=signed`, {})
      ).text();
      expect(createHash('sha256').update(signed).digest('hex'), office.id).toBe(reports[0]?.['digest']);
    }
    const report = recordIn(reports[0]?.['report']);
    expect(report['outcomesTotal']).toEqual(OUTCOMES);
    expect(listOf(report['members']).map(({ office, state, posts: said }) => [office, state, said])).toEqual([
      [TH, 'joined', EACH + 6],
      [LA, 'left', EACH + 1],
      [MM, 'joined', EACH + 3],
      [KH, 'joined', 2],
    ]);
    expect(listOf(report['withheld'])).toContainEqual({ from: TH, to: MM, whole: 1, parts: 1 });
    expect(listOf(report['withheld'])).toContainEqual({ from: TH, to: KH, whole: 1, parts: 1 });
    expect(
      listOf(report['taskings']).flatMap(({ assignments }) => listOf(assignments).map(({ state }) => state)),
    ).toEqual(['TASKING_STATE_ACCEPTED', 'TASKING_STATE_DONE']);
    for (const view of reports) expect(view['contradictions']).toEqual([]);
    await signReports(OPERATION, [th, mm, kh]);

    expect(await verifiesOffline(la, kept.id, TH)).toBe(true);
    for (const office of [la, mm, kh]) expect(await verifiesOffline(office, withFiles.id, TH), office.id).toBe(true);
    await expectLedgersVerify(region, TH, LA, MM, KH);
    await expectNothingLeaked(region, offices);
  }, 300_000);
});
