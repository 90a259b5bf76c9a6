import { describe, expect, it } from 'vitest';
import { linksOfHub, linksOfOffice, routesOfHub } from '../../../services/cli/region/region-links.ts';
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
import { type NationCode, parseHubId, parseOfficeId } from '../../../services/core/foundation/index.ts';
import { alertSubmissionCodec, parseJson } from '../../../services/core/wire/index.ts';

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
