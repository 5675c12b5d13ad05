import type { AnonymiseOutcome, AnonymisePlan } from '../contract/anonymise.ts';
import type { Generalised } from './generalised.ts';
import { classFigures } from './risk/class-figures.ts';
import { reidentificationRisk, USUAL_THRESHOLD } from './risk/reidentification.ts';

/** What was done and measured, for people and programs. */
export function describe(plan: AnonymisePlan, rows: number, found: Generalised): AnonymiseOutcome {
  const { people } = found;
  const context = {
    threshold: plan.riskThreshold ?? USUAL_THRESHOLD,
    people,
    samplingFraction: people === null ? null : rows / people,
  };
  const value = found.score !== null && Number.isFinite(found.score) ? found.score : null;
  const { levels, ...work } = found.work;
  const outcome: AnonymiseOutcome = {
    levels,
    rows,
    suppressed: found.suppressed.reduce((sum, flag) => sum + flag, 0),
    quality: { measure: plan.metric, value },
    classes: classFigures(found.sizes),
    risk: reidentificationRisk(found.sizes, found.peopleOfClass, context),
    before: {
      classes: classFigures(found.before),
      risk: reidentificationRisk(found.before, found.peopleBefore, context),
    },
    ...work,
    checked: true,
  };
  const reasons = undefinedFigures(outcome);
  return Object.keys(reasons).length > 0 ? { ...outcome, reasons } : outcome;
}

/** Paths of figures that do not exist, such as the smallest of no classes. */
function undefinedFigures(outcome: AnonymiseOutcome): Record<string, 'undefined'> {
  const paths: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (value === null && !path.endsWith('.population')) paths.push(path);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      visit(inner, path === '' ? key : `${path}.${key}`);
    }
  };
  visit(outcome, '');
  return Object.fromEntries(paths.map((path) => [path, 'undefined' as const]));
}
