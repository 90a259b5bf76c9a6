import { describe, expect, it } from 'vitest';
import { CrimeArea, OfficerAct } from '../../../../services/core/wire/index.ts';
import { followEvents } from '../../../../services/office/http/routes/events.ts';
import { copyTo, fakeOffice, idOf, inbound, outbound, PEER, SELF } from '../fake-office.ts';
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

  it('ends once its officer is of other agencies, and tells nothing more of what those of before hear', async () => {
    const agencies = [
      { id: 'narcotics', name: 'Narcotics', crimeAreas: ['CRIME_AREA_DRUGS'] },
      { id: 'customs', name: 'Customs', crimeAreas: ['CRIME_AREA_TIMBER'] },
    ] as never;
    const office = fakeOffice({ agencies, people: [{ name: 'desk-1', role: 'officer', agencies: ['narcotics'] }] });
    await office.people.ready();
    const { sessions, accounts, officerOf } = office.people.people;
    const { principal } = sessions.resume(await sessions.begin(officerOf('desk-1'), 'password'));
    const asking = {
      asker: { principal, reach: 'all' },
      header: () => undefined,
      signal: new AbortController().signal,
    };
    const { stream } = await followEvents.handle(office.door, asking as never);
    const heard = (stream as AsyncIterable<string>)[Symbol.asyncIterator]();
    await heard.next();
    for (const number of [1, 2]) office.put(inbound(number, { crimeArea: CrimeArea.DRUGS }));
    const tell = (number: number) => office.feed.publish({ type: 'erased', origin: PEER, envelopeId: idOf(number) });
    tell(1);
    expect((await heard.next()).value).toContain(idOf(1));
    await accounts.change('op-1', 'desk-1', { agencies: ['customs'] });
    tell(2);
    expect(await heard.next()).toEqual({ done: true, value: undefined });
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
