import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import type { JobProgress } from '../../../main/contract/job.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import { loadEncoder } from '../../../main/learning/encoder/loaded-encoder.ts';
import { findEncoder } from '../../../main/learning/encoder/open-encoder.ts';
import type { Table } from '../../../main/records/table.ts';
import type { Context } from '../../../main/study/context.ts';
import { encoderAnswers, vaultEncoders } from '../../../main/study/encoders.ts';
import { textsOf } from '../../../main/learning/encoder/texts.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { sourceHash } from '../../../main/study/load.ts';
import { trainWork } from '../../../main/study/train.ts';
import { vectorsOfRecords } from '../../../main/study/text-vectors.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { tinyEncoder } from '../learning/encoder/tiny-encoder.ts';
import { codeOf, inTheDatabase, newFolder, newVault, reopen } from '../vault/fixture.ts';

function folderOf(files: ReadonlyMap<string, Uint8Array>): string {
  const folder = join(newFolder(), 'tiny');
  mkdirSync(folder);
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  return folder;
}

const contextOf = (vault: Vault, folder: string): Context =>
  ({ vault, person: vault.person, file: () => folder }) as unknown as Context;

const text = (name: string, cells: readonly string[]): Table['columns'][number] => {
  const dictionary = ['', ...new Set(cells.filter((cell) => cell !== ''))];
  const codes = Int32Array.from(cells, (cell) => dictionary.indexOf(cell));
  return { name, type: 'text', codes, dictionary };
};

describe('encoders of a vault', () => {
  it('are imported from a folder, checked and removed', async () => {
    const vault = await newVault();
    const context = contextOf(vault, folderOf(tinyEncoder()));
    const { encoder } = await encoderAnswers.import({ ticket: 't' }, context);
    expect(encoder).toMatchObject({ id: 'tiny-zh', languages: ['zh'], state: 'ready' });
    const listed = contract.encoders.list.output.parse(await encoderAnswers.list({}, context));
    expect(listed.encoders.map(({ id, state, bundled }) => [id, state, bundled])).toEqual([
      ['use-lite-en', 'ready', true],
      ['tiny-zh', 'ready', false],
    ]);
    expect(await codeOf(() => encoderAnswers.import({ ticket: 't' }, context))).toBe(
      'ENCODER_EXISTS',
    );
    const { file } = vault;
    vault.close();
    await inTheDatabase(file, (store) => {
      store.run(
        `UPDATE encoder_pieces SET bytes = zeroblob(length(bytes)) WHERE path LIKE 'group%'`,
      );
    });
    const again = contextOf(await reopen(file), '');
    const check = await encoderAnswers.check({ encoder: 'tiny-zh' }, again);
    expect(check.encoder.state).toBe('altered');
    expect((await encoderAnswers.list({}, again)).encoders[1]?.state).toBe('altered');
    encoderAnswers.remove({ encoder: 'tiny-zh' }, again);
    expect((await encoderAnswers.list({}, again)).encoders).toHaveLength(1);
    expect(await codeOf(() => encoderAnswers.check({ encoder: 'tiny-zh' }, again))).toBe(
      'ENCODER_UNKNOWN',
    );
  });

  it('are not taken through a link to somewhere else', async () => {
    const files = tinyEncoder();
    const elsewhere = join(newFolder(), 'secret');
    writeFileSync(elsewhere, files.get('vocab.txt')!);
    files.delete('vocab.txt');
    const folder = folderOf(files);
    symlinkSync(elsewhere, join(folder, 'vocab.txt'));
    const work = encoderAnswers.import({ ticket: 't' }, contextOf(await newVault(), folder));
    await expect(work).rejects.toMatchObject({
      code: 'ENCODER_INVALID',
      params: { file: 'vocab.txt', reason: 'file' },
    });
  });
});

describe('a training on vectors of texts', () => {
  it('tells how far the texts are read, and ends at a wish before anything is paid', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    await encoderAnswers.import({ ticket: 't' }, contextOf(vault, folderOf(tinyEncoder())));
    const rows = 400;
    const table: Table = {
      rows,
      columns: [
        text(
          'note',
          Array.from({ length: rows }, (_, row) => `咳嗽 ${row}`),
        ),
        text(
          'urgent',
          Array.from({ length: rows }, (_, row) => (row % 2 === 0 ? 'yes' : 'no')),
        ),
      ],
    };
    const facts = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;
    const { id: artefact } = saveRecords(vault, { study, name: 'n.csv' }, table, facts);
    const plan = trainPlan.parse({
      ...{ label: 'urgent', labels: ['no', 'yes'], text: 'note', epochs: 1 },
      model: { kind: 'encoder-head', encoder: 'tiny-zh' },
      privacy: { epsilon: 1, delta: 1e-4 },
    });
    const told: JobProgress[] = [];
    const run = async (): Promise<void> => {
      const work = trainWork(vault, { study, artefact, plan });
      const { id: job } = vault.jobs.create(work.kind, study);
      vault.jobs.start(job);
      const stop = new AbortController();
      const progress = (one: JobProgress): void => {
        told.push(one);
        stop.abort();
      };
      await work.run({ job, signal: stop.signal, progress });
    };
    await expect(run()).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(told).toHaveLength(1);
    // How many texts differ is a figure of the records: only the share of them is told.
    expect(told[0]).toMatchObject({ total: 100, unit: 'encoding' });
    expect(told[0]!.done).toBeLessThan(100);
    const { available, budget } = vault.ledger.ofSource(
      sourceHash(vault, vault.artefacts.info(artefact)),
    );
    expect(available).toEqual(budget);
  });
});

describe('vectors of records', () => {
  const table: Table = {
    rows: 3,
    columns: [text('title', ['咳嗽', '', 'rent']), text('note', ['患者', '', ''])],
  };

  it('are computed once for the same records, columns and encoder', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const context = contextOf(vault, folderOf(tinyEncoder()));
    await encoderAnswers.import({ ticket: 't' }, context);
    const encoder = await loadEncoder(await findEncoder('tiny-zh', [vaultEncoders(vault)]));
    let runs = 0;
    const counted = {
      ...encoder,
      run: (texts: readonly (readonly number[])[]) => {
        runs++;
        return encoder.run(texts);
      },
    };
    const wanted = { study, hash: 'a'.repeat(64), table, columns: ['title', 'note'] };
    const first = await vectorsOfRecords(vault, wanted, counted);
    expect(first).toHaveLength(3 * 4);
    expect([...first.subarray(4, 8)]).toEqual([0, 0, 0, 0]);
    expect(await vectorsOfRecords(vault, wanted, counted)).toEqual(first);
    expect(runs).toBe(1);
    await vectorsOfRecords(vault, { ...wanted, columns: ['title'] }, counted);
    await vectorsOfRecords(vault, { ...wanted, hash: 'b'.repeat(64) }, counted);
    await vectorsOfRecords(vault, wanted, { ...counted, sha256: 'c'.repeat(64) });
    expect(runs).toBe(4);
    encoder.dispose();
  });

  it('are those of all text columns of a record together', async () => {
    expect(textsOf(table, ['title', 'note'])).toEqual(['咳嗽\n患者', '', 'rent']);
    expect(textsOf(table, ['note'])).toEqual(['患者', '', '']);
    expect(await codeOf(() => textsOf(table, ['nothing']))).toBe('COLUMN_UNKNOWN');
  });
});
