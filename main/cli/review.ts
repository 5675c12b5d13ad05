import { ConcordError } from '../contract/errors.ts';
import { reviewOptions, type ReviewOptionsInput } from '../contract/review.ts';
import { checkedOptions, reviewTable } from '../fairness/review.ts';
import { systemRandom } from '../privacy/random.ts';
import { checkedPrivacy, reviewPrivately } from '../study/review-private.ts';
import { listed, required, type Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';

/**
 * `review FILE --label Y [--positive V] (--score S [--threshold T]) and/or (--prediction P)
 * --groups A,B [--cross] [--reference A=v,B=w] [--intervals 0.95] [--min-denominator N] [--exact]
 * [--person COLUMN] [--margin 0.05] [--margin-ratio 0.8] [--margin-reason TEXT]
 * [--favourable positive|negative] [--draws 2000] [--seed 1]`; `--number --label Y --prediction P` reviews
 * predicted numbers. `--private EPSILON --group-values "sex=Female|Male" [--max-rows 5]` releases one noisy
 * histogram and computes everything from it; without a vault there is no ledger that counts it.
 */
export const reviewCommand: Command = {
  form: {
    files: ['FILE'],
    options: {
      ...READING_OPTIONS,
      label: 'text',
      positive: 'text',
      score: 'text',
      threshold: 'number',
      prediction: 'text',
      groups: 'text',
      cross: 'flag',
      reference: 'text',
      intervals: 'number',
      'min-denominator': 'integer',
      exact: 'flag',
      ...{ number: 'flag', person: 'text', favourable: 'text', draws: 'integer', seed: 'integer' },
      ...{ private: 'number', 'group-values': 'texts', 'max-rows': 'integer' },
      ...{ margin: 'number', 'margin-ratio': 'number', 'margin-reason': 'text' },
    },
  },
  async run(given, around) {
    const options = optionsOf(given);
    const epsilon = given.numbers.get('private');
    const privately = epsilon === undefined ? null : privacyOf(given, epsilon);
    const { table } = await readGiven(given, around);
    if (privately === null) return { json: reviewTable(table, options) };
    const checked = checkedOptions(options);
    return { json: reviewPrivately(table, checked, privately, systemRandom()) };
  },
};

/** @throws OPTION_MISSING, OPTION_INVALID naming the option that does not fit. */
function optionsOf(given: Arguments): ReviewOptionsInput {
  const wanted = {
    label: required('review', given, 'label'),
    positive: given.text.get('positive'),
    score: given.text.get('score'),
    threshold: given.numbers.get('threshold'),
    prediction: given.text.get('prediction'),
    groups: listed(given.text.get('groups')),
    cross: given.flags.has('cross'),
    reference: references(given.text.get('reference')),
    intervals: given.numbers.get('intervals'),
    minDenominator: given.numbers.get('min-denominator'),
    exact: given.flags.has('exact'),
    target: given.flags.has('number') ? 'number' : undefined,
    person: given.text.get('person'),
    favourable: given.text.get('favourable'),
    draws: given.numbers.get('draws'),
    seed: given.numbers.get('seed'),
    margins: present({
      difference: given.numbers.get('margin'),
      ratio: given.numbers.get('margin-ratio'),
      reason: given.text.get('margin-reason'),
    }),
  };
  const options = present(wanted);
  const parsed = reviewOptions.safeParse(options);
  if (parsed.success) return options as ReviewOptionsInput;
  const issue = parsed.error.issues[0];
  const name = OPTION_OF[issue?.path.join('.') ?? ''] ?? String(issue?.path[0] ?? 'score');
  throw new ConcordError('OPTION_INVALID', {
    option: `--${name}`,
    expected: issue?.message ?? 'another value',
  });
}

/** @throws OPTION_INVALID */
function privacyOf(given: Arguments, epsilon: number): ReturnType<typeof checkedPrivacy> {
  const invalid = (option: string, expected: string): ConcordError =>
    new ConcordError('OPTION_INVALID', { option, expected });
  if (given.flags.has('number'))
    throw invalid('--private', 'a review of decisions, not of numbers');
  if (!(epsilon > 0 && epsilon <= 100)) throw invalid('--private', 'an epsilon above 0');
  const values = (given.lists.get('group-values') ?? []).map((text): [string, string[]] => {
    const equals = text.indexOf('=');
    const named = text
      .slice(equals + 1)
      .split('|')
      .map((one) => one.trim());
    if (equals < 1 || named.includes('')) throw invalid('--group-values', 'COLUMN=VALUE|VALUE');
    return [text.slice(0, equals).trim(), named];
  });
  const maxRows = given.numbers.get('max-rows');
  return checkedPrivacy({
    ...{ epsilon, values: Object.fromEntries(values) },
    ...(maxRows === undefined ? {} : { maxRows }),
  });
}

/** Options by the path of what does not fit, where they are not called the same. */
const OPTION_OF: Readonly<Record<string, string>> = {
  minDenominator: 'min-denominator',
  'margins.difference': 'margin',
  'margins.ratio': 'margin-ratio',
  'margins.reason': 'margin-reason',
};

function present(of: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined));
}

function references(text: string | undefined): Record<string, string> | undefined {
  if (text === undefined) return undefined;
  const pairs = text.split(',').map((pair): [string, string] => {
    const equals = pair.indexOf('=');
    if (equals < 1) {
      throw new ConcordError('OPTION_INVALID', { option: '--reference', expected: 'A=v,B=w' });
    }
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  return Object.fromEntries(pairs);
}
