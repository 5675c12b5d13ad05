import { createRequire } from 'node:module';
import { ConcordError } from '../../contract/errors.ts';
import type { BackendReason } from '../../contract/train.ts';
import { loadTensorFlow, type Loaded, type Tf } from '../tensorflow.ts';

export interface Runtime {
  readonly tf: Tf;
  /** Why it is not native TensorFlow but its JavaScript form, dozens of times slower; else null. */
  readonly note: BackendReason | null;
}

/**
 * What runs an encoder's graph: native TensorFlow, or the JavaScript form that its package brings
 * along. @throws BACKEND_UNAVAILABLE {backend, reason} when neither loads
 */
export function loadRuntime(load: () => Loaded = loadTensorFlow): Runtime {
  const loaded = load();
  if ('tf' in loaded) return { tf: loaded.tf, note: null };
  const { reason } = loaded;
  try {
    const require = createRequire(import.meta.url);
    const beside = createRequire(require.resolve('@tensorflow/tfjs-node/package.json'));
    const tf = beside('@tensorflow/tfjs') as Tf;
    // Without it the library prints an advertisement of tfjs-node.
    tf.enableProdMode();
    return { tf, note: reason };
  } catch {
    throw new ConcordError('BACKEND_UNAVAILABLE', { backend: 'tensorflow', reason });
  }
}
