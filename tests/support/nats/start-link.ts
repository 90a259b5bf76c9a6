import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NkeyUser, newNkeyUser, type TlsFiles } from '../../../services/core/bus/index.ts';
import { type OfficeId, pairScope, type Scope } from '../../../services/core/foundation/index.ts';
import { type TestCertificate, testCertificate, tlsFiles } from './link-certificates.ts';
import { startOfficeServer, type TestOffice } from './start-office-server.ts';

/** Two offices whose servers are linked directly; `dialling` has dialled `accepting`. */
export interface TestLink {
  readonly scope: Scope;
  readonly accepting: TestOffice;
  readonly dialling: TestOffice;
  /** What the dialling side holds: with it anyone can speak on the link as that office. */
  readonly leafKey: NkeyUser;
  readonly certificates: { readonly accepting: TestCertificate; readonly dialling: TestCertificate };
  readonly files: { readonly accepting: TlsFiles; readonly dialling: TlsFiles };
  readonly stop: () => Promise<void>;
}

/** What a test may choose about a link. */
export interface TestLinkOptions {
  readonly accepting: OfficeId;
  readonly dialling: OfficeId;
  /** Where the dialling side dials instead of the accepting server: a proxy in between. */
  readonly dialPort?: (leafPort: number) => Promise<number>;
  /** Which of the two servers lets channels of joint operations over the link; left out, neither. */
  readonly operations?: readonly ('accepting' | 'dialling')[];
  readonly alterAccepting?: (config: string) => string;
  readonly alterDialling?: (config: string) => string;
}

/** Starts both servers from the shipped templates, with certificates and keys of their own. */
export async function startLink(options: TestLinkOptions): Promise<TestLink> {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-link-'));
  const scope = pairScope(options.accepting, options.dialling);
  const runs = (side: 'accepting' | 'dialling'): boolean => options.operations?.includes(side) ?? false;
  const leafKey = newNkeyUser();
  const certificates = {
    accepting: await testCertificate(options.accepting),
    dialling: await testCertificate(options.dialling),
  };
  const files = await writeFiles(folder, certificates);
  const accepting = await startOfficeServer({
    office: options.accepting,
    listenerTls: files.accepting,
    ...(options.alterAccepting === undefined ? {} : { alter: options.alterAccepting }),
    links: (publisherKey) => [
      {
        kind: 'accepts',
        neighbour: options.dialling,
        peers: [{ office: options.dialling, scopes: [scope], operations: runs('accepting') }],
        publisherKey: publisherKey(options.dialling).publicKey,
        leafKey: leafKey.publicKey,
        pinnedCerts: [certificates.dialling.fingerprint],
      },
    ],
  });
  const leafPort = accepting.server.ports().leaf;
  const dialPort = (await options.dialPort?.(leafPort)) ?? leafPort;
  const dialling = await startOfficeServer({
    office: options.dialling,
    ...(options.alterDialling === undefined ? {} : { alter: options.alterDialling }),
    links: (publisherKey) => [
      {
        kind: 'dials',
        neighbour: options.accepting,
        peers: [{ office: options.accepting, scopes: [scope], operations: runs('dialling') }],
        publisherKey: publisherKey(options.accepting).publicKey,
        host: '127.0.0.1',
        port: dialPort,
        leafSeed: leafKey.seed,
        tls: files.dialling,
        pinnedCerts: [certificates.accepting.fingerprint],
      },
    ],
  });
  return {
    scope,
    accepting,
    dialling,
    leafKey,
    certificates,
    files,
    stop: async () => {
      await dialling.server.stop();
      await accepting.server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writeFiles(folder: string, certificates: TestLink['certificates']): Promise<TestLink['files']> {
  const acceptingFolder = await mkdtemp(join(folder, 'accepting-'));
  const diallingFolder = await mkdtemp(join(folder, 'dialling-'));
  return {
    accepting: await tlsFiles(acceptingFolder, certificates.accepting, [certificates.dialling]),
    dialling: await tlsFiles(diallingFolder, certificates.dialling, [certificates.accepting]),
  };
}
