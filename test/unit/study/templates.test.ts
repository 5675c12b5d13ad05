import { describe, expect, it } from 'vitest';
import { TEMPLATES } from '../../../main/contract/template.ts';
import type { ColumnFinding } from '../../../main/contract/identify.ts';
import { demoRecords } from '../../../main/study/demo.ts';
import { proposeRoles, saveRoles } from '../../../main/study/identify.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { studyOverview } from '../../../main/study/overview.ts';
import {
  fieldOf,
  fieldProposals,
  proposesGroup,
  setField,
  withFieldRoles,
} from '../../../main/study/templates.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { words } from '../../../main/words/index.ts';
import { EPSILONS } from '../../../renderer/steps/train/answers.ts';
import { codeOf, newVault, reopen } from '../vault/fixture.ts';

const finding = (name: string, change: Partial<ColumnFinding> = {}): ColumnFinding => ({
  ...{ name, role: 'other', entities: [], confidence: 0.5, evidence: [], distinct: 0.1 },
  ...change,
});

async function inStudy(): Promise<{ vault: Vault; study: string }> {
  const vault = await newVault();
  return { vault, study: vault.studies.create('S').id };
}

describe('the fields', () => {
  it('are those of the contract, in its order, each with a stop of the slider and all its words', () => {
    const fields = fieldProposals();
    expect(fields.map(({ name }) => name)).toEqual([...TEMPLATES]);
    for (const { name, epsilon, figures, margin } of fields) {
      expect(EPSILONS).toContain(epsilon);
      for (const language of ['en', 'zh-CN'] as const) {
        const w = words(language).templates;
        expect(w.fields[name].cautions.length).toBeGreaterThanOrEqual(3);
        for (const figure of [...figures, margin.figure]) expect(w.figures[figure]).toBeDefined();
      }
    }
  });

  it('belong to a study, stay over a closing, and each change stands in the journal once', async () => {
    const { vault, study } = await inStudy();
    expect(fieldOf(vault, study)).toEqual({ proposal: null, harm: null });
    setField(vault, { study, template: 'health', harm: 'both' });
    setField(vault, { study, template: 'health', harm: 'both' });
    // What was proposed is not what a person said.
    const { proposal, harm } = fieldOf(vault, study);
    expect([proposal?.name, proposal?.harm, harm]).toEqual(['health', 'missed', 'both']);
    expect(studyOverview(vault, study).template).toBe('health');
    const told = vault.journal.list().filter(({ action }) => action === 'study.field-set');
    expect(told.map(({ params }) => params)).toEqual([{ template: 'health', harm: 'both' }]);
    const { file } = vault;
    vault.close();
    const again = await reopen(file);
    expect(fieldOf(again, study).proposal?.name).toBe('health');
    setField(again, { study, template: null, harm: null });
    expect(fieldOf(again, study)).toEqual({ proposal: null, harm: null });
    expect(await codeOf(() => fieldOf(again, 'none'))).toBe('STUDY_UNKNOWN');
    const unknown = { study: 'none', template: null, harm: null };
    expect(await codeOf(() => setField(again, unknown))).toBe('STUDY_UNKNOWN');
  });
});

describe('roles of a field', () => {
  it('are proposed where nothing else speaks, and told as such', async () => {
    const { vault, study } = await inStudy();
    const columns = [
      finding('exam_score'),
      finding('班级'),
      finding('classification'),
      finding('attendance', { role: 'label', evidence: ['name', 'outcome'], confidence: 0.9 }),
    ];
    expect(withFieldRoles(vault, study, columns)).toEqual(columns);
    setField(vault, { study, template: 'education', harm: 'missed' });
    const found = withFieldRoles(vault, study, columns);
    expect(found.map(({ role }) => role)).toEqual([
      'sensitive',
      'quasi-identifier',
      'other',
      'label',
    ]);
    expect(found[0]?.evidence).toEqual(['field']);
    expect(found[3]).toEqual(columns[3]);
  });

  it('are what a person then decides against or for, as with any other proposal', async () => {
    const { vault, study } = await inStudy();
    const facts = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;
    const { id } = saveRecords(vault, { study, name: 's.csv' }, demoRecords(100), facts);
    const of = { study, artefact: id };
    const before = proposeRoles(vault, of).columns;
    setField(vault, { study, template: 'health', harm: 'missed' });
    const { columns } = proposeRoles(vault, of);
    const changed = columns.filter(({ role }, at) => role !== before[at]?.role);
    // The sample's columns speak for themselves, but for those told by the field.
    expect(changed.every(({ evidence }) => evidence.includes('field'))).toBe(true);
    const roles = columns.map(({ name }) => ({ name, role: 'other' as const }));
    saveRoles(vault, { ...of, roles });
    const { decided } = proposeRoles(vault, of);
    expect(new Set(Object.values(decided ?? {}))).toEqual(new Set(['other']));
  });
});

it('groups of a field are proposed by whole words', async () => {
  const { vault, study } = await inStudy();
  expect(proposesGroup(vault, study)('sex')).toBe(false);
  setField(vault, { study, template: 'finance', harm: null });
  const proposes = proposesGroup(vault, study);
  expect(['sex', 'maritalStatus', '客户性别', 'foreign_worker'].map(proposes)).toEqual(
    Array.from({ length: 4 }, () => true),
  );
  expect(['sextant', 'page', 'amount'].map(proposes)).toEqual([false, false, false]);
});
