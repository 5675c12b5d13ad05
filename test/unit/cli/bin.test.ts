import { afterAll, describe, expect, it } from 'vitest';
import { createVault } from '../../../main/vault/index.ts';
import { concord, scratchFolder, type Ran } from '../../command-line.ts';
import { CHEAP, PASSPHRASE } from '../vault/fixture.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

interface Bin {
  readonly studies: readonly { readonly name: string; readonly holds: { records: number } }[];
}

describe('the command bin', () => {
  it('lists, brings back, and deletes for good what was removed', async () => {
    const file = folder.path('v.vault');
    const vault = await createVault({ file, passphrase: PASSPHRASE, person: 'Ada', cost: CHEAP });
    for (const name of ['One', 'Two', 'Three']) {
      const study = vault.studies.create(name).id;
      const bytes = Buffer.from('a\n1\n');
      vault.artefacts.put({ study, kind: 'source-records', name: 'r.csv', bytes });
      if (name !== 'One') vault.studies.remove(study);
    }
    vault.close();
    const bin = (...args: string[]): Promise<Ran> =>
      concord(['bin', ...args, '--vault', file, '--json'], { input: `${PASSPHRASE}\n` });
    const names = async (...args: string[]): Promise<string[]> =>
      (await bin(...args)).json<Bin>().studies.map(({ name }) => name);

    const listed = (await bin('remove', '--study', 'One')).json<Bin>().studies;
    expect(listed[0]).toMatchObject({ name: 'One', holds: { records: 1 } });
    expect(listed).toHaveLength(3);
    expect(await names('restore', '--study', 'One')).toEqual(['Three', 'Two']);

    const refused = await bin('erase', '--study', 'One');
    expect(refused.status).toBe(3);
    expect(refused.stderr).toMatch(/^STUDY_NOT_REMOVED: .*"One"/m);
    expect(await names('erase', '--study', 'Two')).toEqual(['Three']);
    expect(await names('erase', '--all')).toEqual([]);
    expect((await bin('burn')).stderr).toMatch(/^COMMAND_UNKNOWN: .*list.*erase/m);
  });
});
