import { DIRECT_NAMES } from './direct.ts';
import { HEALTH_NAMES } from './health.ts';
import { OUTCOME_NAMES } from './outcome.ts';
import { QUASI_NAMES } from './quasi.ts';
import { fits, type NameRule } from './rule.ts';
import { COUNT_NAMES, SENSITIVE_NAMES, STATEMENT_NAMES } from './sensitive.ts';
import { wordsOf } from './words.ts';

export type { NameRule } from './rule.ts';

/** All rules by name, in the order in which they are tried. */
export const NAME_RULES: readonly NameRule[] = [
  ...DIRECT_NAMES,
  ...SENSITIVE_NAMES,
  ...QUASI_NAMES,
  COUNT_NAMES,
  ...HEALTH_NAMES,
  ...OUTCOME_NAMES,
];

const HEALTH: ReadonlySet<NameRule> = new Set(HEALTH_NAMES);
/** From so many columns about health on, short names are read as clinical abbreviations. */
const HEALTH_COLUMNS = 3;

/** What a name says of its column. `outcome`: it is one that models are asked to predict. */
export interface NameReading {
  readonly rule: NameRule | undefined;
  readonly outcome: NameRule | undefined;
}

/** What the names of the columns of one table say, in their order. */
export function readNames(names: readonly string[]): NameReading[] {
  const alone = names.map((name) => ruleOf(wordsOf(name), false));
  const aboutHealth = alone.filter((rule) => rule !== undefined && HEALTH.has(rule)).length;
  return names.map((name) => {
    const words = wordsOf(name);
    return {
      rule: ruleOf(words, aboutHealth >= HEALTH_COLUMNS),
      outcome: OUTCOME_NAMES.find((rule) => fits(rule, words)),
    };
  });
}

function ruleOf(words: string, amongHealth: boolean): NameRule | undefined {
  const about = fits(COUNT_NAMES, words) || fits(STATEMENT_NAMES, words);
  return NAME_RULES.find(
    (rule) =>
      rule.role !== 'label' &&
      !(about && rule.role === 'direct-identifier') &&
      (amongHealth || rule.amongHealth === undefined) &&
      fits(rule, words),
  );
}
