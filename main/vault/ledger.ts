import { ConcordError } from '../contract/errors.ts';
import {
  type LedgerEntry,
  type LedgerView,
  type PrivacyAmount,
  type ReservationState,
} from '../contract/vault.ts';
import { checkAmount, checkBudget, defaultBudget } from './budget.ts';
import { canonicalJson, type Json } from './canonical.ts';
import { malformed, requireSteward, type VaultContext } from './context.ts';
import type {
  Candidate,
  Ended,
  LedgerRow,
  Reservation,
  ReservationRequest,
  ReservationRow as Row,
} from './reservation.ts';
import { requireStudy } from './study-row.ts';
import {
  chooseFilter,
  isWithin,
  leftOf,
  total,
  waysOf,
  type Counted,
  type Filter,
} from './filter.ts';

/**
 * What has been given away of source records by differential privacy, jobs being chosen one after
 * another by their results. The cap is held in one of two ways fixed beforehand: epsilons and deltas
 * add up (Rogers, Roth, Ullman and Vadhan 2016), or Renyi divergences of one order do (Feldman and
 * Zrnic 2021, theorem 4.3); proof in docs/accounting.md. A reservation counts in full from the
 * moment it is made, for ever: no crash, cancel or failure returns any of it.
 */
export class Ledger {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  /**
   * Opens the ledger of source records, or joins the study to the one they have already.
   * `records` is the number of people or rows they are of, a public figure.
   * @throws STUDY_UNKNOWN {study}
   */
  register(study: string, sourceHash: string, records: number): LedgerView {
    const { store, journal } = this.#context;
    if (!/^[0-9a-f]{64}$/.test(sourceHash)) throw malformed('ledger.register', 'sourceHash');
    if (!Number.isSafeInteger(records) || records < 1) {
      throw malformed('ledger.register', 'records');
    }
    return store.transaction(() => {
      requireStudy(this.#context, study);
      if (this.#row(sourceHash) === undefined) {
        const { epsilon, delta } = defaultBudget(records);
        const sql = 'INSERT INTO ledgers (source, records, epsilon, delta) VALUES (?, ?, ?, ?)';
        store.run(sql, sourceHash, records, epsilon, delta);
        const params = { source: sourceHash, records, epsilon, delta };
        journal.append('ledger.opened', params, study);
      }
      store.run('INSERT OR IGNORE INTO ledger_studies VALUES (?, ?)', sourceHash, study);
      return this.ofSource(sourceHash);
    });
  }

  /** @throws ROLE_REFUSED {role, needed}, ARTEFACT_UNKNOWN, and as `checkBudget` */
  setBudget(sourceHash: string, budget: PrivacyAmount): LedgerView {
    const { store, journal, person } = this.#context;
    requireSteward(person);
    return store.transaction(() => {
      checkBudget(budget, this.#known(sourceHash).records);
      const { epsilon, delta } = budget;
      const sql = 'UPDATE ledgers SET epsilon = ?, delta = ? WHERE source = ?';
      store.run(sql, epsilon, delta, sourceHash);
      journal.append('ledger.budget-set', { source: sourceHash, epsilon, delta });
      return this.ofSource(sourceHash);
    });
  }

  /**
   * Takes budget before the records are touched; the check and the taking are one transaction. Inside
   * a transaction of the caller it holds once that has ended: touch the records only after it.
   * @throws BUDGET_EXCEEDED {requestedEpsilon, requestedDelta, availableEpsilon, availableDelta},
   * RESTORE_UNCONFIRMED, ARTEFACT_UNKNOWN for records without a ledger in the study,
   * EPSILON_INVALID {epsilon}, DELTA_INVALID {delta}
   */
  reserve(request: ReservationRequest): Reservation {
    const { sourceHash, study, job, kind, epsilon, delta, phases, steps } = request;
    checkAmount({ epsilon, delta });
    if (!Number.isSafeInteger(steps) || steps < 0) throw malformed('ledger.reserve', 'steps');
    const { store, journal } = this.#context;
    return store.transaction(() => {
      this.#refuseUnconfirmed();
      if (!this.#sourcesOf(study).includes(sourceHash)) throw new ConcordError('ARTEFACT_UNKNOWN');
      if (this.#find(job) !== undefined) throw malformed('ledger.reserve', 'job');
      this.#refuseOverdraft(sourceHash, request);
      this.#keepFilter(sourceHash, request);
      this.#insert({ ...request, state: 'open' });
      const params = { source: sourceHash, job, kind, epsilon, delta, phases, steps };
      journal.append('ledger.reserved', params, study);
      return this.reservation(job);
    });
  }

  /**
   * Counts the steps up to `toStep` as run; called before they run.
   * @throws JOB_UNKNOWN unless the job holds an open reservation; STEPS_EXCEEDED {steps, reserved}
   */
  chargeBlock(job: string, toStep: number): Reservation {
    const { store, journal } = this.#context;
    return store.transaction(() => {
      const { stepsCharged, stepsReserved } = this.#open(job);
      if (!Number.isSafeInteger(toStep) || toStep < stepsCharged) {
        throw malformed('ledger.chargeBlock', 'toStep');
      }
      if (toStep > stepsReserved) {
        throw new ConcordError('STEPS_EXCEEDED', { steps: toStep, reserved: stepsReserved });
      }
      if (toStep > stepsCharged) {
        store.run('UPDATE reservations SET steps_charged = ? WHERE job = ?', toStep, job);
        journal.append('ledger.charged', { job, toStep });
      }
      return this.reservation(job);
    });
  }

  /** The job has ended, well or not; the budget stays taken. @throws JOB_UNKNOWN */
  finish(job: string, state: Ended = 'done'): Reservation {
    return this.#context.store.transaction(() => {
      this.#open(job);
      return this.#end(job, state);
    });
  }

  /** Lets an interrupted job go on within what it had reserved. @throws JOB_UNKNOWN */
  resume(job: string): Reservation {
    const { store, journal } = this.#context;
    return store.transaction(() => {
      this.#refuseUnconfirmed();
      if (this.reservation(job).state !== 'interrupted') throw new ConcordError('JOB_UNKNOWN');
      store.run(`UPDATE reservations SET state = 'open' WHERE job = ?`, job);
      journal.append('ledger.resumed', { job });
      return this.reservation(job);
    });
  }

  /** What the job has reserved, or null when it has not. */
  find(job: string): Reservation | null {
    return this.#find(job) === undefined ? null : this.reservation(job);
  }

  /** @throws JOB_UNKNOWN */
  reservation(job: string): Reservation {
    const row = this.#find(job);
    if (row === undefined) throw new ConcordError('JOB_UNKNOWN');
    const { source, state, epsilon, delta } = row;
    const steps = { stepsReserved: row.steps_reserved, stepsCharged: row.steps_charged };
    const phases = JSON.parse(row.phases) as Json[];
    return { job, source, state, epsilon, delta, ...steps, phases };
  }

  /**
   * The ledger a study sees; of its newest records when it has several and none are named.
   * @throws ARTEFACT_UNKNOWN when the study has no records with a ledger
   */
  ofStudy(study: string, sourceHash?: string): LedgerView {
    const sources = this.#sourcesOf(study);
    const chosen = sourceHash ?? sources.at(-1);
    if (chosen === undefined || !sources.includes(chosen)) {
      throw new ConcordError('ARTEFACT_UNKNOWN');
    }
    return this.ofSource(chosen);
  }

  /** @throws ARTEFACT_UNKNOWN */
  ofSource(sourceHash: string): LedgerView {
    const row = this.#known(sourceHash);
    const { records, epsilon, delta } = row;
    const rows = this.#entries(sourceHash);
    const filter = this.#filterOf(row, rows);
    const ways = waysOf(rows, filter);
    return {
      source: sourceHash,
      records,
      budget: { epsilon, delta },
      reserved: total(rows.filter(({ state }) => state === 'open')),
      spent: total(rows.filter(({ state }) => state !== 'open')),
      // The first job may ask for all of delta; then there is no filter.
      available: leftOf(row, rows, row.filter_order === null ? { delta: 0 } : filter),
      plain: ways.plain,
      filter:
        ways.filter === null
          ? null
          : { epsilon: ways.filter.epsilon, delta: filter.delta, order: filter.order },
      entries: rows.map(asEntry),
    };
  }

  /** Whether a job would fit now, and what the ledger would show with it. @throws ARTEFACT_UNKNOWN */
  trial(
    sourceHash: string,
    candidate: Candidate,
  ): {
    readonly fits: boolean;
    readonly after: Pick<LedgerView, 'available' | 'plain' | 'filter'>;
  } {
    const row = this.#known(sourceHash);
    const rows = this.#entries(sourceHash);
    const filter = this.#filterOf(row, rows, candidate);
    const jobs = [...rows, counted(candidate)];
    const ways = waysOf(jobs, filter);
    const found = ways.filter;
    return {
      fits: isWithin(row, jobs, filter),
      after: {
        available: leftOf(row, jobs, filter),
        plain: ways.plain,
        filter: found === null ? null : { ...found, delta: filter.delta, order: filter.order },
      },
    };
  }

  /** The phases of every job reserved from these records, and the jobs that have none. */
  history(sourceHash: string): readonly Candidate[] {
    return this.#entries(sourceHash).map(({ epsilon, delta, phases }) => ({
      epsilon,
      delta,
      phases: JSON.parse(phases) as Json[],
    }));
  }

  /** Every ledger of the vault. */
  all(): LedgerView[] {
    return this.#context.store
      .all<LedgerRow>('SELECT * FROM ledgers ORDER BY rowid')
      .map(({ source }) => this.ofSource(source));
  }

  /** On opening: reservations of a process that died are over, and count in full. */
  interruptOpen(): number {
    const open = this.#context.store.all<Row>(`SELECT * FROM reservations WHERE state = 'open'`);
    for (const { job } of open) this.#end(job, 'interrupted');
    return open.length;
  }

  /** After a restore: what an outside anchor says was spent, and this copy does not know of. */
  addAnchored(sourceHash: string, missing: PrivacyAmount, job: string): void {
    const { epsilon, delta } = missing;
    const lost = { sourceHash, study: null, job, kind: 'restore', epsilon, delta, phases: [] };
    this.#insert({ ...lost, steps: 0, state: 'interrupted' });
    const params = {
      source: sourceHash,
      job,
      kind: 'restore',
      epsilon,
      delta,
      phases: [],
      steps: 0,
    };
    this.#context.journal.append('ledger.anchored', params);
  }

  #end(job: string, state: Ended): Reservation {
    this.#context.store.run('UPDATE reservations SET state = ? WHERE job = ?', state, job);
    this.#context.journal.append('ledger.ended', { job, state });
    return this.reservation(job);
  }

  #insert(
    entry: Omit<ReservationRequest, 'study'> & {
      readonly study: string | null;
      readonly state: ReservationState;
    },
  ): void {
    this.#context.store.run(
      `INSERT INTO reservations VALUES
       (?, (SELECT COALESCE(MAX(position), 0) + 1 FROM reservations), ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`,
      entry.job,
      entry.sourceHash,
      entry.study,
      entry.kind,
      entry.epsilon,
      entry.delta,
      canonicalJson(entry.phases),
      entry.steps,
      entry.state,
      this.#context.person.id,
      this.#context.now(),
    );
  }

  #refuseOverdraft(sourceHash: string, requested: Candidate): void {
    if (this.trial(sourceHash, requested).fits) return;
    const { available } = this.ofSource(sourceHash);
    throw new ConcordError('BUDGET_EXCEEDED', {
      requestedEpsilon: requested.epsilon,
      requestedDelta: requested.delta,
      availableEpsilon: available.epsilon,
      availableDelta: available.delta,
    });
  }

  /** The filter of a ledger; as it would be chosen now where no job was reserved since there is one. */
  #filterOf(row: LedgerRow, rows: readonly Row[], next?: PrivacyAmount): Filter {
    const { filter_order: order, filter_delta: delta, filter_after: after } = row;
    if (order !== null && delta !== null && after !== null) return { order, delta, after };
    const sql = 'SELECT COALESCE(MAX(position), 0) AS last FROM reservations';
    const last = this.#context.store.get<{ last: number }>(sql)?.last ?? 0;
    return chooseFilter(leftOf(row, rows, { delta: 0 }), last, next);
  }

  /** Before the first job it counts: by the budget and its request, not by what a job has shown. */
  #keepFilter(sourceHash: string, first: PrivacyAmount): void {
    const row = this.#known(sourceHash);
    if (row.filter_order !== null) return;
    const { order, delta, after } = this.#filterOf(row, this.#entries(sourceHash), first);
    this.#context.store.run(
      'UPDATE ledgers SET filter_order = ?, filter_delta = ?, filter_after = ? WHERE source = ?',
      ...[order, delta, after, sourceHash],
    );
    const params = { filterOrder: order, filterDelta: delta, filterAfter: after };
    this.#context.journal.append('ledger.filter-chosen', { source: sourceHash, ...params });
  }

  #refuseUnconfirmed(): void {
    const row = this.#context.store.get<{ restored: string | null }>('SELECT restored FROM vault');
    if (row?.restored !== null) throw new ConcordError('RESTORE_UNCONFIRMED');
  }

  #open(job: string): Reservation {
    const found = this.reservation(job);
    if (found.state !== 'open') throw new ConcordError('JOB_UNKNOWN');
    return found;
  }

  #find(job: string): Row | undefined {
    return this.#context.store.get<Row>('SELECT * FROM reservations WHERE job = ?', job);
  }

  #entries(sourceHash: string): Row[] {
    const sql = 'SELECT * FROM reservations WHERE source = ? ORDER BY position';
    return this.#context.store.all<Row>(sql, sourceHash);
  }

  #row(sourceHash: string): LedgerRow | undefined {
    const sql = 'SELECT * FROM ledgers WHERE source = ?';
    return this.#context.store.get<LedgerRow>(sql, sourceHash);
  }

  #known(sourceHash: string): LedgerRow {
    const row = this.#row(sourceHash);
    if (row === undefined) throw new ConcordError('ARTEFACT_UNKNOWN');
    return row;
  }

  #sourcesOf(study: string): string[] {
    const sql = 'SELECT source FROM ledger_studies WHERE study = ? ORDER BY rowid';
    return this.#context.store.all<{ source: string }>(sql, study).map(({ source }) => source);
  }
}

function counted({ epsilon, delta, phases }: Candidate): Counted {
  return { epsilon, delta, phases: JSON.stringify(phases), position: Infinity };
}

function asEntry(row: Row): LedgerEntry {
  const { job, kind, epsilon, delta, steps_charged, steps_reserved, state, created: at } = row;
  return { job, kind, epsilon, delta, steps_charged, steps_reserved, state, at };
}
