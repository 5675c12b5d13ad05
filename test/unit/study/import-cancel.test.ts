import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Jobs } from '../../../main/engine/jobs.ts';
import { writeCsv } from '../../../main/records/csv-writer.ts';
import { demoRecords } from '../../../main/study/demo.ts';
import { importWork } from '../../../main/study/import.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { CHEAP } from '../vault/fixture.ts';

const scratch = scratchFolder();
const csv = scratch.path('sample.csv');
let vault: Vault;
let study: string;

beforeAll(async () => {
  const file = scratch.path('study.vault');
  const passphrase = 'four quiet herons wade';
  vault = await createVault({ file, passphrase, person: 'Ada', cost: CHEAP });
  study = vault.studies.create('Import').id;
  writeFileSync(csv, Buffer.concat([...writeCsv(demoRecords(600))]));
});
afterAll(() => vault.close());

describe('an import that is cancelled', () => {
  it.each([1, 2, 3])(
    '%i turns after the file was read is heard, and nothing is left',
    async (turns) => {
      const after = (n: number, then: () => void): void =>
        void setImmediate(() => (n === 1 ? then() : after(n - 1, then)));
      let asked = false;
      const jobs: Jobs = new Jobs({
        vault,
        log: () => {},
        tell: ({ id, state, progress }) => {
          // The last news of the reader: all bytes are read, nothing is kept yet.
          if (asked || state !== 'running' || progress === null) return;
          if (progress.done < progress.total) return;
          asked = true;
          after(turns, () => jobs.cancel(id));
        },
      });
      const id = jobs.start(importWork(vault, { study, path: csv, name: 's.csv', options: {} }));
      await jobs.idle();
      expect(asked).toBe(true);
      expect(jobs.get(id)).toMatchObject({ state: 'cancelled', artefacts: [] });
      expect(vault.artefacts.list(study)).toEqual([]);
      expect(() => vault.ledger.ofStudy(study)).toThrow('ARTEFACT_UNKNOWN');
    },
  );
});
