import { DIRECT_NAMES } from './direct.ts';
import { HEALTH_NAMES } from './health.ts';
import { OUTCOME_NAMES } from './outcome.ts';
import { QUASI_NAMES } from './quasi.ts';
import { fits, type NameRule } from './rule.ts';
import { COUNT_NAMES, SENSITIVE_NAMES, STATEMENT_NAMES } from './sensitive.ts';
import { wordsOf } from './words.ts';

export type { NameRule } from './rule.ts';

/** In the order in which they are tried. */
const BY_NAME: readonly NameRule[] = [
  ...DIRECT_NAMES,
  ...SENSITIVE_NAMES,
  ...QUASI_NAMES,
  COUNT_NAMES,
  ...HEALTH_NAMES,
];

/**
 * Any other name of a number: it stands for one person where most rows have one of their own. So
 * the values decide, and it is tried last.
 */
const UNIQUE_NUMBER: NameRule = {
  id: 'unique-number',
  role: 'direct-identifier',
  type: 'OTHER_ID',
  en: /\b(id|ids|nbr|no|number|key|uid|guid)$/u,
  zh: /(号|号码|编码|id)$/u,
};

/** Every rule by name there is; docs/identify.md tells of each. */
export const NAME_RULES: readonly NameRule[] = [...BY_NAME, ...OUTCOME_NAMES, UNIQUE_NUMBER];

const HEALTH: ReadonlySet<NameRule> = new Set(HEALTH_NAMES);
/** From so many columns about health on, short names are read as clinical abbreviations. */
const HEALTH_COLUMNS = 3;

/** What a name says of its column. `outcome`: it is one that models are asked to predict. */
export interface NameReading {
  readonly numbered: boolean;
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
      numbered: fits(UNIQUE_NUMBER, words),
      outcome: OUTCOME_NAMES.find((rule) => fits(rule, words)),
    };
  });
}

function ruleOf(words: string, amongHealth: boolean): NameRule | undefined {
  const about = fits(COUNT_NAMES, words) || fits(STATEMENT_NAMES, words);
  return BY_NAME.find(
    (rule) =>
      !(about && rule.role === 'direct-identifier') &&
      (amongHealth || rule.amongHealth === undefined) &&
      fits(rule, words),
  );
}
