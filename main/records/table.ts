/**
 * The columnar table every room works on. Numeric columns hold doubles (NaN = missing; booleans
 * 0/1; dates as days since 1970-01-01); all others hold dictionary codes (-1 = missing).
 */
export type NumericType = 'integer' | 'real' | 'boolean' | 'date';
export type CodedType = 'category' | 'text' | 'identifier';
export type ColumnType = NumericType | CodedType;

export interface NumericColumn {
  readonly name: string;
  readonly type: NumericType;
  readonly values: Float64Array;
}

export interface CodedColumn {
  readonly name: string;
  readonly type: CodedType;
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

export type Column = NumericColumn | CodedColumn;

export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}
