import type { ExperimentView } from '../../../main/contract/experiment-calls.ts';
import type { ModelText } from '../../../main/contract/model-text.ts';
import type { Words } from '../../../main/words/index.ts';
import { showMoment, showNumber } from '../../formats.ts';
import { splitFacts } from '../../../main/paper/split-facts.ts';
import { showDelta, showEpsilon } from './privacy-words.ts';

/** As the engine holds it (NOTE_CHARACTERS); the contract's own constant would bring its schemas. */
export const MOST_CHARACTERS = 2000;

/** The columns by which the list can be sorted. */
export const SORTS = ['trained', 'kind', 'epsilon', 'accuracy', 'person'] as const;
export type Sort = (typeof SORTS)[number];

export interface Order {
  readonly by: Sort;
  readonly rising: boolean;
}

export function accuracyOf({ figures }: ExperimentView): number | null {
  return figures.find(({ name }) => name === 'accuracy')?.value ?? null;
}

/** In the order asked for; without privacy the limit counts as the largest, unknown figures last. */
export function sorted(
  all: readonly ExperimentView[],
  { by, rising }: Order,
  tag: string,
): readonly ExperimentView[] {
  const { compare } = new Intl.Collator(tag);
  const sign = rising ? 1 : -1;
  return all.toSorted((a, b) => {
    if (by === 'trained') return sign * compare(a.created, b.created);
    if (by === 'kind') return sign * compare(a.kind, b.kind);
    if (by === 'person') return sign * compare(a.person, b.person);
    if (by === 'epsilon') return sign * inOrder(limitOf(a), limitOf(b));
    const [x, y] = [accuracyOf(a), accuracyOf(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * inOrder(x, y);
  });
}

const limitOf = ({ privacy }: ExperimentView): number => privacy?.epsilon ?? Infinity;
const inOrder = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

interface Row {
  readonly name: string;
  /** One for each model; several lines where it is a list. */
  readonly cells: readonly (readonly string[])[];
}

/** Whether the figures of models can be set against each other: one question, one test part. */
export function areComparable(models: readonly ExperimentView[]): boolean {
  const tests = models.map(({ artefact, label, positive, lineage, split, seed }) => {
    // With privacy the size of the training part is not told, and the same split looks like another.
    const how = split === null ? artefact : { ...split, max_rows: null, rows: split.rows.test };
    return JSON.stringify([label, positive, lineage[0]?.artefact, how, seed]);
  });
  return new Set(tests).size <= 1;
}

interface Way {
  readonly label: string;
  readonly words: Readonly<Record<string, string>>;
}

/** What is told of models side by side: figures first, then settings, then where they came from. */
export function comparison(
  models: readonly ExperimentView[],
  words: Words,
  tag: string,
): readonly Row[] {
  const w = words.experiments;
  const figureNames: Readonly<Record<string, string>> = words.train.figureNames;
  const number = (value: number): string => showNumber(value, tag);
  const row = (name: string, tell: (model: ExperimentView) => string | readonly string[]): Row => ({
    name,
    cells: models.map((model) => [tell(model)].flat()),
  });
  const figures = [...new Set(models.flatMap(({ figures: own }) => own.map(({ name }) => name)))];
  const isSet = (name: string): boolean =>
    models.some((model) => model.settings[name] !== undefined);
  const ways: Readonly<Record<string, Way>> = words.train.ways;
  return [
    row(w.kind, ({ kind }) => words.train.kindNames[kind] ?? kind),
    row(w.epsilon, ({ privacy }) =>
      privacy === null ? w.noLimit : showEpsilon(privacy.epsilon, tag),
    ),
    row(w.delta, ({ privacy }) => (privacy === null ? w.noLimit : showDelta(privacy.delta, tag))),
    row(w.unit, ({ privacy, unit }) => (privacy === null ? w.noLimit : w.units[unit])),
    ...figures.map((name) =>
      row(figureNames[name] ?? name, (model) => figureText(model, name, words, tag)),
    ),
    row(w.tested, ({ tested }) => number(tested)),
    row(w.predicts, ({ label, positive }) =>
      positive === null ? label : w.answer(label, positive),
    ),
    ...textRows(models, words, tag),
    columnsRow(models, words, tag),
    row(w.split, ({ split }) => splitText(split, words, tag)),
    ...Object.entries(w.settings)
      .filter(([name]) => isSet(name))
      .map(([name, told]) =>
        row(told, ({ settings: { [name]: value } }) =>
          value === undefined ? w.usual : typeof value === 'number' ? number(value) : value,
        ),
      ),
    ...Object.entries(ways)
      .filter(([name]) => isSet(name))
      .map(([name, { label, words: told }]) =>
        row(label, ({ settings: { [name]: value } }) =>
          value === undefined ? w.usual : (told[value] ?? `${value}`),
        ),
      ),
    row(w.steps, ({ steps }) => number(steps)),
    row(w.lineage, ({ lineage }) => lineage.map((step) => lineageText(step, words, tag))),
    row(w.person, ({ person }) => person),
    row(w.noteHead, ({ note }) =>
      note === null ? w.noNote : [note.text, w.noteBy(note.person, showMoment(note.saved, tag))],
    ),
  ];
}

function figureText(model: ExperimentView, name: string, words: Words, tag: string): string {
  const found = model.figures.find((figure) => figure.name === name);
  if (found === undefined || found.value === null) return words.train.figureNone;
  const show = (value: number): string => showNumber(Math.round(value * 1e3) / 1e3, tag);
  const { value, interval } = found;
  return interval === null
    ? show(value)
    : words.experiments.range(show(value), show(interval[0]), show(interval[1]));
}

/** What models of text read and are built on; no row where none of them is of text. */
function textRows(
  models: readonly ExperimentView[],
  { modelText: w, train }: Words,
  tag: string,
): Row[] {
  const tell = (name: string, value: (text: ModelText) => string | null): Row => ({
    name,
    cells: models.map(({ text }) => [(text === null ? null : value(text)) ?? train.figureNone]),
  });
  const some = (has: (text: ModelText) => boolean): boolean =>
    models.some(({ text }) => text !== null && has(text));
  return [
    ...(some(() => true)
      ? [tell(w.checkText, ({ columns }) => new Intl.ListFormat(tag).format(columns))]
      : []),
    ...(some(({ encoder }) => encoder !== null)
      ? [tell(w.encoder, ({ encoder }) => encoder && w.encoderTold(encoder))]
      : []),
    ...(some(({ encoder }) => encoder !== null && encoder.tune !== 'head')
      ? [tell(w.tuneShort, ({ encoder }) => encoder && w.tunes[encoder.tune])]
      : []),
    ...(some(({ vocabulary }) => vocabulary !== null)
      ? [tell(w.vocabulary, ({ vocabulary }) => vocabulary && w.vocabularies[vocabulary])]
      : []),
  ];
}

/** Of columns only what differs is named. */
function columnsRow(models: readonly ExperimentView[], words: Words, tag: string): Row {
  const { experiments: w, train } = words;
  const lists = models.map(({ features, text }) =>
    text !== null && features?.length === 0 ? null : features,
  );
  const known = lists.filter((list) => list !== null);
  const shared = (known[0] ?? []).filter((name) => known.every((list) => list.includes(name)));
  const same = w.columnsSame(showNumber(shared.length, tag));
  return {
    name: w.columns,
    cells: lists.map((list, at) => {
      if (list === null)
        return [(models[at]?.text ?? null) === null ? w.columnsAll : train.figureNone];
      const own = list.filter((name) => !shared.includes(name));
      if (known.every((other) => other.length === shared.length)) return [same];
      return own.length === 0
        ? [w.columnsNoMore]
        : [w.columnsAlso(new Intl.ListFormat(tag).format(own))];
    }),
  };
}

function splitText(
  split: ExperimentView['split'],
  { split: w, train }: Words,
  tag: string,
): string {
  if (split === null) return train.figureNone;
  const count = (value: number): string => showNumber(value, tag);
  const share = (part: number): string =>
    new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 }).format(part);
  const counts = (parts: readonly (number | null)[]): string[] =>
    parts.map((part) => (part === null ? '' : count(part)));
  return splitFacts(split, w, { count, share, counts })[0]?.value ?? '';
}

function lineageText(
  { kind, name, person, created, repairs, models }: ExperimentView['lineage'][number],
  { experiments: w, train, report }: Words,
  tag: string,
): string {
  const list = new Intl.ListFormat(tag);
  const names: Readonly<Record<string, string>> = report.privacyModels;
  const of: readonly string[] = [
    train.recordKinds[kind] ?? kind,
    ...(repairs === null ? [] : [w.repairs(showNumber(repairs, tag), repairs)]),
    ...(models.length === 0
      ? []
      : [w.holds(list.format(models.map((model) => names[model] ?? model)))]),
  ];
  return w.step(of.join(' · '), name, person, showMoment(created, tag));
}
