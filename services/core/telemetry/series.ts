import type { Metric, Registry } from 'prom-client';

/** Adds `by` (default 1) to the series of these label values, in the order of the label names. */
export type Count = (values: readonly string[], by?: number) => void;

/** Notes one value in the series of these label values. */
export type Observe = (values: readonly string[], value: number) => void;

/** One reading of a gauge: label values in the order of the label names. */
export type Reading = readonly [values: readonly string[], value: number];

/** Name, help and label names of a metric. */
export interface SeriesSpec {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

interface Sample {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly metricName?: string;
}

const MAX_SERIES = 1_000;
const OTHER = 'other';

/**
 * What prom-client prints for `spec`. Values are kept here as plain numbers and handed over when they are asked for:
 * the client's own counters and histograms cost a hash of the labels at every step of every message.
 */
function register(
  registry: Registry,
  spec: SeriesSpec,
  type: 'counter' | 'gauge' | 'histogram',
  samples: () => readonly Sample[],
): void {
  const metric = {
    name: spec.name,
    get: async () => ({ name: spec.name, help: spec.help, type, aggregator: 'sum', values: samples() }),
  };
  registry.registerMetric(metric as unknown as Metric);
}

function labelsOf(spec: SeriesSpec, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(spec.labels.map((label, at) => [label, values[at] ?? OTHER]));
}

/** The cell of these label values; past the bound all further ones share one, so that no input makes memory grow. */
function cellsOf<Cell>(spec: SeriesSpec, create: () => Cell) {
  const cells = new Map<string, { readonly labels: Record<string, string>; readonly cell: Cell }>();
  return {
    cells,
    cell: (values: readonly string[]): Cell => {
      const key = values.join('\n');
      const known = cells.get(key);
      if (known !== undefined) return known.cell;
      const names = cells.size < MAX_SERIES ? values : spec.labels.map(() => OTHER);
      const created = { labels: labelsOf(spec, names), cell: create() };
      const place = cells.size < MAX_SERIES ? key : names.join('\n');
      const existing = cells.get(place);
      if (existing !== undefined) return existing.cell;
      cells.set(place, created);
      return created.cell;
    },
  };
}

/** A counter: only goes up. */
export function counter(registry: Registry, spec: SeriesSpec): Count {
  const { cells, cell } = cellsOf(spec, () => ({ value: 0 }));
  register(registry, spec, 'counter', () =>
    [...cells.values()].map(({ labels, cell: { value } }) => ({ labels, value })),
  );
  return (values, by = 1) => {
    cell(values).value += by;
  };
}

/** A gauge: read when it is asked for. A reading that fails leaves the gauge out, not the whole answer. */
export function gauge(registry: Registry, spec: SeriesSpec, read: () => readonly Reading[]): void {
  register(registry, spec, 'gauge', () => {
    try {
      return read().map(([values, value]) => ({ labels: labelsOf(spec, values), value }));
    } catch {
      return [];
    }
  });
}

/** A histogram over `bounds`, ascending. */
export function histogram(registry: Registry, spec: SeriesSpec, bounds: readonly number[]): Observe {
  const { cells, cell } = cellsOf(spec, () => ({ counts: new Float64Array(bounds.length + 1), sum: 0 }));
  register(registry, spec, 'histogram', () =>
    [...cells.values()].flatMap(({ labels, cell: { counts, sum } }) => {
      let total = 0;
      const samples: Sample[] = [...counts].map((count, at) => {
        total += count;
        return { labels: { ...labels, le: bounds[at] ?? '+Inf' }, value: total, metricName: `${spec.name}_bucket` };
      });
      samples.push(
        { labels, value: sum, metricName: `${spec.name}_sum` },
        { labels, value: total, metricName: `${spec.name}_count` },
      );
      return samples;
    }),
  );
  return (values, value) => {
    if (!(value >= 0)) return;
    const own = cell(values);
    let at = 0;
    while (at < bounds.length && value > (bounds[at] as number)) at++;
    own.counts[at] = (own.counts[at] ?? 0) + 1;
    own.sum += value;
  };
}
