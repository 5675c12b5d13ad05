import type { ColumnRole } from '../../../main/contract/identify.ts';
import type { Client } from '../../../main/contract/index.ts';
import type { Words } from '../../../main/words/index.ts';
import { showPercent } from '../../formats.ts';

export type ProposedColumn = Awaited<ReturnType<Client['identify']['propose']>>['columns'][number];

/** In the order in which they are offered. The contract's own list would bring its schemas along. */
export const ROLES = [
  'direct-identifier',
  'quasi-identifier',
  'sensitive',
  'label',
  'other',
] as const satisfies ColumnRole[];

/** Why a role is proposed, in words. */
export function evidenceOf(column: ProposedColumn, words: Words, tag: string): string {
  const w = words.protect.identify;
  // What the name points to stands last, found patterns by their share before it.
  const entity = column.evidence.includes('name') ? column.entities.at(-1) : column.entities.at(0);
  if (column.evidence.includes('name')) {
    return entity === undefined ? w.byName : w.byNameOf(w.entities[entity.type]);
  }
  if (column.evidence.includes('pattern') && entity !== undefined) {
    return w.byPattern(w.entities[entity.type], showPercent(entity.share, tag));
  }
  if (column.evidence.includes('distinct')) return w.byDistinct;
  return column.type === 'text' ? w.byText : w.byNothing;
}
