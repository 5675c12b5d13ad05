import { describe, expect, it } from 'vitest';
import {
  trainPlan,
  type BoughtStatistic,
  type TrainPlan,
} from '../../../../main/contract/train.ts';
import { buyStatistics, requireWorth } from '../../../../main/learning/buy.ts';
import { BINARY } from '../../../../main/learning/heads.ts';
import { privateUnits } from '../../../../main/learning/material.ts';
import { guaranteeOf } from '../../../../main/learning/mechanism.ts';
import { Pace } from '../../../../main/learning/pace.ts';
import { publicCountOf, settingsOf } from '../../../../main/learning/settings.ts';
import { publicWords } from '../../../../main/learning/text/public-words.ts';
import { textForm, vocabularySource, wordsOf } from '../../../../main/learning/text/words.ts';
import { wantedStatistics } from '../../../../main/learning/wanted.ts';
import { epsilonOf } from '../../../../main/privacy/accountant.ts';
import { privateRandomForTests } from '../../../../main/privacy/seeded.ts';
import type { Table } from '../../../../main/records/table.ts';
import { codedColumn, tableOf } from '../fixtures.ts';

const ROWS = 4000;
const place = (row: number): string => ['house', 'school'][row % 2]!;
/** `Zorbitis` stands in two texts of three, `quimbled` in every tenth; all other words are public. */
const note = (row: number): string =>
  `Seen in the ${place(row)}. ${row % 3 > 0 ? 'Zorbitis' : 'Music'}, ${row % 10 === 0 ? 'quimbled' : 'worked'} ${row} days.`;
const label = (row: number): string => (row % 3 > 0 ? 'yes' : 'no');

function recordsOf(more: { note: string; person?: string }[] = [], from = 0): Table {
  const rows = Array.from({ length: ROWS - from }, (_, row) => row + from);
  return tableOf(
    codedColumn('note', [...rows.map(note), ...more.map((one) => one.note)]),
    codedColumn('y', [...rows.map(label), ...more.map(() => 'yes')]),
    codedColumn('person', [
      ...rows.map((row) => `p${row}`),
      ...more.map(({ person = 'new' }) => person),
    ]),
  );
}

function planOf(model: object = {}, more: object = {}): TrainPlan {
  return trainPlan.parse({
    ...{ label: 'y', labels: ['no', 'yes'], text: 'note' },
    ...{ privacy: { epsilon: 3, delta: 1e-5 }, epochs: 2 },
    model: { kind: 'bag', ...model },
    ...more,
  });
}

const BOUGHT = { vocabulary: 'bought', tokens: 'words' };
const all = (table: Table): Int32Array => Int32Array.from({ length: table.rows }, (_, row) => row);
const quiet = new Pace(undefined, undefined);

function statementOf(table: Table, plan: TrainPlan) {
  const units = privateUnits(table, plan, all(table));
  const publicCount = publicCountOf(units.count);
  const settings = settingsOf(plan, 'logistic', BINARY, publicCount, 3);
  const wanted = wantedStatistics(table, plan);
  const statement = guaranteeOf(plan, plan.privacy!, settings, units.count, publicCount, wanted);
  return { units, statement };
}

let sources = 0;
function buy(table: Table, plan: TrainPlan): Promise<BoughtStatistic[]> {
  const { units, statement } = statementOf(table, plan);
  const random = privateRandomForTests(`words ${sources++}`);
  return buyStatistics({ table, plan, units, random }, statement, quiet);
}

const wordsFor = (table: Table, plan: TrainPlan, bought: readonly BoughtStatistic[] = []) =>
  wordsOf({ table, plan, train: all(table), bought, pace: quiet });

describe('the form of texts', () => {
  it('follows from the plan alone', () => {
    expect(textForm(planOf())).toEqual({ columns: ['note'], tokens: 'mixed', length: 512 });
    const recurrent = planOf({ kind: 'recurrent', tokens: 'characters' }, { text: ['a', 'b'] });
    expect(textForm(recurrent)).toEqual({
      ...{ columns: ['a', 'b'], tokens: 'characters', length: 128 },
    });
    expect(textForm(planOf({ length: 9, tokens: 'words' }, { target: 'tags' }))).toEqual({
      ...{ columns: ['note'], tokens: 'spaces', length: 9 },
    });
  });

  it('takes words from where the plan says', () => {
    const plain = { privacy: null };
    expect(vocabularySource(planOf())).toBe('public');
    expect(vocabularySource(planOf({}, plain))).toBe('learnt');
    expect(vocabularySource(planOf({ vocabulary: 'public' }, plain))).toBe('public');
    expect(vocabularySource(planOf(BOUGHT))).toBe('bought');
    expect(vocabularySource(planOf({ vocabulary: ['a'] }))).toEqual(['a']);
    expect(() => vocabularySource(planOf(BOUGHT, plain))).toThrow(
      expect.objectContaining({ code: 'PLAN_INVALID' }),
    );
  });
});

describe('the words of a model', () => {
  const table = recordsOf();

  it('are public, or stated in the form in which texts are cut', async () => {
    const { words } = await wordsFor(table, planOf({ tokens: 'words' }));
    expect(words).toEqual(publicWords('words'));
    const vocabulary = ['Chest Pain', 'pain', '39.5', '##ITIS'];
    expect((await wordsFor(table, planOf({ vocabulary }))).words).toEqual([
      ...['chest', 'pain', '00.0', '##itis'],
    ]);
  });

  it('are learnt in plain training, of what at least five training rows hold', async () => {
    const plan = planOf({ tokens: 'words' }, { privacy: null });
    const held = (times: number) => Array.from({ length: times }, () => ({ note: 'blorp' }));
    const learnt = async (records: Table) => new Set((await wordsFor(records, plan)).words);
    expect((await learnt(recordsOf(held(4)))).has('blorp')).toBe(false);
    const five = await learnt(recordsOf(held(5)));
    for (const word of ['blorp', 'zorbitis', 'the']) expect(five.has(word)).toBe(true);
    expect([...five].slice(0, 9)).not.toContain('blorp');
    // Rows that are kept for the test teach nothing.
    const train = all(recordsOf(held(5))).slice(0, ROWS + 4);
    const fewer = await wordsOf({ table: recordsOf(held(5)), plan, train, pace: quiet });
    expect(fewer.words).not.toContain('blorp');
  });

  it('are bought where many hold them, the most frequent first, and public ones follow', async () => {
    const plan = planOf(BOUGHT);
    const wanted = wantedStatistics(table, plan);
    expect(wanted).toEqual([{ column: 'note', kind: 'vocabulary' }]);
    const bought = await buy(table, plan);
    expect(bought).toEqual([
      { ...wanted[0], found: { is: 'values', values: ['zorbitis', 'quimbled'] } },
    ]);
    expect((await wordsFor(table, plan, bought)).words).toEqual([
      ...['zorbitis', 'quimbled'],
      ...publicWords('words'),
    ]);
  });
});

describe('bought words', () => {
  it('are never one that a single person brought, however often', async () => {
    const texts = Array.from({ length: 40 }, () => ({
      note: `wexley wexley ${'wexley '.repeat(9)}`,
    }));
    const one = recordsOf(texts);
    const alone = recordsOf([{ note: 'wexley' }]);
    const unit = { column: 'person', maxRows: 20 };
    for (let i = 0; i < 4; i++) {
      expect(JSON.stringify(await buy(one, planOf(BOUGHT, { unit })))).not.toContain('wexley');
      expect(JSON.stringify(await buy(alone, planOf(BOUGHT)))).not.toContain('wexley');
    }
  });

  it('are of people, whose rows count as one', async () => {
    // 800 texts hold the word, but only 10 people wrote them.
    const texts = Array.from({ length: 800 }, (_, row) => ({
      note: 'wexley',
      person: `loud${row % 10}`,
    }));
    const unit = { column: 'person', maxRows: 20 };
    const text = JSON.stringify(await buy(recordsOf(texts), planOf(BOUGHT, { unit })));
    expect(text).toContain('zorbitis');
    expect(text).not.toContain('wexley');
    expect(JSON.stringify(await buy(recordsOf(texts), planOf(BOUGHT)))).toContain('wexley');
  });

  it('are what their phases cost, within the epsilon of the plan', () => {
    const table = recordsOf();
    for (const accountant of ['pld', 'rdp']) {
      const { statement } = statementOf(table, planOf(BOUGHT, { accountant }));
      const { phases, delta, epsilon, statistics } = statement;
      expect(phases[0]).toMatchObject({ mechanism: 'gaussian', steps: 1 });
      expect(phases[0]).toHaveProperty('delta', expect.closeTo(1e-6, 12));
      expect(epsilonOf({ phases, delta, accountant: statement.accountant }).epsilon).toBe(epsilon);
      expect(epsilon).toBeLessThanOrEqual(3);
      expect(statement.accountant).toBe(accountant);
      expect(statistics?.epsilon).toBeLessThanOrEqual(0.9);
      expect(statistics?.epsilon).toBeGreaterThan(0.85);
    }
  });

  it('are refused where they cost more than they could show, or may cost nothing', () => {
    const few = recordsOf([], ROWS - 100);
    expect(() => requireWorth(statementOf(few, planOf(BOUGHT)).statement)).toThrow(
      expect.objectContaining({ code: 'STATISTICS_TOO_NOISY' }),
    );
    const nothing = planOf(BOUGHT, { statistics: { share: 0 } });
    expect(() => wantedStatistics(few, nothing)).toThrow(
      expect.objectContaining({ params: { missing: ['note: vocabulary'] } }),
    );
  });
});
