import { ConcordError } from '../contract/errors.ts';
import type { BoughtStatistic } from '../contract/train.ts';
import type { Checkpoint, Kept, Resumed } from '../learning/checkpoint.ts';
import { decodeKept, encodeKept } from '../learning/checkpoint.ts';
import type { Vault } from '../vault/index.ts';

/** Parameters of a state that is written in no time, and how much longer training goes on between. */
const SMALL = 100_000;
const REST = 10;

/** The last checkpoint of a job's training, and the writing of it beside the charges. */
export class TrainingCourse {
  readonly #vault: Vault;
  readonly #job: string;
  #unkept: Checkpoint | null = null;
  #bought: readonly BoughtStatistic[] | undefined;
  /** From when on a large state is written again. */
  #due = 0;

  constructor(vault: Vault, job: string) {
    this.#vault = vault;
    this.#job = job;
  }

  /**
   * Where the training goes on; undefined when it begins. Under privacy the ledger alone says how
   * many steps count as run, whatever the checkpoint says: an older one brings none of them back.
   *
   * @param charged steps charged so far; null without a reservation
   * @throws JOB_NOT_RESUMABLE, VAULT_DAMAGED
   */
  resumed(charged: number | null, isPrivate: boolean): Resumed | undefined {
    const bytes = this.#vault.checkpoints.state(this.#job);
    const kept: Kept | null =
      bytes === null ? { bought: undefined, checkpoint: null } : decodeKept(bytes);
    if (kept === null) throw new ConcordError('JOB_NOT_RESUMABLE');
    const { checkpoint, bought } = kept;
    this.#bought = bought;
    const from = isPrivate ? charged : (checkpoint?.stepsCharged ?? null);
    if ((checkpoint?.stepsCharged ?? 0) > (from ?? 0)) throw new ConcordError('JOB_NOT_RESUMABLE');
    return from === null ? undefined : { from, checkpoint, bought };
  }

  /** Keeps what was bought at once: paid for and lost, it would never be bought again. */
  buy(bought: readonly BoughtStatistic[]): void {
    this.#bought = bought;
    this.#vault.checkpoints.put(this.#job, encodeKept({ bought, checkpoint: this.#unkept }));
  }

  /** Takes a state; it is kept with the next charge, or by `keep`. */
  take(state: Checkpoint): void {
    this.#unkept = state;
  }

  /** Keeps the state that was taken last, in the caller's transaction if there is one. */
  keep(): void {
    const state = this.#unkept;
    if (state === null) return;
    const begun = performance.now();
    this.#vault.checkpoints.put(this.#job, encodeKept({ bought: this.#bought, checkpoint: state }));
    this.#unkept = null;
    const ended = performance.now();
    this.#due = ended + (REST - 1) * (ended - begun);
  }

  /**
   * `keep`, unless it is large and was written so lately that writing would take more than a tenth of
   * the time. What is not kept costs work after a crash and never privacy: the ledger counts the steps.
   */
  keepIfDue(): void {
    const size = this.#unkept?.parameters.length ?? 0;
    if (size <= SMALL || performance.now() >= this.#due) this.keep();
  }
}
