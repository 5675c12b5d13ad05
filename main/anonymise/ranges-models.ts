import type { AnonymisePlan } from '../contract/anonymise.ts';
import { unusable } from './unusable-model.ts';

/**
 * Refuses models that ranges cannot keep: those that count people of a population table, because
 * ranges reach from the least to the greatest value of a part, so that people lie between parts
 * and belong to none; and Grassberger's entropy with relaxed parts, because two of them may get
 * the same ranges and be one class, which need not pass. Throws PRIVACY_MODEL_INVALID
 * {model, reason}.
 */
export function requireRanges({ models, population, partition }: AnonymisePlan): void {
  const table = population !== undefined && 'table' in population;
  for (const model of models) {
    const isPeoples = model.type === 'k-map' && table && model.population === undefined;
    if (isPeoples || model.type === 'delta-presence') throw unusable(model, 'ranges-people');
    if (model.type === 'entropy-l-diversity-grassberger' && partition === 'relaxed') {
      throw unusable(model, 'ranges-relaxed');
    }
  }
}
