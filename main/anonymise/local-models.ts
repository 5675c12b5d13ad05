import type { AnonymisePlan, PrivacyModel } from '../contract/anonymise.ts';
import { unusable } from './unusable-model.ts';

/**
 * Refuses models that cannot be promised when records stand at different levels: those that count
 * people of a population, whose classes would overlap there; population uniqueness, which speaks
 * of one partition of everyone; and Grassberger's entropy, because classes of two rounds may get
 * the same labels and a merged class need not pass. Throws PRIVACY_MODEL_INVALID {model, reason}.
 */
export function requireLocal(
  models: readonly PrivacyModel[],
  { population }: Pick<AnonymisePlan, 'population'>,
): void {
  const table = population !== undefined && 'table' in population;
  for (const model of models) {
    const isPeoples = model.type === 'k-map' && table && model.population === undefined;
    const isUnfit =
      model.type === 'delta-presence' ||
      model.type === 'population-uniqueness' ||
      model.type === 'entropy-l-diversity-grassberger';
    if (isPeoples || isUnfit) throw unusable(model, 'not-local');
  }
}
