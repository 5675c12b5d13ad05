import { ConcordError } from '../contract/errors.ts';

export interface Header {
  readonly names: readonly string[];
  /** Positions whose name was empty and was made up. */
  readonly unnamed: ReadonlySet<number>;
  /** The last name is empty: a trailing delimiter, perhaps with no column behind it. */
  readonly trailing: boolean;
}

/**
 * Column names from the first record, blanks around them dropped; an empty one becomes column_N.
 * `named` false: the record is data, every name is made up. Throws HEADER_DUPLICATE with the name.
 */
export function readHeader(
  bytes: Buffer,
  starts: Int32Array,
  ends: Int32Array,
  fields: number,
  named: boolean,
): Header {
  const found: string[] = [];
  for (let field = 0; field < fields; field++) {
    found.push(named ? bytes.toString('utf8', starts[field], ends[field]).trim() : '');
  }
  const taken = new Set<string>();
  for (const name of found) {
    if (name === '') continue;
    if (taken.has(name)) throw new ConcordError('HEADER_DUPLICATE', { column: name });
    taken.add(name);
  }
  const unnamed = new Set<number>();
  const names = found.map((name, index) => {
    if (name !== '') return name;
    if (named) unnamed.add(index);
    const made = freeName(`column_${index + 1}`, taken);
    taken.add(made);
    return made;
  });
  return { names, unnamed, trailing: named && fields > 1 && found.at(-1) === '' };
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  while (taken.has(name)) name += '_';
  return name;
}
