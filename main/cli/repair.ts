import { ConcordError } from '../contract/errors.ts';
import { repairPlan } from '../contract/repair.ts';
import { writeCsv } from '../records/csv-writer.ts';
import { learnedFills } from '../records/repairs/apply.ts';
import { readJson, requireFree, writeWhole } from '../study/files.ts';
import { readRecords } from '../study/read.ts';
import { repairTable } from '../study/repairing.ts';
import { required } from './arguments.ts';
import type { Command } from './command.ts';
import { callerPath } from './paths.ts';
import { readPlan } from './plan.ts';

/** `repair FILE --plan REPAIRS.json --out FILE`: the repairs in their order, and what each did. */
export const repairCommand: Command = {
  form: { files: ['FILE'], options: { plan: 'text', out: 'text' } },
  async run(given, around) {
    const plan = callerPath(required('repair', given, 'plan'));
    const wanted = callerPath(required('repair', given, 'out'));
    const { repairs } = readPlan(repairPlan, await readJson(plan));
    const learned = Object.keys(learnedFills(repairs));
    if (learned.length > 0) throw new ConcordError('FILL_LEARNED_LATER', { columns: learned });
    const out = requireFree(wanted, given.flags.has('force'));
    const { table } = await readRecords(callerPath(given.files[0] ?? ''), around);
    const done = await repairTable(table, repairs, around);
    await writeWhole(out, writeCsv(done.table));
    return {
      json: {
        rows: done.table.rows,
        columns: done.table.columns.map(({ name, type }) => ({ name, type })),
        repairs: done.effects.map(({ kind, column, rows, missing }) => ({
          ...{ kind, column, rows, missing },
        })),
      },
    };
  },
};
