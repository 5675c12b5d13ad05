import { afterAll, expect, it } from 'vitest';
import type { FileProfile } from '../../../main/contract/import.ts';
import { concord, scratchFolder } from '../../command-line.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const VISITS = scratch.write('visits.csv', 'id,visit\np0,1\np0,2\np1,3\n');
/** Semicolons, quotes that are text, and a first line that is a record. */
const PEOPLE = scratch.write('people.csv', 'p0;"flat" foot\np1;none\np2;"dry"\np3;"warm"\n');

it('a second file is read as its own options say', async () => {
  const join = ['profile', VISITS, '--join', PEOPLE, '--key', 'id=column_1', '--json'];
  const refused = await concord(join);
  expect(refused.status).toBe(2);
  const own = ['--join-quote', 'none', '--join-delimiter', ';', '--join-no-header'];
  const ran = await concord([...join, ...own]);
  expect(ran.stderr).toBe('');
  const { columns, delimiter } = ran.json() as FileProfile;
  expect(delimiter).toBe(',');
  expect(columns.map(({ name }) => name)).toEqual(['id', 'visit', 'column_2']);
  expect(columns[2]).toMatchObject({ missing: 0, distinct: 2 });
});
