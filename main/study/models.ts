import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { trainPlan, trainResult } from '../contract/train.ts';
import type { TrainedModelView } from '../contract/train-calls.ts';
import type { Vault } from '../vault/index.ts';
import { jsonBeside } from './json.ts';
import { accuracyInterval } from './tested.ts';

const training = z.object({
  plan: z.object({ label: trainPlan.shape.label }),
  result: trainResult,
});

/**
 * The models of a study, the newest first: what each predicts, its kind and what it may give away.
 * A model whose figures cannot be read is left out here; opening what shows them says why.
 * @throws STUDY_UNKNOWN
 */
export function trainedModels(vault: Vault, study: string): TrainedModelView[] {
  const models = vault.artefacts.list(vault.studies.get(study).id, 'model');
  return models
    .flatMap(({ id, created }): TrainedModelView[] => {
      const kept = readable(vault, study, id);
      if (kept === null) return [];
      const { plan, result } = kept;
      const privacy =
        result.privacy === null
          ? null
          : { epsilon: result.privacy.epsilon, delta: result.privacy.delta };
      const { kind, target = 'binary' } = result.model;
      const { accuracy = null } = result.metrics.test;
      const interval = accuracyInterval(result);
      return [
        {
          ...{ artefact: id, created, label: plan.label, kind, target, privacy },
          ...{ accuracy, accuracy_interval: interval === null ? null : [...interval] },
        },
      ];
    })
    .reverse();
}

function readable(vault: Vault, study: string, artefact: string): z.output<typeof training> | null {
  try {
    return jsonBeside(vault, { study, artefact }, 'training', training);
  } catch (error) {
    const isGone = error instanceof ConcordError && UNREADABLE.has(error.code);
    if (isGone) return null;
    throw error;
  }
}

const UNREADABLE: ReadonlySet<string> = new Set(['ARTEFACT_UNKNOWN', 'ARTEFACT_DAMAGED']);
