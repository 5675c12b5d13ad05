import type { Arranged } from '../../../../main/contract/arranged.ts';
import type { Arrangement, LabelChoice, PartSizes } from '../../../../main/contract/arrangement.ts';
import type { SplitPlan } from '../../../../main/contract/split.ts';
import type { Words } from '../../../../main/words/index.ts';
import { showNumber } from '../../../formats.ts';

export interface Kept {
  readonly arrangement: Arrangement;
  readonly sizes: PartSizes | null;
}

/** What was chosen in sentences; none where nothing was. */
export function linesOf(
  part: Arranged,
  { arrangement, sizes }: Kept,
  { train, arrange }: Pick<Words, 'train' | 'arrange'>,
  tag: string,
): string[] {
  const { label, unit, split } = arrangement;
  switch (part) {
    case 'label':
      return label === null ? [] : labelLines(label, { train, arrange }, tag);
    case 'unit':
      if (unit === null) return [];
      if (unit.of === 'row') return [train.checkOnceEach];
      return [train.checkPerson(unit.column), train.checkMostRows(showNumber(unit.maxRows, tag))];
    case 'split':
      return split === null
        ? []
        : [
            ...splitLines(split, unit?.of === 'person', { train, arrange }, tag),
            ...sizeLines(sizes, arrange, tag),
          ];
  }
}

function labelLines(
  label: LabelChoice,
  { train, arrange: w }: Pick<Words, 'train' | 'arrange'>,
  tag: string,
): string[] {
  if (!('target' in label)) return [train.checkQuestionValue(label.column, label.yes, label.no)];
  if (label.target === 'number') {
    const [low, high] = (label.bounds ?? []).map((bound) => showNumber(bound, tag));
    const isKnown = low !== undefined && high !== undefined;
    return [isKnown ? w.sumNumber(label.column, low, high) : w.sumNumberOpen(label.column)];
  }
  if (label.target === 'tags') return [w.sumTags(label.column, label.text, label.values)];
  const say = label.target === 'ordered' ? w.sumOrdered : w.sumClasses;
  return [
    say(label.column, label.values),
    ...(label.positive === undefined ? [] : [w.sumHarmful(label.positive)]),
  ];
}

function splitLines(
  split: SplitPlan,
  isPerson: boolean,
  { train, arrange: w }: Pick<Words, 'train' | 'arrange'>,
  tag: string,
): string[] {
  if ('column' in split) return [train.checkSplitColumn(split.column)];
  if ('date' in split) {
    const { date, test_from: test, validation_from: validation } = split;
    const from = isPerson ? w.sumLaterPeople : w.sumSplitLater;
    return [
      from(date, String(test)),
      ...(validation === undefined ? [] : [w.sumValidationFrom(String(validation))]),
    ];
  }
  const percent = (share: number): string => showNumber(Number((share * 100).toFixed(6)), tag);
  const test = percent(split.test);
  return [
    isPerson ? train.checkSplitPeople(test) : train.checkSplitRecords(test),
    ...(split.validation === undefined ? [] : [w.sumValidationShare(percent(split.validation))]),
    ...(split.stratify === true ? [w.sumStratified] : []),
  ];
}

function sizeLines(sizes: PartSizes | null, w: Words['arrange'], tag: string): string[] {
  if (sizes === null) return [];
  const number = (count: number): string => showNumber(count, tag);
  const { rows, people } = sizes;
  const of = people ?? rows;
  const validation = of.validation === 0 ? null : number(of.validation);
  const say = people === null ? w.sizesRecords : w.sizesPeople;
  return [
    say(number(of.train), validation, number(of.test)),
    ...(rows.neither === 0 ? [] : [w.sizesNeither(number(rows.neither))]),
  ];
}
