import { beforeEach, describe, expect, it } from 'vitest';
import { ledgerView } from '../../../main/contract/vault.ts';
import type { ReservationRequest, Vault } from '../../../main/vault/index.ts';
import { Journal } from '../../../main/vault/journal.ts';
import { compareLedger } from '../../../main/vault/ledger-replay.ts';
import { codeOf, inTheDatabase, newVault, reopen, sourceOf } from './fixture.ts';

const SOURCE = sourceOf('a');
const PHASES = [
  { mechanism: 'poisson_gaussian', noise_multiplier: 1.1, sample_rate: 0.01, steps: 9 },
];
/** The ledger knows the phases of none of these: only epsilons and deltas can be added up. */
const UNKNOWN = [{ mechanism: 'unknown' }];

let vault: Vault;
let study: string;

beforeEach(async () => {
  vault = await newVault();
  study = vault.studies.create('Ledger').id;
  vault.ledger.register(study, SOURCE, 48_842);
});

function ask(job: string, epsilon: number, more: Partial<ReservationRequest> = {}): void {
  vault.ledger.reserve({
    sourceHash: SOURCE,
    study,
    job,
    kind: 'train',
    epsilon,
    delta: 1e-6,
    phases: UNKNOWN,
    steps: 100,
    ...more,
  });
}

describe('the privacy ledger', () => {
  it('starts with the documented budget and nothing taken', () => {
    const view = ledgerView.parse(vault.ledger.ofStudy(study));
    expect(view).toMatchObject({
      budget: { epsilon: 4, delta: 2e-5 },
      reserved: { epsilon: 0, delta: 0 },
      spent: { epsilon: 0, delta: 0 },
      entries: [],
    });
  });

  it('adds up what is reserved and what is spent', () => {
    ask('one', 1);
    ask('two', 0.5);
    vault.ledger.chargeBlock('one', 10);
    vault.ledger.finish('one');
    const view = vault.ledger.ofStudy(study);
    expect(view.spent).toEqual({ epsilon: 1, delta: 1e-6 });
    expect(view.reserved).toEqual({ epsilon: 0.5, delta: 1e-6 });
    // Half of delta is the filter's.
    expect(view.available).toEqual({ epsilon: 2.5, delta: 8e-6 });
    expect(view.plain).toEqual({ epsilon: 1.5, delta: 2e-6 });
    expect(
      view.entries.map(({ job, state, steps_charged }) => [job, state, steps_charged]),
    ).toEqual([
      ['one', 'done', 10],
      ['two', 'open', 0],
    ]);
  });

  it('can be filled to the brim and refuses the next drop, saying what would fit', async () => {
    const delta = 5e-7;
    for (let n = 0; n < 10; n++) ask(`tenth ${n}`, 0.3, { delta });
    const over = () => ask('over', 1.0000000000000002, { delta });
    await expect(async () => over()).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
      exitCode: 3,
      params: {
        requestedEpsilon: 1.0000000000000002,
        requestedDelta: delta,
        availableEpsilon: 1,
        availableDelta: 5e-6,
      },
    });
    ask('brim', 1, { delta });
    expect(vault.ledger.ofSource(SOURCE).available.epsilon).toBe(0);
    expect(await codeOf(() => ask('drop', 5e-324, { delta }))).toBe('BUDGET_EXCEEDED');
    expect(vault.ledger.ofSource(SOURCE).entries).toHaveLength(11);
  });

  it('holds delta as it holds epsilon', async () => {
    ask('half', 0.1, { delta: 5e-6 });
    expect(await codeOf(() => ask('more', 0.1, { delta: 5.1e-6 }))).toBe('BUDGET_EXCEEDED');
    ask('rest', 0.1, { delta: 5e-6 });
    ask('pure', 0.1, { delta: 0 });
  });

  it('returns nothing after cancel, failure or a dead process', async () => {
    ask('cancelled', 1);
    ask('failed', 1);
    ask('killed', 1);
    vault.ledger.finish('cancelled', 'cancelled');
    vault.ledger.finish('failed', 'failed');
    vault.ledger.chargeBlock('killed', 40);
    const { file } = vault;
    vault.close();
    vault = await reopen(file);
    const view = vault.ledger.ofStudy(study);
    expect(view.reserved.epsilon).toBe(0);
    expect(view.spent.epsilon).toBe(3);
    expect(view.entries.map(({ state }) => state)).toEqual(['cancelled', 'failed', 'interrupted']);
    expect(await codeOf(() => ask('too much', 1.5))).toBe('BUDGET_EXCEEDED');
  });

  it('lets an interrupted job go on after the steps that count as run, at no further cost', async () => {
    ask('killed', 3);
    vault.ledger.chargeBlock('killed', 40);
    const { file } = vault;
    vault.close();
    vault = await reopen(file);
    expect(await codeOf(() => vault.ledger.chargeBlock('killed', 50))).toBe('JOB_UNKNOWN');
    expect(vault.ledger.resume('killed')).toMatchObject({ stepsCharged: 40, stepsReserved: 100 });
    vault.ledger.chargeBlock('killed', 100);
    expect(vault.ledger.finish('killed')).toMatchObject({ state: 'done' });
    expect(vault.ledger.ofSource(SOURCE).spent.epsilon).toBe(3);
    expect(await codeOf(() => vault.ledger.resume('killed'))).toBe('JOB_UNKNOWN');
  });

  it('charges only forward and only what was reserved', async () => {
    ask('one', 1);
    vault.ledger.chargeBlock('one', 60);
    expect(await codeOf(() => vault.ledger.chargeBlock('one', 59))).toBe('REQUEST_MALFORMED');
    expect(await codeOf(() => vault.ledger.chargeBlock('one', 60.5))).toBe('REQUEST_MALFORMED');
    expect(vault.ledger.chargeBlock('one', 60).stepsCharged).toBe(60);
    expect(await codeOf(() => vault.ledger.chargeBlock('one', 101))).toBe('STEPS_EXCEEDED');
    vault.ledger.finish('one');
    expect(await codeOf(() => vault.ledger.chargeBlock('one', 70))).toBe('JOB_UNKNOWN');
    expect(await codeOf(() => vault.ledger.finish('one'))).toBe('JOB_UNKNOWN');
  });

  it('is shared by all studies of the same records, and by no others', async () => {
    const second = vault.studies.create('Second').id;
    ask('one', 3);
    expect(await codeOf(() => ask('early', 1, { study: second }))).toBe('ARTEFACT_UNKNOWN');
    vault.ledger.register(second, SOURCE, 48_842);
    expect(await codeOf(() => ask('two', 1.1, { study: second }))).toBe('BUDGET_EXCEEDED');
    ask('two', 1, { study: second });
    expect(vault.ledger.ofStudy(second)).toEqual(vault.ledger.ofStudy(study));
    const other = sourceOf('b');
    vault.ledger.register(second, other, 10);
    expect(vault.ledger.ofStudy(second).source).toBe(other);
    expect(vault.ledger.ofStudy(second, SOURCE).spent.epsilon).toBe(0);
    expect(await codeOf(() => vault.ledger.ofStudy(study, other))).toBe('ARTEFACT_UNKNOWN');
  });

  it('counts jobs whose mechanisms it knows by the filter too, and takes what either way holds', () => {
    ask('one', 3.9, { phases: PHASES });
    ask('two', 3.9, { phases: PHASES });
    const { plain, filter, available } = vault.ledger.ofSource(SOURCE);
    expect(plain).toEqual({ epsilon: 7.8, delta: 2e-6 });
    expect(available.epsilon).toBe(0);
    expect(filter?.delta).toBe(1e-5);
    expect(filter?.epsilon).toBeLessThan(4);
    const { fits, after } = vault.ledger.trial(SOURCE, { epsilon: 1, delta: 1e-6, phases: PHASES });
    expect(fits).toBe(true);
    expect(after.filter?.epsilon).toBeGreaterThan(filter?.epsilon ?? NaN);
    const unknown = { epsilon: 1, delta: 1e-6, phases: UNKNOWN };
    expect(vault.ledger.trial(SOURCE, { ...unknown, epsilon: 3 }).fits).toBe(false);
    expect(vault.verify()).toMatchObject({ ok: true });
  });

  it('chooses the filter by the budget of the first job, and keeps it', () => {
    const orderNow = () => vault.ledger.ofSource(SOURCE).filter?.order;
    const usual = orderNow();
    vault.ledger.setBudget(SOURCE, { epsilon: 1, delta: 2e-5 });
    const small = orderNow();
    expect(small).toBeGreaterThan(usual ?? NaN);
    ask('one', 0.5, { phases: PHASES });
    vault.ledger.setBudget(SOURCE, { epsilon: 4, delta: 2e-5 });
    expect(orderNow()).toBe(small);
  });

  it('adds plainly what was taken before there was a filter', () => {
    vault.ledger.addAnchored(SOURCE, { epsilon: 3, delta: 1e-6 }, 'before');
    ask('one', 0.5, { phases: PHASES });
    const { filter } = vault.ledger.ofSource(SOURCE);
    expect(filter?.epsilon).toBeGreaterThan(3);
    expect(filter?.delta).toBe(9.5e-6);
  });

  it('takes a budget from stewards only, below one in n, and only once per job', async () => {
    expect(vault.ledger.setBudget(SOURCE, { epsilon: 8, delta: 1e-5 }).budget.epsilon).toBe(8);
    const set = (delta: number) =>
      codeOf(() => vault.ledger.setBudget(SOURCE, { epsilon: 1, delta }));
    expect(await set(1 / 48_842)).toBe('DELTA_TOO_LARGE');
    ask('one', 1);
    expect(await codeOf(() => ask('one', 1))).toBe('REQUEST_MALFORMED');
    for (const epsilon of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(await codeOf(() => ask('odd', epsilon))).toBe('EPSILON_INVALID');
    }
    expect(await codeOf(() => ask('odd', 1, { delta: 1 }))).toBe('DELTA_INVALID');
    const { file } = vault;
    await vault.people.add({ name: 'Bo', role: 'analyst', passphrase: 'nine patient otters swim' });
    vault.close();
    vault = await reopen(file, 'nine patient otters swim');
    const refused = codeOf(() => vault.ledger.setBudget(SOURCE, { epsilon: 9, delta: 0 }));
    expect(await refused).toBe('ROLE_REFUSED');
  });

  it('is compared with the journal: a figure changed in the database is found', async () => {
    ask('one', 1);
    vault.ledger.chargeBlock('one', 5);
    vault.ledger.finish('one');
    expect(vault.verify().ledger).toEqual({ ok: true, entries: 1, differences: [] });
    const { file } = vault;
    vault.close();
    const edits = [
      [`UPDATE reservations SET epsilon = 0.1`, 'one'],
      [`UPDATE reservations SET delta = 0`, 'one'],
      [`UPDATE reservations SET steps_charged = 4`, 'one'],
      [`UPDATE reservations SET steps_reserved = 4`, 'one'],
      [`UPDATE reservations SET state = 'open'`, 'one'],
      [`UPDATE reservations SET phases = '[]'`, 'one'],
      [`UPDATE reservations SET kind = 'statistic'`, 'one'],
      [`DELETE FROM reservations`, 'one'],
      [`UPDATE ledgers SET epsilon = 40`, SOURCE],
      [`UPDATE ledgers SET records = 4`, SOURCE],
      [`UPDATE ledgers SET filter_order = 100`, SOURCE],
      [`UPDATE ledgers SET filter_delta = 0`, SOURCE],
      [`UPDATE ledgers SET filter_after = 9`, SOURCE],
    ] as const;
    await inTheDatabase(file, (store) => {
      const journal = new Journal(store, 'nobody', () => '');
      store.execute(
        'DROP TRIGGER reservations_keep; DROP TRIGGER reservations_stay; DROP TRIGGER ledgers_filter_stays',
      );
      for (const [edit, name] of edits) {
        store.execute(`SAVEPOINT whole; ${edit}`);
        const found = compareLedger({ store, journal });
        expect(found, edit).toMatchObject({ ok: false, differences: [name] });
        store.execute('ROLLBACK TO whole; RELEASE whole');
        expect(compareLedger({ store, journal }).ok).toBe(true);
      }
    });
  });

  it('shows a finished job that was opened again behind the journal', async () => {
    ask('one', 1);
    vault.ledger.finish('one');
    const { file } = vault;
    vault.close();
    await inTheDatabase(file, (store) => store.run(`UPDATE reservations SET state = 'open'`));
    vault = await reopen(file);
    expect(vault.verify()).toMatchObject({ ok: false, ledger: { differences: ['one'] } });
  });

  it('cannot be lowered by an ordinary statement', async () => {
    ask('one', 1);
    const { file } = vault;
    vault.close();
    await inTheDatabase(file, (store) => {
      expect(() => store.run('DELETE FROM reservations')).toThrow('budget is never returned');
      expect(() => store.run('UPDATE reservations SET epsilon = 0')).toThrow('never returned');
      expect(() => store.run('UPDATE ledgers SET filter_order = 2')).toThrow('chosen once');
    });
  });
});
