import type { Arranged } from './arranged.ts';

/** The answers about how records are organised, as they were typed; kept as a draft. */
export interface ArrangementAnswers {
  /** The page whose answers were typed and not yet taken; null where there is none. */
  pending: Arranged | null;
  label: string;
  yes: string;
  no: string;
  /** How a column of several values or of numbers is predicted. */
  target: 'classes' | 'ordered' | 'number' | 'tags';
  /** One value on each line, and that which is harmful to miss; empty where none is. */
  values: string;
  harmful: string;
  /** What the number can be; empty where nobody knows. */
  lowest: string;
  highest: string;
  /** Whether a person stands in one record or can stand in several; null until it was answered. */
  people: 'once' | 'several' | null;
  /** The column that tells people apart, and how many records of one count. */
  person: string;
  mostRows: string;
  /** What is held back for the test: a share in percent, what is later, or what a column says. */
  split: 'share' | 'date' | 'column';
  splitShare: string;
  /** Empty: no validation part. */
  validationShare: string;
  /** The same share of each answer; for training without privacy only. */
  stratify: boolean;
  splitDate: string;
  testFrom: string;
  /** Empty: no validation part. */
  validationFrom: string;
  splitColumn: string;
}
