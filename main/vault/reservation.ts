import type { PrivacyAmount, ReservationState } from '../contract/vault.ts';
import type { Json } from './canonical.ts';

export interface ReservationRequest {
  /** SHA-256 of the source records, as `artefacts.put` gives it. */
  readonly sourceHash: string;
  readonly study: string;
  /** The id of the job; one reservation each. */
  readonly job: string;
  readonly kind: string;
  readonly epsilon: number;
  readonly delta: number;
  /** The mechanisms as the accountant takes them: kept for later, tighter composition. */
  readonly phases: readonly Json[];
  readonly steps: number;
}

export interface Reservation extends PrivacyAmount {
  readonly job: string;
  readonly source: string;
  readonly state: ReservationState;
  readonly stepsReserved: number;
  /** Steps that count as run: after a crash the job goes on after these. */
  readonly stepsCharged: number;
  /** The mechanisms, as they were reserved. */
  readonly phases: readonly Json[];
}

export interface ReservationRow {
  readonly job: string;
  readonly position: number;
  readonly source: string;
  readonly kind: string;
  readonly epsilon: number;
  readonly delta: number;
  readonly phases: string;
  readonly steps_reserved: number;
  readonly steps_charged: number;
  readonly state: ReservationState;
  readonly created: string;
}

export interface LedgerRow extends PrivacyAmount {
  readonly source: string;
  readonly records: number;
  readonly filter_order: number | null;
  readonly filter_delta: number | null;
  readonly filter_after: number | null;
}

/** A job that might be reserved. */
export type Candidate = Pick<ReservationRequest, 'epsilon' | 'delta' | 'phases'>;

export type Ended = Exclude<ReservationState, 'open'>;
