import { describe, expect, it } from 'vitest';
import { OfficerAct } from '../../../../services/core/wire/index.ts';
import { copyTo, fakeOffice, idOf, outbound, PEER, SELF } from '../fake-office.ts';
import { signedIn } from './sessions-of.ts';

describe('what is asked under a session', () => {
  it('is told what happens until the session ends, and nothing of what happens then', async () => {
    const office = fakeOffice({ people: [{ name: 'chief', role: 'supervisor' }] });
    const { cookie, page } = await signedIn(office, 'chief');
    const stream = office.ask('GET', '/v1/events', { role: null, headers: { cookie } });
    const tell = (number: number) => office.feed.publish({ type: 'erased', origin: SELF, envelopeId: idOf(number) });
    // The stream subscribes once its request was taken; asking for something else afterwards says that it was.
    await office.ask('GET', '/v1/session', { role: null, headers: { cookie } });
    tell(1);
    await office.ask('POST', '/v1/session/end', { role: null, headers: page });
    tell(2);
    const { text } = await stream;
    expect(text).not.toContain(idOf(2));
    await office.http.close();
  });

  it('is on record where evidence leaves the node', async () => {
    const office = fakeOffice({ people: [{ name: 'chief', role: 'supervisor' }] });
    office.put(outbound(1, [copyTo(PEER, 2)]));
    const { cookie } = await signedIn(office, 'chief');
    const answer = await office.ask('GET', `/v1/messages/${idOf(1)}/evidence`, { role: null, headers: { cookie } });
    expect(answer.status).toBe(200);
    expect(office.people.acts.at(-1)).toMatchObject({ officer: 'chief', act: OfficerAct.EXPORTED, what: 'evidence' });
  });

  it('is refused without one', async () => {
    expect((await fakeOffice().ask('GET', '/v1/events', { role: null })).json.code).toBe('OFFICE_UNAUTHENTICATED');
  });
});
