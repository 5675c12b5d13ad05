/** Run by the pinned Node: does native TensorFlow load, and multiply correctly? */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const util = require('node:util');

// Removed from Node 23; the binding's JavaScript still calls them.
util.isNullOrUndefined = (value) => value === null || value === undefined;
util.isArray = Array.isArray;
process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';

const tf = require('@tensorflow/tfjs-node');
const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2]));
const values = [...product.dataSync()];
if (tf.getBackend() !== 'tensorflow' || values.join() !== '19,22,43,50') {
  process.stderr.write(`Error: back-end ${tf.getBackend()}, product ${values.join()}\n`);
  process.exitCode = 1;
}
