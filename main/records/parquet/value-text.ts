/**
 * A value of a Parquet file as text: days and moments in ISO form, whole numbers of any size in
 * full, 32-bit reals in the shortest form of that precision, nested values as JSON, bytes that are
 * no text in hexadecimal.
 */
export function valueText(value: unknown, single: boolean): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isNaN(value) ? undefined : single ? singleText(value) : String(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? undefined : objectText(value);
    default:
      return undefined;
  }
}

function objectText(value: object): string | undefined {
  if (value instanceof Date) return momentText(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'bigint') return String(inner);
    return inner instanceof Uint8Array ? Buffer.from(inner).toString('hex') : inner;
  });
}

function momentText(moment: Date): string | undefined {
  if (Number.isNaN(moment.getTime())) return undefined;
  const text = moment.toISOString();
  return text
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '')
    .replace(/ 00:00:00$/, '');
}

function singleText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}
