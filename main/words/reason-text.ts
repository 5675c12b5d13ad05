import type { Attended } from '../contract/model-text.ts';
import type { FieldReason, RowReasons } from '../contract/reasons.ts';
import type { Language } from '../contract/language.ts';
import { words } from './index.ts';

/** So many columns are named in a sentence. */
const TOLD = 3;
/** One that moves an answer much less than the strongest is not named. */
const LEAST_SHARE = 0.1;
/** A sampled effect within so many standard errors of none is not named. */
const SURE = 2;
const QUOTED = 40;

/** Reasons of one answer as people read them: sentences first, then a row for each column. */
export interface ReasonsSaid {
  readonly sentences: readonly string[];
  /** Where the figures come from, and what they do not say. */
  readonly notes: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function sayReasons(found: RowReasons, language: Language): ReasonsSaid {
  const w = words(language).reasons.row;
  const form = formsOf(language);
  const { answer, fields, sampling } = found;
  if (answer === null) return { sentences: [w.none], notes: [], head: [], rows: [] };
  const isNumber = answer.value === null;
  const says =
    answer.value === null
      ? w.predicts(form.number(answer.score))
      : w.says(answer.value, form.share(answer.score));
  const least = LEAST_SHARE * Math.max(0, ...fields.map(({ effect }) => Math.abs(effect)));
  const telling = (sign: number): string[] =>
    fields
      .filter(({ effect, error }) => {
        const size = sign * effect;
        return size > 0 && size >= least && size > SURE * (error ?? 0);
      })
      .slice(0, TOLD)
      .map((field) => named(field, found, language));
  const [up, down] = [telling(1), telling(-1)];
  const list = (items: readonly string[]): string => items.join(words(language).report.comma);
  const because = isNumber ? w.higher : w.because;
  const against = isNumber ? w.lower : w.against;
  const sentences = [
    says,
    ...(up.length > 0 ? [because(list(up))] : []),
    ...(down.length > 0 ? [against(list(down))] : []),
    ...(up.length + down.length === 0 && fields.length > 0 ? [w.nothing] : []),
    ...(found.text === null ? [] : saySpans(found.text, fields.length > 0, language)),
  ];
  const notes = [
    ...usual(found, form, language),
    ...(fields.length === 0 ? [] : [sampling ? w.sampled(form.count(sampling.pairs)) : w.exact]),
    w.limits,
  ];
  const effect = {
    odds: w.effect,
    'odds-of-all': w.effectOfAll,
    number: w.effectNumber,
  }[found.scale];
  return {
    sentences,
    notes,
    head: [w.column, w.value, effect, ...(sampling ? [w.error] : [])],
    rows: fields.map((field) => [
      columnsOf(field, language),
      field.columns.length > 1 ? '' : (field.cell ?? w.missingCell),
      sayEffect(field.effect, found, form, language),
      ...(sampling ? [form.size(SURE * (field.error ?? 0), found.scale)] : []),
    ]),
  };
}

interface Forms {
  readonly count: (value: number) => string;
  readonly number: (value: number) => string;
  readonly share: (value: number) => string;
  /** How far an effect may be off: of odds as a share of them. */
  readonly size: (value: number, scale: RowReasons['scale']) => string;
}

function formsOf(language: Language): Forms {
  const form = (options: Intl.NumberFormatOptions): ((value: number) => string) => {
    const format = new Intl.NumberFormat(language, options);
    return (value) => format.format(value === 0 ? 0 : value);
  };
  const number = form({ maximumSignificantDigits: 3 });
  const percent = form({ style: 'percent', maximumSignificantDigits: 2 });
  return {
    number,
    count: form({ maximumFractionDigits: 0 }),
    share: form({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    size: (value, scale) => `± ${scale === 'number' ? number(value) : percent(Math.expm1(value))}`,
  };
}

/** A column with its cell: "age 71", "no follow-up". */
function named(field: FieldReason, { text }: RowReasons, language: Language): string {
  const w = words(language).reasons.row;
  const [column = ''] = field.columns;
  if (field.columns.length > 1) return columnsOf(field, language);
  if (field.cell === null) return w.missing(column);
  const isText = text?.spans.some((span) => span.column === column) === true;
  return isText ? w.text : w.cell(column, shortened(field.cell));
}

function columnsOf({ columns }: FieldReason, language: Language): string {
  const w = words(language).reasons.row;
  const [first = ''] = columns;
  return columns.length > 1 ? w.others(String(columns.length)) : first;
}

function sayEffect(effect: number, { scale }: RowReasons, form: Forms, language: Language): string {
  const { reasons, train } = words(language);
  if (scale !== 'number') return reasons.row.times(form.number(Math.exp(effect)));
  const size = form.number(Math.abs(effect));
  return effect < 0 ? train.shapeLess(size) : train.shapeMore(size);
}

/** What the model says of a record of which nothing is known, and what such a record is. */
function usual(found: RowReasons, form: Forms, language: Language): string[] {
  const { background, background_from: from, scale, answer } = found;
  if (background === null || from === null) return [];
  const w = words(language).reasons.row;
  const value = answer?.value ?? '';
  const says =
    scale === 'number'
      ? w.backgroundNumber(form.number(background))
      : scale === 'odds'
        ? w.backgroundShare(value, form.share(1 / (1 + Math.exp(-background))))
        : w.backgroundOdds(value, w.times(form.number(Math.exp(background))));
  return [says, w.backgroundFrom[from]];
}

/** The parts of the text that move the answer most. */
function saySpans({ spans, answer }: Attended, isMixed: boolean, language: Language): string[] {
  const w = words(language).reasons.row;
  const form = formsOf(language);
  const isNumber = answer?.value === null;
  const known = spans.flatMap(({ text, change }) =>
    change === null || text.trim() === '' ? [] : [{ text, change }],
  );
  const largest = Math.max(0, ...known.map(({ change }) => Math.abs(change)));
  const told = known
    .filter(({ change }) => Math.abs(change) >= LEAST_SHARE * largest && change !== 0)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .slice(0, TOLD)
    .map(({ text, change }) => {
      const size = isNumber ? form.number(Math.abs(change)) : form.share(Math.abs(change));
      return w.part(shortened(text), `${change < 0 ? '−' : '+'}${size}`);
    });
  if (told.length === 0) return isMixed ? [] : [w.nothing];
  return [w.parts(told.join(words(language).report.comma))];
}

function shortened(text: string): string {
  const letters = [...text.trim().replaceAll(/\s+/g, ' ')];
  return letters.length <= QUOTED ? letters.join('') : `${letters.slice(0, QUOTED).join('')}…`;
}
