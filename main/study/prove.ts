import type { Vault } from '../vault/index.ts';
import { anonymiseWork } from './anonymise.ts';
import type { Work } from './context.ts';
import { protectionOf } from './protection.ts';

/** The longest time a plan may give: the search ends before only with the proof or by a wish. */
const SECONDS = 604_800;

/**
 * Protects the same records once more under the same plan, from the levels that were found, until
 * the best is proved. Free text is redacted by the decisions as they now stand.
 * @throws ARTEFACT_UNKNOWN where the artefact is no protected records of the study
 */
export function proveWork(
  vault: Vault,
  reference: { readonly study: string; readonly artefact: string },
): Work {
  const { source, kept } = protectionOf(vault, reference);
  const { plan, hierarchies, remove, redaction, outcome } = kept;
  return anonymiseWork(
    vault,
    { study: reference.study, artefact: source.id },
    {
      plan: { ...plan, search: 'optimal', seconds: SECONDS, startWith: outcome.levels },
      hierarchies: new Map(Object.entries(hierarchies)),
      remove,
      redact:
        redaction === undefined
          ? undefined
          : { columns: redaction.columns, language: redaction.language },
    },
  );
}
