/** The rule of a search for settings. */
import { broken, unit } from './form.mjs';

const SEARCH = 'learning/search.ts';
const TRIALS = 'privacy/trials.ts';
const SELECTION = 'privacy/selection.ts';
const DIVERGENCE = 'privacy/selection-rdp.ts';
const DRAWN = 'drawTrials(trialLaw(trialsOf(plan)!), random)';
const CHARGED = 'await given.charge?.(0, 1);';
const MAKES = 'for (let made = 0; made < count; made++) {';

/** @type {import('./form.mjs').Rule[]} */
export const SEARCH_RULES = [
  {
    id: 'search',
    rule: 'A search is paid for as all of its trials: so many as were drawn, each with a setting drawn anew, of which nothing shows but the best, judged outside the guarantee',
    tests: {
      drawn: unit('learning/search', 'are as many as were drawn, each with a setting drawn anew'),
      hidden: unit('learning/search', 'leave nothing by which their number could be told'),
      once: unit('learning/search', 'is charged once, before its first trial'),
      again: unit('learning/search', 'that was charged for before is not begun again'),
      clip: unit(
        'learning/search',
        'train with the clipping norm, batch and steps that their noise',
      ),
      dearest: unit('learning/search', 'whose settings differ in steps covers the dearest of them'),
      bought: unit('learning/search', 'pays for what is bought before it once'),
      judged: unit('learning/search', 'is judged outside the guarantee, or nothing is paid'),
      scored: unit(
        'learning/search',
        'keeps what the validation part finds best, not the training',
      ),
      law: unit('privacy/selection', 'is drawn by that law'),
      surcharge: unit(
        'privacy/selection',
        'adds at most the surcharge, whatever two probabilities',
      ),
      price: unit(
        'privacy/selection',
        'is not below what repeated randomised response truly gives',
      ),
      renyi: unit('privacy/selection', 'by divergences is that of the paper, evaluated slowly'),
      delta: unit('privacy/selection-failures', 'leaves room in delta for the failure of any'),
      several: unit('privacy/selection', 'covers trials of different settings, drawn at random'),
      noise: unit('privacy/selection', 'is met by the noise calibrated for it'),
    },
    breaks: [
      broken('the number of trials is fixed', 'drawn', [
        SEARCH,
        DRAWN,
        `(${DRAWN}, Math.round(trialsOf(plan)!.expected_trials))`,
      ]),
      broken('the settings are tried in turn', 'drawn', [
        SEARCH,
        'trials[Math.floor(uniform(random) * trials.length)]!',
        'trials[made % trials.length]!',
      ]),
      broken('every trial tells how far it is', 'hidden', [SEARCH, 'pace.hushed()', 'pace']),
      ...['hidden', 'once'].map((test) =>
        broken(
          'every trial is charged by itself',
          test,
          [SEARCH, CHARGED, ''],
          [SEARCH, MAKES, `${MAKES}\n    ${CHARGED}`],
        ),
      ),
      broken('it is charged when it has run', 'once', [
        SEARCH,
        `${CHARGED}\n  await pace.beat({ phase: 'searching', step: 0, steps: 1 });`,
        `await pace.beat({ phase: 'searching', step: 0, steps: 1 });\n  ${CHARGED}`,
      ]),
      broken('a search that was interrupted draws anew', 'again', [
        SEARCH,
        '(given.resumed?.from ?? 0) > 0',
        '(given.resumed?.from ?? 0) < 0',
      ]),
      broken('a trial clips at another norm than its noise is for', 'clip', [
        SEARCH,
        'clip === undefined ? like.statement : { ...like.statement, clip }',
        'like.statement',
      ]),
      broken('only the first setting is accounted', 'dearest', [
        SEARCH,
        'trials.set(JSON.stringify(phases), phases);',
        'if (trials.size === 0) trials.set(JSON.stringify(phases), phases);',
      ]),
      broken('what is bought before is not among the phases', 'bought', [
        SEARCH,
        'const phases = [...before, search];',
        'const phases = [search];',
      ]),
      broken('it is judged by nothing', 'judged', [
        SEARCH,
        'asked !== undefined && validation.length === 0',
        'asked === undefined && validation.length < 0',
      ]),
      broken('trials are scored on what they were trained on', 'scored', [
        'learning/train.ts',
        "'validation', split.validation, options);\n  const loss",
        "'validation', split.train, options);\n  const loss",
      ]),
      broken('the number follows another law than is accounted', 'law', [
        TRIALS,
        'poissonSample(1, hazard(law, k), random, one)',
        'poissonSample(1, hazard(law, k + 1), random, one)',
      ]),
      broken('the choice costs half', 'surcharge', [
        TRIALS,
        'return (1 + eta) * Math.min(strength',
        'return Math.min(strength',
      ]),
      broken('every search costs as much as one trial', 'price', [
        SELECTION,
        'return trials + choices.reduce((sum, one) => sum + one, 0);',
        'return trials + 0 * choices.length;',
      ]),
      broken('every search costs as much as one trial, by divergences', 'price', [
        DIVERGENCE,
        'return rdp + (choiceAt(law, points, order) + often) * (1 + ROUND_UP);',
        'return rdp + 0 * (choiceAt(law, points, order) + often);',
      ]),
      broken('that a trial fails more often among many is left out', 'renyi', [
        DIVERGENCE,
        '(choiceAt(law, points, order) + often)',
        '(choiceAt(law, points, order) + 0 * often)',
      ]),
      broken('all searches have the law of the cheapest', 'renyi', [
        DIVERGENCE,
        'return (1 + law.eta) * Math.min(logGamma',
        'return Math.min(logGamma',
      ]),
      broken('the trials have the delta of the search each', 'delta', [
        SELECTION,
        'const rest = left / factor + (delta - left);',
        'const rest = left / factor ** 0 + (delta - left);',
      ]),
      broken('only the cheapest setting counts', 'several', [
        SELECTION,
        'const trials = Math.max(...ways',
        'const trials = Math.min(...ways',
      ]),
      broken('only the cheapest setting counts, by divergences', 'several', [
        DIVERGENCE,
        'return Math.max(...of.map(',
        'return Math.min(...of.map(',
      ]),
      broken('noise is calibrated for one trial', 'noise', [
        'privacy/calibrate.ts',
        'return [...beside, ...trialPhases(steps, search)];',
        'return [...beside, ...trialPhases(steps, search).slice(0, 0), ...steps];',
      ]),
    ],
  },
];
