import { describe, expect, it } from 'vitest';
import { judgeServer } from '../../../services/core/bus/monitor/judge-server.ts';
import type { ServerReading } from '../../../services/core/bus/monitor/read-server.ts';
import { parseOfficeId } from '../../../services/core/foundation/index.ts';

const office = parseOfficeId('th-chiang-khong');
const safe: ServerReading = {
  varz: {
    version: '2.15.1',
    host: '127.0.0.1',
    port: 4222,
    http_host: '127.0.0.1',
    https_port: 0,
    auth_required: true,
    cluster: {},
    gateway: {},
    mqtt: {},
    websocket: {},
    leaf: { port: 7422, tls_required: true, tls_verify: true },
  },
  jsz: { config: { sync_always: true, strict: true, domain: office, max_storage: 1, max_memory: 1 } },
  leafs: [{ cid: 1, account: 'LINK_LA_HOUAYXAY', remoteName: 'la-houayxay', dialledByUs: false, roundTripMs: 1 }],
  accounts: [
    { name: 'OFFICE', jetStream: true },
    { name: 'LINK_LA_HOUAYXAY', jetStream: false },
  ],
  admitsAnyone: false,
};

function codes(changes: Partial<ServerReading>): string[] {
  return judgeServer({ ...safe, ...changes }, { kind: 'office', office }).map((finding) => finding.code);
}

describe('judgeServer', () => {
  it('finds nothing in a safe server', () => {
    expect(codes({})).toEqual([]);
  });
  it.each(['2.10.27', '2.14.2', '2.14.2-RC.9', '1.4.1', 'unknown', ''])('finds version %j too old', (version) => {
    expect(codes({ varz: { ...safe.varz, version } })).toEqual(['SERVER_TOO_OLD']);
  });
  it.each(['2.14.3', '2.14.10', '2.15.0', '3.0.0'])('takes version %s', (version) => {
    expect(codes({ varz: { ...safe.varz, version } })).toEqual([]);
  });
  it.each([{ cluster: { name: 'c' } }, { gateway: { name: 'g' } }])(
    'finds a server that is not alone: %j',
    (change) => {
      expect(codes({ varz: { ...safe.varz, ...change } })).toEqual(['CLUSTER_ON']);
    },
  );
  it.each(['0.0.0.0', '::', '', '10.0.0.1', '127.0.0.1.example', 'localhost.example'])(
    'does not take %j for loopback',
    (host) => {
      expect(codes({ varz: { ...safe.varz, host, http_host: host } })).toEqual([
        'MONITORING_NOT_ON_LOOPBACK',
        'CLIENTS_NOT_ON_LOOPBACK',
      ]);
    },
  );
  it('finds monitoring over HTTPS, which may listen elsewhere', () => {
    expect(codes({ varz: { ...safe.varz, https_port: 8443 } })).toEqual(['MONITORING_NOT_ON_LOOPBACK']);
  });
  it('finds a server that lets anyone in although it says that it does not', () => {
    expect(codes({ admitsAnyone: true })).toEqual(['NO_AUTHENTICATION']);
  });
  it("finds a leaf connection that is bound to any account but a link's", () => {
    const leafs = ['OFFICE', 'SYS', '$G'].map((account, cid) => ({
      cid,
      account,
      remoteName: 'x',
      dialledByUs: false,
      roundTripMs: 0,
    }));
    expect(codes({ leafs })).toEqual(['LEAF_IN_OFFICE_ACCOUNT', 'LEAF_IN_OFFICE_ACCOUNT', 'LEAF_IN_OFFICE_ACCOUNT']);
  });
  it.each(['$JS.>', '$SYS.>', '$KV.>', '$OBJ.>'])('finds a remote that takes %s from the far side', (open) => {
    const imports = ['$JS.>', '$SYS.>', '$KV.>', '$OBJ.>'].filter((subject) => subject !== open);
    const leaf = { remotes: [{ local_account: 'LINK_LA_HOUAYXAY', deny: { imports, exports: [open] } }] };
    expect(codes({ varz: { ...safe.varz, leaf } })).toEqual(['LEAF_REMOTE_OPEN']);
  });
  it('refuses what the server does not show at all', () => {
    expect(codes({ jsz: { config: {} } })).toEqual(['JETSTREAM_OFF']);
    expect(codes({ jsz: { config: { domain: office } } })).toEqual(['SYNC_NOT_ALWAYS', 'NOT_STRICT']);
  });
});
