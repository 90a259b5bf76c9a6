import type { HubId, OfficeId } from '../../core/foundation/index.ts';
import { hubHome, officeHome, serverHome } from '../home/paths.ts';
import { releasePath } from '../release.ts';
import type { ProcessSpec } from '../supervise/keep-process.ts';
import type { NatsServer } from '../supervise/nats-server.ts';
import type { MemberPorts } from './region-ports.ts';
import type { DemoSignIn } from './region-state.ts';

/** One office or hub of a region, with its folder and ports. */
export interface RegionMember {
  readonly id: OfficeId | HubId;
  readonly kind: 'office' | 'hub';
  readonly home: string;
  readonly ports: MemberPorts;
  /** Of an office: who signs in at its console. */
  readonly officers?: readonly DemoSignIn[];
}

/** The HTTP address of a member's process. */
export function httpOf(member: RegionMember): string {
  return `http://127.0.0.1:${member.ports.http}`;
}

/** The monitoring address of a member's server. */
export function monitorOf(member: RegionMember): string {
  return `http://127.0.0.1:${member.ports.monitor}`;
}

/** How a member's nats-server is started. */
export function serverProcess(member: RegionMember, server: NatsServer, env: NodeJS.ProcessEnv): ProcessSpec {
  return {
    name: `server of ${member.id}`,
    command: server.path,
    args: ['-c', serverHome.config(member.home)],
    cwd: member.home,
    env,
    logFile: serverHome.log(member.home),
  };
}

/** How a member's own process is started. */
export function nodeProcess(member: RegionMember, env: NodeJS.ProcessEnv): ProcessSpec {
  const config = member.kind === 'office' ? officeHome.config(member.home) : hubHome.config(member.home);
  return {
    name: member.id,
    command: process.execPath,
    args: [releasePath(`dist/${member.kind}/main.js`), '--config', config],
    cwd: member.home,
    env,
    logFile: member.kind === 'office' ? officeHome.log(member.home) : hubHome.log(member.home),
  };
}
