/** An answer for people without words of its own: its keys and values, indented. */
export function listing(value: object, indent = ''): string[] {
  return Object.entries(value).flatMap(([key, entry]: [string, unknown]) => {
    if (Array.isArray(entry)) return listArray(key, entry, indent);
    if (entry !== null && typeof entry === 'object') {
      return [`${indent}${key}:`, ...listing(entry, `${indent}  `)];
    }
    return [`${indent}${key}: ${entry === null ? '–' : String(entry)}`];
  });
}

function listArray(key: string, entries: readonly unknown[], indent: string): string[] {
  if (entries.every((entry) => entry === null || typeof entry !== 'object')) {
    return [`${indent}${key}: ${entries.map(String).join(', ')}`];
  }
  return [
    `${indent}${key}:`,
    ...entries.flatMap((entry) => [`${indent}  -`, ...listing(entry as object, `${indent}    `)]),
  ];
}
