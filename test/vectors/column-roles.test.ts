import { expect, it } from 'vitest';
import { identifyColumns } from '../../main/identify/columns.ts';
import { uniqueSets } from '../../main/identify/uniqueness.ts';
import { readCsv } from '../../main/records/csv-reader.ts';
import { fileBytes } from '../../main/study/files.ts';
import { describeWithShared, sharedPath } from '../shared.ts';
import { TABULAR_KEYS } from '../unit/identify/roles-key.ts';

const FILES = Object.entries(TABULAR_KEYS).map(([file, key]) => [`tabular/${file}`, key] as const);
const read = async (file: string) => (await readCsv(fileBytes(sharedPath(file)))).table;

describeWithShared(
  'roles of the columns of public tables',
  FILES.map(([file]) => file),
  () => {
    it.each(FILES)('%s: at least 95 of 100 as in the key', async (file, key) => {
      const { columns } = identifyColumns(await read(file));
      expect(columns.map(({ name }) => name).sort()).toEqual(Object.keys(key).sort());
      const missed = columns.filter(({ name, role }) => role !== key[name]);
      const share = 1 - missed.length / columns.length;
      expect(
        share,
        missed.map(({ name, role }) => `${name}: ${role}`).join(),
      ).toBeGreaterThanOrEqual(0.95);
    });

    it('singles out on Adult what counting by hand finds', async () => {
      const table = await read('tabular/adult/adult.csv');
      const sets = uniqueSets(table, ['age', 'sex', 'native_country']);
      // awk -F, 'NR>1{c[$1","$10","$14]++} END{for(k in c){u+=c[k]==1; b+=c[k]<5?c[k]:0} print u,b}'
      expect(sets.find(({ columns }) => columns.length === 3)).toEqual({
        columns: ['age', 'sex', 'native_country'],
        unique: 1067 / 48_842,
        below5: 2904 / 48_842,
      });
    });
  },
);
