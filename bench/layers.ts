import { trainModel, type Trained } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { officialAdult, planNamed } from './adult-plans.ts';
import { median, spread } from './spread.ts';

const KINDS = ['logistic', 'network'] as const;
const EPSILONS = [0.5, 1, 3, null] as const;
const DELTA = 1e-5;

/**
 * What logistic regression and the network of the plans reach on Adult's official split with the
 * settings as they are: nothing is chosen here (see layers-choose.ts). Epsilon is that of the
 * privacy loss distribution, everything charged. First weights differ from run to run.
 */
export async function benchLayers(_rows?: number, runs = 5): Promise<object> {
  const table = await officialAdult();
  const found: Record<string, Record<string, object>> = {};
  for (const kind of KINDS) {
    const plan = planNamed(`adult-${kind}`);
    const of: Record<string, object> = {};
    for (const epsilon of EPSILONS) {
      const privacy = epsilon === null ? null : { epsilon, delta: DELTA };
      const trained: Trained[] = [];
      for (let run = 1; run <= runs; run++) {
        const options = { random: systemRandom(), initSeed: run };
        trained.push(await trainModel(table, { ...plan, privacy }, options));
      }
      of[epsilon === null ? 'plain' : `epsilon ${epsilon}`] = {
        epsilon: trained[0]?.result.privacy?.epsilon ?? null,
        accountant: trained[0]?.result.privacy?.accountant ?? null,
        accuracy: spread(trained.map(({ result }) => result.metrics.test.accuracy ?? NaN)),
        auc: spread(trained.map(({ result }) => result.metrics.test.auc ?? NaN)),
        loss: spread(trained.map(({ result }) => result.metrics.test.loss ?? NaN)),
        seconds: Number(median(trained.map(({ result }) => result.seconds)).toFixed(2)),
      };
    }
    found[kind] = of;
  }
  return { runs, delta: DELTA, found };
}
