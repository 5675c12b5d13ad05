import { calibratePlan, epsilonPlan } from '../contract/privacy.ts';
import { epsilonOf } from '../privacy/accountant.ts';
import { calibrateNoise } from '../privacy/calibrate.ts';
import { readJson } from '../study/files.ts';
import { required } from './arguments.ts';
import type { Command } from './command.ts';
import { callerPath } from './paths.ts';
import { readPlan } from './plan.ts';

/** `epsilon --plan P.json`: what a composition of phases costs. */
export const epsilonCommand: Command = {
  form: { files: [], options: { plan: 'text' } },
  async run(given) {
    const plan = readPlan(
      epsilonPlan,
      await readJson(callerPath(required('epsilon', given, 'plan'))),
    );
    return { json: epsilonOf(plan) };
  },
};

/** `calibrate --plan P.json`: the noise multiplier for a target epsilon, erring upwards. */
export const calibrateCommand: Command = {
  form: { files: [], options: { plan: 'text' } },
  async run(given) {
    const plan = readPlan(
      calibratePlan,
      await readJson(callerPath(required('calibrate', given, 'plan'))),
    );
    const { noiseMultiplier, ...found } = calibrateNoise({
      targetEpsilon: plan.target_epsilon,
      delta: plan.delta,
      sampleRate: plan.sample_rate,
      steps: plan.steps,
      ...(plan.accountant === undefined ? {} : { accountant: plan.accountant }),
    });
    return { json: { noise_multiplier: noiseMultiplier, ...found } };
  },
};
