import { describe, expect, it } from 'vitest';
import { drawFace, drawPhotograph } from '../../../services/cli/region/draw-pictures.ts';
import { linksOfHub, linksOfOffice, regionalHubs, routesOfHub } from '../../../services/cli/region/region-links.ts';
import { portUses } from '../../../services/cli/region/region-ports.ts';
import {
  allHubs,
  allNationPairs,
  allNations,
  allOffices,
  DEMO_REGION,
  pairsOf,
  peerIn,
  type RegionSpec,
} from '../../../services/cli/region/region-spec.ts';
import { SAMPLE_ALERTS } from '../../../services/cli/region/sample-alerts.ts';
import {
  OPERATION_MEMBERS,
  patrolPost,
  SAMPLE_POSTS,
  sampleCharter,
} from '../../../services/cli/region/sample-operation.ts';
import { identifyFile } from '../../../services/core/files/index.ts';
import { type NationCode, parseHubId, parseOfficeId } from '../../../services/core/foundation/index.ts';
import {
  alertSubmissionCodec,
  charterCodec,
  MediaType,
  parseJson,
  postSubmissionCodec,
} from '../../../services/core/wire/index.ts';

const office = parseOfficeId;
const nation = (code: string): NationCode => code as NationCode;
const hub = parseHubId('hub-mekong');
const direct = (): null => null;

describe('DEMO_REGION', () => {
  it('has four offices, one hub and three nations', () => {
    expect(allOffices(DEMO_REGION)).toEqual(['th-chiang-khong', 'la-houayxay', 'th-mae-sai', 'mm-tachileik']);
    expect(allHubs(DEMO_REGION)).toEqual(['hub-mekong']);
    expect(allNations(DEMO_REGION)).toEqual(['TH', 'LA', 'MM']);
    expect(allNationPairs(DEMO_REGION)).toEqual([
      ['LA', 'TH'],
      ['MM', 'TH'],
      ['LA', 'MM'],
    ]);
  });

  it('lets Laos dial Thailand, and every office the hub', () => {
    expect(linksOfOffice(DEMO_REGION, office('th-chiang-khong'), direct)).toMatchObject([
      { neighbour: 'la-houayxay', kind: 'accepts' },
      { neighbour: 'hub-mekong', kind: 'dials', peers: ['mm-tachileik'] },
    ]);
    expect(linksOfOffice(DEMO_REGION, office('la-houayxay'), direct)).toMatchObject([
      { neighbour: 'th-chiang-khong', kind: 'dials' },
      { neighbour: 'hub-mekong', kind: 'dials', peers: ['mm-tachileik'] },
    ]);
    expect(linksOfOffice(DEMO_REGION, office('mm-tachileik'), direct)).toMatchObject([
      { neighbour: 'hub-mekong', kind: 'dials', peers: ['th-mae-sai', 'th-chiang-khong', 'la-houayxay'] },
    ]);
    expect(new Set(linksOfHub(DEMO_REGION, hub).map(({ neighbour }) => neighbour))).toEqual(
      new Set(allOffices(DEMO_REGION)),
    );
  });

  it('lets the offices of one operation of three nations reach each other', () => {
    const members = ['th-chiang-khong', 'la-houayxay', 'mm-tachileik'].map(office);
    for (const one of members) {
      const reached = pairsOf(DEMO_REGION, one).map((pair) => peerIn(pair, one));
      expect(reached).toEqual(expect.arrayContaining(members.filter((other) => other !== one)));
    }
    expect(DEMO_REGION.joint?.map(({ id, nations }) => [id, nations])).toEqual([['mou-mekong', ['LA', 'MM', 'TH']]]);
    expect(routesOfHub(DEMO_REGION, hub)).toHaveLength(3);
  });
});

describe('linksOfOffice', () => {
  it('has one link to a hub for all offices behind it', () => {
    const spec: RegionSpec = {
      names: {},
      pairs: [
        { offices: [office('th-mae-sai'), office('mm-tachileik')], hub },
        { offices: [office('th-mae-sai'), office('la-houayxay')], hub },
      ],
    };
    expect(linksOfOffice(spec, office('th-mae-sai'), () => ({ host: 'proxy', port: 1 }))).toEqual([
      {
        neighbour: 'hub-mekong',
        kind: 'dials',
        peers: ['mm-tachileik', 'la-houayxay'],
        via: { host: 'proxy', port: 1 },
        operations: false,
      },
    ]);
  });

  it('lets operations go over links between nations that agreed on them, and over no other', () => {
    const pairs = [
      { offices: [office('th-mae-sai'), office('mm-tachileik')] as const, hub },
      { accepts: office('th-mae-sai'), dials: office('la-houayxay') },
    ];
    const spec: RegionSpec = { names: {}, pairs, joint: [{ id: 'mou', nations: ['MM', 'TH'].map(nation), hubs: [] }] };
    const operations = (id: string) =>
      linksOfOffice(spec, office(id), direct).map(({ neighbour, operations: may }) => [neighbour, may]);
    expect(operations('th-mae-sai')).toEqual([
      ['la-houayxay', false],
      ['hub-mekong', true],
    ]);
    expect(linksOfHub(spec, hub).map(({ operations: may }) => may)).toEqual([true, true]);
  });
});

describe('portUses', () => {
  it('names every port that is listened on', () => {
    const uses = portUses(
      new Map([
        ['hub-mekong', { http: 1, client: 2, monitor: 3, leaf: 4 }],
        ['th-mae-sai', { http: 5, client: 6, monitor: 7, leaf: null }],
      ]),
    );
    expect(uses.map(({ port }) => port)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('SAMPLE_ALERTS', () => {
  it('goes each way over both borders', () => {
    const ways = SAMPLE_ALERTS.map(({ from, to }) => `${from} ${to}`);
    expect(ways.sort()).toEqual([
      'la-houayxay th-chiang-khong',
      'mm-tachileik th-mae-sai',
      'th-chiang-khong la-houayxay',
      'th-mae-sai mm-tachileik',
    ]);
  });

  it.each(SAMPLE_ALERTS.map((sample) => [`${sample.from} to ${sample.to}`, sample] as const))(
    'satisfies the contract: %s',
    (_, sample) => {
      const submission = parseJson(alertSubmissionCodec, { ...sample.submission, recipients: [sample.to] });
      expect(submission.recipients).toEqual([sample.to]);
    },
  );
});

describe('SAMPLE_POSTS', () => {
  it.each([...SAMPLE_POSTS, ...[0, 1, 2].map(patrolPost)].map((sample) => [`${sample.from}: ${sample.name}`, sample]))(
    'satisfies the contract: %s',
    (_, sample) => {
      const { submission, from } = sample as (typeof SAMPLE_POSTS)[number];
      expect(parseJson(postSubmissionCodec, submission).post?.text).not.toBe('');
      expect(OPERATION_MEMBERS).toContain(from);
    },
  );

  it('answers only what was said before', () => {
    for (const [index, { answers }] of SAMPLE_POSTS.entries())
      if (answers !== undefined) expect(SAMPLE_POSTS.slice(0, index).map(({ name }) => name)).toContain(answers);
  });
});

describe('sampleCharter', () => {
  it('satisfies the contract, and names the three offices', () => {
    const charter = parseJson(charterCodec, sampleCharter('river-watch-1', 0));
    expect(charter.members.map(({ office: member }) => member)).toEqual(OPERATION_MEMBERS);
  });
});

describe.each([
  ['drawPhotograph', drawPhotograph],
  ['drawFace', drawFace],
])('%s', (_, draw) => {
  it('is a PNG', () => {
    expect(identifyFile(draw())).toMatchObject({ mediaType: MediaType.PNG });
  });
});

describe('regionalHubs', () => {
  it('are those that an agreement of the nation names and the office is linked to', () => {
    for (const each of allOffices(DEMO_REGION)) expect(regionalHubs(DEMO_REGION, each)).toEqual([hub]);
    const pairs = [{ offices: [office('th-mae-sai'), office('mm-tachileik')] as const, hub }];
    expect(regionalHubs({ names: {}, pairs }, office('th-mae-sai'))).toEqual([]);
    const joint = [{ id: 'mou', nations: ['TH'].map(nation), hubs: [hub, parseHubId('hub-other')] }];
    expect(regionalHubs({ names: {}, pairs, joint }, office('th-mae-sai'))).toEqual([hub]);
    expect(regionalHubs({ names: {}, pairs, joint }, office('mm-tachileik'))).toEqual([]);
  });
});
