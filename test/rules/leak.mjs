/** Rules of attacks on a model of one's own: what they find is true, blocks, and leaves rounded. */
import { broken, unit } from './form.mjs';

const MEMBERSHIP = 'privacy/attack/membership.ts';
const FIGURES = 'study/leak-figures.ts';
const REFERENCES = 'study/reference-models.ts';
const SECTION = 'report/sections/leak.ts';

/** @type {import('./form.mjs').Rule[]} */
export const LEAK_RULES = [
  {
    id: 'leak',
    rule: 'A leak test finds members of a model that knows them by heart, blocks where a promise is broken, and says outside only what no single person moves',
    tests: {
      halves: unit('privacy/attack/membership', 'puts each unit into just half of the models'),
      mean: unit('privacy/attack/membership', 'is the log of their mean'),
      ties: unit('privacy/attack/membership', 'is the best of all thresholds, ties kept together'),
      persons: unit('privacy/attack/gain', 'is as unsure as its units are few'),
      finds: unit('study/leak-test', 'finds members of a model that has learnt them by heart'),
      hidden: unit('study/leak-test', 'shows what a hidden column holds'),
      blocks: unit('study/leak-test', 'is caught and blocks'),
      passes: unit('study/leak-test', 'passes where it is kept'),
      few: unit('report/leak', 'leaves out groups of which one person would move the figure'),
      rounded: unit('report/leak', 'is said in words first, then in figures of two places'),
    },
    breaks: [
      broken('one model learns from all', 'halves', [
        MEMBERSHIP,
        'halves[order[place]!]![unit] = 1;',
        'halves[0]![unit] = 1;',
      ]),
      broken('models of comparison are added up', 'mean', [
        MEMBERSHIP,
        '=> sum - Math.log(references)',
        '=> sum',
      ]),
      broken('equal scores are parted', 'ties', [MEMBERSHIP, 'if (!isTied && wrong', 'if (wrong']),
      broken('rows of one person count as of several', 'persons', [
        'privacy/attack/gain.ts',
        '- own.records * gain) ** 2',
        '- own.records * gain) ** 2 / own.records ** 2',
      ]),
      broken('members are taken for others', 'finds', [
        'study/attacked.ts',
        'for (const row of split.train) isMember[row] = 1;',
        'for (const row of split.test) isMember[row] = 1;',
      ]),
      broken(
        'models of comparison know who is a member',
        'finds',
        [
          REFERENCES,
          '{ rows, units, validation }: Attacked,',
          '{ rows, units, validation, members }: Attacked,',
        ],
        [
          REFERENCES,
          "if (inside[units[at]!] === 1) codes[row] = PARTS.indexOf('train');",
          "if (members[units[at]!] === 1) codes[row] = PARTS.indexOf('train');",
        ],
      ),
      broken('groups of few are shown', 'finds', [
        FIGURES,
        'const FEWEST = 10;',
        'const FEWEST = 1;',
      ]),
      broken('the model is asked about one value alone', 'hidden', [
        'study/leak-attribute.ts',
        'const filled = values.filledWith(place);',
        'const filled = values.filledWith(0);',
      ]),
      broken('a bound above the promise is let pass', 'blocks', [
        'study/audit.ts',
        'const blocks = bound.epsilon_lower_bound > promise.epsilon;',
        'const blocks = false;',
      ]),
      broken('any bound blocks', 'passes', [
        'study/audit.ts',
        'const blocks = bound.epsilon_lower_bound > promise.epsilon;',
        'const blocks = bound.epsilon_lower_bound > 0;',
      ]),
      broken('groups of a dozen are told outside', 'few', [
        SECTION,
        'const FEWEST = 100;',
        'const FEWEST = 10;',
      ]),
      broken('rates are told to the last record', 'rounded', [
        SECTION,
        'return f.level(Math.round(100 * rate) / 100);',
        'return f.level(rate);',
      ]),
    ],
  },
];
