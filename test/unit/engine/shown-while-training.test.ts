import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  jobProgress,
  jobTrace,
  type JobView,
  type TracePoint,
} from '../../../main/contract/job.ts';
import type { Phase } from '../../../main/contract/privacy.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { Jobs } from '../../../main/engine/jobs.ts';
import type { Table } from '../../../main/records/table.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { epsilonOfSteps } from '../../../main/study/payment.ts';
import { trainWork } from '../../../main/study/train.ts';
import { createVault, type Reservation, type Vault } from '../../../main/vault/index.ts';
import { CHEAP } from '../vault/fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-shown-'));
const { training } = demoOf('en');
const RECORDS = 600;
let vault: Vault;

beforeAll(async () => {
  const file = join(folder, 'a.vault');
  vault = await createVault({
    file,
    passphrase: 'four quiet herons wade',
    person: 'Ada',
    cost: CHEAP,
  });
});
afterAll(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

/** All that anybody is told of a training while it runs, and what its page can ask for. */
async function shown(
  records: Table,
  plan: TrainPlanInput,
): Promise<{ told: JobView[]; trace: readonly TracePoint[]; reserved: Reservation }> {
  const study = vault.studies.create(`S${vault.studies.list().length}`).id;
  const facts = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;
  const { id } = saveRecords(vault, { study, name: 's.csv' }, records, facts);
  const told: JobView[] = [];
  const trace: TracePoint[] = [];
  const tell = (view: JobView): void => {
    told.push(view);
    if (view.state === 'running') trace.push(...jobs.trace(view.id));
  };
  const jobs: Jobs = new Jobs({ vault, tell, log: () => {} });
  const asked = { study, artefact: id, plan: trainPlan.parse(plan) };
  const job = jobs.start(trainWork(vault, asked));
  await jobs.idle();
  expect(told.at(-1)?.state).toBe('done');
  return { told, trace, reserved: vault.ledger.reservation(job) };
}

/** The price of the first steps, for every number of them, from the mechanisms that were reserved. */
async function pricesOf({ phases, delta, stepsReserved }: Reservation) {
  const statement = { phases: phases as unknown as Phase[], delta, accountant: 'pld' as const };
  const steps = Array.from({ length: stepsReserved }, (_, at) => at + 1);
  return new Set([0, ...(await Promise.all(steps.map((n) => epsilonOfSteps(statement, n))))]);
}

/** The same people with the answers of all of them turned round. */
function turned(table: Table): Table {
  const columns = table.columns.map((column) =>
    column.name === training.label && 'dictionary' in column
      ? { ...column, dictionary: column.dictionary.toReversed() }
      : column,
  );
  return { ...table, columns };
}

const PRIVATE: TrainPlanInput = {
  ...training,
  model: { kind: 'logistic' },
  privacy: { epsilon: 1, delta: 1e-6 },
  backend: 'javascript',
  epochs: 4,
};

describe('what is shown of a private training', () => {
  it('is time, steps and price, the same for the same people with all answers turned round', async () => {
    const records = demoRecords(RECORDS);
    const reservations: Reservation[] = [];
    for (const table of [records, turned(records)]) {
      const { told, trace, reserved } = await shown(table, PRIVATE);
      const running = told.filter(({ state }) => state === 'running');
      expect(running.length).toBeGreaterThan(0);
      expect(running.every(({ artefacts }) => artefacts.length === 0)).toBe(true);
      const progress = running.flatMap((view) => (view.progress === null ? [] : [view.progress]));
      const names = new Set(progress.flatMap((each) => Object.keys(each)));
      expect([...names].filter((name) => !PROGRESS.has(name))).toEqual([]);
      expect(trace.length).toBeGreaterThan(0);
      for (const point of trace) {
        expect(Object.keys(point).toSorted()).toEqual(['done', 'epsilon', 'seconds']);
      }
      // What is told of the price follows from what was reserved alone, and so do both runs.
      const said = [...trace, ...progress].flatMap(({ epsilon }) => epsilon ?? []);
      const known = await pricesOf(reserved);
      expect(said.filter((epsilon) => !known.has(epsilon))).toEqual([]);
      expect(said.length).toBeGreaterThan(0);
      reservations.push({ ...reserved, job: '', source: '' });
    }
    expect(reservations[0]).toEqual(reservations[1]);
  }, 60_000);

  it('can be no more: what crosses to the window has no field for a figure of the records', () => {
    expect(new Set(Object.keys(jobProgress.shape))).toEqual(new Set([...PROGRESS, 'best']));
    expect(Object.keys(jobTrace.shape).toSorted()).toEqual(['paid', 'points']);
    const point = { seconds: 1, done: 1, epsilon: 0.1 };
    const trace = (more: object): unknown => ({ points: [{ ...point, ...more }], paid: null });
    expect(jobTrace.safeParse(trace({})).success).toBe(true);
    for (const name of ['loss', 'accuracy', 'gradient_norm', 'rows']) {
      expect(jobTrace.safeParse(trace({ [name]: 0.5 })).success).toBe(false);
      const progress = { done: 1, total: 2, unit: 'steps', [name]: 0.5 };
      expect(jobProgress.safeParse(progress).success).toBe(false);
    }
  });
});

/** `best` is of a search for a protection only. */
const PROGRESS: ReadonlySet<string> = new Set(['done', 'total', 'unit', 'epsilon']);
