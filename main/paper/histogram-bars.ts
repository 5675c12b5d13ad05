import type { HistogramData } from '../contract/charts.ts';
import type { ChartInk } from './chart-format.ts';

export interface Bar {
  readonly name: string;
  readonly count: number;
  /** All values that have no bar of their own. */
  readonly others: boolean;
}

type Bins = Extract<HistogramData, { kind: 'bins' }>;

/** One bar for each bin or value, by the name it has in the table. */
export function barsOf(data: HistogramData, ink: ChartInk): readonly Bar[] {
  if (data.kind === 'bins')
    return data.bins.map(({ count }, at) => ({
      name: binName(data, at, ink),
      count,
      others: false,
    }));
  const bars = data.values.map(({ value, count }) => ({ name: value, count, others: false }));
  if (data.others.values === 0) return bars;
  const { values, count } = data.others;
  return [...bars, { name: ink.w.histogram.others(ink.count(values)), count, others: true }];
}

function binName({ whole, bins }: Bins, at: number, { w, edge }: ChartInk): string {
  const bin = bins[at];
  if (bin === undefined) return '';
  if (bin.from === bin.to) return edge(bin.from);
  const closed = whole || at === bins.length - 1;
  return (closed ? w.range : w.below)(edge(bin.from), edge(bin.to));
}

export function histogramSummary(data: HistogramData, ink: ChartInk): string[] {
  const { w, count, edge } = ink;
  const bars = barsOf(data, ink);
  const total = bars.reduce((sum, bar) => sum + bar.count, 0);
  const named = bars.filter(({ others }) => !others);
  const [first] = named;
  if (total === 0 || first === undefined) return [w.histogram.empty];
  const most = named.reduce((highest, bar) => (bar.count > highest.count ? bar : highest), first);
  if (data.kind === 'values')
    return [w.histogram.values(count(total), most.name, count(most.count))];
  const from = edge(data.bins[0]?.from ?? 0);
  const to = edge(data.bins.at(-1)?.to ?? 0);
  return [w.histogram.bins(count(total), from, to, most.name, count(most.count))];
}
