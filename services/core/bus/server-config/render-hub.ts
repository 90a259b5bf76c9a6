import { type NationCode, nationOf, type OfficeId } from '../../foundation/index.ts';
import { HUB_ACCOUNT } from '../../subjects/index.ts';
import { assertUnique, configInvalid, filtersOf } from './check-input.ts';
import { renderLeafnodes, renderListener } from './leafnodes.ts';
import { hubPublish, hubSubscribe, OPERATOR_PUBLISH, regionFiltersOf, repliesOf } from './permissions.ts';
import { renderTemplate } from './render-template.ts';
import {
  type HubOffice,
  type HubRoute,
  type HubServerInput,
  nationAccountOf,
  type RenderedConfig,
  type ServerTemplates,
} from './types.ts';

/** One, and those that a flapping line has left half-open until they time out. */
const MAX_LEAFS_PER_OFFICE = 8;

/** One direction of a route: what `from` publishes for `to`. */
interface Flow {
  readonly from: OfficeId;
  readonly to: OfficeId;
  readonly filters: readonly string[];
}

/**
 * The configuration of a hub's server: one account per nation without JetStream; the receiving nation's account
 * exports each pair's subjects as a service to the sending nation's alone (ADR-0005), and the hub's own account, the
 * only one with JetStream, exports to each nation what its offices say for the region in their own name.
 *
 * @throws BusError BUS_CONFIG_INVALID for routes or offices that contradict each other, BUS_TEMPLATE_INVALID for a
 * value that may not stand in a configuration; SubjectsError for scopes that are not of the two offices.
 */
export function renderHubServerConfig(templates: ServerTemplates, input: HubServerInput): RenderedConfig {
  assertConsistent(input);
  const isSuspended = (office: OfficeId): boolean => (input.suspended ?? []).includes(nationOf(office));
  const { offices } = input;
  // What lies between accounts stays as it is: a running server that is told of it anew carries nothing there any more.
  const users = offices.filter(({ office }) => !isSuspended(office));
  const flows = input.routes.flatMap(flowsOf);
  const nations = [...new Set(offices.map(({ office }) => nationOf(office)))].sort();
  const text = renderTemplate(templates.hub, {
    hub: input.hub,
    clientPort: input.clientPort,
    monitorPort: input.monitorPort,
    pidFile: input.pidFile,
    maxPayloadBytes: input.maxPayloadBytes,
    nodeKey: input.nodeKey,
    storeDir: input.storeDir,
    maxFileBytes: input.maxFileBytes,
    maxMemBytes: input.maxMemBytes,
    nodePublish: hubPublish(),
    nodeSubscribe: hubSubscribe(input.hub),
    regionExports: offices.flatMap(({ office }) => regionExports(templates, office)),
    nationAccounts: nations.map((nation) => nationAccount(templates, nation, offices, users, flows)),
    operatorKey: input.operatorKey,
    operatorPublish: OPERATOR_PUBLISH,
    operatorSubscribe: [repliesOf(input.hub)],
    leafnodes: renderLeafnodes(
      templates,
      renderListener(
        templates,
        input.listener,
        // Also of those that are suspended: a running server refuses to take up other pins, and without a user they open nothing.
        input.offices.flatMap((office) => office.pinnedCerts),
      ),
      [],
    ),
  });
  return { files: { 'nats-server.conf': text }, secrets: {} };
}

function assertConsistent({ offices, routes, nodeKey, operatorKey }: HubServerInput): void {
  const ids = offices.map((office) => office.office);
  assertUnique(ids, 'offices');
  assertUnique([nodeKey, operatorKey, ...offices.map((office) => office.leafKey)], 'keys');
  assertUnique(
    routes.map((route) => [...route.offices].sort().join('--')),
    'routes',
  );
  if (routes.some((route) => route.offices.some((office) => !ids.includes(office))))
    throw configInvalid('routes', 'unknown office');
  if (offices.some((office) => office.pinnedCerts.length === 0)) throw configInvalid('pinnedCerts', 'empty');
}

function flowsOf(route: HubRoute): Flow[] {
  const [one, other] = route.offices;
  return [
    { from: one, to: other, filters: filtersOf(one, other, route) },
    { from: other, to: one, filters: filtersOf(other, one, route) },
  ];
}

function regionExports(templates: ServerTemplates, office: OfficeId): string[] {
  const account = nationAccountOf(nationOf(office));
  return regionFiltersOf(office).map((subject) =>
    renderTemplate(templates['inbound-export'], { subject, accounts: [account] }),
  );
}

function nationAccount(
  templates: ServerTemplates,
  nation: NationCode,
  offices: readonly HubOffice[],
  users: readonly HubOffice[],
  flows: readonly Flow[],
): string {
  const toNation = flows.filter((flow) => nationOf(flow.to) === nation);
  const fromNation = flows.filter((flow) => nationOf(flow.from) === nation);
  const leafs = offices.filter((office) => nationOf(office.office) === nation);
  return renderTemplate(templates['hub-nation-account'], {
    nation,
    maxLeafs: leafs.length * MAX_LEAFS_PER_OFFICE,
    account: nationAccountOf(nation),
    leafUsers: users.filter((office) => leafs.includes(office)).map((office) => leafUser(templates, office, flows)),
    exports: toNation.flatMap((flow) =>
      flow.filters.map((subject) =>
        renderTemplate(templates['inbound-export'], { subject, accounts: [nationAccountOf(nationOf(flow.from))] }),
      ),
    ),
    imports: [
      ...fromNation.flatMap((flow) =>
        flow.filters.map((subject) =>
          renderTemplate(templates['inbound-import'], { subject, account: nationAccountOf(nationOf(flow.to)) }),
        ),
      ),
      ...leafs.flatMap(({ office }) =>
        regionFiltersOf(office).map((subject) =>
          renderTemplate(templates['inbound-import'], { subject, account: HUB_ACCOUNT }),
        ),
      ),
    ],
  });
}

function leafUser(templates: ServerTemplates, { office, leafKey }: HubOffice, flows: readonly Flow[]): string {
  const sent = flows.filter((flow) => flow.from === office).flatMap((flow) => flow.filters);
  const received = flows.filter((flow) => flow.to === office).flatMap((flow) => flow.filters);
  return renderTemplate(templates['leaf-user'], {
    neighbour: office,
    leafKey,
    // Between accounts the server gives a request a reply subject of its own below `_R_`.
    leafPublish: [...sent, ...regionFiltersOf(office), '_R_.>'],
    leafSubscribe: [...received, repliesOf(office)],
  });
}
