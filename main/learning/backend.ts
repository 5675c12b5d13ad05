import { ConcordError } from '../contract/errors.ts';
import type { BackendChoice, BackendReason } from '../contract/train.ts';
import { javascriptEngine } from './javascript.ts';
import type { Architecture, GradientEngine } from './layers.ts';
import type { Loaded } from './tensorflow.ts';
import { loadTensorFlow, tensorFlowEngine } from './tensorflow.ts';

export interface ChosenEngine {
  readonly engine: GradientEngine;
  /** Why it is not the one that would be usual; null when it is. */
  readonly note: BackendReason | null;
}

/** Rows per pass: large enough for speed, small enough that a wish to cancel is heard. */
const ROWS = 512;
/** Products below this many multiplications per row cost less in JavaScript than a call outside. */
const SMALL = 200_000;

/**
 * The back-end for a model. `auto` takes TensorFlow where the model is large enough to gain from
 * it and JavaScript otherwise or where TensorFlow does not load; a forced one that does not work
 * throws BACKEND_UNAVAILABLE {backend, reason}.
 *
 * @param largestUnit rows of the largest unit, which one pass must hold
 */
export function chooseEngine(
  choice: BackendChoice,
  architecture: Architecture,
  largestUnit: number,
): ChosenEngine {
  const capacity = Math.max(ROWS, largestUnit);
  const javascript = (note: BackendReason | null): ChosenEngine => ({
    engine: javascriptEngine(architecture, capacity),
    note,
  });
  if (choice === 'javascript') return javascript(null);
  if (choice === 'wasm') throw unavailable(choice, 'not-in-version');
  if (choice === 'auto' && multiplications(architecture) < SMALL) return javascript(null);
  const loaded: Loaded = largestUnit > 1 ? { reason: 'several-rows' } : loadTensorFlow();
  if ('tf' in loaded) {
    return { engine: tensorFlowEngine(loaded.tf, architecture, capacity), note: null };
  }
  if (choice === 'tensorflow') throw unavailable(choice, loaded.reason);
  return javascript(loaded.reason);
}

function unavailable(backend: BackendChoice, reason: BackendReason): ConcordError {
  return new ConcordError('BACKEND_UNAVAILABLE', { backend, reason });
}

function multiplications(architecture: Architecture): number {
  const widths = [...architecture.hidden, 1];
  return widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
}
