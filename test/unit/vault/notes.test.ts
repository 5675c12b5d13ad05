import { describe, expect, it } from 'vitest';
import { codeOf, inTheDatabase, newVault, reopen } from './fixture.ts';

describe('notes', () => {
  it('hold the last text of an artefact, and an empty one takes it away', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const other = vault.studies.create('T').id;
    const put = (of: string): string =>
      vault.artefacts.put({ study: of, kind: 'model', name: 'm', bytes: Buffer.from(of) }).id;
    const [model, elsewhere] = [put(study), put(other)];
    vault.notes.save(study, model, 'first');
    vault.notes.save(study, model, '第二版 with more batches');
    vault.notes.save(other, elsewhere, 'not here');
    const found = vault.notes.ofStudy(study);
    expect([...found.keys()]).toEqual([model]);
    const note = found.get(model);
    expect(note?.text).toBe('第二版 with more batches');
    expect(note?.person).toBe(vault.person.id);
    // Who and how much, never what.
    const told = vault.journal.list().filter(({ action }) => action === 'note.saved');
    expect(told.map(({ params }) => params['characters'])).toEqual([5, 21, 8]);
    expect(JSON.stringify(told)).not.toMatch(/first|第二版|not here/);
    vault.notes.save(study, model, '');
    expect(vault.notes.ofStudy(study).size).toBe(0);
    expect(vault.verify().ok).toBe(true);
  });

  it('are sealed to their artefact: one moved to another does not open', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const put = (text: string): string =>
      vault.artefacts.put({ study, kind: 'model', name: 'm', bytes: Buffer.from(text) }).id;
    const [a, b] = [put('a'), put('b')];
    vault.notes.save(study, a, 'of a');
    const { file } = vault;
    vault.close();
    await inTheDatabase(file, (store) => {
      const held = store.all<{ sealed: Buffer }>('SELECT sealed FROM notes');
      expect(held[0]?.sealed.toString('utf8')).not.toContain('of a');
      store.run('UPDATE notes SET artefact = ?', b);
    });
    const again = await reopen(file);
    expect(await codeOf(() => again.notes.ofStudy(study))).toBe('VAULT_DAMAGED');
  });
});
