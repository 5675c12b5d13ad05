import { labelRules } from '../contract/label.ts';
import { writeCsv } from '../records/csv-writer.ts';
import { labelTable } from '../records/labels/apply.ts';
import { readJson, requireFree, writeWhole } from '../study/files.ts';
import { required } from './arguments.ts';
import type { Command } from './command.ts';
import { callerPath } from './paths.ts';
import { readPlan } from './plan.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';

/** `label FILE --rules RULES.json --out FILE`: a label by the first rule that fits each record. */
export const labelCommand: Command = {
  form: { files: ['FILE'], options: { rules: 'text', out: 'text', ...READING_OPTIONS } },
  async run(given, around) {
    const rules = callerPath(required('label', given, 'rules'));
    const wanted = callerPath(required('label', given, 'out'));
    const plan = { ...readPlan(labelRules, await readJson(rules)), hand: false };
    const out = requireFree(wanted, given.flags.has('force'));
    const { table } = await readGiven(given, around);
    const done = labelTable(table, plan, { values: [], rows: new Map() });
    await writeWhole(out, writeCsv(done.table));
    const { rows, values, unlabelled } = done.effect;
    return {
      json: {
        rows: rows.after,
        column: plan.column,
        values: values.map(({ value, rules: byRule, otherwise }) => {
          return { value, rows: byRule + otherwise };
        }),
        unlabelled,
        rules: done.effect.rules,
      },
    };
  },
};
