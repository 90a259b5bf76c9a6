import type { Page } from 'playwright-core';

/** Addresses of things that the demonstration has, for screens that show one thing. */
interface SampleAddresses {
  readonly message: string | undefined;
  readonly request: string | undefined;
  readonly held: string | undefined;
  readonly operation: string | undefined;
}

/** A screen, who looks at it in the tests, and where it is. */
export interface SampleScreen {
  readonly name: string;
  readonly who: 'duty-supervisor' | 'auditor' | 'operator';
  readonly address: (addresses: SampleAddresses) => string | undefined;
}

const fixed = (name: string, address: string, who: SampleScreen['who'] = 'duty-supervisor'): SampleScreen => ({
  name,
  who,
  address: () => address,
});

/** Every screen of the console once. */
export const SCREENS: readonly SampleScreen[] = [
  fixed('inbox', '/inbox'),
  fixed('compose', '/compose'),
  fixed('compose-warning', '/compose/warning'),
  fixed('sent', '/sent'),
  { name: 'message', who: 'duty-supervisor', address: ({ message }) => message },
  fixed('held', '/held'),
  { name: 'held-item', who: 'duty-supervisor', address: ({ held }) => held },
  fixed('requests', '/requests'),
  { name: 'request', who: 'duty-supervisor', address: ({ request }) => request },
  fixed('hits', '/hits'),
  fixed('control', '/control'),
  fixed('reviews', '/reviews'),
  fixed('operations', '/operations'),
  { name: 'operation', who: 'duty-supervisor', address: ({ operation }) => operation },
  fixed('new-operation', '/operations/new'),
  fixed('map', '/map'),
  fixed('bulletins', '/bulletins'),
  fixed('directory', '/directory'),
  fixed('settings', '/settings'),
  fixed('kit', '/kit'),
  fixed('oversight', '/oversight', 'auditor'),
  fixed('people', '/people', 'operator'),
];

/** Where the screens of the person of that page are, below /console. Fails where there is nothing that one could show. */
export async function addressesOf(page: Page, who: SampleScreen['who']): Promise<ReadonlyMap<string, string>> {
  const samples = await sampleAddresses(page);
  return new Map(
    SCREENS.filter((screen) => screen.who === who).map(({ name, address }) => {
      const to = address(samples);
      if (to === undefined) throw new Error(`the region has nothing that ${name} could show`);
      return [name, to];
    }),
  );
}

/** What there is to look at, asked as the person of that page asks it. */
async function sampleAddresses(page: Page): Promise<SampleAddresses> {
  const first = async (path: string, kind?: string): Promise<Record<string, string> | undefined> => {
    const response = await page.request.get(path);
    if (!response.ok()) return undefined;
    const { items } = (await response.json()) as { items: Record<string, string>[] };
    return items.find((item) => kind === undefined || item['kind'] === kind);
  };
  const [message, request, held, operation] = [
    await first('/v1/inbox', 'MESSAGE_KIND_ALERT'),
    await first('/v1/requests?limit=1'),
    await first('/v1/held'),
    await first('/v1/operations'),
  ];
  return {
    message: message && `/messages/${message['origin']}/${message['id']}`,
    request: request && `/requests/${request['origin']}/${request['id']}`,
    held: held && `/held/${encodeURIComponent(held['id'] ?? '')}`,
    operation: operation && `/operations/${operation['id']}`,
  };
}
