/** Every rule of private training, the tests that hold it, and how it is broken to see them fail. */
import { ACCOUNT_RULES } from './accounts.mjs';
import { AHEAD_RULES } from './ahead.mjs';
import { ATTENTION_RULES } from './attention.mjs';
import { MITIGATION_RULES } from './mitigation.mjs';
import { LEAK_RULES } from './leak.mjs';
import { CENTRE_RULES } from './centre.mjs';
import { NOISE_RULES } from './noise.mjs';
import { RECORD_RULES } from './records.mjs';
import { RELEASE_RULES } from './release.mjs';
import { SEARCH_RULES } from './search.mjs';
import { SEQUENCE_RULES } from './sequences.mjs';
import { SIGNING_RULES } from './signing.mjs';
import { STEP_RULES } from './steps.mjs';

const ORDER = [
  'sampler',
  'neighbours',
  'order',
  'one-norm',
  'sequences',
  'attention',
  'centre',
  'virtual-batches',
  'noise',
  'noise-ahead',
  'divisor',
  'empty-batch',
  'charging',
  'composition',
  'search',
  'mitigation',
  'held-out',
  'coupling',
  'preprocessing',
  'randomness',
  'grid',
  'not-finite',
  'clip-slack',
  'progress',
  'unit',
  'federated',
  'audit',
  'leak',
  'released-review',
  'sign-off',
];

/** @type {import('./form.mjs').Rule[]} */
export const RULES = [
  ...STEP_RULES,
  ...NOISE_RULES,
  ...AHEAD_RULES,
  ...ACCOUNT_RULES,
  ...SEARCH_RULES,
  ...RECORD_RULES,
  ...RELEASE_RULES,
  ...SEQUENCE_RULES,
  ...ATTENTION_RULES,
  ...SIGNING_RULES,
  ...MITIGATION_RULES,
  ...LEAK_RULES,
  ...CENTRE_RULES,
].sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));

/** The text with all edits of one file made; null where one does not stand there exactly once. */
export function edited(text, edits) {
  let now = text;
  for (const { find, replace } of edits) {
    const parts = now.split(find);
    if (parts.length !== 2) return null;
    now = parts.join(replace);
  }
  return now;
}

/** The rules as they stand in docs/rules.md. @returns {string} */
export function rulesAsText() {
  const sections = RULES.map(({ id, rule, tests, breaks, later }) => {
    const held = Object.entries(tests).map(([key, { file, name }]) => {
      const where = file.replace(/^test\/|\.test\.ts$/g, '');
      const tried = breaks.filter(({ test }) => test === key).map(({ what }) => what);
      return `- \`${where}\`, "${name}": fails when ${tried.join('; when ')}.`;
    });
    const rest = later === undefined ? [] : [`- Later: ${later}.`];
    return `### ${id}\n\n${rule}.\n\n${[...held, ...rest].join('\n')}\n`;
  });
  return sections.join('\n');
}
