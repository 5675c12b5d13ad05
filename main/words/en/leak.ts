import type { LeakReason } from '../../contract/leak-test.ts';

const pointOf = (points: string): string => (/^[-+]?1$/.test(points) ? 'point' : 'points');

/** The leak test, on screen and in the report. Numbers arrive as already formatted text. */
export const leak = {
  toTest: 'Test what the model gives away',
  title: 'Does the model give people away?',
  text: 'Concord attacks the model as an outsider would: it tries to tell who was among the records it learned from, and what a column holds that the outsider does not know.',
  how: 'For this it trains several models of comparison in the same way. That takes from a few seconds to some minutes. Nothing leaves the vault, and nothing is taken from the ledger.',
  groupsLegend: 'Columns that tell groups of people apart',
  groupsHint: 'A small group can be found out while the whole is safe.',
  sensitive: 'A column that nobody should be able to work out',
  sensitiveHint:
    'The test measures how much better somebody guesses it who has the model than somebody who knows all the rest.',
  nothing: 'None',
  start: 'Begin the leak test',
  again: 'Test again',
  reading: 'Reading what the test found',
  running: 'A leak test of this study is under way.',
  toRunning: 'Go to it',
  back: 'Back to the review',
  exact:
    'What is shown here is rounded, as in the report. The vault keeps the exact figures beside the model.',

  section: 'Leak test',
  summary: 'What an attacker would find',
  blocked: (bound: string, promise: string) =>
    `The training does not keep its promise: an attack shows that epsilon is at least ${bound}, and the model promises ${promise}. This model must not be used, and nobody can sign it off.`,
  about: (references: string) =>
    `The model was attacked as an outsider would attack it, with ${references} models of comparison that were trained in the same way, each on a random half of the same records.`,
  aboutAlone:
    'The model was attacked as an outsider would attack it, by its errors alone: its training cannot be repeated, because the public texts it began with are not kept. Such an attack misses much.',
  chance: 'Who was among the training records cannot be told better than by tossing a coin.',
  named: (share: string, interval: string) =>
    `Of two people, one of them in the training records, the attacker names the right one in ${share} of 100 cases (${interval}); tossing a coin is right in 50.`,
  found: (rate: string) =>
    `Where at most one in a hundred outsiders may be taken for a member by mistake, ${rate} of the members are found out; guessing finds 1%.`,
  unsure: 'There are too few records to say how well an attacker does.',
  drift:
    'Caution: models that do not know who was a member tell the two apart as well. Training and test records differ by more than by membership, so part of what the attacker finds is that difference.',
  attribute: (column: string, members: string, without: string) =>
    `“${column}” of people in the training records is guessed right for ${members} of 100 with the model, and for ${without} of 100 from the other columns alone.`,
  gainNone: 'So the model helps no attacker with it, as far as can be seen.',
  gain: (points: string, interval: string) =>
    `So the model adds ${points} percentage ${pointOf(points)} (${interval}).`,
  gainOthers: (points: string) =>
    `Of people it has not learned from it adds ${points} ${pointOf(points)}: that much comes from what it knows in general.`,
  bound: (bound: string, promise: string) =>
    `An audit with made-up records, trained on in the same way, shows with 95% certainty that epsilon is at least ${bound}. The promise is ${promise}: the audit found nothing against it, which proves nothing by itself.`,
  outOfReach: (largest: string) =>
    `No such audit can show more than ${largest}: a promise above that cannot be found broken.`,
  noPromise:
    'The model was trained without differential privacy. There is no promise that an audit could hold it to; what the attacks found is all that is known.',
  exposure: (mean: string, chance: string, most: string) =>
    `Made-up phrases that one record each holds are exposed by ${mean} bits on average; ${chance} would be chance and ${most} the most there is.`,
  notPrivate:
    'The figures of the attacks come from the training records and are not private; the privacy guarantee does not cover them. So they are rounded here, and left out where fewer than 100 members or others stand behind them.',
  chart: (column: string) => `How often the attacker names the right one of two, by ${column}`,
  group: 'Group',
  right: 'Right of 100',
  coin: 'a coin',
  table: 'Attacks on membership',
  attack: 'Attack',
  attacks: {
    ratio: 'beside models of comparison',
    loss: 'by the model’s errors alone',
    control: 'by models that do not know the members',
  },
  columns: {
    auc: 'AUC',
    interval: 'Interval (95%)',
    one: 'TPR at 1% FPR',
    tenth: 'TPR at 0.1% FPR',
  },
  unmeasured: 'not measured',
  below: (rate: string) => `under ${rate}`,
  left: (names: string) => `Left out because too few records stand behind them: ${names}.`,
  reasons: {
    'no-plan': 'no plan was given',
    'not-private': 'not private',
    'too-few': 'too few records',
    'not-repeatable': 'cannot be repeated',
  } satisfies Record<LeakReason, string> as Readonly<Record<LeakReason, string>>,
};
export type LeakWords = typeof leak;
