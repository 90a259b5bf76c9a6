import { describe, expect, it } from 'vitest';
import { type OfficerRole, rolesFor } from '../../../../services/core/access/index.ts';
import { OFFICE_ROUTES } from '../../../../services/office/http/office-routes.ts';
import type { Route } from '../../../../services/office/http/route.ts';
import { fakeOffice, idOf, PEER } from '../fake-office.ts';
import { type SignedIn, signedIn } from './sessions-of.ts';

const ROLES: readonly OfficerRole[] = ['officer', 'supervisor', 'oversight', 'auditor', 'operator'];

/** Something in every place of an address; what is there matters to no check that is made before the handler. */
const addressOf = (route: Route): string =>
  route.path
    .replace('{id}', idOf(1))
    .replace('{origin}', PEER)
    .replace('{envelopeId}', idOf(2))
    .replaceAll(/\{\w+\}/g, 'x');

const nameOf = (route: Route): string => `${route.method} ${route.path}`;
const GUARDED = OFFICE_ROUTES.flatMap((route) =>
  route.action === null ? [] : [{ name: nameOf(route), route, action: route.action }],
);
const CHANGING = OFFICE_ROUTES.filter(({ method }) => method !== 'GET').map((route) => ({
  name: nameOf(route),
  route,
}));
const limitless = { perSecond: 1e6, burst: 1e6 };
const limits = {
  system: limitless,
  officer: limitless,
  supervisor: limitless,
  oversight: limitless,
  auditor: limitless,
  operator: limitless,
};

/** An office whose every request ends where its handler would begin: what came so far passed every check. */
function guardedOffice() {
  const office = fakeOffice({ people: ROLES.map((role) => ({ name: `${role}-desk`, role })), limits });
  const reached: string[] = [];
  let isArmed = false;
  office.http.app.addHook('preHandler', (request, reply, done) => {
    if (!isArmed) return done();
    reached.push(`${request.method} ${request.routeOptions.url}`);
    void reply.code(299).send('{}');
  });
  const sessions = new Map<string, SignedIn>();
  return {
    office,
    reached,
    sessionOf: async (role: OfficerRole): Promise<SignedIn> => {
      const known = sessions.get(role);
      if (known !== undefined) return known;
      isArmed = false;
      const made = await signedIn(office, `${role}-desk`);
      isArmed = true;
      sessions.set(role, made);
      return made;
    },
    ask: async (route: Route, headers: Record<string, string>) => {
      const body =
        route.method === 'POST' && route.fileBytes === undefined && route.body !== undefined ? { body: {} } : {};
      const answer = await office.ask(route.method, addressOf(route), { role: null, headers, ...body });
      return { status: answer.status, code: answer.status < 300 ? 'reached' : (answer.json?.code as string) };
    },
  };
}

describe('every route', () => {
  const world = guardedOffice();

  it('is more than a few', () => {
    expect(GUARDED.length).toBeGreaterThan(90);
    expect(CHANGING.length).toBeGreaterThan(40);
  });

  it.each(GUARDED)('$name lets the roles in that may, and no other', async ({ route, action }) => {
    const allowed = rolesFor(action);
    for (const role of ROLES) {
      const { page } = await world.sessionOf(role);
      const { code } = await world.ask(route, page);
      expect([role, code]).toEqual([role, allowed.includes(role) ? 'reached' : 'OFFICE_ROLE_FORBIDDEN']);
    }
  });

  it.each(GUARDED)('$name asks who it is', async ({ route }) => {
    await world.sessionOf('officer');
    expect(await world.ask(route, {})).toEqual({ status: 401, code: 'OFFICE_UNAUTHENTICATED' });
    const cookie = (await world.sessionOf('officer')).page['cookie']?.replace(/=.*/, `=${'A'.repeat(43)}`) ?? '';
    expect(await world.ask(route, { cookie })).toEqual({ status: 401, code: 'ACCESS_SESSION_INVALID' });
  });
});

describe('every route that changes something', () => {
  const world = guardedOffice();

  it.each(CHANGING)('$name is refused to a page that is not the console', async ({ route }) => {
    const { page } = await world.sessionOf(roleFor(route));
    const withoutSite = Object.fromEntries(
      Object.entries(page).filter(([name]) => name !== 'origin' && name !== 'sec-fetch-site'),
    );
    for (const foreign of [
      { ...page, origin: 'https://evil.example' },
      { ...page, origin: 'http://localhost:8102' },
      { ...page, origin: 'null' },
      { ...page, 'sec-fetch-site': 'cross-site' },
      { ...page, 'sec-fetch-site': 'same-site' },
      { ...page, 'sec-fetch-site': 'none' },
      withoutSite,
    ])
      expect(await world.ask(route, foreign)).toEqual({ status: 403, code: 'OFFICE_ORIGIN_FOREIGN' });
    expect(world.reached).toEqual([]);
  });

  it.each(CHANGING.filter(({ route }) => route.action !== null))(
    "$name is refused without the session's own word",
    async ({ route }) => {
      const { page } = await world.sessionOf(roleFor(route));
      const other = await world.sessionOf(roleFor(route) === 'officer' ? 'supervisor' : 'officer');
      const { 'x-liaison-csrf': own = '', ...without } = page;
      for (const wrong of [
        without,
        { ...page, 'x-liaison-csrf': '' },
        { ...page, 'x-liaison-csrf': `${own}A` },
        { ...page, 'x-liaison-csrf': other.csrf },
      ])
        expect(await world.ask(route, wrong)).toEqual({ status: 403, code: 'OFFICE_CSRF_REFUSED' });
      expect(world.reached).toEqual([]);
    },
  );

  it.each(CHANGING.filter(({ route }) => route.action !== null))(
    '$name takes a token without any of it, and never together with a session',
    async ({ route }) => {
      const role = roleFor(route);
      const { page } = await world.sessionOf(role);
      const authorization = `Bearer ${world.office.tokens[role]}`;
      expect((await world.ask(route, { authorization })).code).toBe('reached');
      expect((await world.ask(route, { ...page, authorization })).code).toBe('OFFICE_CREDENTIALS_TWO');
      world.reached.splice(0);
    },
  );
});

/** Somebody who may do it, so that it is refused for nothing but the page. */
function roleFor(route: Route): OfficerRole {
  const [role] = route.action === null ? ROLES : rolesFor(route.action).filter((each) => each !== 'system');
  return role as OfficerRole;
}
