import { ColumnBuilder } from './column-builder.ts';
import { forcedColumn, typedColumn } from './column-type.ts';
import type { RecordBatch } from './record-batch.ts';
import type { Column, ColumnType } from './table.ts';

export interface ColumnPlan {
  readonly name: string;
  /** Set by the person; undefined: found out from the cells. */
  readonly type: ColumnType | undefined;
}

export interface MadeColumn {
  readonly column: Column;
  /** Numbers whose surrounding blanks were dropped. */
  readonly spaced: number;
  /** Not one cell was present. */
  readonly empty: boolean;
}

/** Makes columns of batches of records, here or in threads of their own. */
export interface ColumnMaker {
  /** Takes a batch, whose cells lie in bytes [from, to); all of it is used before this returns. */
  append(batch: RecordBatch, from: number, to: number): void;
  /** Undefined, or a promise to wait for before more is appended. */
  ready(): Promise<void> | undefined;
  /**
   * All columns; `seen` gets each in the order of the file as soon as it is made.
   * @throws COLUMN_TYPE_MISMATCH
   */
  finish(seen?: (column: Column) => void): Promise<readonly MadeColumn[]>;
  /** Lets go of everything, finished or not. */
  close(): void;
}

export function builderOf({ type }: ColumnPlan, missing: readonly Buffer[]): ColumnBuilder {
  return new ColumnBuilder(missing, type !== undefined);
}

/** @throws COLUMN_TYPE_MISMATCH */
export function madeColumn({ name, type }: ColumnPlan, builder: ColumnBuilder): MadeColumn {
  const cells = builder.finish();
  const { empty } = builder;
  if (cells.kind === 'numbers')
    return { column: typedColumn(name, cells), spaced: cells.spaced, empty };
  const column = type === undefined ? typedColumn(name, cells) : forcedColumn(name, cells, type);
  return { column, spaced: 0, empty };
}

/** All columns in the thread of the caller: right for files that are read in a moment. */
export class ColumnsHere implements ColumnMaker {
  private readonly plans: readonly ColumnPlan[];
  private readonly builders: readonly ColumnBuilder[];

  constructor(plans: readonly ColumnPlan[], missing: readonly Buffer[]) {
    this.plans = plans;
    this.builders = plans.map((plan) => builderOf(plan, missing));
  }

  append(batch: RecordBatch): void {
    this.builders.forEach((builder, field) => builder.append(batch, field));
  }

  ready(): undefined {
    return undefined;
  }

  async finish(seen?: (column: Column) => void): Promise<readonly MadeColumn[]> {
    return this.builders.map((builder, field) => {
      const made = madeColumn(this.plans[field] as ColumnPlan, builder);
      seen?.(made.column);
      return made;
    });
  }

  close(): void {}
}
