import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { TrainPlan } from '../../main/contract/train.ts';
import { trainPlan } from '../../main/contract/train.ts';
import { loadTensorFlow } from '../../main/learning/tensorflow.ts';
import type { Trained } from '../../main/learning/train.ts';
import { trainModel } from '../../main/learning/train.ts';
import { epsilonOf } from '../../main/privacy/accountant.ts';
import type { RandomSource } from '../../main/privacy/random.ts';
import { systemRandom } from '../../main/privacy/random.ts';
import { privateRandomForTests } from '../../main/privacy/seeded.ts';
import { readCsv } from '../../main/records/csv-reader.ts';
import type { Table } from '../../main/records/table.ts';
import { describeWithShared, sharedPath } from '../shared.ts';

const ADULT = 'tabular/adult/adult.csv';

function adultPlan(name: string): TrainPlan {
  const file = join(import.meta.dirname, '..', 'plans', `adult-${name}.json`);
  return trainPlan.parse(JSON.parse(readFileSync(file, 'utf8')));
}

describeWithShared('private training on Adult (official split, public constants)', [ADULT], () => {
  let table: Table;
  beforeAll(async () => {
    table = (await readCsv(() => createReadStream(sharedPath(ADULT)))).table;
  });
  const train = (plan: TrainPlan, random: RandomSource = systemRandom()): Promise<Trained> =>
    trainModel(table, plan, { random });

  it('logistic at epsilon 1: five of five runs at .835 or better, deviation at most .004', async () => {
    const plan = adultPlan('logistic');
    const accuracies: number[] = [];
    for (let run = 0; run < 5; run++) {
      const { result } = await train(plan);
      accuracies.push(result.metrics.test.accuracy!);
      const privacy = result.privacy!;
      expect(privacy.epsilon).toBeLessThanOrEqual(1);
      expect(epsilonOf(privacy).epsilon).toBe(privacy.epsilon);
      expect(result.metrics.test.auc).toBeGreaterThan(0.89);
    }
    const mean = accuracies.reduce((a, b) => a + b, 0) / 5;
    const deviation = Math.sqrt(accuracies.reduce((s, a) => s + (a - mean) ** 2, 0) / 4);
    for (const accuracy of accuracies) expect(accuracy).toBeGreaterThanOrEqual(0.835);
    expect(deviation).toBeLessThanOrEqual(0.004);
    expect(mean).toBeGreaterThanOrEqual(0.845);
  }, 240_000);

  it('network at epsilon 1 reaches .840', async () => {
    const { result } = await train(adultPlan('network'));
    expect(result.metrics.test.accuracy).toBeGreaterThanOrEqual(0.84);
    expect(result.privacy!.epsilon).toBeLessThanOrEqual(1);
  }, 240_000);

  // Over 20 runs (bench/boosting-adult.json) accuracy was .8632 with a deviation of .0014, AUC .9143 with
  // .0013. The floor of .858 and .907 is for the mean of five; one run has five deviations of room.
  it('boosting at epsilon 1 reaches .856 and an AUC of .907, all of it charged', async () => {
    const { result } = await train(adultPlan('boosting'));
    const privacy = result.privacy!;
    expect(result.metrics.test.accuracy).toBeGreaterThanOrEqual(0.856);
    expect(result.metrics.test.auc).toBeGreaterThanOrEqual(0.907);
    expect(privacy.epsilon).toBeLessThanOrEqual(1);
    expect(epsilonOf(privacy).epsilon).toBe(privacy.epsilon);
  }, 60_000);

  const floors = [
    [1, 0.858, 0.907],
    [0.5, 0.852, 0.9],
    [3, 0.863, 0.914],
    [null, 0.868, 0.922],
  ] as const;
  it.runIf(process.env['CONCORD_TEST_LONG'] === '1').each(floors)(
    'boosting at epsilon %s: the mean of five runs is at or above %d and %d',
    async (epsilon, accuracy, auc) => {
      const privacy = epsilon === null ? null : { epsilon, delta: 1e-5 };
      const figures: Trained['result']['metrics']['test'][] = [];
      for (let run = 0; run < 5; run++) {
        figures.push((await train({ ...adultPlan('boosting'), privacy })).result.metrics.test);
      }
      const mean = (name: 'accuracy' | 'auc'): number =>
        figures.reduce((sum, figure) => sum + figure[name]!, 0) / 5;
      expect(mean('accuracy')).toBeGreaterThanOrEqual(accuracy);
      expect(mean('auc')).toBeGreaterThanOrEqual(auc);
    },
    60_000,
  );

  const loaded = loadTensorFlow();
  const reason = 'reason' in loaded ? loaded.reason : undefined;
  const title = 'the network is the same on every back-end under the same noise';
  if (reason !== undefined && process.env['CI'] === 'true') {
    it(title, () => expect(`not run: ${reason}`).toBe(''));
  } else if (reason !== undefined) {
    it.skip(`${title} (not run: ${reason})`, () => {});
  } else {
    it(
      title,
      async () => {
        const plan = { ...adultPlan('network'), epochs: 2 };
        const scores: Float64Array[] = [];
        for (const backend of ['javascript', 'wasm', 'tensorflow'] as const) {
          const trained = await train({ ...plan, backend }, privateRandomForTests('adult'));
          expect(trained.result.model.backend).toBe(backend);
          scores.push(trained.test.scores);
        }
        let furthest = 0;
        for (const others of scores.slice(1)) {
          others.forEach((score, i) => {
            furthest = Math.max(furthest, Math.abs(score - scores[0]![i]!));
          });
        }
        // Single precision's larger rounding bound makes its noise larger by about one in a hundred.
        expect(furthest).toBeLessThan(0.05);
      },
      240_000,
    );
  }

  it('plain logistic regression is better, and says that it promises nothing', async () => {
    const { result } = await train(adultPlan('plain'));
    expect(result.privacy).toBeNull();
    expect(result.metrics.test.accuracy).toBeGreaterThanOrEqual(0.85);
  }, 240_000);
});
