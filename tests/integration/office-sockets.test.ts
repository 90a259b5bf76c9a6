import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Role, revokeToken, type TokenId } from '../../services/core/access/index.ts';
import type { EnvelopeId, OfficeId } from '../../services/core/foundation/index.ts';
import { Outcome } from '../../services/core/wire/index.ts';
import { copyTo, type FakeOffice, fakeOffice, idOf, NAMES, outbound, PEER, SELF } from '../unit/office/fake-office.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** A client of the live events over a real socket. */
async function follow(office: FakeOffice, options: { role?: Role; lastEventId?: string } = {}) {
  const base = await addressOf(office);
  const controller = new AbortController();
  const response = await fetch(`${base}/v1/events`, {
    signal: controller.signal,
    headers: {
      authorization: `Bearer ${office.tokens[options.role ?? 'officer']}`,
      ...(options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId }),
    },
  });
  const reader = response.body?.getReader();
  let text = '';
  opened.unshift(async () => controller.abort());
  return {
    response,
    /** Reads until `text` is there; `undefined` at the end. */
    until: async (wanted: string | undefined): Promise<string> => {
      while (wanted === undefined || !text.includes(wanted)) {
        const chunk = await reader?.read();
        if (chunk === undefined || chunk.done) break;
        text += Buffer.from(chunk.value).toString();
      }
      return text;
    },
    leave: () => controller.abort(),
  };
}

const addresses = new Map<FakeOffice, Promise<string>>();
function addressOf(office: FakeOffice): Promise<string> {
  let address = addresses.get(office);
  if (address === undefined) {
    address = office.http.listen('127.0.0.1', 0);
    addresses.set(office, address);
    opened.push(() => office.http.close());
  }
  return address;
}

const linkUp = (office: FakeOffice, peer = PEER) => office.feed.publish({ type: 'link-up', peer });
const accepted = (office: FakeOffice, id: EnvelopeId, origin: OfficeId = SELF) =>
  office.feed.publish({ type: 'accepted', origin, envelopeId: id, messageKind: 'alert', drill: false, count: 1 });

describe('GET /v1/events', () => {
  it('tells what happens from then on, with its id, its name and its facts', async () => {
    const office = fakeOffice();
    linkUp(office);
    const client = await follow(office);
    expect(client.response.headers.get('content-type')).toContain('text/event-stream');
    const event = accepted(office, idOf(1));
    const text = await client.until('accepted');
    expect(text).toContain(
      `id: ${event.id}\nevent: accepted\ndata: {"at":"2026-03-01T08:00:00.000Z","origin":"${SELF}","envelopeId":"${idOf(1)}","messageKind":"alert","drill":false,"count":1}\n\n`,
    );
    expect(text).not.toContain('link-up');
  });

  it('first tells what came after the last event that was heard', async () => {
    const office = fakeOffice();
    const first = linkUp(office);
    const second = accepted(office, idOf(1));
    const client = await follow(office, { lastEventId: String(first.id) });
    const text = await client.until('accepted');
    expect(text).toContain(`id: ${second.id}\n`);
    expect(text).not.toContain('link-up');
  });

  it('says that events are gone, and goes on from then', async () => {
    const office = fakeOffice();
    const client = await follow(office, { lastEventId: '7' });
    const text = await client.until('reset');
    expect(text).toContain(`id: ${office.feed.lastId()}\nevent: reset\n`);
    accepted(office, idOf(1));
    expect(await client.until('accepted')).toContain('event: accepted');
  });

  it.each(['abc', '-1', '1.5', '99999999999999999'])('refuses %j as the last event', async (lastEventId) => {
    const client = await follow(fakeOffice(), { lastEventId });
    expect(client.response.status).toBe(422);
  });

  it('tells a system of its own submissions and of nothing else', async () => {
    const office = fakeOffice();
    office.put(outbound(1, [copyTo(PEER, Outcome.RELEASED)], { submittedBy: NAMES.system }));
    office.put(outbound(2, [copyTo(PEER, Outcome.RELEASED)]));
    const client = await follow(office, { role: 'system' });
    linkUp(office);
    accepted(office, idOf(2));
    accepted(office, idOf(1), PEER);
    accepted(office, idOf(1));
    const text = await client.until(idOf(1));
    expect(text.match(/event: /g)).toHaveLength(1);
    expect(text).toContain(`"origin":"${SELF}"`);
  });

  it('ends when the token is revoked', async () => {
    const office = fakeOffice();
    const client = await follow(office);
    office.setTokens((table) =>
      revokeToken(table, office.tokens.officer.split('_')[1] as TokenId, office.clock.nowMs as never),
    );
    accepted(office, idOf(1));
    expect(await client.until(undefined)).not.toContain('accepted');
  });

  it('ends when the node stops, and lets it stop', async () => {
    const office = fakeOffice();
    const client = await follow(office);
    await client.until(SELF);
    await office.http.close();
    expect(await client.until(undefined)).toContain(SELF);
    expect(office.feed.subscribers()).toBe(0);
  });

  it('forgets a client that went away', async () => {
    const office = fakeOffice();
    const client = await follow(office);
    await client.until(SELF);
    expect(office.feed.subscribers()).toBe(1);
    client.leave();
    await vi.waitFor(() => expect(office.feed.subscribers()).toBe(0), { timeout: 3000 });
  });

  it('serves eight streams to one token and others beside them', async () => {
    const office = fakeOffice();
    const clients = [];
    for (let i = 0; i < 9; i++) clients.push(await follow(office));
    expect(clients.map((client) => client.response.status)).toEqual([...new Array(8).fill(200), 429]);
    expect(await clients[8]?.until(undefined)).toContain('"OFFICE_STREAMS_EXHAUSTED"');
    expect((await follow(office, { role: 'auditor' })).response.status).toBe(200);
  });
});

describe('a connection', () => {
  it('answers what is not HTTP with a problem and ends the connection', async () => {
    const fresh = fakeOffice();
    const address = new URL(await fresh.http.listen('127.0.0.1', 0));
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(address.port), address.hostname, () => socket.write('HELLO\r\n\r\n'));
      socket
        .on('data', (chunk) => (text += chunk))
        .on('end', () => resolve(text))
        .on('error', reject);
    });
    await fresh.http.close();
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('OFFICE_REQUEST_MALFORMED');
  });
});
