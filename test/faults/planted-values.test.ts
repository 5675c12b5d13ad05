import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../../main/records/csv-writer.ts';
import type { Column } from '../../main/records/table.ts';
import { demoOf, demoRecords } from '../../main/study/demo.ts';
import { EngineProcess } from './engine-process.ts';

const PASSPHRASE = 'zinc oboe planted passphrase 7';
const PLANTED = ['QXPLANTEDNAMEQX', 'QXPLANTEDNOTEQX', '秘密植入值', PASSPHRASE];

const folder = mkdtempSync(join(tmpdir(), 'concord-planted-'));
const vault = join(folder, 'vault', 'concord.vault');
const records = join(folder, 'records.csv');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Sample records with values in them that occur nowhere else. */
function plantedRecords(): Buffer {
  const table = demoRecords(1500);
  const plant = (column: Column): Column => {
    if ('values' in column) return column;
    const values: Record<string, string> = {
      name: PLANTED[0] ?? '',
      note: `${PLANTED[1]} 和 ${PLANTED[2]}`,
    };
    const value = values[column.name];
    return value === undefined
      ? column
      : { ...column, dictionary: column.dictionary.map(() => value) };
  };
  const planted = { ...table, columns: table.columns.map(plant) };
  return Buffer.concat([...writeCsv(planted)]);
}

function filesBelow(place: string): string[] {
  return readdirSync(place, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Files that hold a planted value in UTF-8 or UTF-16, either byte order. */
function leaks(places: readonly string[]): string[] {
  const needles = PLANTED.flatMap((value) => {
    const little = Buffer.from(value, 'utf16le');
    return [Buffer.from(value, 'utf8'), little, Buffer.from(little).swap16()];
  });
  return places
    .flatMap(filesBelow)
    .filter((file) => needles.some((needle) => readFileSync(file).includes(needle)));
}

describe('records and passphrase on disk', () => {
  it('stand nowhere in the clear: vault, -wal, -shm, keys, temporary files, home, logs', async () => {
    writeFileSync(records, plantedRecords());
    const [temporary, home] = ['tmp', 'home'].map((name) => join(folder, name));
    for (const place of [temporary, home]) mkdirSync(place ?? '', { recursive: true });
    const env = { TMPDIR: temporary ?? '', HOME: home ?? '' };
    const places = [join(folder, 'vault'), temporary ?? '', home ?? ''];

    expect(leaks([folder])).toEqual([records]); // the search finds what is there

    const engine = await EngineProcess.start(vault, env);
    await engine.call('vault.create', { passphrase: PASSPHRASE, person: 'Ada' });
    const { id: study } = await engine.call<{ id: string }>('study.create', { name: 'S' });
    await engine.call('import.preview', { ticket: 't' }, { t: records });
    await engine.call('import.start', { study, ticket: 't', name: 'r.csv' }, { t: records });
    const imported = await engine.jobEvent(
      ({ kind, state }) => kind === 'import' && state === 'done',
    );
    const plan = {
      ...demoOf('en').training,
      privacy: { epsilon: 1, delta: 1e-5 },
      backend: 'javascript',
    };
    await engine.call('train.start', { study, artefact: imported.artefacts[0], plan });
    expect(leaks(places)).toEqual([]); // while it trains
    const trained = await engine.jobEvent(({ kind, ended }) => kind === 'train' && ended !== null);
    expect(trained.state).toBe('done');
    const broken = { ...plan, label: 'name', labels: ['a', 'b'], positive: 'b' };
    await engine.call('train.start', { study, artefact: imported.artefacts[0], plan: broken });
    await engine.jobEvent(
      ({ id, ended }) => id !== trained.id && ended !== null && id !== imported.id,
    );
    expect(leaks(places)).toEqual([]);
    await engine.kill();
    expect(leaks(places)).toEqual([]); // what a killed process leaves behind
    const told = engine.stderr + JSON.stringify(engine.jobs);
    expect(PLANTED.filter((value) => told.includes(value))).toEqual([]);
  }, 180_000);
});
