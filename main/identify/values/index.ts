import type { ColumnRole, EntityType } from '../../contract/identify.ts';
import type { Column } from '../../records/table.ts';
import { entitiesOfCell, type CellSample } from './cells.ts';
import { VALUE_FORMS, type ValueForm } from './forms.ts';
import { KNOWN_WORDS } from './known-words.ts';

/** What the values of a column look like. */
export interface ValueReading {
  readonly type: EntityType | undefined;
  readonly role: ColumnRole;
  /** Share of the different cells, in 0..1. */
  readonly share: number;
  readonly confidence: number;
  readonly by: 'pattern' | 'check' | 'values';
}

/** A smaller share of the cells is an accident. */
const LEAST_SHARE = 0.02;
/** From this share on the check digits are no accident. */
const CHECKED = 0.9;
const FEW_CELLS = 5;
const MOST = 0.5;

const NUMBERS: ReadonlySet<EntityType> = new Set([
  'EMAIL',
  'PHONE',
  'ID_CARD',
  'SSN',
  'CARD',
  'IBAN',
  'URL',
  'IP',
]);

/** All that the values say by themselves, the surest and most frequent first. */
export function readValues(column: Column, sample: CellSample): ValueReading[] {
  const { cells } = sample;
  if (cells.length === 0) return [];
  if (column.type === 'date') {
    return [{ type: 'DATE', role: 'quasi-identifier', share: 1, confidence: 0.95, by: 'pattern' }];
  }
  if (column.type === 'boolean') return [];
  const whole = column.type === 'text' ? [] : VALUE_FORMS.flatMap((form) => formIn(form, cells));
  // Where whole cells have a form, what their digits would make besides is an accident.
  const inner = whole.some(({ share }) => share >= MOST) ? [] : within(column, cells);
  const read = [...merged(whole), ...inner, ...words(column, sample)];
  const first = new Map<EntityType | string, ValueReading>();
  for (const reading of read) {
    const key = reading.type ?? reading.role;
    if (!first.has(key)) first.set(key, reading);
  }
  return [...first.values()].sort((a, b) => b.share * b.confidence - a.share * a.confidence);
}

function formIn(form: ValueForm, cells: readonly string[]): ValueReading[] {
  const { type, role, holds, chance = 0 } = form;
  let fitting = 0;
  let passed = 0;
  for (const cell of cells) {
    if (!form.form.test(cell)) continue;
    fitting++;
    if (holds?.(cell) === true) passed++;
  }
  const share = fitting / cells.length;
  if (share < LEAST_SHARE) return [];
  if (holds === undefined)
    return [{ type, role, share, confidence: form.confidence, by: 'pattern' }];
  const passing = passed / fitting;
  if (passing >= CHECKED) {
    const confidence = cells.length < FEW_CELLS ? 0.7 : 0.98;
    return [{ type, role, share, confidence, by: 'check' }];
  }
  if (form.checkedOnly) return [];
  // Wrong digits among right ones are slips of the pen; no more right ones than by chance are none.
  if (passing > 3 * chance) return [{ type, role, share, confidence: 0.8, by: 'check' }];
  return [{ type, role, share, confidence: form.confidence, by: 'pattern' }];
}

/** Several forms of one kind (mobile and landline) are one reading; each cell counts once only by chance, so at most 1. */
function merged(readings: readonly ValueReading[]): ValueReading[] {
  const byType = new Map<EntityType | undefined, ValueReading>();
  for (const reading of readings) {
    const known = byType.get(reading.type);
    byType.set(
      reading.type,
      known === undefined
        ? reading
        : {
            ...(known.share >= reading.share ? known : reading),
            share: Math.min(1, known.share + reading.share),
          },
    );
  }
  return [...byType.values()];
}

/** Personal data somewhere within longer cells. */
function within(column: Column, cells: readonly string[]): ValueReading[] {
  if ('values' in column) return [];
  const counts = new Map<EntityType, number>();
  for (const cell of cells) {
    for (const type of entitiesOfCell(cell)) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].flatMap(([type, count]): ValueReading[] => {
    const share = count / cells.length;
    if (share < LEAST_SHARE) return [];
    const role = NUMBERS.has(type) ? 'direct-identifier' : 'quasi-identifier';
    return [{ type, role, share, confidence: 0.8, by: 'pattern' }];
  });
}

function words(column: Column, { cells, present, distinct }: CellSample): ValueReading[] {
  if ('values' in column || column.type === 'text') return [];
  return KNOWN_WORDS.flatMap((known): ValueReading[] => {
    if (distinct < known.distinct) return [];
    if (present > 0 && distinct / present < (known.distinctShare ?? 0)) return [];
    const share = cells.filter(known.knows).length / cells.length;
    if (share < known.share) return [];
    const { type, role, confidence } = known;
    return [{ type, role, share, confidence, by: 'values' }];
  }).slice(0, 1);
}
