import {
  parquetMetadataAsync,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
} from 'hyparquet';

/** A file whose own account of itself cannot be true, or is more than may be unpacked. */
export class ParquetRefusal extends Error {
  readonly what: 'damaged' | 'encrypted' | 'codec' | 'unpacked' | 'rows' | 'columns' | 'cells';
  readonly limit: number;

  constructor(what: ParquetRefusal['what'], limit = 0) {
    super(what);
    this.what = what;
    this.limit = limit;
  }
}

export interface ParquetLimits {
  readonly rows: number;
  readonly columns: number;
  /** Cells of one row group: they are in memory together. */
  readonly cells: number;
  /** Bytes of one column of one row group, unpacked. */
  readonly chunk: number;
}

const CODECS: ReadonlySet<string> = new Set(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD', 'BROTLI']);

export interface Footer {
  readonly metadata: FileMetaData;
  readonly columns: readonly { readonly name: string; readonly single: boolean }[];
}

const FOOTER = 1 << 26;

/** What a file says of itself at its end, checked. @throws ParquetRefusal */
export async function readFooter(file: AsyncBuffer, limits: ParquetLimits): Promise<Footer> {
  const size = file.byteLength;
  if (size < 12) throw new ParquetRefusal('damaged');
  const end = Buffer.from(await file.slice(size - 8, size));
  if (end.toString('latin1', 4) === 'PARE') throw new ParquetRefusal('encrypted');
  if (end.readUInt32LE(0) > FOOTER) throw new ParquetRefusal('damaged');
  const metadata = await parquetMetadataAsync(file);
  checkFooter(metadata, size, limits);
  const columns = parquetSchema(metadata).children.map(({ element }) => ({
    name: element.name,
    single: element.type === 'FLOAT',
  }));
  return { metadata, columns };
}

/**
 * Checks the footer before anything is allocated by what it says: row groups add up, every column
 * chunk lies inside the file, codecs are known. Throws ParquetRefusal.
 */
function checkFooter(metadata: FileMetaData, size: number, limits: ParquetLimits): void {
  const columns = metadata.schema.length - 1;
  if (columns < 1 || columns > limits.columns * 2)
    throw new ParquetRefusal(columns < 1 ? 'damaged' : 'columns', limits.columns);
  let rows = 0;
  for (const group of metadata.row_groups) {
    const groupRows = Number(group.num_rows);
    if (!Number.isSafeInteger(groupRows) || groupRows < 0) throw new ParquetRefusal('damaged');
    rows += groupRows;
    if (groupRows * columns > limits.cells) throw new ParquetRefusal('cells', limits.cells);
    for (const { meta_data: chunk, file_path: path } of group.columns) {
      if (chunk === undefined) throw new ParquetRefusal('encrypted');
      if (path !== undefined && path !== '') throw new ParquetRefusal('damaged');
      if (!CODECS.has(chunk.codec)) throw new ParquetRefusal('codec');
      const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
      const packed = Number(chunk.total_compressed_size);
      if (!(start >= 0 && packed >= 0 && start + packed <= size))
        throw new ParquetRefusal('damaged');
      if (Number(chunk.total_uncompressed_size) > limits.chunk)
        throw new ParquetRefusal('unpacked', limits.chunk);
    }
  }
  if (rows > limits.rows) throw new ParquetRefusal('rows', limits.rows);
  if (rows !== Number(metadata.num_rows)) throw new ParquetRefusal('damaged');
}
