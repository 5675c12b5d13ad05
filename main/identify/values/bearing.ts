import type { EntityType } from '../../contract/identify.ts';

const BEARING: Partial<Record<EntityType, (cell: string) => boolean>> = {
  // 0 to 130 as a number, or a band such as [60-70), 25 - 45, 90+.
  AGE: (cell) => (/^[\d.]+$/u.test(cell) ? Number(cell) <= 130 : /\d/u.test(cell)),
  POSTCODE: (cell) => /^(?=.*\d)[\p{L}\d][\p{L}\d *-]{2,9}$/u.test(cell),
  DATE: (cell) => /\d/u.test(cell),
  PHONE: (cell) => /(\d.*){4}/u.test(cell),
  EMAIL: (cell) => cell.includes('@'),
  ID_CARD: (cell) => /(\d.*){4}/u.test(cell),
  SSN: (cell) => /(\d.*){4}/u.test(cell),
};

/**
 * Share of cells that can be what the name of their column says, also where they are masked
 * (138****0000): far wider than the forms by which a kind is told without its name. 1 for kinds
 * that have no form, and where there are no cells.
 */
export function shareBearing(type: EntityType, cells: readonly string[]): number {
  const bears = BEARING[type];
  if (bears === undefined || cells.length === 0) return 1;
  return cells.filter(bears).length / cells.length;
}
