import { describe, expect, it } from 'vitest';
import {
  buildPost,
  parseDue,
  parseOutcome,
  parsePosition,
  parseSeized,
  readPost,
} from '../../../services/cli/operation/build-post.ts';
import {
  renderLog,
  renderPost,
  renderRoster,
  renderTaskings,
  renderTranscript,
} from '../../../services/cli/operation/render-transcript.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const AREA = 'CRIME_AREA_DRUGS';

describe('buildPost', () => {
  it('says what the options say, and nothing that the office fills in', () => {
    expect(
      buildPost(
        {
          type: 'tasking',
          for: ['la-houayxay'],
          due: '2026-11-22T20:00:00Z',
          text: 'watch the pier',
          at: '20.27, 100.08',
          place: 'Pier 2',
          outcome: ['arrest=2', 'check'],
          precedence: 'priority',
          drill: true,
        },
        AREA,
      ),
    ).toEqual({
      precedence: 'PRECEDENCE_PRIORITY',
      handling: 'HANDLING_CODE_H1',
      drill: true,
      post: {
        terms: {
          postType: 'POST_TYPE_TASKING',
          assignees: ['la-houayxay'],
          due: '2026-11-22T20:00:00Z',
          outcomes: [
            { outcome: 'OUTCOME_TYPE_ARREST', count: 2 },
            { outcome: 'OUTCOME_TYPE_CHECK', count: 1 },
          ],
        },
        crimeArea: AREA,
        place: { name: 'Pier 2', position: { latitude: 20.27, longitude: 100.08 } },
        text: 'watch the pier',
        textLanguage: 'en',
      },
    });
  });

  it('is a message about the charter’s crime area where nothing else is said, and answers by id or by office and id', () => {
    expect(buildPost({ answers: 'x' }, AREA)).toMatchObject({
      answers: 'x',
      post: { terms: { postType: 'POST_TYPE_MESSAGE' }, crimeArea: AREA },
    });
    expect(buildPost({ answers: 'th-chiang-khong/x' }, AREA, 'done')).toMatchObject({
      answers: 'x',
      answersOrigin: 'th-chiang-khong',
      post: { terms: { tasking: 'TASKING_STATE_DONE' } },
    });
  });

  it('takes a file, and what the options say instead', () => {
    expect(readPost('{"handling":"HANDLING_CODE_H0","post":{}}', { handling: 'H2' })).toEqual({
      handling: 'HANDLING_CODE_H2',
      post: {},
    });
    expect(() => readPost('[]', {})).toThrow(code('CLI_INPUT_INVALID'));
  });

  it('refuses what it cannot read', () => {
    expect(() => parsePosition('here')).toThrow(code('CLI_INPUT_INVALID'));
    expect(() => parsePosition('1,')).toThrow(code('CLI_INPUT_INVALID'));
    expect(() => parseOutcome('arrest=0')).toThrow(code('CLI_INPUT_INVALID'));
    expect(() => parseOutcome('party=1')).toThrow(code('CLI_USAGE'));
    expect(() => parseSeized('nothing')).toThrow(code('CLI_INPUT_INVALID'));
    expect(parseSeized('description=Pills;hs=2939;quantity=4.5;unit=kg')).toEqual({
      description: 'Pills',
      hsCode: '2939',
      quantity: 4.5,
      unit: 'kg',
    });
  });
});

describe('renderTranscript', () => {
  const entry = {
    office: 'th-chiang-khong',
    number: 1,
    last: 1,
    id: 'x',
    createdAt: '2026-11-22T08:00:00Z',
    type: 'POST_TYPE_SITREP',
    state: 'partly',
    withheldParts: [{ category: 'DATA_CATEGORY_FREE_TEXT', by: 'th-chiang-khong', policies: ['th.kept'] }],
    readers: [
      { office: 'la-houayxay', openedAt: '2026-11-22T08:01:00Z' },
      { office: 'mm-tachileik', openedAt: null, receivedAt: null, seen: false },
    ],
    content: { operationPost: { headline: '\u001b[31mred' } },
    contentState: 'present',
  };

  it('shows what is here, what is not and why, who has it, and the digest; no peer’s bytes move the terminal', () => {
    const text = renderTranscript({
      entries: [
        entry,
        { office: 'la-houayxay', number: 2, last: 4, state: 'awaited', readers: [], withheldParts: [] },
        {
          ...entry,
          state: 'withheld',
          withheldParts: [],
          keptBack: { reason: 'GAP_REASON_REFUSED', policies: ['th.rule'] },
        },
      ],
      forks: [{ office: 'la-houayxay', number: 1 }],
      digest: 'ab',
      complete: false,
    });
    expect(text).toContain('partly (free-text)');
    expect(text).toContain('la-houayxay/2-4');
    expect(text).toContain('withheld (refused th.rule)');
    expect(text).toContain('la-houayxay opened, mm-tachileik not yet');
    expect(text).toContain('TWO HISTORIES');
    expect(text).toContain('digest ab');
    expect(text).not.toContain('\u001b');
    expect(renderPost(entry)).toContain('free-text by th-chiang-khong: th.kept');
    expect(renderPost(entry)).not.toContain('\u001b');
  });

  it('shows taskings, the roster and the log a line each', () => {
    const parts = [{ office: 'la-houayxay', state: 'accepted', overdue: true, answeredAt: null }];
    expect(renderTaskings([{ office: 'th-chiang-khong', id: 'x', due: null, parts }])).toContain('accepted, OVERDUE');
    expect(renderTaskings([])).toBe('There are no taskings.');
    const focalPoints = [{ role: 'desk', telephone: '+66 1' }];
    expect(
      renderRoster([
        { office: 'th-chiang-khong', role: 'OPERATION_ROLE_LEAD', state: 'joined', dutyContact: 'Desk', focalPoints },
      ]),
    ).toContain('desk +66 1');
    expect(
      renderLog([{ at: 't', office: 'th', what: 'act', action: 'OPERATION_ACTION_OPEN', number: 1, member: null }]),
    ).toContain('act open');
  });
});

describe('parseDue', () => {
  it('counts minutes, hours and days from now, and leaves all else for the office to check', () => {
    const now = Date.parse('2026-03-01T10:00:00Z');
    expect(['30m', '2h', '1d'].map((text) => parseDue(text, now))).toEqual([
      '2026-03-01T10:30:00.000Z',
      '2026-03-01T12:00:00.000Z',
      '2026-03-02T10:00:00.000Z',
    ]);
    expect(['2026-03-01T18:00:00+07:00', '0h', '2 h', '99999h'].map((text) => parseDue(text, now))).toEqual([
      '2026-03-01T18:00:00+07:00',
      '0h',
      '2 h',
      '99999h',
    ]);
  });
});

describe('renderTranscript of an exercise', () => {
  it('says so first, and nothing of one that is real', () => {
    const of = (drill: boolean) => renderTranscript({ drill, entries: [], forks: [], digest: 'ab', complete: true });
    expect([of(true).startsWith('EXERCISE\n'), of(false).includes('EXERCISE')]).toEqual([true, false]);
  });

  it('says not known, not "not yet", of what only the other members can know', () => {
    const readers = [
      { office: 'la-houayxay', state: null, openedAt: null, receivedAt: null, seen: false },
      { office: 'mm-tachileik', state: 'sealed', openedAt: null, receivedAt: null, seen: false },
    ];
    const text = renderTranscript({ entries: [{ office: 'th-mae-sai', number: 1, last: 1, readers }] });
    expect(text).toContain('la-houayxay not known, mm-tachileik not yet');
  });
});
