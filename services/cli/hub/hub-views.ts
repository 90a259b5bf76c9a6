import type { Command } from 'commander';
import { escapeText } from '../terminal/escape-text.ts';
import { renderPairs, renderTable } from '../terminal/render-table.ts';
import type { Cli } from '../verb.ts';
import { askHub, type HubOptions } from './ask-hub.ts';

interface Links {
  readonly suspended: readonly string[];
  readonly links: readonly { readonly office: string; readonly up: boolean; readonly since: string | null }[];
}

interface Log {
  readonly hub: string;
  readonly size: number;
  readonly digest: string;
}

interface SubscriptionList {
  readonly subscriptions: readonly {
    readonly office: string;
    readonly id: string;
    readonly since: string;
    readonly corridors?: readonly string[];
    readonly crimeAreas?: readonly string[];
    readonly nations?: readonly string[];
  }[];
}

interface FigureList {
  readonly by: string;
  readonly categories: readonly { readonly category: string; readonly atLeast: number; readonly atMost: number }[];
  readonly total: { readonly atLeast: number; readonly atMost: number };
}

/** `blo hub status|subscriptions|figures`. */
export function addHubViews(cli: Cli, hub: Command): void {
  const view = <Options extends HubOptions>(
    name: string,
    description: string,
    show: (options: Options, ask: <T>(path: string) => Promise<T>) => Promise<{ json: unknown; text: string }>,
  ): Command =>
    cli
      .verb<Options>(hub, name, description, async ({ options, context }) =>
        show(options, (path) => askHub(options, path, context)),
      )
      .option('--home <folder>', "the hub's folder")
      .option('--url <address>', 'where its HTTP door listens');

  view('status', 'who is connected, who is suspended, and how long the log is', async (_options, ask) => {
    const { links, suspended } = await ask<Links>('/v1/links');
    const log = await ask<Log>('/v1/log');
    const rows = links.map(({ office, up, since }) => [office, up ? 'up' : 'down', since ?? '']);
    const text = [
      renderPairs([
        ['hub', escapeText(log.hub)],
        ['entries', String(log.size)],
        ['digest', escapeText(log.digest)],
        ['suspended', suspended.length === 0 ? 'nobody' : escapeText(suspended.join(' '))],
      ]),
      renderTable(
        ['office', 'link', 'since'],
        rows.map((row) => row.map(escapeText)),
      ),
    ].join('\n\n');
    return { json: { links, suspended, log }, text };
  });
  view('subscriptions', 'what offices have subscribed to', async (_options, ask) => {
    const { subscriptions } = await ask<SubscriptionList>('/v1/subscriptions');
    const all = (list: readonly string[] | undefined): string =>
      list === undefined || list.length === 0 ? 'all' : list.join(' ');
    const rows = subscriptions.map((one) =>
      [one.office, one.id, all(one.corridors), all(one.crimeAreas), all(one.nations), one.since].map(escapeText),
    );
    return {
      json: { subscriptions },
      text: renderTable(['office', 'id', 'corridors', 'crime areas', 'nations', 'since'], rows),
    };
  });
  view<HubOptions & { by: string; from?: string; until?: string }>(
    'figures',
    'how much was released, in steps of five',
    async (options, ask) => {
      const query = new URLSearchParams({ by: options.by });
      if (options.from !== undefined) query.set('from', options.from);
      if (options.until !== undefined) query.set('until', options.until);
      const figures = await ask<FigureList>(`/v1/figures?${query}`);
      const rows = figures.categories.map(({ category, atLeast, atMost }) => [
        escapeText(category),
        `${atLeast} to ${atMost}`,
      ]);
      const total = ['all', `${figures.total.atLeast} to ${figures.total.atMost}`];
      return { json: figures, text: renderTable([escapeText(figures.by), 'releases'], [...rows, total]) };
    },
  )
    .option('--by <facet>', 'corridor, crimeArea, urgency, nation or week', 'corridor')
    .option('--from <week>', 'such as 2029-W04')
    .option('--until <week>', 'such as 2029-W16');
}
