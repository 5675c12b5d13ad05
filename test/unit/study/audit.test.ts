import { describe, expect, it } from 'vitest';
import { trainPlan, type TrainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { trainModel } from '../../../main/learning/train.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import type { Table } from '../../../main/records/table.ts';
import { auditModel } from '../../../main/study/audit.ts';
import { codedColumn, numberColumn, tableOf } from '../learning/fixtures.ts';
import { hasTensorFlow } from '../learning/sequence-models.ts';

const ROWS = 400;
const rows = Array.from({ length: ROWS }, (_, row) => row);
const table = tableOf(
  numberColumn(
    'x',
    rows.map((row) => row % 10),
  ),
  codedColumn(
    'y',
    rows.map((row) => (row % 3 === 0 ? 'yes' : 'no')),
  ),
);
const control = { signal: new AbortController().signal, progress: () => undefined };

function planOf(more: Partial<TrainPlanInput> = {}): TrainPlan {
  return trainPlan.parse({
    label: 'y',
    labels: ['no', 'yes'],
    bounds: { x: [0, 9] },
    model: { kind: 'logistic' },
    privacy: { epsilon: 3, delta: 1e-4 },
    ...more,
  });
}

const trained = async (plan: TrainPlan) =>
  (await trainModel(table, plan, { random: systemRandom() })).model;

describe('an audit of a model', () => {
  it('gives a bound below the promise of the model, which does not block', async () => {
    const plan = planOf();
    const audited = await auditModel(table, await trained(plan), plan, control);
    expect(audited.blocks).toBe(false);
    // A bound above 3 needs 156 of 160 guesses right; about 112 are, with a deviation of 6.
    expect(audited.epsilon_lower_bound).toBeLessThan(3);
    expect(audited.canaries).toMatchObject({ delta: 1e-4, confidence: 0.95, guessed: 160 });
    expect(audited.canaries!.count).toBe(320);
    expect(audited.canaries!.largest_bound).toBeGreaterThan(3);
  });

  it('reads no cell of the records', async () => {
    const plan = planOf();
    const model = await trained(plan);
    const sealed: Table = {
      rows: ROWS,
      columns: table.columns.map(({ name, type }) =>
        Object.defineProperties({ name, type } as never, {
          values: { get: () => expect.fail('a cell was read') },
          codes: { get: () => expect.fail('a cell was read') },
        }),
      ),
    };
    expect((await auditModel(sealed, model, plan, control)).canaries).toBeDefined();
  });

  it.skipIf(!hasTensorFlow)(
    'says of a model of text how exposed phrases would be, beside the bound, and reads no cell',
    async () => {
      const texts = tableOf(
        codedColumn(
          'note',
          rows.map((row) => (row % 3 === 0 ? 'cough and fever' : 'a rash')),
        ),
        table.columns[1]!,
      );
      const plan = planOf({
        ...{ bounds: {}, text: 'note', epochs: 4, accountant: 'rdp' },
        model: {
          ...{ kind: 'bag', embedding: 2, vocabulary: ['cough', 'fever', 'rash'] },
          pretrain: { on: 'records', epochs: 2 },
        },
      });
      const { model } = await trainModel(texts, plan, { random: systemRandom() });
      const sealed: Table = {
        rows: ROWS,
        columns: texts.columns.map(({ name, type }) =>
          Object.defineProperty({ name, type } as never, 'codes', {
            get: () => expect.fail('a cell was read'),
          }),
        ),
      };
      const audited = await auditModel(sealed, model, plan, control);
      expect(audited.blocks).toBe(false);
      expect(audited.epsilon_lower_bound).toBeLessThan(3);
      const { exposure } = audited;
      expect(exposure).toMatchObject({ phrases: 16, labels: { most: 10 }, words: { most: 10 } });
    },
  );

  it('has no bound without privacy', async () => {
    const plain = planOf({ privacy: null });
    const model = await trained(plain);
    const audited = await auditModel(table, model, plain, control);
    expect(audited.epsilon_lower_bound).toBeNull();
    expect(audited.reasons['epsilon_lower_bound']).toBe('not-private');
  });

  it.each<[string, Partial<TrainPlanInput>]>([
    ['model.kind', { model: { kind: 'network' } }],
    ['privacy', { privacy: { epsilon: 2, delta: 1e-4 } }],
    ['privacy', { privacy: { epsilon: 3, delta: 1e-5 } }],
    ['privacy', { privacy: null }],
    ['unit', { unit: { column: 'x', maxRows: 2 } }],
  ])('refuses a plan that is not the model’s: %s', async (path, more) => {
    const model = await trained(planOf());
    const audit = auditModel(table, model, planOf(more), control);
    await expect(audit).rejects.toMatchObject({ code: 'PLAN_INVALID', params: { path } });
  });

  it('stops when it is told to', async () => {
    const plan = planOf();
    const stop = new AbortController();
    stop.abort();
    const audit = auditModel(table, await trained(plan), plan, { ...control, signal: stop.signal });
    await expect(audit).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
