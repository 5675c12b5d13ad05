import { anonymiseTable, type Anonymised } from '../anonymise/anonymise.ts';
import { estimateSearch, type SearchEstimate } from '../anonymise/estimate.ts';
import type { Optimum } from '../anonymise/lattice-search.ts';
import { searchProblem, timeBox } from '../anonymise/by-levels.ts';
import { prepare } from '../anonymise/prepare.ts';
import { rolesOf } from '../anonymise/roles.ts';
import {
  anonymisePlan,
  type AnonymisePlan,
  type AnonymisePlanInput,
  type QualityMeasure,
} from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { JobProgress } from '../contract/job.ts';
import { encodeTable } from '../records/codec.ts';
import { selectColumns } from '../records/shape.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { assessProtection } from './assessment.ts';
import type { Control, Work } from './context.ts';
import { putJson } from './json.ts';
import { roundsToKeep } from './kept-rounds.ts';
import { loadTable } from './load.ts';
import { populationOf } from './population.ts';
import { redactColumns, type KeptRedaction, type RedactRequest } from './text-redaction.ts';

export interface ProtectRequest {
  readonly plan: AnonymisePlanInput;
  /** Hierarchy text by column. */
  readonly hierarchies: ReadonlyMap<string, string>;
  /** The table that the plan names under `population`. */
  readonly population?: Table | null;
  /** Direct identifiers to leave out before anything else. */
  readonly remove?: readonly string[];
  /** Whether all columns are to be released, so that each needs a role. */
  readonly release: boolean;
}

/** Step 3 on a table: direct identifiers out, then generalisation until the models hold. */
export function protectTable(
  table: Table,
  request: ProtectRequest,
  control: Control,
): Promise<Anonymised> {
  const removed = new Set(request.remove ?? []);
  const kept = selectColumns(
    table,
    table.columns.map(({ name }) => name).filter((name) => !removed.has(name)),
  );
  return anonymiseTable(kept, request.plan, request.hierarchies, {
    release: request.release,
    population: request.population ?? null,
    signal: control.signal,
    stop: control.keepBest,
    progress: (done, total, { best, least }) => {
      const measure = request.plan.metric ?? 'loss';
      const standing = standingOf(best, least, { measure, rows: table.rows });
      control.progress({ done, total, unit: 'nodes', ...standing });
    },
  });
}

/** How long the search of a plan will probably take, and the time after which it is ended. */
export function estimateProtection(
  table: Table,
  plan: AnonymisePlan,
  hierarchies: ReadonlyMap<string, string>,
  population: Table | null = null,
): SearchEstimate & { readonly box: number | null } {
  const files = { hierarchies, population };
  const problem = searchProblem(prepare(table, rolesOf(table, plan, false), plan, files), plan);
  return { ...estimateSearch(problem), box: timeBox(plan, problem)?.seconds ?? null };
}

function standingOf(
  best: Optimum | null,
  least: number,
  of: { readonly measure: QualityMeasure; readonly rows: number },
): Pick<JobProgress, 'best'> {
  if (best === null || !Number.isFinite(best.score)) return {};
  const { score, suppressed } = best;
  return { best: { ...of, score, least: Math.max(0, least), suppressed } };
}

interface Source {
  readonly study: string;
  readonly artefact: string;
}

/** What is kept of a protection in the vault. */
interface WorkRequest extends Omit<ProtectRequest, 'release' | 'population'> {
  /** Free text that is released with its findings taken out. */
  readonly redact?: RedactRequest | undefined;
}

/** Step 3 as a job: the plan, the protected records and what was measured, kept together. */
export function anonymiseWork(vault: Vault, source: Source, request: WorkRequest): Work {
  return {
    kind: 'anonymise',
    searches: true,
    study: source.study,
    async run(control) {
      const { name } = vault.artefacts.info(source.artefact);
      const { table, redaction } = await sourceTable(vault, source, request, control);
      const population = populationOf(vault, source.study, request.plan);
      const done = await protectTable(table, { ...request, population, release: true }, control);
      const assessment = await assessProtection(
        {
          original: table,
          ...done,
          plan: anonymisePlan.parse(request.plan),
          hierarchies: request.hierarchies,
        },
        control.signal,
      );
      const bytes = encodeTable(done.output);
      if (control.signal.aborted) throw new ConcordError('CANCELLED');
      vault.transaction(() => {
        const { study } = source;
        const { job } = control;
        // What the redaction went by belongs to the lineage of what it made.
        const by = [redaction?.findings, redaction?.decisions].filter(
          (id) => typeof id === 'string',
        );
        const plan = putJson(
          vault,
          { study, kind: 'protection-plan', name, parents: [source.artefact, ...by], job },
          {
            plan: request.plan,
            hierarchies: Object.fromEntries(request.hierarchies),
            remove: request.remove ?? [],
            outcome: { ...done.outcome, assessment },
            // What a check of the released file counts people of a table by.
            rounds: population === null ? null : roundsToKeep(done.rounds),
            suppressedRows: rowsOf(done.suppressedRows),
            ...(redaction === null ? {} : { redaction }),
          },
        );
        const records = vault.artefacts.put({
          study,
          kind: 'protected-records',
          name,
          bytes,
          parents: [source.artefact, plan.id],
          job,
        });
        vault.journal.append(
          'records.anonymised',
          { artefact: records.id, hash: records.hash, suppressed: done.outcome.suppressed },
          study,
        );
      });
    },
  };
}

/** The records, their free text redacted where it is to be released. */
async function sourceTable(
  vault: Vault,
  source: Source,
  { redact }: WorkRequest,
  control: Control,
): Promise<{ table: Table; redaction: KeptRedaction | null }> {
  const table = loadTable(vault, source.artefact);
  if (redact === undefined || Object.keys(redact.columns).length === 0) {
    return { table, redaction: null };
  }
  const done = await redactColumns(vault, source, table, redact, control);
  return { table: done.table, redaction: done.kept };
}

function rowsOf(flags: Uint8Array): number[] {
  return Array.from(flags.keys()).filter((row) => flags[row] === 1);
}
