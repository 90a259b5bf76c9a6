import { ensureNatsServer } from '../../deploy/bootstrap/nats-server.mjs';

/** `$NATS_SERVER` names a server that will do before any test runs, also where vitest was started by hand. */
export default async function setUpNatsServer(): Promise<void> {
  process.env['NATS_SERVER'] = (await ensureNatsServer()).path;
}
