/** Run by the pinned Node: does native TensorFlow load, and multiply correctly? */
const util = require('node:util');

// Removed from Node 23; the binding's JavaScript still calls them.
util.isNullOrUndefined = (value) => value === null || value === undefined;
util.isArray = Array.isArray;
process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';

const tf = require('@tensorflow/tfjs-node');
const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2]));
const right = [19, 22, 43, 50].every((value, i) => product.dataSync()[i] === value);
if (tf.getBackend() !== 'tensorflow' || !right) {
  process.stderr.write(`back-end ${tf.getBackend()}, product ${[...product.dataSync()]}\n`);
  process.exit(1);
}
process.stdout.write(
  `TensorFlow ${tf.version['tfjs-node'] ?? ''} ${tf.node?.binding?.TF_Version ?? ''}`,
);
