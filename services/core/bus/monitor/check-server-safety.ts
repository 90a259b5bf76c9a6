import type { EpochMs } from '../../foundation/index.ts';
import type { SafetyFinding } from '../types.ts';
import { judgeConfig } from './judge-config.ts';
import { judgeServer, type ServerRole } from './judge-server.ts';
import { type MonitorAddress, readServer } from './read-server.ts';

/** Which server is checked, and the configuration that it should be running. */
export interface SafetyCheckOptions extends MonitorAddress {
  readonly role: ServerRole;
  /** The configuration file: some settings are nowhere else to be seen. */
  readonly config: {
    readonly text: string;
    /** When the file was last written; a server that has not read it since runs on other settings. */
    readonly changedAt: EpochMs;
  };
}

/** Go's clock and a file's time may differ by how finely they count. */
const CLOCK_GRAIN_MS = 1000;

/**
 * Every unsafe setting of a running server, each with its sentence; none, and the promises can be kept on it. A node
 * must not start on any finding.
 *
 * @throws BusError BUS_MONITOR_UNREACHABLE when the server cannot be asked, which is no better than a finding.
 */
export async function checkServerSafety(options: SafetyCheckOptions): Promise<readonly SafetyFinding[]> {
  const reading = await readServer(options);
  const loadedAt = Date.parse(String(reading.varz['config_load_time']));
  const stale = !(options.config.changedAt <= loadedAt + CLOCK_GRAIN_MS);
  const findings = [...judgeServer(reading, options.role), ...judgeConfig(options.config.text, options.role.kind)];
  if (stale)
    findings.push({
      code: 'CONFIG_NOT_LOADED',
      sentence: 'The configuration file was changed after the server had read it; reload or restart the server.',
    });
  return withoutRepetition(findings);
}

function withoutRepetition(findings: readonly SafetyFinding[]): readonly SafetyFinding[] {
  return [...new Map(findings.map((each) => [each.code + each.sentence, each])).values()];
}
