import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { fromSeed } from '@nats-io/nkeys';
import { eventually } from '../eventually.ts';

/** A message as it came over the leaf connection. */
export interface LeafMessage {
  readonly subject: string;
  readonly reply: string | undefined;
  readonly payload: Buffer;
}

/** The raw leaf protocol over TLS, without any of a server's manners. */
export interface HostileLeaf {
  readonly info: () => Readonly<Record<string, unknown>>;
  readonly publish: (
    subject: string,
    payload: string | Buffer,
    options?: { readonly reply?: string; readonly headers?: Readonly<Record<string, string>> },
  ) => void;
  readonly subscribe: (subject: string) => void;
  readonly write: (bytes: string | Buffer) => void;
  readonly received: () => readonly LeafMessage[];
  /** Subjects that the other side has subscribed. */
  readonly interest: () => readonly string[];
  readonly errors: () => readonly string[];
  readonly isClosed: () => boolean;
  /** Everything sent so far has been handled by the other side, or it has closed the connection. */
  readonly settle: () => Promise<void>;
  readonly close: () => void;
}

/** The credentials that a neighbour really has. */
export interface LeafCredentials {
  readonly certPem: string;
  readonly keyPem: string;
  /** The authority of the side that is dialled. */
  readonly authorityPem: string;
  readonly nkeySeed: string;
}

const SETTLE_WITHIN_MS = 5000;

/** Dials a server's leaf port and signs in as a leaf. `connectWith` replaces or adds fields of CONNECT. */
export async function dialAsLeaf(
  port: number,
  credentials: LeafCredentials,
  connectWith: Readonly<Record<string, unknown>> = {},
): Promise<HostileLeaf> {
  const socket = connect({
    host: '127.0.0.1',
    port,
    cert: credentials.certPem,
    key: credentials.keyPem,
    ca: credentials.authorityPem,
    minVersion: 'TLSv1.3',
  });
  const leaf = speakLeaf(socket);
  try {
    await eventually(
      () => {
        if (!leaf.isClosed() && leaf.info()['nonce'] === undefined) throw new Error('no INFO yet');
      },
      { everyMs: 2 },
    );
    if (leaf.isClosed()) return leaf;
    const pair = fromSeed(Buffer.from(credentials.nkeySeed));
    const signature = Buffer.from(pair.sign(Buffer.from(String(leaf.info()['nonce'])))).toString('base64url');
    leaf.write(
      `CONNECT ${JSON.stringify({ ...baseConnect(), nkey: pair.getPublicKey(), sig: signature, ...connectWith })}\r\n`,
    );
    await leaf.settle();
    return leaf;
  } catch (failure) {
    leaf.close();
    throw failure;
  }
}

/** Accepts leaf connections as a hostile office or hub would; `leafs` are those that have signed in. */
export interface HostileAcceptor {
  readonly port: number;
  readonly leafs: () => readonly HostileLeaf[];
  readonly close: () => Promise<void>;
}

/** Listens with the certificate that the victim trusts, and claims to be of `domain`. */
export async function acceptAsHostileOffice(
  own: { readonly certPem: string; readonly keyPem: string },
  victimAuthorityPem: string,
  domain: string,
): Promise<HostileAcceptor> {
  const leafs: HostileLeaf[] = [];
  const server = createServer(
    { cert: own.certPem, key: own.keyPem, ca: victimAuthorityPem, requestCert: true, minVersion: 'TLSv1.3' },
    (socket) => {
      const info = { ...baseInfo(), domain, port: (server.address() as AddressInfo).port };
      const leaf = speakLeaf(socket, () => {
        leafs.push(leaf);
        leaf.write(`INFO ${JSON.stringify({ ...info, connect_info: true, remote_account: 'HOSTILE' })}\r\nPING\r\n`);
      });
      leaf.write(`INFO ${JSON.stringify(info)}\r\n`);
    },
  );
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    leafs: () => leafs.filter((leaf) => !leaf.isClosed()),
    close: async () => {
      for (const leaf of leafs) leaf.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function baseConnect(): Record<string, unknown> {
  return {
    version: '2.15.1',
    id: 'NHOSTILE',
    name: 'hostile',
    domain: 'hostile',
    headers: true,
    jetstream: true,
    compression: 'off',
    proto: 1,
  };
}

function baseInfo(): Record<string, unknown> {
  return {
    server_id: 'NDHOSTILEHOSTILEHOSTILEHOSTILEHOSTILEHOSTILEHOSTILEHOST',
    server_name: 'hostile',
    version: '2.15.1',
    proto: 1,
    host: '127.0.0.1',
    client_id: 7,
    headers: true,
    auth_required: true,
    tls_required: true,
    tls_verify: true,
    max_payload: 2 * 1024 * 1024,
    jetstream: true,
    nonce: 'hostile-nonce-hostile',
    compression: 'off',
    leafnode_urls: [],
  };
}

function speakLeaf(socket: TLSSocket, onConnect?: () => void): HostileLeaf {
  const received: LeafMessage[] = [];
  const interest = new Set<string>();
  const errors: string[] = [];
  let info: Record<string, unknown> = {};
  let pending = Buffer.alloc(0);
  let closed = false;
  let pongs = 0;
  const write = (bytes: string | Buffer): void => {
    if (!closed) socket.write(bytes);
  };
  const handle = (line: string): number => {
    const [verb = '', ...rest] = line.split(' ');
    if (verb === 'INFO') info = { ...info, ...(JSON.parse(line.slice(5)) as Record<string, unknown>) };
    else if (verb === 'PING') write('PONG\r\n');
    else if (verb === 'PONG') pongs += 1;
    else if (verb === '-ERR') errors.push(line);
    else if (verb === 'LS+') interest.add(rest[0] ?? '');
    else if (verb === 'LS-') interest.delete(rest[0] ?? '');
    else if (verb === 'CONNECT') onConnect?.();
    else if (verb === 'LMSG' || verb === 'HMSG') return Number(rest.at(-1)) + 2;
    return 0;
  };
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
      const line = pending.subarray(0, end).toString('utf8');
      const bodyBytes = handle(line);
      if (pending.length < end + 2 + bodyBytes) return;
      if (bodyBytes > 0) received.push(messageOf(line, pending.subarray(end + 2, end + bodyBytes)));
      pending = pending.subarray(end + 2 + bodyBytes);
    }
  });
  socket.on('error', (error) => errors.push(String(error)));
  socket.on('close', () => {
    closed = true;
  });
  return {
    info: () => info,
    publish: (subject, payload, options = {}) => write(frameOf(subject, Buffer.from(payload), options)),
    subscribe: (subject) => write(`LS+ ${subject}\r\n`),
    write,
    received: () => received,
    interest: () => [...interest],
    errors: () => errors,
    isClosed: () => closed,
    settle: async () => {
      const before = pongs;
      write('PING\r\n');
      await eventually(
        () => {
          if (!closed && pongs <= before) throw new Error('no PONG yet');
        },
        { withinMs: SETTLE_WITHIN_MS, everyMs: 2 },
      );
    },
    close: () => {
      closed = true;
      socket.destroy();
    },
  };
}

function frameOf(
  subject: string,
  payload: Buffer,
  options: { readonly reply?: string; readonly headers?: Readonly<Record<string, string>> },
): Buffer {
  const reply = options.reply === undefined ? '' : ` ${options.reply}`;
  if (options.headers === undefined)
    return Buffer.concat([Buffer.from(`LMSG ${subject}${reply} ${payload.length}\r\n`), payload, Buffer.from('\r\n')]);
  const lines = Object.entries(options.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const headers = Buffer.from(`NATS/1.0\r\n${lines.join('')}\r\n`);
  return Buffer.concat([
    Buffer.from(`HMSG ${subject}${reply} ${headers.length} ${headers.length + payload.length}\r\n`),
    headers,
    payload,
    Buffer.from('\r\n'),
  ]);
}

function messageOf(line: string, body: Buffer): LeafMessage {
  const [verb, subject = '', ...rest] = line.split(' ');
  const sizes = verb === 'HMSG' ? 2 : 1;
  const reply = rest.length > sizes ? rest.find((token) => token !== '+' && token !== '|') : undefined;
  const headerBytes = verb === 'HMSG' ? Number(rest.at(-2)) : 0;
  return { subject, reply, payload: Buffer.from(body.subarray(headerBytes)) };
}
