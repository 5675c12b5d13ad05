import { basename } from 'node:path';
import { readFile } from 'node:fs/promises';
import { anonymisePlan, type AnonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Table } from '../records/table.ts';
import { protectTable } from '../study/anonymise.ts';
import { assessProtection } from '../study/assessment.ts';
import { readJson, requireFree } from '../study/files.ts';
import { readRecords } from '../study/read.ts';
import { writeRelease } from '../study/release.ts';
import { required } from './arguments.ts';
import type { Command, Surroundings } from './command.ts';
import { besidePlan, callerPath } from './paths.ts';
import { readPlan } from './plan.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';

/** `anonymise FILE --plan PLAN.json [--out FILE]`. */
export const anonymiseCommand: Command = {
  form: { files: ['FILE'], options: { ...READING_OPTIONS, plan: 'text', out: 'text' } },
  async run(given, around) {
    const planFile = callerPath(required('anonymise', given, 'plan'));
    const plan = readPlan(anonymisePlan, await readJson(planFile));
    const wanted = given.text.get('out');
    const out =
      wanted === undefined ? null : requireFree(callerPath(wanted), given.flags.has('force'));
    const hierarchies = await readHierarchies(plan, planFile);
    const population = await readPopulation(plan, planFile, around);
    const { table } = await readGiven(given, around);
    const started = performance.now();
    const request = { plan, hierarchies, population, release: out !== null };
    const done = await protectTable(table, request, around);
    const milliseconds = performance.now() - started;
    if (out !== null) {
      const blanked = plan.suppressed === 'blank' ? done.suppressedRows : null;
      const { output, rounds } = done;
      const written = { original: table, output, plan, blanked, hierarchies };
      await writeRelease(out, { ...written, population, rounds });
    }
    const assessment = await assessProtection(
      { original: table, ...done, plan, hierarchies },
      around.signal,
    );
    return { json: { ...done.outcome, milliseconds, assessment } };
  },
};

/** The table of the population; what the reader says of its content is said of it by name. */
async function readPopulation(
  plan: AnonymisePlan,
  planFile: string,
  around: Surroundings,
): Promise<Table | null> {
  if (plan.population === undefined || !('table' in plan.population)) return null;
  return (await readRecords(besidePlan(planFile, plan.population.table), around)).table;
}

/** @throws HIERARCHY_UNREADABLE naming the column and the file. */
async function readHierarchies(
  plan: AnonymisePlan,
  planFile: string,
): Promise<ReadonlyMap<string, string>> {
  const named = [...Object.entries(plan.quasiIdentifiers), ...Object.entries(plan.sensitive)];
  const texts = await Promise.all(
    named.map(async ([column, { hierarchy }]): Promise<[string, string][]> => {
      if (hierarchy === undefined) return [];
      const file = besidePlan(planFile, hierarchy);
      const text = await readFile(file, 'utf8').catch(() => {
        throw new ConcordError('HIERARCHY_UNREADABLE', { column, file: basename(file) });
      });
      return [[column, text]];
    }),
  );
  return new Map(texts.flat());
}
