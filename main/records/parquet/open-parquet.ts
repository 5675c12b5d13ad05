import { ConcordError } from '../../contract/errors.ts';
import { DEFAULT_LIMITS, type ReadOptions } from '../csv-reader.ts';
import type { RecordsSource } from '../source.ts';
import type { OpenedRecords } from '../text-rows.ts';
import { ParquetRefusal, readFooter, type ParquetLimits } from './footer.ts';
import { ParquetThread, refusal } from './parquet-thread.ts';

const CELLS = 40_000_000;
const CHUNK = 1 << 28;

/**
 * A Parquet file as records: numbers, texts, days and moments as text (value-text.ts), nested
 * columns as JSON. Compression: none, snappy, gzip, zstd, brotli. One row group is in memory at a
 * time.
 * @throws FILE_DAMAGED, FILE_FORMAT_UNSUPPORTED, FILE_TOO_LARGE, CANCELLED
 */
export async function openParquet(
  source: RecordsSource,
  options: ReadOptions,
): Promise<OpenedRecords> {
  const limits = {
    rows: options.limits?.rows ?? DEFAULT_LIMITS.rows,
    columns: options.limits?.columns ?? DEFAULT_LIMITS.columns,
    cells: CELLS,
    chunk: CHUNK,
  };
  const { signal } = options;
  const names = await columnNames(source, limits);
  return {
    names,
    form: { format: 'parquet', encoding: null, delimiter: null },
    problems: () => [],
    async *rows() {
      const thread = new ParquetThread(source, { size: source.size, limits }, signal);
      try {
        for (;;) {
          const rows = await thread.rows();
          if (rows === undefined) return;
          yield rows;
        }
      } finally {
        thread.close();
      }
    },
  };
}

/** The names of the columns, from the footer alone. */
async function columnNames(source: RecordsSource, limits: ParquetLimits): Promise<string[]> {
  const file = {
    byteLength: source.size,
    async slice(from: number, to = source.size): Promise<ArrayBuffer> {
      const bytes = await source.slice(Math.max(from, 0), to);
      return new Uint8Array(bytes).buffer;
    },
  };
  try {
    const { columns } = await readFooter(file, limits);
    return columns.map(({ name }) => name);
  } catch (error) {
    if (error instanceof ConcordError) throw error;
    const known = error instanceof ParquetRefusal ? error : new ParquetRefusal('damaged');
    throw refusal(known);
  }
}
