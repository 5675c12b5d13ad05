import { ConcordError } from '../contract/errors.ts';
import { MITIGATIONS, mitigationResult, type MitigationMethod } from '../contract/mitigation.ts';
import { afterTraining, requireMitigable } from '../learning/mitigation/after-training.ts';
import { mitigatedKind } from '../learning/mitigation/mitigated-kind.ts';
import { kindOf } from '../learning/kinds.ts';
import { splitRows } from '../learning/split.ts';
import type { Vault } from '../vault/index.ts';
import type { Context } from './context.ts';
import { groupColumns } from './group-columns.ts';
import { jsonBeside } from './json.ts';
import { sourceHash, sourcesOf } from './load.ts';
import { mitigationWork, modelBefore, useTried, type MitigationRequest } from './mitigation.ts';
import { planOfTry } from './tried.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

/** What may be asked of mitigations, by the names of the contract. */
export const mitigationAnswers = {
  choices: (reference: Reference, { vault }: Context) => choicesOf(vault, reference),
  start: (input: MitigationRequest, { vault, start }: Context) => ({
    job: start(mitigationWork(vault, input)),
  }),
  use: (input: Parameters<typeof useTried>[1], { vault }: Context) => useTried(vault, input),
  result: (reference: Reference, { vault }: Context) =>
    jsonBeside(vault, reference, 'mitigation', mitigationResult),
};

function choicesOf(vault: Vault, reference: Reference) {
  const before = modelBefore(vault, reference);
  const { columns } = groupColumns(vault, reference);
  const { plan } = before;
  const [source] = sourcesOf(vault, before.records);
  const ledger = source === undefined ? null : vault.ledger.ofSource(sourceHash(vault, source));
  return {
    columns,
    methods: MITIGATIONS.map((method) => ({ method, refused: refusalOf(before, method) })),
    price: plan.privacy,
    available: ledger === null || plan.privacy === null ? null : ledger.available,
  };
}

/** The code of the error with which a way would end before it began. */
function refusalOf(
  { model, plan, table, splitKey }: ReturnType<typeof modelBefore>,
  method: MitigationMethod,
): string | null {
  const mitigation = planOfTry(method, { groups: '', criterion: 'equalised-odds', bound: 0.5 });
  const asked = { ...plan, mitigation };
  try {
    if (model.labels.target !== undefined) throw new ConcordError('TARGET_UNAVAILABLE');
    if (afterTraining(asked) === null)
      mitigatedKind(asked, kindOf({ ...plan, mitigation: undefined }));
    requireMitigable(asked, splitRows(table, plan, splitKey));
    return null;
  } catch (error) {
    if (error instanceof ConcordError) return error.code;
    throw error;
  }
}
