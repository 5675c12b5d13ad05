/** Rules of what is counted and charged. */
import { accountingVectors, broken, unit } from './form.mjs';

const MECHANISM = 'learning/mechanism.ts';
const DPSGD = 'learning/dpsgd.ts';
const BOOST = 'learning/boosting/boost.ts';
const BOOSTING = 'learning/boosting/guarantee.ts';
const CHARGES = 'await run.charge(step, charged);';

/** @type {import('./form.mjs').Rule[]} */
export const ACCOUNT_RULES = [
  {
    id: 'charging',
    rule: 'Delta is below one in n; epsilon stays within the target; steps are paid for before they run, and no crash or older checkpoint gives one back',
    tests: {
      delta: unit('privacy/accountant', 'must be below one in the number'),
      refused: unit('learning/train', 'delta of one in the number of rows'),
      boosting: unit('learning/boosting-guarantee', 'is refused for a delta of one in the number'),
      target: unit('privacy/accountant', 'never exceeds the target and wastes next to nothing'),
      ahead: unit('learning/dpsgd', 'charges blocks before they run'),
      unpaid: unit('learning/dpsgd', 'stops at a refused charge'),
      killed: unit('learning/checkpoint', 'in any step runs only what was never charged'),
      older: unit('learning/checkpoint', 'gets no step back from an older checkpoint'),
      holds: unit('learning/checkpoint', 'is the same again, and holds the state and nothing else'),
      cycles: unit('learning/boosting', 'after a crash runs no cycle twice that was charged'),
      paid: unit('learning/boosting', 'is charged ahead: the counts, then cycle by cycle'),
      pairs: unit('learning/boosting-pairs', 'is charged ahead: after the columns the choice'),
      lost: unit('learning/boosting-pairs', 'does without pairs where their choice was paid for'),
      ledger: unit('vault/ledger', 'returns nothing after cancel, failure or a dead process'),
      reserved: unit('vault/ledger', 'charges only forward and only what was reserved'),
    },
    breaks: [
      broken('delta may be one in n', 'delta', [
        'privacy/accountant.ts',
        'if (!(delta < 1 / units)) {',
        'if (!(delta <= 1 / units)) {',
      ]),
      broken('delta is not held against n', 'refused', [
        MECHANISM,
        'requireDelta(delta, count);',
        '',
      ]),
      broken('nor in boosting', 'boosting', [BOOSTING, 'requireDelta(delta, count);', '']),
      broken('calibration rounds down', 'target', [
        'privacy/calibrate.ts',
        'suffices(withMargin) ? withMargin : above;',
        'suffices(withMargin) ? below : below;',
      ]),
      broken(
        'steps are charged when they have run',
        'ahead',
        [DPSGD, CHARGES, ''],
        [
          DPSGD,
          'if (step + 1 === charged) {',
          'if (step + 1 === charged) {\n      await run.charge(Math.floor(step / run.block) * run.block, charged);',
        ],
      ),
      broken('a refused charge is not heard', 'unpaid', [
        DPSGD,
        CHARGES,
        'void run.charge(step, charged).catch(() => undefined);',
      ]),
      ...['killed', 'older'].map((test) =>
        broken('a run goes on from its checkpoint, not from what was charged', test, [
          'learning/checkpoint.ts',
          'this.from = resumed?.from ?? 0;',
          'this.from = resumed?.checkpoint?.stepsCharged ?? 0;',
        ]),
      ),
      broken('a checkpoint holds more than the state', 'holds', [
        'learning/checkpoint.ts',
        'const vectors = [parameters, average.mean, ...optimiser.vectors];',
        'const vectors = [parameters, average.mean, ...optimiser.vectors, parameters];',
      ]),
      broken('boosting runs the cycle in flight again', 'cycles', [
        BOOST,
        'return Math.ceil((Math.max(begin, charged) - begin) / turns);',
        'return Math.max(0, Math.ceil((Math.max(begin, charged) - begin) / turns) - 1);',
      ]),
      broken('boosting pays for a cycle as for one release', 'paid', [
        BOOST,
        'await block(step, step + turns,',
        'await block(step, step + 1,',
      ]),
      broken('boosting pays for a cycle of pairs as for one release', 'pairs', [
        BOOST,
        'await block(step, step + pairs.count,',
        'await block(step, step + 1,',
      ]),
      broken('pairs whose choice was paid for and lost are chosen again', 'lost', [
        BOOST,
        'if (charged <= plan.pairs) {',
        'if (course.pairs === null) {',
      ]),
      broken('what was interrupted, failed or cancelled comes back', 'ledger', [
        'vault/ledger.ts',
        'const jobs = [...rows, counted(candidate)];',
        "const kept = rows.filter(({ state }) => state === 'open' || state === 'done');\n    const jobs = [...kept, counted(candidate)];",
      ]),
      broken('more steps are charged than were reserved', 'reserved', [
        'vault/ledger.ts',
        'if (toStep > stepsReserved) {',
        'if (toStep > 2 * stepsReserved) {',
      ]),
    ],
  },
  {
    id: 'composition',
    rule: 'All that is released is added up: statistics, every phase, every training; the cap holds for adaptive choices',
    tests: {
      bought: unit('learning/buy', 'learns, and the phases say all that it cost'),
      pretraining: unit(
        'learning/sequence/pretraining',
        'is paid ahead, and one statement covers both phases',
      ),
      boosting: unit('learning/boosting-guarantee', 'covers what is bought before'),
      columns: unit(
        'learning/boosting-guarantee',
        'has one release of counts and one for every column',
      ),
      pairs: unit('learning/boosting-pairs', 'stands in the phases, and these give'),
      renyi: accountingVectors(
        'gives their RDP epsilon and order, and never less than the true one',
      ),
      tight: accountingVectors('gives their tight epsilon, never less than the true one'),
      statistics: unit('privacy/pld-pairs', 'cost what slow convolution of all of them says'),
      cap: unit('vault/ledger', 'can be filled to the brim and refuses the next drop'),
      adaptive: unit(
        'vault/filter',
        'never cost more than the budget, whichever way lets them pass',
      ),
      resumed: unit('learning/buy', 'buys nothing when paying fails, and nothing a second time'),
    },
    breaks: [
      broken('what is bought is not among the phases', 'bought', [
        MECHANISM,
        '...statistics.phases,',
        '',
      ]),
      broken('noise is calibrated without what is bought', 'bought', [
        MECHANISM,
        'beside: before,',
        'beside: [],',
      ]),
      broken('noise is calibrated without the pre-training', 'pretraining', [
        MECHANISM,
        'beside: before,',
        'beside: statistics.phases,',
      ]),
      broken('a pre-training is not charged before the training', 'pretraining', [
        'learning/sequence/pretrain.ts',
        'given.charge?.(before + first, before + next)',
        'given.charge?.(first, next)',
      ]),
      broken('what is bought is not among the phases of boosting', 'boosting', [
        BOOSTING,
        '[...statistics.phases, ...trialPhases(',
        '[...trialPhases(',
      ]),
      broken('a cycle counts as one release', 'columns', [
        BOOSTING,
        'gaussian(forSingles * (1 - countShare) * share, columns)',
        'gaussian(forSingles * (1 - countShare) * share, 1)',
      ]),
      broken('only the dearest phase counts', 'renyi', [
        'privacy/rdp.ts',
        'return sum + phase.steps * stepRdp(phase, order);',
        'return Math.max(sum, phase.steps * stepRdp(phase, order));',
      ]),
      broken('the choice of pairs is not among the phases', 'pairs', [
        BOOSTING,
        '...(choice === 0 ? [] : [gaussian(forPairs * choice, 1)]),',
        '',
      ]),
      broken('the counts of pairs are not among the phases', 'pairs', [
        BOOSTING,
        'gaussian(forPairs * settings.pairs.countShare, 1),',
        '',
      ]),
      broken('a cycle of pairs counts as one release', 'pairs', [
        BOOSTING,
        'gaussian(forPairs * rest * share, count)',
        'gaussian(forPairs * rest * share, 1)',
      ]),
      broken('only the last phase has its losses composed', 'tight', [
        'privacy/accountant.ts',
        'const found = pldEpsilon(phases, delta, renyi);',
        'const found = pldEpsilon(phases.slice(-1), delta, renyi);',
      ]),
      broken('only the last mechanism has its losses composed', 'statistics', [
        'privacy/pld/epsilon.ts',
        'new Refinement(merged, direction, delta, guess).run(epsilon)',
        'new Refinement(merged.slice(-1), direction, delta, guess).run(epsilon)',
      ]),
      broken('the cap is not asked', 'cap', [
        'vault/filter.ts',
        'if (isPlain) return true;',
        'return true;',
      ]),
      broken('the filter’s cap is not asked', 'adaptive', [
        'vault/filter.ts',
        'found.epsilon <= budget.epsilon &&',
        '',
      ]),
      broken('a resumed run buys again', 'resumed', [
        'learning/train.ts',
        'if (resumed !== undefined && resumed.from > 0) {',
        'if (resumed !== undefined && resumed.from < 0) {',
      ]),
    ],
  },
];
