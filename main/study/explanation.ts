import { setImmediate as nextTurn } from 'node:timers/promises';
import { detailLost } from '../anonymise/explain/detail.ts';
import { openCells, workOut, type Priced, type Solve } from '../anonymise/explain/price.ts';
import { protectedRecords } from '../anonymise/explain/records.ts';
import { whyOf } from '../anonymise/explain/why.ts';
import type { AnonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import { explanation, type Explanation } from '../contract/explanation.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { protectTable } from './anonymise.ts';
import type { JobControl, Work } from './context.ts';
import { jsonBeside, putJson } from './json.ts';
import { loadTable } from './load.ts';
import { isProved, protectionOf, type KeptProtection, type Protection } from './protection.ts';

interface Reference {
  readonly study: string;
  /** The protected records. */
  readonly artefact: string;
}

/** The table of prices is begun for so long; what is missing then is worked out when asked for. */
const MILLISECONDS = 60_000;
/** So often it is looked whether other work waits, which goes first. */
const LOOK_MILLISECONDS = 500;

/**
 * The explanation of protected records, as far as it has been worked out; null before.
 * @throws ARTEFACT_UNKNOWN, ARTEFACT_DAMAGED
 */
export function explanationOf(vault: Vault, reference: Reference): Explanation | null {
  const { kept } = protectionOf(vault, reference);
  // A copy that was made the newest again is explained by what was found for the first one.
  const artefact = kept.restored ?? reference.artefact;
  const made = vault.artefacts
    .list(reference.study, 'explanation')
    .some(({ parents }) => parents.includes(artefact));
  return made ? jsonBeside(vault, { ...reference, artefact }, 'explanation', explanation) : null;
}

/**
 * Works out why the records became what they are and what other choices would cost, or goes on with
 * what is missing. It never holds up anything: it ends with what it has when other work waits.
 */
export function explainWork(vault: Vault, reference: Reference): Work {
  const protection = protectionOf(vault, reference);
  return {
    kind: 'explain',
    study: reference.study,
    async run(control) {
      const before = explanationOf(vault, reference);
      const found = await explained(vault, protection, before, control);
      const { info, kept } = protection;
      putJson(
        vault,
        {
          study: info.study,
          kind: 'explanation',
          name: info.name,
          parents: [kept.restored ?? info.id],
          job: control.job,
        },
        found,
      );
    },
  };
}

async function explained(
  vault: Vault,
  { source, kept }: Protection,
  before: Explanation | null,
  control: JobControl,
): Promise<Explanation> {
  const { plan, outcome } = kept;
  const table = loadTable(vault, source.id);
  const suppressed = new Uint8Array(table.rows);
  for (const row of kept.suppressedRows) suppressed[row] = 1;
  const done = { levels: outcome.levels, suppressed };
  const records = protectedRecords(table, plan, kept.hierarchies, done);
  const why =
    before === null
      ? await whyOf(records, async () => {
          await nextTurn();
          if (control.signal.aborted) throw new ConcordError('CANCELLED');
        })
      : before.why;
  const k = plan.models.flatMap((model) => (model.type === 'k-anonymity' ? [model.k] : []))[0];
  const chosen = { k: k ?? null, limit: plan.suppressionLimit };
  const known: Priced = {
    suppressed: outcome.suppressed,
    lost: detailLost(records),
    smallest: outcome.classes.smallest,
  };
  const isOver = overWhen(vault, control);
  const solve = solver(table, kept, control, isOver);
  return {
    rows: table.rows,
    allowed: Math.floor(plan.suppressionLimit * table.rows),
    why,
    chosen,
    price: await workOut(before?.price ?? cellsOf(kept, table.rows, chosen), {
      rows: table.rows,
      acrossK: plan.metric === 'loss',
      solve: (ofK, limit) =>
        ofK === chosen.k && limit === chosen.limit ? Promise.resolve(known) : solve(ofK, limit),
      progress: (at, total) => control.progress({ done: at, total, unit: 'parts' }),
    }),
  };
}

/**
 * What is to be worked out. Other choices can only be compared with one that is the best itself,
 * and not where a table of the population would be needed, which is not kept.
 */
function cellsOf(
  kept: KeptProtection,
  rows: number,
  chosen: Explanation['chosen'],
): Explanation['price'] {
  const { population } = kept.plan;
  const isWithin = population === undefined || !('table' in population);
  return isWithin && isProved(kept) ? openCells(rows, chosen) : [];
}

/** Whether it is time to end: enough time has gone by, or other work waits. */
function overWhen(vault: Vault, { job }: JobControl): () => boolean {
  const begun = performance.now();
  let looked = begun;
  let isOver = false;
  return () => {
    const now = performance.now();
    if (isOver || now - looked < LOOK_MILLISECONDS) return isOver;
    looked = now;
    isOver =
      now - begun > MILLISECONDS ||
      vault.jobs.list().some(({ id, state }) => state === 'queued' && id !== job);
    return isOver;
  };
}

/** Protects the records once more under another k and another limit, and keeps only the figures. */
function solver(
  table: Table,
  { plan, hierarchies, remove }: KeptProtection,
  control: JobControl,
  isOver: () => boolean,
): Solve {
  const texts = new Map(Object.entries(hierarchies));
  return async (k, limit) => {
    if (isOver()) return 'stopped';
    const stop = new AbortController();
    const tried = withDemands(plan, k, limit);
    try {
      const { outcome, suppressedRows } = await protectTable(
        table,
        { plan: tried, hierarchies: texts, remove, release: true },
        {
          signal: AbortSignal.any([control.signal, stop.signal]),
          progress: () => {
            if (isOver()) stop.abort();
          },
        },
      );
      if (outcome.search !== undefined && outcome.search.ended !== 'proved') return 'stopped';
      const done = { levels: outcome.levels, suppressed: suppressedRows };
      const lost = detailLost(protectedRecords(table, tried, hierarchies, done));
      return { suppressed: outcome.suppressed, lost, smallest: outcome.classes.smallest };
    } catch (error) {
      if (!(error instanceof ConcordError)) throw error;
      if (error.code === 'PRIVACY_MODEL_UNMET') return null;
      if (error.code === 'CANCELLED' && !control.signal.aborted) return 'stopped';
      throw error;
    }
  };
}

/** The plan with another k and another limit; its other conditions stay. */
function withDemands(plan: AnonymisePlan, k: number, suppressionLimit: number): AnonymisePlan {
  const others = plan.models.filter(({ type }) => type !== 'k-anonymity');
  return { ...plan, models: [{ type: 'k-anonymity', k }, ...others], suppressionLimit };
}
