import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import type { TrainPlanInput, TrainResult } from '../../main/contract/train.ts';
import { concord, scratchFolder } from '../command-line.ts';
import { describeWithShared, sharedPath } from '../shared.ts';

const HEART = 'tabular/heart-cleveland/heart-cleveland.csv';
const GERMAN = 'tabular/german-credit/german-credit.csv';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

async function answer<T>(args: readonly string[]): Promise<T> {
  const ran = await concord([...args, '--json'], { cwd: scratch.path('.') });
  expect(ran.status, ran.stderr).toBe(0);
  return ran.json<T>();
}

function train(
  file: string,
  plan: TrainPlanInput,
  more: readonly string[] = [],
): Promise<TrainResult> {
  const written = scratch.write('plan.json', JSON.stringify(plan));
  return answer(['train', sharedPath(file), '--plan', written, '--force', ...more]);
}

describeWithShared(
  'several values, values in order and numbers by the command line',
  [HEART, GERMAN],
  () => {
    /** The degree of heart disease, 0 to 4, and what is known of the columns by their description. */
    const heart: TrainPlanInput = {
      label: 'num',
      target: 'ordered',
      labels: ['0', '1', '2', '3', '4'],
      positive: '4',
      missing: ['?'],
      bounds: {
        ...{ age: [20, 90], trestbps: [80, 220], chol: [100, 600], thalach: [60, 220] },
        ...{ oldpeak: [0, 7], ca: [0, 3] },
      },
      categories: {
        ...{ sex: ['0', '1'], cp: ['1', '2', '3', '4'], fbs: ['0', '1'], restecg: ['0', '1', '2'] },
        ...{ exang: ['0', '1'], slope: ['1', '2', '3'], thal: ['3', '6', '7'] },
      },
      split: { test: 0.3, seed: 4 },
      model: { kind: 'logistic' },
      privacy: null,
    };

    it('heart disease in order: trained, scored and told from the usual answer', async () => {
      const { metrics, model } = await train(HEART, heart, [
        '--model',
        'm.json',
        '--predictions',
        'p.csv',
      ]);
      expect(model.target).toBe('ordered');
      const { accuracy, rank_error: off, by_value: values = [] } = metrics.test;
      const usual = Math.max(...values.map(({ base_rate: share }) => share ?? 0));
      expect(accuracy!).toBeGreaterThan(usual - 0.05);
      // Always "none" is 0.95 degrees off in these records.
      expect(off!).toBeLessThan(0.8);
      expect(values.map(({ value }) => value)).toEqual(['0', '1', '2', '3', '4']);
      const scored = await answer<{ rows: number }>([
        ...['score', sharedPath(HEART), '--model', 'm.json', '--out', 's.csv'],
      ]);
      expect(scored.rows).toBe(303);
      const [head = '', ...rows] = readFileSync(scratch.path('s.csv'), 'utf8')
        .trim()
        .split(/\r?\n/);
      const names = head.split(',');
      expect(names.slice(-6)).toEqual([
        'prediction',
        ...['0', '1', '2', '3', '4'].map((v) => `score: ${v}`),
      ]);
      for (const row of rows) {
        const scores = row.split(',').slice(-5).map(Number);
        expect(scores.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
        expect(row.split(',').at(-6)).toBe(String(scores.indexOf(Math.max(...scores))));
      }
    });

    it('heart disease in classes, private: the phases give the reported epsilon', async () => {
      const { privacy } = await train(HEART, {
        ...heart,
        target: 'classes',
        privacy: { epsilon: 4, delta: 1e-3 },
      });
      const { phases, delta, epsilon } = privacy!;
      const plan = scratch.write('epsilon.json', JSON.stringify({ phases, delta }));
      const accounted = await answer<{ epsilon: number }>(['epsilon', '--plan', plan]);
      expect(Math.abs(accounted.epsilon - epsilon)).toBeLessThan(1e-9);
      expect(epsilon).toBeLessThanOrEqual(4);
    });

    it('amounts of credit as numbers, and what cannot be told apart as answers', async () => {
      const credit: TrainPlanInput = {
        label: 'credit_amount',
        model: { kind: 'linear' },
        privacy: null,
      };
      const { metrics } = await train(GERMAN, credit);
      expect(Object.keys(metrics.test)).toEqual(['mae', 'rmse', 'r2']);
      expect(metrics.test.r2!).toBeGreaterThan(0.35);
      const plan = scratch.write(
        'bad.json',
        JSON.stringify({ ...credit, model: { kind: 'logistic' } }),
      );
      const refused = await concord(['train', sharedPath(GERMAN), '--plan', plan, '--json']);
      expect(refused.status).toBe(2);
      expect(refused.stderr).toMatch(/^LABEL_IS_NUMBER: .*"target" to "number"/m);
    });
  },
);
