import { readRecords } from '../study/read.ts';
import { profile } from '../records/profile.ts';
import { identifyTable } from '../identify/table.ts';
import type { Command } from './command.ts';
import { callerPath } from './paths.ts';

/** `profile FILE`: what the file holds, column by column. */
export const profileCommand: Command = {
  form: { files: ['FILE'], options: {} },
  async run({ files }, around) {
    const { table, facts } = await readRecords(callerPath(files[0] ?? ''), around);
    return { json: profile(table, facts) };
  },
};

/** `identify FILE`: the proposed role of each column, with its evidence, and what singles rows out. */
export const identifyCommand: Command = {
  form: { files: ['FILE'], options: { label: 'text' } },
  async run({ files, text }, around) {
    const { table } = await readRecords(callerPath(files[0] ?? ''), around);
    return { json: identifyTable(table, text.get('label')) };
  },
};
