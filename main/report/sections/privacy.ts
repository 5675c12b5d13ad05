import type { AnyPhase, Phase } from '../../contract/privacy.ts';
import type { PaperBlock, PaperSection } from '../../contract/report.ts';
import type { PrivacyStatement } from '../../contract/train.ts';
import type { PrivacyAmount } from '../../contract/vault.ts';
import { named, type Ink } from '../ink.ts';

/**
 * The largest certainty an attacker reaches who began at one half: e^epsilon / (1 + e^epsilon),
 * outside an event of probability delta (the hypothesis-testing reading of differential privacy:
 * Wasserman and Zhou 2010; Kairouz, Oh, Viswanath 2015).
 */
export function highestCertainty(epsilon: number): number {
  return 1 / (1 + Math.exp(-epsilon));
}

/** The guarantee in sentences, or that there is none. */
export function certainty({ input, w, f }: Ink): string[] {
  const { privacy } = input;
  if (privacy === undefined) return [w.privacy.unknown];
  if (privacy === null) return [w.privacy.none];
  const delta = f.number(privacy.delta);
  return [
    w.privacy.done(f.number(privacy.epsilon), delta, w.units[privacy.unit]),
    w.privacy.certainty(certaintyText(privacy.epsilon, f.share), f.oneIn(privacy.delta)),
  ];
}

/** Rounded up: "at most 99.9%" must not be said of 99.96%. */
export function certaintyText(epsilon: number, share: (value: number) => string): string {
  return share(Math.min(1, Math.ceil(highestCertainty(epsilon) * 1000 - 1e-9) / 1000));
}

export function privacySection(ink: Ink): PaperSection {
  return { id: 'privacy', title: ink.w.sections.privacy, blocks: privacyBlocks(ink) };
}

export function privacyBlocks(ink: Ink): PaperBlock[] {
  const { input, w } = ink;
  const sentences: PaperBlock = { kind: 'sentences', sentences: certainty(ink) };
  if (!input.privacy) return [sentences];
  return [
    sentences,
    { kind: 'sentences', sentences: [input.review.privacy ? w.noise.limits : w.privacy.limits] },
    guarantee(ink, input.privacy),
    ...ledger(ink),
    phases(ink, input.privacy),
  ];
}

function guarantee(ink: Ink, privacy: PrivacyStatement): PaperBlock {
  const { w, f } = ink;
  const unit = w.units[privacy.unit];
  return {
    kind: 'facts',
    facts: [
      { name: w.privacy.epsilon, value: f.number(privacy.epsilon) },
      { name: w.privacy.delta, value: f.number(privacy.delta) },
      { name: w.privacy.accountant, value: privacy.accountant.toUpperCase() },
      {
        name: w.privacy.unit,
        value:
          privacy.unit_column === null || privacy.max_rows === null
            ? unit
            : w.privacy.unitRows(unit, privacy.unit_column, f.count(privacy.max_rows)),
      },
      { name: w.privacy.neighbours, value: named(w.neighbours, privacy.neighbours) },
      { name: w.privacy.publicCount, value: f.count(privacy.public_count) },
      { name: w.privacy.clip, value: f.number(privacy.clip) },
      ...bought(ink, privacy),
      ...pretrained(ink, privacy),
      ...searched(ink, privacy),
    ],
  };
}

/** What private statistics said before the training, and what they would have cost by themselves. */
function bought(
  { w, f }: Ink,
  { statistics }: PrivacyStatement,
): { name: string; value: string }[] {
  if (statistics === undefined) return [];
  const wanted = statistics.wanted.map(({ column, kind }) => w.privacy.statistics[kind](column));
  return [
    { name: w.privacy.bought, value: f.list(wanted) },
    { name: w.privacy.boughtCost, value: f.number(statistics.epsilon) },
  ];
}

/** What of epsilon went to a pre-training on the records. */
function pretrained(
  { w, f }: Ink,
  { pretraining }: PrivacyStatement,
): { name: string; value: string }[] {
  if (pretraining === undefined) return [];
  return [{ name: w.privacy.pretraining, value: f.number(pretraining.epsilon) }];
}

/** That the settings were chosen by a search, and what one of its trials would have cost. */
function searched({ w, f }: Ink, { search }: PrivacyStatement): { name: string; value: string }[] {
  if (search === undefined) return [];
  const { name, value, alone, laws } = w.privacy.search;
  const trials = f.number(search.expected_trials);
  return [
    { name, value: value(laws[search.distribution], trials, f.count(search.settings)) },
    { name: alone, value: f.number(search.trial_epsilon) },
  ];
}

/** What the records had given away in all, counted three ways. */
function ledger({ input, w, f }: Ink): PaperBlock[] {
  if (input.ledger === undefined) return [];
  const { budget, plain, filter, planned } = input.ledger;
  const words = w.privacy.ledger;
  const ways = [
    { name: words.plain, amount: plain, text: words.plainText },
    { name: words.filter, amount: filter, text: words.filterText },
    { name: words.planned, amount: planned, text: words.plannedText },
    { name: words.budget, amount: budget, text: words.budgetText },
  ];
  const shown = (amount: PrivacyAmount | null): string =>
    amount === null ? words.none : words.amount(f.number(amount.epsilon), f.number(amount.delta));
  return [
    {
      kind: 'table',
      caption: words.title,
      head: [words.way, words.spent, words.meaning],
      figures: false,
      rows: ways.map(({ name, amount, text }) => [name, shown(amount), text]),
    },
  ];
}

function phases(ink: Ink, privacy: PrivacyStatement): PaperBlock {
  const { w } = ink;
  return {
    kind: 'table',
    caption: w.privacy.phases,
    head: [w.privacy.mechanism, w.privacy.noise, w.privacy.rate, w.privacy.steps],
    figures: true,
    rows: privacy.phases.flatMap((phase) => phaseRows(ink, phase)),
  };
}

/** One row; of a search one for the choice and one for each phase of each kind of trial. */
function phaseRows(ink: Ink, phase: AnyPhase): string[][] {
  const { w, f } = ink;
  const words = w.privacy.search;
  const row = (one: Phase, name: (mechanism: string) => string = (same) => same): string[] => [
    name(named(w.mechanisms, one.mechanism)),
    f.number(one.noise_multiplier),
    rateText(ink, one),
    f.count(one.steps),
  ];
  if (phase.mechanism !== 'selection') return [row(phase)];
  const best = words.best(words.laws[phase.distribution], f.number(phase.expected_trials));
  return [
    [best, w.none, w.privacy.everyUnit, f.count(phase.steps)],
    ...phase.of.flatMap((trial, place) =>
      trial.map((one) =>
        row(one, (name) =>
          place === 0 ? words.each(name) : words.either(name, f.count(place + 1)),
        ),
      ),
    ),
  ];
}

/** Which share of the units a step looks at. */
function rateText({ w, f }: Ink, phase: Phase): string {
  switch (phase.mechanism) {
    case 'poisson_gaussian':
      return f.number(phase.sample_rate);
    case 'fixed_size_gaussian':
      return w.privacy.batch(f.count(phase.batch_size), f.count(phase.dataset_size));
    case 'gaussian':
    case 'laplace':
    case 'discrete_gaussian':
    case 'discrete_laplace':
    case 'exponential':
      return w.privacy.everyUnit;
  }
}
