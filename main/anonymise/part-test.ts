import type { PrivacyModel } from '../contract/anonymise.ts';
import { attributeTest, type AttributeTest, type SensitiveColumn } from './attribute-models.ts';
import { derivedK } from './population.ts';
import { RowHistograms } from './sensitive.ts';
import { unusable } from './unusable-model.ts';

/** Whether rows could be a class of their own. */
export type PartTest = (rows: Int32Array) => boolean;

/**
 * The models of a plan as a test of some rows. Bounds on the whole are kept by keeping them in
 * each part: an average risk of t by parts of at least 1 / t rows, records at risk, unique
 * records and people unique in the population by having none. Throws PRIVACY_MODEL_INVALID as `compileModels` does.
 */
export function partTest(
  models: readonly PrivacyModel[],
  sensitive: ReadonlyMap<string, SensitiveColumn>,
  rows: number,
  people: number | null,
): PartTest {
  const minimum = Math.max(1, ...models.map((model) => leastSize(model, rows, people)));
  const tests: AttributeTest[] = models
    .filter((model) => 'attribute' in model)
    .map((model) => attributeTest(model, sensitive));
  const readers = new Map(
    [...sensitive].map(([name, { column }]) => [name, new RowHistograms(column)]),
  );
  return (part) => {
    if (part.length < minimum) return false;
    return tests.every(({ attribute, holds }) =>
      holds(readers.get(attribute)!.of(part), part.length),
    );
  };
}

function leastSize(model: PrivacyModel, rows: number, people: number | null): number {
  switch (model.type) {
    case 'k-anonymity':
      if (model.k > rows) throw unusable(model, 'k-above-rows', { k: model.k, rows });
      return model.k;
    case 'k-map': {
      const size = model.population ?? people;
      if (size === null) throw unusable(model, 'population-missing');
      if (size < rows) throw unusable(model, 'population-small', { size, rows });
      return derivedK(model, rows, size);
    }
    case 'average-risk':
    case 'records-at-risk':
      return model.threshold === 0 ? Infinity : Math.ceil(1 / model.threshold - 1e-9);
    case 'sample-uniqueness':
      return 2;
    case 'population-uniqueness':
      if (people === null) throw unusable(model, 'population-missing');
      return 2;
    default:
      return 1;
  }
}
