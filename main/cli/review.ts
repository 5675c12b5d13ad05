import { ConcordError } from '../contract/errors.ts';
import { reviewOptions, type ReviewOptionsInput } from '../contract/review.ts';
import { reviewTable } from '../fairness/review.ts';
import { required, type Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';

/**
 * `review FILE --label Y [--positive V] (--score S [--threshold T]) and/or (--prediction P)
 * --groups A,B [--cross] [--reference A=v,B=w] [--intervals 0.95] [--min-denominator N] [--exact]`.
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
    },
  },
  async run(given, around) {
    const options = optionsOf(given);
    const { table } = await readGiven(given, around);
    return { json: reviewTable(table, options) };
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
    groups: list(given.text.get('groups')),
    cross: given.flags.has('cross'),
    reference: references(given.text.get('reference')),
    intervals: given.numbers.get('intervals'),
    minDenominator: given.numbers.get('min-denominator'),
    exact: given.flags.has('exact'),
  };
  const options = Object.fromEntries(
    Object.entries(wanted).filter(([, value]) => value !== undefined),
  );
  const parsed = reviewOptions.safeParse(options);
  if (parsed.success) return options as ReviewOptionsInput;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? 'score').replace('minDenominator', 'min-denominator');
  throw new ConcordError('OPTION_INVALID', {
    option: `--${name}`,
    expected: issue?.message ?? 'another value',
  });
}

function list(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : text.split(',').map((name) => name.trim());
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
