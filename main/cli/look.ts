import { readRecords } from '../study/read.ts';
import { profile } from '../records/profile.ts';
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
