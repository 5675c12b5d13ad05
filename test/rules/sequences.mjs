/** Rules of models over the tokens of texts. */
import { broken, unit } from './form.mjs';

const BOOKS = 'learning/sequence/books.ts';
const OPEN = 'learning/sequence/open-book.ts';
const PERSONS = 'learning/sequence/dense-persons.ts';
const ROWS = 'learning/sequence/dense-rows.ts';
const POOL = 'learning/sequence/pool.ts';
const EMBEDDING = 'learning/sequence/embedding.ts';
const ENGINE = 'learning/sequence/engine.ts';
const LSTM = 'learning/sequence/lstm.ts';

/** @type {import('./form.mjs').Rule[]} */
export const SEQUENCE_RULES = [
  {
    id: 'sequences',
    rule: 'Of a text, tokens that repeat are crossed, padding is as if not there, every tensor and bias stands in the one norm, and terms that cancel are held in proportion',
    tests: {
      norms: unit('learning/sequence', 'gives the length of each text’s gradient: repeated tokens'),
      person: unit('learning/sequence', 'gives the length of a person’s summed gradient'),
      sums: unit('learning/sequence', 'clips and sums as the naive loop does, however the batch'),
      alone: unit('learning/sequence', 'never lets one text’s gradient depend on another, nor on'),
      empty: unit('learning/sequence', 'reads a text without tokens as nothing'),
      books: unit('learning/sequence-books', 'gives each row’s length as the double loop does'),
      never: unit('learning/sequence-books', 'gives each row’s length at most a little longer'),
      rounding: unit('learning/sequence-books', 'is as long as all that rounding can have left'),
      cancels: unit('learning/sequence-books', 'is never so short that its terms are out of'),
      covered: unit('learning/rules', 'covers the terms a text is a sum of'),
    },
    breaks: [
      broken('a token that repeats is not crossed with itself', 'norms', [
        BOOKS,
        'if (places[id] === -1) places[id] = used++ * q;',
        'places[id] = used++ * q;',
      ]),
      broken('a word that stays as it is moves what another learns', 'norms', [
        EMBEDDING,
        'mask = tf.tensor3d(isLearnt, [batch, tokens, 1]).mul<TensorFlow.Tensor3D>(inputs);',
        'mask = inputs;',
      ]),
      broken('a text has the columns of another beside it', 'sums', [
        'learning/text/token-rows.ts',
        'from.beside.subarray(place * width, (place + 1) * width)',
        'from.beside.subarray(row * width, (row + 1) * width)',
      ]),
      broken('the bias is left out of the norm', 'norms', [
        OPEN,
        'doubles.of(Float64Array.of(one), [])',
        'doubles.of(Float64Array.of(0), [])',
      ]),
      broken('the bias is left out where a text is one vector', 'norms', [
        ROWS,
        'let [ofInput, ofDelta] = [one as number, 0];',
        'let [ofInput, ofDelta] = [0, 0];',
      ]),
      broken('the bias is left out of the matrices of rows', 'never', [
        ROWS,
        'biasOfRows().forEach((value, at) => (squares[Math.floor(at / q)]! += value * value));',
        '',
      ]),
      broken('what rounding took from the products is forgotten', 'rounding', [
        ROWS,
        'const added = 1.01 * tokens * SINGLE;',
        'const added = 0;',
      ]),
      broken('the bias is left out where the matrix is smaller', 'books', [
        PERSONS,
        'doubles.read(biasTotal).forEach((value, g) => (squares[g]! += value));',
        '',
      ]),
      broken('the constants of the head are left out of the norm', 'norms', [
        ENGINE,
        "found.push({ kind: 'explicit', tensor: CONSTANTS, gradients });",
        'void gradients;',
      ]),
      broken('rows of a person are not crossed', 'person', [
        PERSONS,
        'if (!areSingle(groups)) return ofSeveral(groups);',
        '',
      ]),
      broken('the mean of a text is over its padding too', 'sums', [
        POOL,
        '1 / Math.max(1, length)',
        '1 / mask.shape[1]',
      ]),
      broken('the last state is that of the padding', 'sums', [
        POOL,
        'marks[r * length + one - 1] = 1;',
        'marks[r * length + length - 1] = 1;',
      ]),
      broken('a text that is read backwards begins with its padding', 'alone', [
        LSTM,
        'backwards ? raw.reverse(rows, lengths) : rows',
        'backwards ? raw.reverse(rows, lengths.map(() => rows.shape[1])) : rows',
      ]),
      broken('padding is a word that is learnt', 'empty', [
        EMBEDDING,
        'deltas.mul<TensorFlow.Tensor3D>(mask!)',
        'deltas.add<TensorFlow.Tensor3D>(1)',
      ]),
      broken('terms that cancel are not held', 'cancels', [
        BOOKS,
        'Math.max(norms[g]!, apart[g]! / GROUP_CANCELLATION ** 2)',
        'norms[g]!',
      ]),
      broken('the noise forgets of how many terms a text is a sum', 'covered', [
        'learning/mechanism.ts',
        '(guarantee.max_rows ?? 1) * (engine.rounding.terms ?? 1)',
        'guarantee.max_rows ?? 1',
      ]),
    ],
  },
];
