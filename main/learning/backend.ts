import { ConcordError } from '../contract/errors.ts';
import type { BackendChoice, BackendReason } from '../contract/train.ts';
import type { Head } from './heads.ts';
import { javascriptEngine } from './javascript.ts';
import { architectureOf, type Architecture, type DenseEngine } from './layers.ts';
import type { Loaded } from './tensorflow.ts';
import { loadTensorFlow, tensorFlowEngine } from './tensorflow.ts';
import { hasVectors, wasmEngine } from './wasm.ts';

export interface ChosenEngine {
  readonly engine: DenseEngine;
  /** Why it is not the one that would be usual; null when it is. */
  readonly note: BackendReason | null;
}

/** Rows per pass: large enough for speed, small enough that a wish to cancel is heard. */
const ROWS = 512;
/** From so many multiplications per row on, TensorFlow's products win over a call outside. */
const LARGE = 15_000;

interface Layers extends Pick<Architecture, 'inputs' | 'hidden'> {
  /** Whether rows have few zeros. */
  readonly isDense?: boolean;
}

/**
 * The back-end for a model. `auto` takes JavaScript for models without hidden layers on rows of many zeros and for units
 * of several rows, TensorFlow where the model is large and it loads, machine code on vectors
 * otherwise, and JavaScript where there are none; a forced one that does not work throws
 * BACKEND_UNAVAILABLE {backend, reason}.
 *
 * @param largestUnit rows of the largest unit, which one pass must hold
 */
export function chooseEngine(
  choice: BackendChoice,
  { inputs, hidden, isDense = false }: Layers,
  head: Head,
  largestUnit: number,
): ChosenEngine {
  const architecture = architectureOf({ inputs, hidden }, head);
  const capacity = Math.max(ROWS, largestUnit);
  const javascript = (note: BackendReason | null): ChosenEngine => ({
    engine: javascriptEngine(architecture, capacity, head),
    note,
  });
  const vectors = (note: BackendReason | null): ChosenEngine => ({
    engine: wasmEngine(architecture, capacity, head),
    note,
  });
  const hasSeveral = largestUnit > 1;
  if (choice === 'wasm') {
    if (hasSeveral) throw unavailable(choice, 'several-rows');
    if (!hasVectors()) throw unavailable(choice, 'no-vectors');
    return vectors(null);
  }
  const isPlain = choice === 'auto' && (hasSeveral || (hidden.length === 0 && !isDense));
  if (choice === 'javascript' || isPlain) return javascript(null);
  if (choice === 'auto' && multiplications(architecture) < LARGE) {
    return hasVectors() ? vectors(null) : javascript('no-vectors');
  }
  const loaded: Loaded = hasSeveral ? { reason: 'several-rows' } : loadTensorFlow();
  if ('tf' in loaded) {
    return { engine: tensorFlowEngine(loaded.tf, architecture, capacity, head), note: null };
  }
  if (choice === 'tensorflow') throw unavailable(choice, loaded.reason);
  return hasVectors() ? vectors(loaded.reason) : javascript(loaded.reason);
}

function unavailable(backend: BackendChoice, reason: BackendReason): ConcordError {
  return new ConcordError('BACKEND_UNAVAILABLE', { backend, reason });
}

/** Of the products between hidden layers; the first layer's rows are mostly zeros. */
function multiplications({ hidden, outputs = 1 }: Architecture): number {
  const widths = [...hidden, outputs];
  return widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
}
