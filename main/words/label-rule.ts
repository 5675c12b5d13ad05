import type { LabelRule } from '../contract/label.ts';
import type { LabelWords } from './en/labels.ts';

/** When a rule for labels fits, in words; without the label it gives. */
export function sayRule({ when, conditions }: LabelRule, w: LabelWords): string {
  return conditions
    .map((one) =>
      w.say.condition(one.column, w.rules.tests[one.is], 'value' in one ? String(one.value) : null),
    )
    .join(when === 'all' ? w.say.and : w.say.or);
}
