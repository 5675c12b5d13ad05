import type { AnonymisePlan, PrivacyModel } from '../contract/anonymise.ts';
import { RollUp, type Classes } from './classes.ts';
import { compileModels } from './models.ts';
import type { Prepared } from './prepare.ts';

/** A demand of a model that can be weakened: by steps of `step` from its value towards `end`. */
interface Weakening {
  readonly parameter: string;
  readonly step: number;
  readonly end: number;
  readonly value: number;
}

interface Remedies {
  /** The smallest suppression limit with which the plan could be met, rounded up. */
  readonly limit: number;
  /**
   * Per model the strictest demand that could be met with this limit and the other models as they
   * are, such as "k-anonymity: k = 3"; models that no demand helps are left out.
   */
  readonly possible: readonly string[];
}

/**
 * What would make a plan possible that needs `needed` suppressed records. Demands are tried at the
 * coarsest generalisation, so what is named can be met, though a finer one might meet a little
 * more by models that do not get easier with every step.
 */
export function wouldDo(
  prepared: Prepared,
  plan: AnonymisePlan,
  allowed: number,
  needed: number,
): Remedies {
  const coarsest = coarsestClasses(prepared);
  const isMet = (models: readonly PrivacyModel[]): boolean => {
    const { sensitive, tupleOfRow, base, people } = prepared;
    const test = compileModels(models, sensitive, tupleOfRow, base, people);
    return test.judge(coarsest).suppressed <= allowed;
  };
  const possible = plan.models.flatMap((model, at) => {
    const weakest = weakeningOf(model);
    const value =
      weakest === null
        ? null
        : strictest(weakest, (tried) =>
            isMet(plan.models.with(at, { ...model, [weakest.parameter]: tried })),
          );
    return weakest === null || value === null ? [] : [told(model, weakest.parameter, value)];
  });
  return { limit: limitFor(needed, prepared.tupleOfRow.length), possible };
}

function coarsestClasses({ base, hierarchies }: Prepared): Classes {
  const top = hierarchies.map(({ height }) => height - 1);
  return new RollUp(base, true).merge(base, top)!;
}

/** The least limit of four decimals that allows so many records. */
export function limitFor(needed: number, rows: number): number {
  const least = Math.ceil((needed / rows) * 10_000 - 1e-9) / 10_000;
  return Math.floor(least * rows) >= needed ? least : Math.min(1, least + 0.0001);
}

function weakeningOf(model: PrivacyModel): Weakening | null {
  switch (model.type) {
    case 'k-anonymity':
    case 'k-map':
      return { parameter: 'k', value: model.k, step: -1, end: 2 };
    case 'distinct-l-diversity':
      return { parameter: 'l', value: model.l, step: -1, end: 2 };
    case 'entropy-l-diversity':
    case 'entropy-l-diversity-grassberger':
      return { parameter: 'l', value: model.l, step: -0.01, end: 1.01 };
    case 'recursive-c-l-diversity':
      return { parameter: 'c', value: model.c, step: 0.01, end: 10_000 };
    case 't-closeness-equal':
    case 't-closeness-ordered':
    case 't-closeness-hierarchical':
      return { parameter: 't', value: model.t, step: 0.001, end: 1 };
    case 'beta-likeness':
    case 'enhanced-beta-likeness':
      return { parameter: 'beta', value: model.beta, step: 0.01, end: 10_000 };
    case 'delta-presence':
      return { parameter: 'maximum', value: model.maximum, step: 0.001, end: 1 };
    case 'average-risk':
      return { parameter: 'threshold', value: model.threshold, step: 0.001, end: 1 };
    case 'records-at-risk':
    case 'sample-uniqueness':
    case 'population-uniqueness':
      return { parameter: 'fraction', value: model.fraction, step: 0.001, end: 1 };
  }
}

/** The value nearest to the demanded one that will do, by halving the steps to the end. */
function strictest(
  { value, step, end }: Weakening,
  willDo: (value: number) => boolean,
): number | null {
  const digits = Number.isInteger(step) ? 0 : 1 / Math.abs(step);
  const whole = (number: number): number =>
    digits === 0 ? number : Math.round(number * digits) / digits;
  const steps = Math.floor((end - value) / step + 1e-9);
  const at = (index: number): number => (index === steps ? end : whole(value + index * step));
  if (steps < 1 || !willDo(end)) return null;
  let fails = 0;
  let does = steps;
  while (fails + 1 < does) {
    const middle = (fails + does) >> 1;
    if (willDo(at(middle))) does = middle;
    else fails = middle;
  }
  return at(does);
}

function told(model: PrivacyModel, parameter: string, value: number): string {
  const of = 'attribute' in model ? ` (${model.attribute})` : '';
  return `${model.type}${of}: ${parameter} = ${value}`;
}
