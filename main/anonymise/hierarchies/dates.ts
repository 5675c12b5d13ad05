import { DATE_UNITS, type DateUnit } from '../../contract/hierarchy-kinds.ts';
import {
  missingLine,
  ROOT,
  unbuildable,
  type ColumnValues,
  type HierarchyLabels,
  type Line,
} from './values.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})(.*)$/;

/** Units that join some of these dates, and not as many as the next one. */
export function usualUnits({ texts }: ColumnValues): DateUnit[] {
  const parts = texts.map((text) => DATE.exec(text) ?? []);
  const labels = DATE_UNITS.map(
    (unit) =>
      new Set(parts.map(([, year = '', month = '', day = '']) => dateLabel(unit, year, month, day)))
        .size,
  );
  const useful = DATE_UNITS.filter(
    (_, at) => (labels[at] ?? 0) < texts.length && (labels[at] ?? 0) > (labels[at + 1] ?? 1),
  );
  return useful.length === 0 ? ['year'] : useful;
}

/**
 * Lines of dates by the chosen units, from fine to coarse. The day is a level only where a time
 * follows it. Throws HIERARCHY_NOT_BUILT {column, reason: 'dates' | 'units'}.
 */
export function dateLines(
  values: ColumnValues,
  units: readonly DateUnit[],
  labels: HierarchyLabels,
): Line[] {
  const parts = values.texts.map((text) => DATE.exec(text));
  if (parts.includes(null)) throw unbuildable(values.name, 'dates');
  const isTimed = parts.some((part) => (part?.[4] ?? '') !== '');
  const levels = DATE_UNITS.filter((unit) => units.includes(unit) && (isTimed || unit !== 'day'));
  if (levels.length === 0) throw unbuildable(values.name, 'units');
  return [
    ...parts.map((part) => {
      const [text = '', year = '', month = '', day = ''] = part ?? [];
      return [text, ...levels.map((unit) => dateLabel(unit, year, month, day)), ROOT];
    }),
    ...missingLine(values, labels, levels.length),
  ];
}

function dateLabel(unit: DateUnit, year: string, month: string, day: string): string {
  switch (unit) {
    case 'day':
      return `${year}-${month}-${day}`;
    case 'month':
      return `${year}-${month}`;
    case 'quarter':
      return `${year}-Q${Math.ceil(Number(month) / 3)}`;
    case 'year':
      return year;
    case 'decade':
      return `${year.slice(0, 3)}0-${year.slice(0, 3)}9`;
  }
}
