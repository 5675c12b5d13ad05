import type { PrivacyModel } from '../../contract/anonymise.ts';
import type { Fact, ReportInput } from '../../contract/report.ts';
import { sayCount } from '../few.ts';
import type { Ink } from '../ink.ts';
import { hashFact } from './facts.ts';

type Given = NonNullable<ReportInput['anonymisation']>;
type Drawn = Pick<Ink, 'w' | 'f'>;

/** What was demanded of the records, how it was searched, and the hashes before and after. */
export function certificateFacts({ w, f }: Drawn, given: Given): Fact[] {
  const say = w.certificate;
  const { outcome, models, plan, hash, inputHash } = given;
  const conditions = models.map((model) => modelText({ w, f }, model));
  return [
    { name: say.conditions, value: f.list(conditions), items: conditions },
    ...(plan === undefined
      ? []
      : [
          {
            name: say.limit,
            value: say.limitOf(
              f.level(plan.suppressionLimit),
              f.count(Math.floor(plan.suppressionLimit * outcome.rows)),
            ),
          },
        ]),
    {
      name: say.leftOut,
      value: say.leftOutOf(sayCount({ w, f }, outcome.suppressed), f.count(outcome.rows)),
    },
    {
      name: say.measure,
      value:
        outcome.quality.value === null
          ? say.measures[outcome.quality.measure]
          : w.bracketed(say.measures[outcome.quality.measure], f.number(outcome.quality.value)),
    },
    ...(plan === undefined
      ? []
      : [
          {
            name: say.search,
            value: (plan.proved ? say.proved : say.notProved)(
              f.count(outcome.nodesChecked),
              f.count(outcome.latticeNodes),
            ),
          },
        ]),
    hashFact(say.inputHash, inputHash, w.notStated),
    hashFact(say.outputHash, hash, w.notStated),
  ];
}

/** "k-anonymity (k = 5)". */
export function modelText({ w, f }: Drawn, model: PrivacyModel): string {
  const parts = Object.entries(model).flatMap(([name, value]) => {
    if (name === 'type' || value === undefined) return [];
    if (name === 'attribute') return [w.anonymisation.of(String(value))];
    return [w.anonymisation.parameter(name, typeof value === 'number' ? f.number(value) : value)];
  });
  return w.bracketed(w.privacyModels[model.type], f.list(parts));
}
