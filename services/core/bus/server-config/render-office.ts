import { isOfficeId, type OfficeId } from '../../foundation/index.ts';
import { inboxPrefixOf, linkAccountOf, OFFICE_ACCOUNT } from '../../subjects/index.ts';
import { assertUnique, configInvalid, filtersOf } from './check-input.ts';
import { renderLeafnodes, renderListener, renderPins, renderRemote, renderSeedFiles } from './leafnodes.ts';
import { nodePublish, nodeSubscribe, OPERATOR_PUBLISH, regionFiltersOf, repliesOf } from './permissions.ts';
import { renderTemplate } from './render-template.ts';
import type {
  AcceptingLink,
  DiallingLink,
  OfficeLink,
  OfficeServerInput,
  RenderedConfig,
  ServerTemplates,
} from './types.ts';

/**
 * The configuration of an office's server: one account per neighbour without JetStream, reached by a service import;
 * every user by nkey with an allow-list (ADR-0005).
 *
 * @throws BusError BUS_CONFIG_INVALID for links that contradict each other, BUS_TEMPLATE_INVALID for a value that may
 * not stand in a configuration; SubjectsError for scopes that are not of the two offices.
 */
export function renderOfficeServerConfig(templates: ServerTemplates, input: OfficeServerInput): RenderedConfig {
  const peers = input.links.flatMap((link) => link.peers.map((peer) => peer.office));
  // Over the link to a hub an office may speak to the region alone.
  if (input.links.some((link) => link.peers.length === 0 && isOfficeId(link.neighbour)))
    throw configInvalid('peers', 'empty');
  for (const link of input.links)
    assertUnique(
      link.peers.map((peer) => peer.office),
      'peers',
    );
  assertUnique(
    input.links.map((link) => link.neighbour),
    'neighbours',
  );
  assertUnique(keysOf(input), 'keys');
  const accepted = input.links.filter((link) => link.kind === 'accepts');
  const dialled = input.links.filter((link) => link.kind === 'dials');
  const text = renderTemplate(templates.office, {
    office: input.office,
    clientPort: input.clientPort,
    monitorPort: input.monitorPort,
    pidFile: input.pidFile,
    storeDir: input.storeDir,
    maxPayloadBytes: input.maxPayloadBytes,
    maxMemBytes: input.maxMemBytes,
    maxFileBytes: input.maxFileBytes,
    nodeKey: input.nodeKey,
    nodePublish: nodePublish([...new Set(peers)]),
    nodeSubscribe: nodeSubscribe(input.office),
    systemUsers: systemUsers(templates, input),
    inboundExports: exportsFor(templates, input),
    linkAccounts: input.links.map((link) => linkAccount(templates, input.office, link)),
    operatorKey: input.operatorKey,
    operatorPublish: OPERATOR_PUBLISH,
    operatorSubscribe: [repliesOf(input.office)],
    leafnodes: renderLeafnodes(
      templates,
      listenerOf(templates, input, accepted, dialled),
      dialled.map((link) => renderRemote(templates, link, input.serverVersion)),
    ),
  });
  return { files: { 'nats-server.conf': text }, secrets: renderSeedFiles(templates, dialled) };
}

function keysOf(input: OfficeServerInput): string[] {
  return [
    input.nodeKey,
    input.operatorKey,
    ...(input.systems ?? []).map((system) => system.key),
    ...input.links.flatMap((link) =>
      link.kind === 'accepts' ? [link.publisherKey, link.leafKey] : [link.publisherKey],
    ),
  ];
}

function systemUsers(templates: ServerTemplates, input: OfficeServerInput): string[] {
  return (input.systems ?? []).map(({ name, key }) =>
    renderTemplate(templates['office-system-user'], {
      system: name,
      key,
      subscribe: ['office.event.>', `${inboxPrefixOf(input.office)}_${name}.>`],
    }),
  );
}

/** Each subject once, for every account that it may come from: a peer may be reached over more than one link. */
function exportsFor(templates: ServerTemplates, { office, links }: OfficeServerInput): string[] {
  const accounts = new Map<string, string[]>();
  for (const link of links)
    for (const subject of inboundFilters(office, link))
      accounts.set(subject, [...(accounts.get(subject) ?? []), linkAccountOf(link.neighbour)]);
  return [...accounts].map(([subject, of]) => renderTemplate(templates['inbound-export'], { subject, accounts: of }));
}

function linkAccount(templates: ServerTemplates, self: OfficeId, link: OfficeLink): string {
  return renderTemplate(templates['link-account'], {
    neighbour: link.neighbour,
    account: linkAccountOf(link.neighbour),
    publisherKey: link.publisherKey,
    publisherPublish: outboundFilters(self, link),
    publisherSubscribe: [repliesOf(self)],
    leafUser: link.kind === 'accepts' ? [leafUser(templates, self, link)] : [],
    inboundImports: inboundFilters(self, link).map((subject) =>
      renderTemplate(templates['inbound-import'], { account: OFFICE_ACCOUNT, subject }),
    ),
  });
}

function leafUser(templates: ServerTemplates, self: OfficeId, link: AcceptingLink): string {
  if (link.peers.some((peer) => peer.office !== link.neighbour)) throw configInvalid('peers', 'not the neighbour');
  return renderTemplate(templates['leaf-user'], {
    neighbour: link.neighbour,
    leafKey: link.leafKey,
    leafPublish: [...inboundFilters(self, link), repliesOf(self)],
    leafSubscribe: [...outboundFilters(self, link), repliesOf(link.neighbour)],
  });
}

function inboundFilters(self: OfficeId, link: OfficeLink): string[] {
  return link.peers.flatMap((peer) => filtersOf(peer.office, self, peer));
}

function outboundFilters(self: OfficeId, link: OfficeLink): string[] {
  const towardsRegion = isOfficeId(link.neighbour) ? [] : regionFiltersOf(self);
  return [...crossingFilters(self, link), ...towardsRegion];
}

function crossingFilters(self: OfficeId, link: OfficeLink): string[] {
  return link.peers.flatMap((peer) => filtersOf(self, peer.office, peer));
}

function listenerOf(
  templates: ServerTemplates,
  input: OfficeServerInput,
  accepted: readonly AcceptingLink[],
  dialled: readonly DiallingLink[],
): string | undefined {
  if (input.links.some((link) => link.pinnedCerts.length === 0)) throw configInvalid('pinnedCerts', 'empty');
  // The server holds the certificates of those it dials against the same list as those that dial it.
  const pinned = [...accepted, ...dialled].flatMap((link) => link.pinnedCerts);
  if (accepted.length > 0) {
    if (input.listener === undefined) throw configInvalid('listener', 'missing');
    return renderListener(templates, input.listener, pinned);
  }
  const [first] = dialled;
  return first === undefined ? undefined : renderPins(templates, first.tls, pinned);
}
