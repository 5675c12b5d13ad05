import { begins, kindOfClass } from './scheme.ts';

/**
 * The most probable course of classes in which no entity goes on that has not begun (Viterbi over
 * the tokens' own probabilities). What the model says is not looked into further: post-processing.
 *
 * @param outputs logits of tokens, [tokens, classes] @returns classes, [tokens]
 */
export function decode(outputs: Float64Array, classes: number): Int32Array {
  const tokens = outputs.length / classes;
  const path = new Int32Array(tokens);
  if (tokens === 0) return path;
  const from = new Int32Array(tokens * classes);
  let best = new Float64Array(classes);
  for (let c = 0; c < classes; c++) best[c] = mayFollow(c, 0) ? outputs[c]! : -Infinity;
  for (let t = 1; t < tokens; t++) {
    const next = new Float64Array(classes);
    // Anything may begin or be outside after the best of all; an entity goes on after its own.
    const top = largest(best);
    for (let c = 0; c < classes; c++) {
      const before = mayFollow(c, 0) ? top : best[c - 1]! >= best[c]! ? c - 1 : c;
      from[t * classes + c] = before;
      next[c] = best[before]! + outputs[t * classes + c]!;
    }
    best = next;
  }
  path[tokens - 1] = largest(best);
  for (let t = tokens - 1; t > 0; t--) path[t - 1] = from[t * classes + path[t]!]!;
  return path;
}

/** Whether a class may come right after another; only going on asks for what was before. */
function mayFollow(one: number, before: number): boolean {
  return one === 0 || begins(one) || kindOfClass(one) === kindOfClass(before);
}

function largest(values: Float64Array): number {
  let place = 0;
  for (let c = 1; c < values.length; c++) if (values[c]! > values[place]!) place = c;
  return place;
}
