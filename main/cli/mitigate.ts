import { basename } from 'node:path';
import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import {
  CRITERIA,
  MITIGATIONS,
  mitigationResult,
  USUAL_BOUND,
  type MitigationMethod,
  type MitigationResult,
} from '../contract/mitigation.ts';
import { trainPlan } from '../contract/train.ts';
import { saveModel } from '../learning/model.ts';
import { readJson, requireFree, writeWhole } from '../study/files.ts';
import { jsonBeside } from '../study/json.ts';
import { inMemory, mitigationWork, tryMitigations } from '../study/mitigation.ts';
import { trainOnTable } from '../study/train-on-table.ts';
import { trainWork, type TrainOutcome } from '../study/train.ts';
import type { Asked } from '../study/tried.ts';
import { required, type Arguments } from './arguments.ts';
import type { Command, Surroundings } from './command.ts';
import { encoderFolder } from './encoders.ts';
import { callerPath } from './paths.ts';
import { readPlan } from './plan.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';
import { errorOfJob, runJob } from './run-job.ts';
import { recordsOf } from './train.ts';
import { withVault } from './with-vault.ts';

/**
 * `mitigate FILE --plan PLAN.json --groups COLUMN [--methods A,B] [--criterion C] [--bound 0.05]
 * [--model OUT] [--vault V --study NAME]`: trains the plan's model, tries ways against the gaps between
 * the groups, and compares all on the test part. `--model` keeps the model as it was.
 */
export const mitigateCommand: Command = {
  form: {
    files: ['FILE'],
    options: {
      ...READING_OPTIONS,
      ...{ plan: 'text', groups: 'text', methods: 'text', criterion: 'text', bound: 'number' },
      ...{ model: 'text', vault: 'text', study: 'text', person: 'text', encoders: 'text' },
    },
  },
  async run(given, around) {
    const asked = askedOf(given);
    const methods = methodsOf(given);
    const plan = readPlan(
      trainPlan,
      await readJson(callerPath(required('mitigate', given, 'plan'))),
    );
    const out = given.text.get('model');
    const modelFile =
      out === undefined ? null : requireFree(callerPath(out), given.flags.has('force'));
    const { table, facts } = await readGiven(given, around);
    if (given.text.has('vault')) {
      const name = basename(given.files[0] ?? '');
      const file = { table, facts, name, publicText: undefined };
      return { json: await triedInVault(file, { plan, methods, asked }, given, around) };
    }
    const encoders = [encoderFolder(given)];
    const train = (of: typeof plan) => trainOnTable(table, of, around, { encoders });
    const { model } = await train(plan);
    if (modelFile !== null) await writeWhole(modelFile, saveModel(model));
    const before = { table, model, plan, splitKey: undefined, encoders, name: model.sha256 };
    const workshop = inMemory(before, train);
    return { json: await tryMitigations(before, methods, asked, workshop, around) };
  },
};

const asked = z.strictObject({
  groups: z.string().min(1),
  criterion: z.enum(CRITERIA),
  bound: z.number().gt(0).lt(1),
});

/** @throws OPTION_MISSING, OPTION_INVALID */
function askedOf(given: Arguments): Asked {
  const parsed = asked.safeParse({
    groups: required('mitigate', given, 'groups'),
    criterion: given.text.get('criterion') ?? 'demographic-parity',
    bound: given.numbers.get('bound') ?? USUAL_BOUND,
  });
  if (parsed.success) return parsed.data;
  const option = String(parsed.error.issues[0]?.path[0] ?? 'groups');
  const expected = option === 'bound' ? 'a share between 0 and 1' : CRITERIA.join(', ');
  throw new ConcordError('OPTION_INVALID', { option: `--${option}`, expected });
}

function methodsOf(given: Arguments): MitigationMethod[] {
  const named = given.text.get('methods')?.split(',') ?? [...MITIGATIONS];
  const parsed = z.array(z.enum(MITIGATIONS)).min(1).safeParse(named);
  if (parsed.success) return [...new Set(parsed.data)];
  throw new ConcordError('OPTION_INVALID', {
    option: '--methods',
    expected: MITIGATIONS.join(','),
  });
}

interface Wanted {
  readonly plan: z.output<typeof trainPlan>;
  readonly methods: readonly MitigationMethod[];
  readonly asked: Asked;
}

/** The model and every try are kept, and each training pays from the ledger. */
function triedInVault(
  file: Parameters<typeof recordsOf>[2],
  { plan, methods, asked: of }: Wanted,
  given: Arguments,
  around: Surroundings,
): Promise<MitigationResult> {
  const studyName = required('mitigate', given, 'study');
  return withVault('mitigate', given, around, async (vault) => {
    const study = vault.studies.ensure(studyName).id;
    const records = recordsOf(vault, study, file);
    let outcome: TrainOutcome | undefined;
    const request = { study, artefact: records, plan };
    const work = trainWork(vault, request, (done) => (outcome = done));
    const trained = await runJob(vault, work, around);
    if (outcome === undefined) throw errorOfJob(trained);
    const { model: artefact } = outcome;
    const tries = mitigationWork(vault, { study, artefact, methods, ...of });
    const job = await runJob(vault, tries, around);
    if (job.state !== 'done') throw errorOfJob(job);
    return jsonBeside(vault, { study, artefact }, 'mitigation', mitigationResult);
  });
}
