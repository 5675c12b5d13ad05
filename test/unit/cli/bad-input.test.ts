import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { concord, scratchFolder } from '../../command-line.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const GOOD = scratch.write(
  'good.csv',
  `age,sex,label\n${Array.from({ length: 60 }, (_, i) => `${20 + (i % 40)},${i % 2 ? 'f' : 'm'},${i % 3 ? 'no' : 'yes'}`).join('\n')}\n`,
);
const plan = (name: string, value: object): string =>
  scratch.write(`${name}.json`, JSON.stringify(value));

const TRAIN = {
  label: 'label',
  labels: ['no', 'yes'],
  bounds: { age: [18, 90] },
  categories: { sex: ['f', 'm'] },
  model: { kind: 'logistic' },
  privacy: { epsilon: 1, delta: 1e-3 },
};
const PROTECT = {
  quasiIdentifiers: { age: { hierarchy: 'age.csv' } },
  insensitive: ['sex', 'label'],
  models: [{ type: 'k-anonymity', k: 2 }],
};
scratch.write('age.csv', '20;*\n21;*\n');

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly code: string;
  readonly status: number;
}

const input = (name: string, args: readonly string[], code: string): Case => ({
  name,
  args,
  code,
  status: 2,
});
const train = (name: string, change: object, code: string): Case =>
  input(
    name,
    ['train', GOOD, '--plan', plan(name.replace(/\W/g, '-'), { ...TRAIN, ...change })],
    code,
  );

const repair = (name: string, one: object, code: string): Case => {
  const list = plan(`repair-${name.replace(/\W/g, '-')}`, { repairs: [one] });
  return input(name, ['repair', GOOD, '--plan', list, '--out', scratch.path('out.csv')], code);
};

const label = (name: string, rules: object, code: string): Case => {
  const list = plan(`label-${name.replace(/\W/g, '-')}`, rules);
  return input(name, ['label', GOOD, '--rules', list, '--out', scratch.path('out.csv')], code);
};
const OLD = [{ value: 'old', conditions: [{ column: 'age', is: 'above', value: 50 }] }];

const CASES: readonly Case[] = [
  input('labels without rules', ['label', GOOD, '--out', scratch.path('o.csv')], 'OPTION_MISSING'),
  label('an empty list of rules', { column: 'old', rules: [] }, 'PLAN_INVALID'),
  label('rules and an unknown key', { column: 'old', rules: OLD, hand: true }, 'PLAN_INVALID'),
  label('a label that is there already', { column: 'label', rules: OLD }, 'COLUMN_EXISTS'),
  label(
    'a rule about no column',
    { column: 'old', rules: [{ value: 'y', conditions: [{ column: 'agee', is: 'missing' }] }] },
    'COLUMN_UNKNOWN',
  ),
  label(
    'a rule that does not fit',
    {
      column: 'old',
      rules: [{ value: 'y', conditions: [{ column: 'sex', is: 'above', value: 3 }] }],
    },
    'LABEL_RULE_UNFIT',
  ),
  label(
    'rules that fit nothing',
    {
      column: 'old',
      rules: [{ value: 'y', conditions: [{ column: 'age', is: 'above', value: 500 }] }],
    },
    'LABELS_NONE',
  ),
  input(
    'repairs without a plan',
    ['repair', GOOD, '--out', scratch.path('o.csv')],
    'OPTION_MISSING',
  ),
  repair('a repair of no kind', { kind: 'mend', column: 'age' }, 'PLAN_INVALID'),
  repair('a repair of no column', { kind: 'trim', column: 'agee' }, 'COLUMN_UNKNOWN'),
  repair(
    'a repair that does not fit',
    { kind: 'clip', column: 'sex', lower: 0, upper: 1 },
    'REPAIR_UNFIT',
  ),
  repair('a learned fill', { kind: 'fill', column: 'age', with: 'median' }, 'FILL_LEARNED_LATER'),
  repair(
    'cells that are not in the form',
    { kind: 'parse-date', column: 'sex', form: 'day-first' },
    'COLUMN_TYPE_MISMATCH',
  ),
  train('a learned fill of too few records', { fill: { age: 'median' } }, 'STATISTICS_TOO_NOISY'),
  input('no such file', ['profile', scratch.path('none.csv')], 'FILE_NOT_FOUND'),
  input('a folder without records', ['profile', scratch.folder('none')], 'FOLDER_EMPTY'),
  input('an empty file', ['profile', scratch.write('empty.csv', '')], 'FILE_EMPTY'),
  input('only a header', ['profile', scratch.write('head.csv', 'a,b\n')], 'FILE_NO_RECORDS'),
  input('ragged rows', ['profile', scratch.write('rag.csv', 'a,b\n1,2\n3\n')], 'CSV_RAGGED'),
  input(
    'neither UTF-8 nor GB18030',
    ['profile', scratch.write('bytes.csv', Uint8Array.of(97, 10, 0xff, 0xff, 10))],
    'ENCODING_UNKNOWN',
  ),
  input(
    'a PDF called .csv',
    ['profile', scratch.write('paper.csv', '%PDF-1.7\n')],
    'FILE_FORMAT_UNSUPPORTED',
  ),
  input('no such encoding', ['profile', GOOD, '--encoding', 'ebcdic'], 'OPTION_INVALID'),
  input('a join without its key', ['profile', GOOD, '--join', GOOD], 'OPTION_MISSING'),
  input(
    'a key that repeats',
    ['profile', GOOD, '--join', GOOD, '--key', 'sex'],
    'JOIN_KEY_REPEATED',
  ),
  input(
    'no such encoding of the second file',
    ['profile', GOOD, '--join', GOOD, '--key', 'sex', '--join-encoding', 'ebcdic'],
    'OPTION_INVALID',
  ),
  input('an unknown command', ['guess'], 'COMMAND_UNKNOWN'),
  input('an unknown option', ['profile', GOOD, '--colour'], 'OPTION_UNKNOWN'),
  input('no plan', ['train', GOOD], 'OPTION_MISSING'),
  input(
    'a plan that is not JSON',
    ['train', GOOD, '--plan', scratch.write('broken.json', '{"label":')],
    'PLAN_UNREADABLE',
  ),
  train('an unknown key in the plan', { epsilon: 1 }, 'PLAN_INVALID'),
  train('an unknown label', { label: 'lable' }, 'COLUMN_UNKNOWN'),
  input(
    'a label with one value',
    [
      'train',
      scratch.write('one.csv', `age,sex,label\n${'30,f,no\n'.repeat(60)}`),
      '--plan',
      plan('one', TRAIN),
    ],
    'LABEL_ONE_VALUE',
  ),
  train('epsilon 0', { privacy: { epsilon: 0, delta: 1e-3 } }, 'EPSILON_INVALID'),
  train('epsilon below 0', { privacy: { epsilon: -1, delta: 1e-3 } }, 'EPSILON_INVALID'),
  train('delta 1/n', { privacy: { epsilon: 1, delta: 0.05 } }, 'DELTA_TOO_LARGE'),
  train(
    'no public bounds, and none to be bought',
    { bounds: {}, statistics: { share: 0 } },
    'PUBLIC_FACTS_MISSING',
  ),
  train('bounds to be bought of too few records', { bounds: {} }, 'STATISTICS_TOO_NOISY'),
  train('a share above all', { statistics: { share: 1 } }, 'PLAN_INVALID'),
  train('a stratified split with privacy', { split: { stratify: true } }, 'SPLIT_NOT_PRIVATE'),
  train('the key of no study', { split: { test: 0.2, key: 'study' } }, 'SPLIT_KEY_MISSING'),
  train(
    'boundaries that are no dates of the column',
    { split: { date: 'sex', test_from: '2024-01-01' } },
    'SPLIT_DATES_UNREADABLE',
  ),
  train('a kind of text without text', { model: { kind: 'bag' } }, 'PLAN_INVALID'),
  train('text for a kind that reads none', { text: 'workclass' }, 'PLAN_INVALID'),
  input(
    'a hierarchy that lacks a value',
    ['anonymise', GOOD, '--plan', plan('lacks', PROTECT)],
    'HIERARCHY_LACKS_VALUE',
  ),
  input(
    'a hierarchy that is not there',
    [
      'anonymise',
      GOOD,
      '--plan',
      plan('gone', { ...PROTECT, quasiIdentifiers: { age: { hierarchy: 'gone.csv' } } }),
    ],
    'HIERARCHY_UNREADABLE',
  ),
  input(
    'columns without a role',
    ['anonymise', GOOD, '--plan', plan('role', { ...PROTECT, insensitive: ['sex'] }), '--out', 'x'],
    'ROLE_MISSING',
  ),
  input(
    'an output that exists',
    ['anonymise', GOOD, '--plan', plan('exists', PROTECT), '--out', GOOD],
    'OUTPUT_EXISTS',
  ),
  input(
    'epsilon of a broken phase',
    [
      'epsilon',
      '--plan',
      plan('phase', {
        phases: [{ mechanism: 'gaussian', noise_multiplier: 0, steps: 1 }],
        delta: 1e-5,
      }),
    ],
    'MECHANISM_INVALID',
  ),
  input(
    'a target of nothing',
    [
      'calibrate',
      '--plan',
      plan('target', { target_epsilon: 0, delta: 1e-5, sample_rate: 0.1, steps: 10 }),
    ],
    'EPSILON_INVALID',
  ),
];

describe('bad input gets one clear line with a code', () => {
  it.each(CASES)('$name: $code', async ({ args, code, status }) => {
    const before = existsSync(GOOD);
    const ran = await concord(args, { cwd: scratch.path('.') });
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    expect(ran.stderr).toMatch(new RegExp(`^${code}: \\S.{20,}`));
    expect(ran.status).toBe(status);
    expect(ran.stdout).toBe('');
    expect(existsSync(GOOD)).toBe(before);
  });

  it('says it in Chinese when asked', async () => {
    const ran = await concord(['profile', scratch.path('none.csv'), '--lang', 'zh-CN']);
    expect(ran.stderr).toMatch(/^FILE_NOT_FOUND: 找不到文件/);
  });
});
