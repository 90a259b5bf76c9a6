import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { formatServerPlan, parseServerPlan, type ServerPlan } from '../../../services/cli/home/server-plan.ts';
import { parseHubId, parseOfficeId } from '../../../services/core/foundation/index.ts';

const plan: ServerPlan = {
  id: parseOfficeId('th-mae-sai'),
  clientPort: 4222,
  monitorPort: 8222,
  listener: { host: '0.0.0.0', port: 7422 },
  maxFileBytes: 1024,
  links: [
    {
      neighbour: parseHubId('hub-mekong'),
      kind: 'dials',
      peers: [parseOfficeId('mm-tachileik')],
      via: { host: 'hub', port: 1 },
      operations: true,
    },
    {
      neighbour: parseOfficeId('la-houayxay'),
      kind: 'accepts',
      peers: [parseOfficeId('la-houayxay')],
      via: null,
      operations: false,
    },
  ],
  routes: [[parseOfficeId('th-mae-sai'), parseOfficeId('mm-tachileik')]],
};

const raw = {
  ...plan,
  listener: null,
  links: [{ neighbour: 'hub-mekong', kind: 'dials', peers: [], via: null }],
  routes: [],
};

describe('parseServerPlan', () => {
  it('reads what formatServerPlan wrote', () => {
    expect(parseServerPlan(formatServerPlan(plan), 'server.yaml')).toEqual(plan);
  });

  it('allows no operations where a plan does not say that it does', () => {
    expect(parseServerPlan(stringify(raw), 'server.yaml').links[0]?.operations).toBe(false);
  });

  it.each([
    ['no YAML', ': ['],
    ['a list', '[]'],
    ['an unknown field', stringify({ ...raw, listenner: null })],
    ['a field that is missing', stringify({ ...raw, links: undefined })],
    ['an unknown field of a link', stringify({ ...raw, links: [{ ...raw.links[0], peer: 'x' }] })],
    ['a link of no kind', stringify({ ...raw, links: [{ ...raw.links[0], kind: 'knows' }] })],
    ['operations that are not said yes or no', stringify({ ...raw, links: [{ ...raw.links[0], operations: 'yes' }] })],
    ['a port that is a text', stringify({ ...raw, clientPort: '4222' })],
    ['a negative store', stringify({ ...raw, maxFileBytes: -1 })],
    ['a listener without a port', stringify({ ...raw, listener: 'localhost' })],
    ['a route of three', stringify({ ...raw, routes: [['th-a', 'la-b', 'mm-c']] })],
  ])('refuses %s', (_, text) => {
    expect(() => parseServerPlan(text, 'server.yaml')).toThrow(expect.objectContaining({ code: 'CLI_INPUT_INVALID' }));
  });
});
