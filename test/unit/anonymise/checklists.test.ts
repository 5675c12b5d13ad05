import { describe, expect, it } from 'vitest';
import {
  checklistsOf,
  type Released,
  type ReleasedColumn,
} from '../../../main/anonymise/checklists/index.ts';
import {
  CHECKLISTS,
  CHECKLIST_ITEMS,
  type ChecklistItem,
  type ChecklistName,
} from '../../../main/contract/checklist.ts';
import type { EntityType } from '../../../main/contract/identify.ts';

function column(name: string, more: Partial<ReleasedColumn> = {}): ReleasedColumn {
  return {
    name,
    role: 'insensitive',
    entities: [],
    freeText: false,
    coarser: false,
    daysTold: false,
    oldAgeTold: false,
    ...more,
  };
}
const K5 = { type: 'k-anonymity', k: 5 } as const;
const plain = (...columns: ReleasedColumn[]): Released => ({
  columns,
  models: [K5],
  smallestClass: 5,
  standIns: false,
});
function itemOf(released: Released, name: ChecklistName, item: string): ChecklistItem {
  const found = checklistsOf(released)
    .find((one) => one.name === name)
    ?.items.find((one) => one.item === item);
  if (found === undefined) throw new Error(`no item ${item}`);
  return found;
}
const harbor = (released: Released, item: string): ChecklistItem =>
  itemOf(released, 'safe-harbor', item);

describe('every checklist', () => {
  it('has each of its items once, in order, and leaves something to a person', () => {
    const all = checklistsOf(plain(column('age', { role: 'quasi-identifier' })));
    expect(all.map(({ name }) => name)).toEqual([...CHECKLISTS]);
    for (const { name, items } of all) {
      expect(items.map(({ item }) => item)).toEqual([...CHECKLIST_ITEMS[name]]);
      expect(items.some(({ verdict }) => verdict === 'human')).toBe(true);
    }
  });
});

describe('Safe Harbor', () => {
  const BY_TYPE: readonly [string, EntityType][] = [
    ['A', 'PERSON'],
    ['D', 'PHONE'],
    ['E', 'PHONE'],
    ['F', 'EMAIL'],
    ['G', 'SSN'],
    ['H', 'MEDICAL_ID'],
    ['I', 'MEDICAL_ID'],
    ['J', 'IBAN'],
    ['K', 'LICENCE'],
    ['L', 'PLATE'],
    ['M', 'DEVICE_ID'],
    ['N', 'URL'],
    ['O', 'IP'],
    ['R', 'OTHER_ID'],
  ];
  it.each(BY_TYPE)(
    '(%s) is not met where %s is released, and met where it is not',
    (item, type) => {
      const released = plain(column('x', { entities: [type] }));
      expect(harbor(released, item)).toMatchObject({ verdict: 'not-met', columns: ['x'] });
      expect(harbor(plain(column('x')), item)).toMatchObject({ verdict: 'met', columns: [] });
    },
  );

  it('leaves places that were made coarser to a person', () => {
    const place = (coarser: boolean): Released =>
      plain(column('zip', { entities: ['POSTCODE'], coarser }));
    expect(harbor(place(false), 'B').verdict).toBe('not-met');
    expect(harbor(place(true), 'B')).toMatchObject({ verdict: 'human', reason: 'coarser' });
  });

  it('allows years and one group of old ages, no days and no old age by itself', () => {
    const date = (more: Partial<ReleasedColumn>): Released =>
      plain(column('born', { entities: ['DATE'], ...more }));
    expect(harbor(date({ daysTold: true }), 'C').verdict).toBe('not-met');
    expect(harbor(date({ oldAgeTold: true }), 'C').verdict).toBe('not-met');
    expect(harbor(date({}), 'C')).toMatchObject({ verdict: 'met', reason: 'years-only' });
  });

  it('takes no redacted text for free of names', () => {
    const note = column('note', { role: 'redacted', freeText: true, entities: ['PERSON'] });
    expect(harbor(plain(note), 'A')).toMatchObject({ verdict: 'human', reason: 'free-text' });
  });

  it('counts stand-ins as a code that leads back to a person', () => {
    const note = column('note', { role: 'redacted', freeText: true });
    expect(harbor({ ...plain(note), standIns: true }, 'R')).toMatchObject({
      verdict: 'not-met',
      reason: 'stand-ins',
      columns: ['note'],
    });
  });
});

describe('WP216 and recital 26', () => {
  const age = column('age', { role: 'quasi-identifier' });
  const illness = column('illness', { role: 'sensitive' });
  const ask = (released: Released, item: string): ChecklistItem => itemOf(released, 'wp216', item);

  it('says that people can be singled out where a group has one record', () => {
    expect(ask({ ...plain(age), smallestClass: 1 }, 'singling-out').verdict).toBe('not-met');
    expect(ask(plain(age), 'singling-out').verdict).toBe('met');
    expect(ask(plain(age, column('clinic')), 'singling-out')).toMatchObject({
      verdict: 'human',
      columns: ['clinic'],
    });
  });

  it('asks for a condition on every sensitive column', () => {
    expect(ask(plain(age, illness), 'inference')).toMatchObject({
      verdict: 'not-met',
      columns: ['illness'],
    });
    const diverse = { type: 'distinct-l-diversity', attribute: 'illness', l: 2 } as const;
    const released = { ...plain(age, illness), models: [K5, diverse] };
    expect(ask(released, 'inference').verdict).toBe('met');
    expect(ask(plain(age), 'inference').verdict).toBe('human');
  });

  it('never calls stand-ins anonymous', () => {
    expect(ask({ ...plain(age), standIns: true }, 'pseudonyms').verdict).toBe('not-met');
    expect(ask(plain(age), 'pseudonyms').verdict).toBe('met');
  });
});

describe('GB/T 37964', () => {
  it('is not met on quasi-identifiers where single records stand out', () => {
    const age = column('age', { role: 'quasi-identifier' });
    const of = (smallestClass: number): ChecklistItem =>
      itemOf({ ...plain(age), smallestClass }, 'gbt-37964', 'quasi');
    expect(of(1).verdict).toBe('not-met');
    expect(of(5)).toMatchObject({ verdict: 'met', columns: ['age'] });
  });

  it('is not met on direct identifiers that are released', () => {
    const released = plain(column('address', { entities: ['ADDRESS'] }));
    expect(itemOf(released, 'gbt-37964', 'direct').verdict).toBe('not-met');
  });
});
