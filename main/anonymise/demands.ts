import type { PrivacyModel } from '../contract/anonymise.ts';

/** A demand of a model that can be weakened: by steps of `step` from its value towards `end`. */
interface Weakening {
  readonly parameter: string;
  readonly step: number;
  readonly end: number;
  readonly value: number;
}

/**
 * Per model and parameter the strictest demand that can be met with the other models as they are,
 * such as "k-anonymity: k = 3", in steps of 1 (k, l of counts), 0.01 (l of entropies, c, beta) or
 * 0.001 (shares); those that no demand helps are left out. `isMet` must not turn from true to
 * false as a demand is weakened.
 */
export async function strictestDemands(
  models: readonly PrivacyModel[],
  isMet: (models: readonly PrivacyModel[]) => Promise<boolean>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [at, model] of models.entries()) {
    for (const weakening of weakeningsOf(model)) {
      const { parameter } = weakening;
      const value = await strictest(weakening, (tried) =>
        isMet(models.with(at, { ...model, [parameter]: tried })),
      );
      if (value !== null) found.push(told(model, parameter, value));
    }
  }
  return found;
}

function weakeningsOf(model: PrivacyModel): readonly Weakening[] {
  const down = (parameter: string, value: number, step: number, end: number): Weakening => ({
    parameter,
    value,
    step: -step,
    end,
  });
  const up = (parameter: string, value: number, step: number, end: number): Weakening => ({
    parameter,
    value,
    step,
    end,
  });
  switch (model.type) {
    case 'k-anonymity':
    case 'k-map':
      return [down('k', model.k, 1, 2)];
    case 'distinct-l-diversity':
      return [down('l', model.l, 1, 2)];
    case 'entropy-l-diversity':
    case 'entropy-l-diversity-grassberger':
      return [down('l', model.l, 0.01, 1.01)];
    case 'recursive-c-l-diversity':
      return [up('c', model.c, 0.01, 10_000), down('l', model.l, 1, 2)];
    case 't-closeness-equal':
    case 't-closeness-ordered':
    case 't-closeness-hierarchical':
      return [up('t', model.t, 0.001, 1)];
    case 'beta-likeness':
    case 'enhanced-beta-likeness':
      return [up('beta', model.beta, 0.01, 10_000)];
    case 'delta-presence':
      return [up('maximum', model.maximum, 0.001, 1), down('minimum', model.minimum, 0.001, 0)];
    case 'average-risk':
      return [up('threshold', model.threshold, 0.001, 1)];
    case 'records-at-risk':
      return [up('threshold', model.threshold, 0.001, 1), up('fraction', model.fraction, 0.001, 1)];
    case 'sample-uniqueness':
    case 'population-uniqueness':
      return [up('fraction', model.fraction, 0.001, 1)];
  }
}

/** The value nearest to the demanded one that will do, by halving the steps to the end. */
async function strictest(
  { value, step, end }: Weakening,
  willDo: (value: number) => Promise<boolean>,
): Promise<number | null> {
  const digits = Number.isInteger(step) ? 0 : Math.round(1 / Math.abs(step));
  const whole = (number: number): number =>
    digits === 0 ? number : Math.round(number * digits) / digits;
  const steps = Math.ceil((end - value) / step - 1e-9);
  const at = (index: number): number => (index === steps ? end : whole(value + index * step));
  if (steps < 1 || !(await willDo(end))) return null;
  let fails = 0;
  let does = steps;
  while (fails + 1 < does) {
    const middle = (fails + does) >> 1;
    if (await willDo(at(middle))) does = middle;
    else fails = middle;
  }
  return at(does);
}

function told(model: PrivacyModel, parameter: string, value: number): string {
  const of = 'attribute' in model ? ` (${model.attribute})` : '';
  return `${model.type}${of}: ${parameter} = ${value}`;
}
