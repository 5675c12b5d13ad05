const COMPARED = 200;

/** The existing name that is nearest to a mistyped one (edit distance, letter case aside). */
export function nearestName(wanted: string, names: readonly string[]): string {
  const target = wanted.toLowerCase().slice(0, COMPARED);
  let nearest = names[0] ?? '';
  let least = Infinity;
  for (const name of names) {
    const distance = editDistance(target, name.toLowerCase().slice(0, COMPARED));
    if (distance < least) {
      least = distance;
      nearest = name;
    }
  }
  return nearest;
}

/** Levenshtein distance in UTF-16 code units. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] as number) + 1, (current[j - 1] as number) + 1));
    }
    previous = current;
  }
  return previous[b.length] as number;
}
