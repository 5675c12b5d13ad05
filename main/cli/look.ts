import { profile } from '../records/profile.ts';
import type { Command } from './command.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';

/** `profile FILE`: what the file holds, column by column. */
export const profileCommand: Command = {
  form: { files: ['FILE'], options: READING_OPTIONS },
  async run(given, around) {
    const { table, facts } = await readGiven(given, around);
    return { json: profile(table, facts) };
  },
};
