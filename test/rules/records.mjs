/** Rules of what is read from the records and said of them. */
import { broken, unit } from './form.mjs';

const DPSGD = 'learning/dpsgd.ts';

const FREQUENT = 'privacy/statistics/frequent-tokens.ts';
const TOKENS = 'privacy/statistics/frequent-tokens';

/** @type {import('./form.mjs').Rule[]} */
export const RECORD_RULES = [
  {
    id: 'held-out',
    rule: 'Figures on private records are paid for or come from records outside the guarantee, and that is said',
    tests: {
      figures: unit('learning/rules', 'gives figures of the test part and of no record'),
      count: unit('learning/train', 'learns, states what it promises'),
      split: unit('learning/split-forms', 'keeps silent with privacy about what follows'),
      people: unit('learning/split', 'may not put a person into both parts'),
      paper: unit('report/guarantee', 'says which records judged the model'),
      fitted: unit('learning/calibration', 'is fitted to the validation records and to no others'),
    },
    breaks: [
      broken('probabilities are fitted to training records', 'fitted', [
        'learning/train.ts',
        "'validation', split.validation, options);\n  const known",
        "'validation', split.train, options);\n  const known",
      ]),
      broken('the model is judged on what it was trained on', 'figures', [
        'learning/train.ts',
        'const { test, validation } = split;',
        'const { train: test, validation } = split;',
      ]),
      broken('the number of training rows is told', 'count', [
        'learning/train.ts',
        'train: trained.privacy === null ? prepared.units.rows.length : null,',
        'train: prepared.units.rows.length,',
      ]),
      broken('the sizes of the parts are told', 'split', [
        'learning/split-statement.ts',
        '(privacy === null ? count : null)',
        '(privacy === undefined ? null : count)',
      ]),
      broken('a person may stand in both parts', 'people', [
        'learning/split.ts',
        'if (divided.length === 0) return;',
        'if (divided.length >= 0) return;',
      ]),
      broken('the model card always says held out', 'paper', [
        'report/sections/facts.ts',
        'w.testedOn[testedOn]',
        "w.testedOn[testedOn === 'training' ? testedOn : 'held-out']",
      ]),
    ],
  },
  {
    id: 'preprocessing',
    rule: 'Bounds, lists, fills, labels and the split are public, bought, or follow from each record alone',
    tests: {
      constants: unit(
        'learning/features',
        'reads the same constants from the records with and without',
      ),
      run: unit('learning/rules', 'fixes the same constants, rate, divisor'),
      boosting: unit('learning/boosting-guarantee', 'is the same with and without any one record'),
      rare: unit('learning/buy', 'shows nothing that one record alone brought'),
      threshold: unit('privacy/statistics/mechanisms', 'that one unit makes visible are released'),
      split: unit('learning/split', 'moves no other record when one is taken away'),
      words: unit('learning/buy', 'does not depend on how one record made a column be read'),
      labels: unit('learning/targets', 'is the same for neighbouring records: labels, bounds'),
      number: unit('learning/heads', 'gradients, their lengths and the clipped sum'),
      rareWord: unit('learning/text/words', 'are never one that a single person brought'),
      handful: unit(TOKENS, 'leave out the largest of each token'),
      visible: unit(TOKENS, 'that one unit makes visible are released with probability delta'),
      weights: unit(TOKENS, 'change by at most WHOLE together, and by its own weight each'),
      once: unit(TOKENS, 'count a unit once in a token, and no more than its first tokens'),
      law: unit(TOKENS, 'are drawn with the probabilities of that law'),
      learnt: unit('learning/text/words', 'are learnt in plain training, of what at least five'),
      stated: unit('learning/text/words', 'are public, or stated in the form'),
      fused: unit('learning/fused-head', 'tell what neither tells by itself, in a file that'),
    },
    breaks: [
      broken(
        'every word is released',
        'rareWord',
        [FREQUENT, '.filter(({ noisy }) => noisy >= threshold)', ''],
        [FREQUENT, 'units[token]! >= LEAST_UNITS', 'units[token]! > 0'],
      ),
      broken('words of a handful weigh something', 'handful', [
        FREQUENT,
        'units[token]! >= LEAST_UNITS',
        'units[token]! > 0',
      ]),
      broken('the threshold of words forgets the noise', 'visible', [
        FREQUENT,
        'weightOf(size) + rarely(deviation, delta / size)',
        'weightOf(size)',
      ]),
      broken('the threshold of words forgets that a unit has many', 'visible', [
        FREQUENT,
        'rarely(deviation, delta / size)',
        'rarely(deviation, delta)',
      ]),
      broken('every word of a unit weighs as if it were alone', 'weights', [
        FREQUENT,
        'Math.floor(WHOLE / Math.sqrt(size))',
        'WHOLE',
      ]),
      broken('a word counts as often as it stands there', 'once', [
        FREQUENT,
        '[...new Set(tokens)].slice(0, MOST_TOKENS)',
        '[...tokens].slice(0, MOST_TOKENS)',
      ]),
      broken('all words of a unit count', 'once', [FREQUENT, '.slice(0, MOST_TOKENS);', ';']),
      broken('words get no noise', 'law', [FREQUENT, '+ cells[place]!', '']),
      broken('plain training learns every word', 'learnt', [
        'learning/text/words.ts',
        'rows >= LEAST_ROWS',
        'rows >= 1',
      ]),
      ...['stated', 'fused'].map((test) =>
        broken('private training learns words as plain training does', test, [
          'learning/text/words.ts',
          "(plan.privacy === null ? 'learnt' : 'public')",
          "'learnt'",
        ]),
      ),
      broken('the bounds of a number that is predicted are those of the records', 'labels', [
        'learning/labels.ts',
        'bounds ?? (found',
        '(found',
      ]),
      broken('a number beyond its bounds is learned as it is', 'number', [
        'learning/heads.ts',
        'clamped((targets[r]! - lower) / half - 1)',
        '((targets[r]! - lower) / half - 1)',
      ]),
      ...['constants', 'boosting'].map((test) =>
        broken('the lower bound is that of the records', test, [
          'learning/features.ts',
          'lower: bounds[0], upper: bounds[1] };',
          "lower: 'values' in column ? Math.min(...column.values.filter(Number.isFinite)) : bounds[0], upper: bounds[1] };",
        ]),
      ),
      broken('values that are seen join the list', 'run', [
        'learning/features.ts',
        'values: [...new Set(values)] };',
        "values: [...new Set([...values, ...('dictionary' in column ? column.dictionary : [])])] };",
      ]),
      broken(
        'every value is released',
        'rare',
        [
          'privacy/statistics/frequent-values.ts',
          'counts.get(value)! >= LEAST_UNITS',
          'counts.get(value)! > 0',
        ],
        [
          'privacy/statistics/frequent-values.ts',
          '.filter(({ count }) => count >= threshold);',
          ';',
        ],
      ),
      broken('the threshold forgets the noise', 'threshold', [
        'privacy/statistics/frequent-values.ts',
        'return LEAST_UNITS + above;',
        'return LEAST_UNITS;',
      ]),
      broken('the split goes by the place of a row', 'split', [
        'learning/split.ts',
        'return Uint8Array.from(hashes, (hash) => {',
        'return Uint8Array.from(hashes, (_, row) => {\n      const hash = hashes[(7 * row) % hashes.length]!;',
      ]),
      broken('a cell of words tells that the column is no number', 'words', [
        'learning/buy.ts',
        "if (kind === 'either' && !isNumber) return this.#values();",
        "if (kind === 'either' && 'codes' in this.#column) return this.#values();",
      ]),
    ],
  },
  {
    id: 'progress',
    rule: 'Progress says how far training is: no loss, no length of a gradient, nothing of the records',
    tests: { reports: unit('learning/dpsgd', 'reports how far it is and nothing else') },
    breaks: [
      broken('progress tells the length of the parameters', 'reports', [
        DPSGD,
        "await run.pace.beat({ phase: 'training', step: run.steps, steps: run.steps });",
        "await run.pace.beat({ phase: 'training', step: run.steps, steps: run.steps, length: Math.hypot(...parameters) } as never);",
      ]),
    ],
  },
  {
    id: 'unit',
    rule: 'Where the unit is a person, all of a person’s rows are clipped as one, are capped, and the certificate says so',
    tests: {
      one: unit('learning/backends', 'clips the sum of a person’s rows, not each row'),
      states: unit('learning/train', 'covers a person where the plan names the unit'),
      capped: unit('learning/split', 'are capped, chosen by the person’s own rows alone'),
      boosting: unit(
        'learning/boosting-rows',
        'a person moves each histogram by a length of at most 1',
      ),
      pairs: unit('learning/boosting-pairs', 'change every figure of the choice by at most 1'),
      several: unit('learning/boosting-targets', 'are minus the softmax gradient, scaled'),
      number: unit('learning/boosting-targets', 'of a number lie within [-1, 1], also for scores'),
      histogram: unit('learning/boosting-targets', 'a person moves every histogram by at most 1'),
      bought: unit('learning/buy', 'counts people once in a value, however many rows they have'),
      boughtWords: unit('learning/text/words', 'are of people, whose rows count as one'),
      paper: unit('report/guarantee', 'names whom it protects'),
    },
    breaks: [
      broken('each row of a person is clipped by itself', 'one', [
        'learning/clipped-sum.ts',
        'const { places, groups } = pack;',
        `const { places } = pack;
  const groups = Int32Array.from({ length: places.length + 1 }, (_, row) => row);`,
      ]),
      broken('every row is a unit', 'states', [
        'learning/material.ts',
        ': personUnits(table, plan.unit, train, places, plan.missing);',
        ': rowUnits(places);',
      ]),
      broken('the statement always says row', 'states', [
        'learning/statement.ts',
        "plan.unit === undefined ? 'row' : 'person'",
        "plan.unit === undefined ? 'row' : 'row'",
      ]),
      broken('a person’s rows are not capped', 'capped', [
        'learning/units.ts',
        'if (owned.length <= most) return owned;',
        'if (owned.length > 0) return owned;',
      ]),
      broken('each row of a person weighs 1 in boosting', 'boosting', [
        'learning/boosting/rows.ts',
        'weights.fill(1 / (to - from), from, to);',
        'weights.fill(1, from, to);',
      ]),
      broken('each row of a person weighs 1 in the choice of pairs', 'pairs', [
        'learning/boosting/pairs.ts',
        'residuals[at++]! * weights[row]!',
        'residuals[at++]! * Math.ceil(weights[row]!)',
      ]),
      broken('residuals of several values are longer than 1', 'several', [
        'learning/boosting/outcome.ts',
        'const scale = 1 / longest(p, balanced);',
        'const scale = 1;',
      ]),
      broken('numbers of boosting are not held to their bounds', 'number', [
        'learning/boosting/outcome.ts',
        '(clamped(target, lower, upper) - lower)',
        '(target - lower)',
      ]),
      broken('each row of a person weighs 1 in the mean square', 'histogram', [
        'learning/boosting/histograms.ts',
        'weights[row]! * 4',
        'Math.ceil(weights[row]!) * 4',
      ]),
      broken('rows are counted in the place of people', 'bought', [
        'privacy/statistics/contributions.ts',
        'value === null || last.get(value) === unit',
        'value === null',
      ]),
      broken('words are counted by rows in the place of people', 'boughtWords', [
        'learning/text/buy-words.ts',
        'if (!free.has(token)) held.add(token);',
        'if (!free.has(token)) weights.add([token]);',
      ]),
      broken('the report always says record', 'paper', [
        'report/sections/privacy.ts',
        'const unit = w.units[privacy.unit];',
        "const unit = w.units[privacy.unit === 'row' ? 'person' : 'row'];",
      ]),
    ],
  },
  {
    id: 'federated',
    rule: 'Joint training: noise per site or central, secure sum, what is carried in files is counted',
    later: 'joint training is not built',
    tests: {},
    breaks: [],
  },
];
