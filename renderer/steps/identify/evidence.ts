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

/** Below this a proposal is told to be a guess. */
const SURE = 0.65;
/** A form of which one is less sure has failed its check. */
const PASSED = 0.5;

/** Why a role is proposed, in words: one sentence for each thing that speaks for it. */
export function evidenceOf(column: ProposedColumn, words: Words, tag: string): string {
  const sentences = [...reasonsOf(column, words, tag)];
  if (column.role !== 'other' && column.confidence < SURE) {
    sentences.push(words.protect.identify.unsure);
  }
  // Chinese sentences follow each other without a blank.
  return sentences.join(tag.startsWith('zh') ? '' : ' ');
}

function* reasonsOf(
  { evidence, entities }: ProposedColumn,
  words: Words,
  tag: string,
): Generator<string> {
  const w = words.protect.identify;
  const has = (sign: ProposedColumn['evidence'][number]): boolean => evidence.includes(sign);
  const first = entities[0];
  const entity = first === undefined ? undefined : w.entities[first.type];
  const share = first === undefined ? '' : showPercent(first.share, tag);
  if (has('empty')) yield w.empty;
  else if (has('not-borne-out')) yield w.notBorneOut;
  else if (has('chosen')) yield w.byLabelling;
  else if (has('outcome')) yield w.byOutcome;
  else if (has('neighbours')) yield w.byNeighbours;
  else if (has('name') && has('distinct')) yield w.byNumber;
  else if (has('name')) yield entity === undefined ? w.byName : w.byNameOf(entity);
  if (entity !== undefined && has('check')) yield w.byCheck(entity, share);
  if (entity !== undefined && has('pattern')) yield w.byPattern(entity, share);
  if (has('values')) yield entity === undefined ? w.byWords : w.byPattern(entity, share);
  if (has('field')) yield w.byField;
  if (has('text')) yield w.byText;
  if (has('distinct') && !has('name')) yield w.byDistinct;
  if (has('distinct') && entity !== undefined && (first?.confidence ?? 1) < PASSED) {
    yield w.byFailedCheck(entity, share);
  }
  if (evidence.length === 0) yield w.byNothing;
}

/**
 * Whether a column that names people would stay in the protected records as it is: only what names
 * people is removed, and free text that is sensitive.
 */
export function staysNaming({ role, type }: ProposedColumn, decided: ColumnRole): boolean {
  if (role !== 'direct-identifier') return false;
  if (decided === 'sensitive') return type !== 'text';
  return decided === 'other' || decided === 'label';
}
