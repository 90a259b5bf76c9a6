import type { RequestKind } from './requests/answer-requests.ts';

/** What the hub counts of its region; labels are words of closed sets and codes. */
export interface RegionMeters {
  readonly item: (refused: string | undefined) => void;
  readonly request: (kind: RequestKind, refused: string | undefined) => void;
  /** In Prometheus' text format, with the gauges given. */
  readonly text: (gauges: Readonly<Record<string, number>>) => string;
}

const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/** Counters at nothing. */
export function regionMeters(): RegionMeters {
  const items = new Map<string, number>();
  const requests = new Map<string, number>();
  const count = (counts: Map<string, number>, labels: string): void =>
    void counts.set(labels, (counts.get(labels) ?? 0) + 1);
  const outcomeOf = (refused: string | undefined): string => {
    if (refused === undefined) return 'taken';
    return CODE.test(refused) ? refused : 'other';
  };
  return {
    item: (refused) => count(items, `outcome="${outcomeOf(refused)}"`),
    request: (kind, refused) => count(requests, `request="${kind}",outcome="${outcomeOf(refused)}"`),
    text: (gauges) =>
      [
        ...series('liaison_hub_items_total', 'counter', 'Items that offices published, by outcome', items),
        ...series('liaison_hub_requests_total', 'counter', 'What offices asked, by outcome', requests),
        ...Object.entries(gauges).flatMap(([name, value]) => [`# TYPE ${name} gauge`, `${name} ${value}`]),
      ].join('\n'),
  };
}

function series(name: string, type: string, help: string, values: ReadonlyMap<string, number>): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...[...values].map(([labels, value]) => `${name}{${labels}} ${value}`),
  ];
}
