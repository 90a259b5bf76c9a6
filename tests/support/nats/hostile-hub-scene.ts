import { connect, type NatsConnection, nkeyAuthenticator } from 'nats';
import { type NkeyUser, nationAccountOf } from '../../../services/core/bus/index.ts';
import { type HubId, nationOf, parseHubId } from '../../../services/core/foundation/index.ts';
import { HUB_ACCOUNT, linkAccountOf } from '../../../services/core/subjects/index.ts';
import { dialAsLeaf, type HostileLeaf } from './hostile-leaf.ts';
import { ATTACKER, BYSTANDER, openVictim, VICTIM, type VictimInside } from './hostile-scene.ts';
import { openSide, type TestSide } from './open-side.ts';
import { openSpy, type Spy, withSpies } from './spy.ts';
import { startHub, type TestHub } from './start-hub.ts';

/** The hub of every scene. */
export const HUB: HubId = parseHubId('hub-mekong');

/** A hub with three offices of three nations; both others have a route to the victim, and none to each other. */
export interface HubScene {
  readonly region: TestHub;
  readonly victim: VictimInside;
  readonly bystander: TestSide;
  /** Listeners in the nations' accounts at the hub, and in its own. */
  readonly hubSpies: readonly Spy[];
  /** Signs in at the hub with an office's real leaf key and certificate. */
  readonly dialHubAs: (office: typeof ATTACKER) => Promise<HostileLeaf>;
  /** The hub's own administrator, who may do everything in every account of his server. */
  readonly adminIn: (account: string) => Promise<NatsConnection>;
  readonly stop: () => Promise<void>;
}

/** Starts the hub, the offices, and listeners inside the victim and inside the hub. */
export async function startHubScene(): Promise<HubScene> {
  const accounts = [VICTIM, ATTACKER, BYSTANDER].map((office) => nationAccountOf(nationOf(office)));
  const atHub = withSpies([...accounts, HUB_ACCOUNT, 'SYS']);
  const inVictim = withSpies(['OFFICE', 'SYS', linkAccountOf(HUB)]);
  const region = await startHub({
    offices: [VICTIM, ATTACKER, BYSTANDER],
    routes: [
      [VICTIM, ATTACKER],
      [VICTIM, BYSTANDER],
    ],
    alterHub: atHub.alter,
    alterOffice: (office, config) => (office === VICTIM ? inVictim.alter(config) : config),
  });
  const victim = await openVictim(region.office(VICTIM), [HUB], inVictim.keys);
  const bystander = await openSide(region.office(BYSTANDER), VICTIM, HUB);
  const hubSpies: Spy[] = [];
  for (const account of [...accounts, HUB_ACCOUNT])
    hubSpies.push(await openSpy(region.server.clientUrl(), account, keyOf(atHub.keys, account)));
  const admins: NatsConnection[] = [];
  return {
    region,
    victim,
    bystander,
    hubSpies,
    dialHubAs: (office) => {
      const { certPem, keyPem } = region.certificateOf(office);
      const authorityPem = region.certificateOf(HUB).authorityPem;
      return dialAsLeaf(region.server.ports().leaf, {
        certPem,
        keyPem,
        authorityPem,
        nkeySeed: region.leafKeyOf(office).seed,
      });
    },
    adminIn: async (account) => {
      const admin = await connect({
        servers: [region.server.clientUrl()],
        authenticator: nkeyAuthenticator(Buffer.from(keyOf(atHub.keys, account).seed)),
      });
      admins.push(admin);
      return admin;
    },
    stop: async () => {
      for (const each of [...admins, ...hubSpies, bystander, victim]) await each.close();
      await region.stop();
    },
  };
}

function keyOf(keys: ReturnType<typeof withSpies>['keys'], account: string): NkeyUser {
  const key = keys.get(account);
  if (key === undefined) throw new Error(`no listener in ${account}`);
  return key;
}
