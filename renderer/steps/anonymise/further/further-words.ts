import type { AnonymisePlanInput, PrivacyModel } from '../../../../main/contract/anonymise.ts';
import type { Words } from '../../../../main/words/index.ts';
import { showNumber } from '../../../formats.ts';

/** A share in full: what is shown is what is applied. */
export function showShare(part: number, tag: string): string {
  const style = { style: 'percent', maximumFractionDigits: 6 } as const;
  return new Intl.NumberFormat(tag, style).format(part);
}

/** One condition of a plan. */
export function modelText(model: PrivacyModel, words: Words, tag: string): string {
  const w = words.further.check;
  const number = (value: number): string => showNumber(value, tag);
  switch (model.type) {
    case 'k-anonymity':
      return w.records(number(model.k));
    case 'k-map':
      return w.people(number(model.k));
    case 'distinct-l-diversity':
      return words.protect.sensitive.least(number(model.l));
    case 'entropy-l-diversity':
      return w.entropy(number(model.l));
    case 'recursive-c-l-diversity':
      return w.recursive(number(model.c), number(model.l));
    case 't-closeness-equal':
      return words.explained.adjust.close(showShare(model.t, tag));
    case 't-closeness-ordered':
      return w.ordered(number(model.t));
    case 't-closeness-hierarchical':
      return w.hierarchical(number(model.t));
    case 'beta-likeness':
      return w.basic(number(model.beta));
    case 'enhanced-beta-likeness':
      return w.enhanced(number(model.beta));
    case 'delta-presence':
      return w.presence(showShare(model.minimum, tag), showShare(model.maximum, tag));
    case 'average-risk':
      return w.risk(showShare(model.threshold, tag));
    case 'population-uniqueness':
      return w.unique(showShare(model.fraction, tag));
    case 'entropy-l-diversity-grassberger':
    case 'records-at-risk':
    case 'sample-uniqueness':
      // The screens do not ask for these.
      return words.report.privacyModels[model.type];
  }
}

/** What a plan demands of one sensitive column. */
export function columnLines(
  { models }: AnonymisePlanInput,
  column: string,
  words: Words,
  tag: string,
): string[] {
  const own = models.filter((model) => 'attribute' in model && model.attribute === column);
  return own.length === 0
    ? [words.protect.sensitive.none]
    : own.map((model) => modelText(model, words, tag));
}

/** What a plan demands of all records beside k and the limit, and its settings that are not usual. */
export function wholeLines(
  plan: AnonymisePlanInput,
  /** Name of the records that stand for everyone. */
  table: string,
  words: Words,
  tag: string,
): string[] {
  const w = words.further;
  const { models, population, metric = 'loss', localRecoding, suppressed = 'drop' } = plan;
  const others = models.filter(
    (model) => !('attribute' in model) && model.type !== 'k-anonymity' && model.type !== 'k-map',
  );
  const of = (): string[] => {
    if (population === undefined) return [];
    if ('table' in population) return [w.check.table(table)];
    if ('size' in population) return [w.check.size(showNumber(population.size, tag))];
    return [w.check.fraction(showShare(population.samplingFraction, tag))];
  };
  return [
    ...of(),
    ...others.map((model) => modelText(model, words, tag)),
    ...(metric === 'loss' ? [] : [w.check.measure(w.measures[metric].name)]),
    ...(localRecoding === undefined ? [] : [w.check.local]),
    ...(suppressed === 'drop' ? [] : [w.check.blank]),
  ];
}
