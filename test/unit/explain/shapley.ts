/** What is known of a game: of each field whether it is. */
type Worth = (known: readonly boolean[]) => number;

/**
 * Shapley values by the definition, over all subsets: the slow, obvious reference.
 * phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S)).
 */
export function shapleyBySubsets(fields: number, worth: Worth): number[] {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  return Array.from({ length: fields }, (_, field) => {
    let sum = 0;
    for (let set = 0; set < 2 ** fields; set++) {
      if ((set >> field) & 1) continue;
      const known = Array.from({ length: fields }, (_each, at) => ((set >> at) & 1) === 1);
      const size = known.filter(Boolean).length;
      const share = (factorial(size) * factorial(fields - size - 1)) / factorial(fields);
      const withField = known.with(field, true);
      sum += share * (worth(withField) - worth(known));
    }
    return sum;
  });
}
