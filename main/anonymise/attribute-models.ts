import type { PrivacyModel } from '../contract/anonymise.ts';
import { equalCloseness, hierarchicalCloseness, orderedCloseness } from './closeness.ts';
import { distinctDiverse, entropyDiverse, recursiveDiverse } from './diversity.ts';
import type { EncodedColumn } from './encode.ts';
import { grassbergerDiverse } from './grassberger.ts';
import type { Hierarchy } from './hierarchy.ts';
import type { HistogramTest } from './histogram-test.ts';
import { betaLikeness } from './likeness.ts';
import { orderOf } from './order.ts';
import { unusable } from './unusable-model.ts';

/** A sensitive attribute with the hierarchy and the order it may have; rows as in the table. */
export interface SensitiveColumn {
  readonly column: EncodedColumn;
  readonly hierarchy: Hierarchy | null;
  /** The values from first to last, where the plan lists them. */
  readonly order: readonly string[] | null;
}

export interface AttributeTest extends HistogramTest {
  readonly attribute: string;
  /** True when every class that contains a passing class passes. */
  readonly inherited: boolean;
  /**
   * True when a class merged from passing classes passes (l-diversity: Machanavajjhala et al.
   * 2007; t-closeness: Li et al. 2007; beta-likeness: a mean of shares is no larger than each).
   */
  readonly merging: boolean;
  /** Whether the order in which values first appear counts, as it does in ARX. */
  readonly ordered: boolean;
}

/** A model of the values of one sensitive attribute. */
type AttributeModel = Extract<PrivacyModel, { readonly attribute: string }>;

/** @throws PRIVACY_MODEL_INVALID {model, reason, ...} */
export function attributeTest(
  model: AttributeModel,
  sensitive: ReadonlyMap<string, SensitiveColumn>,
): AttributeTest {
  const column = sensitive.get(model.attribute);
  if (column === undefined) throw unusable(model, 'not-sensitive', { column: model.attribute });
  return {
    attribute: model.attribute,
    inherited: model.type === 'distinct-l-diversity',
    merging: model.type !== 'entropy-l-diversity-grassberger',
    ordered: model.type === 'entropy-l-diversity-grassberger',
    ...histogramTest(model, column),
  };
}

function histogramTest(
  model: AttributeModel,
  { column, hierarchy, order }: SensitiveColumn,
): HistogramTest {
  switch (model.type) {
    case 'distinct-l-diversity':
      return distinctDiverse(model.l);
    case 'entropy-l-diversity':
      return entropyDiverse(model.l);
    case 'entropy-l-diversity-grassberger':
      return grassbergerDiverse(model.l);
    case 'recursive-c-l-diversity':
      return recursiveDiverse(model.c, model.l);
    case 't-closeness-equal':
      return equalCloseness(model.t, column);
    case 't-closeness-ordered': {
      const codes = orderOf(column, order);
      if (codes === null) throw unusable(model, 'order-missing', { column: model.attribute });
      return orderedCloseness(model.t, column, codes);
    }
    case 't-closeness-hierarchical':
      if (hierarchy === null) throw unusable(model, 'hierarchy-missing');
      if (hierarchy.level(hierarchy.height - 1).labels.length > 1) {
        throw unusable(model, 'hierarchy-no-root');
      }
      return hierarchicalCloseness(model.t, column, hierarchy);
    case 'beta-likeness':
    case 'enhanced-beta-likeness':
      return betaLikeness(model.beta, column, model.type === 'enhanced-beta-likeness');
  }
}
