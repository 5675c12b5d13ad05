import type { PrivacyModel } from '../../../main/contract/anonymise.ts';
import type { Explanation, PriceCell } from '../../../main/contract/explanation.ts';
import type { Words } from '../../../main/words/index.ts';
import { showNumber, showPercent } from '../../formats.ts';

type Why = NonNullable<Explanation['why']>;

/** Why records were left out: by condition, and what hiding a column would keep, most first. */
export function leftOutLines({ leftOut }: Why, words: Words, tag: string): string[] {
  const w = words.explained;
  const number = (value: number): string => showNumber(value, tag);
  const failed = leftOut.models
    .filter(({ rows }) => rows > 0)
    .map(({ model, rows }) => failedText(model, number(rows), words, tag));
  const kept = leftOut.columns
    .filter(({ stay }) => stay > 0)
    .sort((a, b) => b.stay - a.stay)
    .map(({ name, stay }) => w.stay(name, number(stay), number(leftOut.rows)));
  return [...failed, ...(kept.length === 0 ? [w.stayNone] : kept)];
}

function failedText(model: PrivacyModel, count: string, words: Words, tag: string): string {
  const { failed } = words.explained;
  if (model.type === 'k-anonymity') return failed.k(count, showNumber(model.k, tag));
  if (!('attribute' in model)) return failed.other(count, words.report.privacyModels[model.type]);
  const { attribute } = model;
  switch (model.type) {
    case 'distinct-l-diversity':
      return failed.l(count, showNumber(model.l, tag), attribute);
    case 'entropy-l-diversity':
    case 'entropy-l-diversity-grassberger':
    case 'recursive-c-l-diversity':
      return failed.spread(count, attribute);
    default:
      return failed.t(count, attribute);
  }
}

/** Why each column went as far as it did. */
export function columnLines(
  { why, allowed }: Pick<Explanation, 'why' | 'allowed'>,
  words: Words,
  tag: string,
): string[] {
  if (why === null) return [];
  const w = words.explained;
  const number = (value: number): string => showNumber(value, tag);
  const exact = why.columns.filter(({ needed }) => needed === null).map(({ name }) => name);
  const lines = why.columns.flatMap(({ name, needed }) => {
    if (needed === null) return [];
    return needed > allowed
      ? [w.over(name, number(needed), number(allowed))]
      : [w.dearer(name, number(needed), number(why.leftOut.rows))];
  });
  const list = new Intl.ListFormat(tag, { type: 'conjunction' });
  return exact.length === 0 ? lines : [...lines, w.exact(list.format(exact))];
}

/** The k and the limits of the table of prices, each once. */
export function priceSides({ price }: Explanation): {
  readonly ks: readonly number[];
  readonly limits: readonly number[];
} {
  return {
    ks: [...new Set(price.map(({ k }) => k))],
    limits: [...new Set(price.map(({ limit }) => limit))],
  };
}

/** What one choice would cost. */
export function priceText(
  cell: PriceCell | undefined,
  { chosen }: Explanation,
  words: Words,
  tag: string,
): string {
  const w = words.explained;
  if (cell === undefined || cell.state === 'open') return w.open;
  if (cell.state === 'impossible') return w.impossible;
  const text = w.cell(showNumber(cell.suppressed ?? 0, tag), showPercent(cell.lost ?? 0, tag));
  return cell.k === chosen.k && cell.limit === chosen.limit ? w.chosen(text) : text;
}
