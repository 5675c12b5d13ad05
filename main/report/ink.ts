import type { Language } from '../contract/language.ts';
import type { ReportInput } from '../contract/report.ts';
import { OTHER_GROUP } from '../contract/review-privacy.ts';
import { MISSING_GROUP, SURE_RECORDS, type Figure, type FigureReason } from '../contract/review.ts';
import { words, type Words } from '../words/index.ts';

export type ReportWords = Words['report'];

/** What every section is written with: the facts, the words and the forms of figures. */
export interface Ink {
  readonly input: ReportInput;
  readonly w: ReportWords;
  readonly f: Format;
}

/** What a section is written with that needs only some of the facts, so that other documents have it. */
export interface InkOf<K extends keyof ReportInput> extends Omit<Ink, 'input'> {
  readonly input: Pick<ReportInput, K>;
}

export function inkFor<K extends keyof ReportInput>(
  input: Pick<ReportInput, K | 'language'>,
): InkOf<K | 'language'> {
  const w = words(input.language).report;
  return { input, w, f: formatFor(input.language, w) };
}

/** Figures as text, in the forms of one language. */
export interface Format {
  readonly count: (value: number) => string;
  /** A share as a percentage with one decimal. */
  readonly share: (value: number) => string;
  readonly decimals: (value: number) => string;
  /** Percentage points with their sign. */
  readonly points: (value: number) => string;
  /** Percentage points without a sign. */
  readonly size: (value: number) => string;
  /** Six significant digits, small numbers with an exponent. */
  readonly number: (value: number) => string;
  /** A probability below one half as "1 in N"; N is rounded down, never in our favour. */
  readonly oneIn: (probability: number) => string;
  readonly level: (value: number) => string;
  readonly date: (iso: string) => string;
  /** "about 58" of 100. */
  readonly about: (share: number) => string;
  readonly list: (items: readonly string[]) => string;
}

function formatFor(language: Language, w: ReportWords): Format {
  const form = (options: Intl.NumberFormatOptions): ((value: number) => string) => {
    const format = new Intl.NumberFormat(language, options);
    // A figure that rounds to zero has no sign.
    return (value) => format.format(value === 0 ? 0 : value);
  };
  const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
  const count = form({ maximumFractionDigits: 0 });
  const points = form({ ...one, signDisplay: 'exceptZero' });
  const size = form(one);
  const plain = form({ maximumSignificantDigits: 6 });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    count,
    share: form({ style: 'percent', ...one }),
    decimals: form({ minimumFractionDigits: 3, maximumFractionDigits: 3 }),
    points: (value) => points(100 * value),
    size: (value) => size(100 * Math.abs(value)),
    number: (value) => (value !== 0 && Math.abs(value) < 1e-3 ? power(value, plain) : plain(value)),
    oneIn: (probability) => w.oneIn(count(Math.floor((1 + 1e-12) / probability))),
    level: form({ style: 'percent', maximumFractionDigits: 2 }),
    date: (iso) => day.format(new Date(`${iso}T00:00:00Z`)),
    about: (share) => {
      if (share === 0) return w.about.none;
      if (share === 1) return w.about.all;
      if (share < 0.01) return w.about.fewer;
      return share > 0.99 ? w.about.more : w.about.about(count(100 * share));
    },
    list: (items) => (items.length === 0 ? w.none : items.join(w.comma)),
  };
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** "2.5 × 10⁻⁶". */
function power(value: number, form: (value: number) => string): string {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e-');
  const raised = [...exponent].map((digit) => RAISED[Number(digit)] ?? '').join('');
  return mantissa === '1' ? `10⁻${raised}` : `${form(Number(mantissa))} × 10⁻${raised}`;
}

const DECIMAL: ReadonlySet<Figure | 'n'> = new Set([
  'auc',
  'loss',
  'brier',
  'calibration_in_the_large',
  'ece',
] as const);

/** A figure of a review in the form its kind is read in. */
export function figureText({ f }: Ink, name: Figure | 'n', value: number): string {
  if (name === 'n' || name === 'tp' || name === 'fp' || name === 'tn' || name === 'fn')
    return f.count(value);
  return DECIMAL.has(name) ? f.decimals(value) : f.share(value);
}

/** Behind a figure that stands on few records. */
const UNCERTAIN = '†';

/** The figure, or why there is none: never 0 and never an empty cell. */
export function shownFigure(
  ink: Ink,
  name: Figure | 'n',
  value: number | null,
  path: string,
): string {
  if (value === null) return reasonText(ink, path);
  const text = figureText(ink, name, value);
  return ink.input.review.uncertain?.includes(path) === true ? `${text} ${UNCERTAIN}` : text;
}

/** Why the figure at that path of the review is null. */
export function reasonAt({ input }: Ink, path: string): FigureReason {
  const { reasons } = input.review;
  return (reasons && Object.hasOwn(reasons, path) && reasons[path]) || 'undefined';
}

export function reasonText(ink: Ink, path: string): string {
  return reasonAt(ink, path) === 'withheld' ? ink.w.withheld : ink.w.undefined;
}

/** An interval in the form of its figure; null when there is none. */
export function intervalText(
  ink: Ink,
  name: Figure,
  interval: readonly [number, number] | null | undefined,
): string | null {
  if (!interval) return null;
  return ink.w.interval(figureText(ink, name, interval[0]), figureText(ink, name, interval[1]));
}

/** A word from a list of the language; what is not in it is shown as it is. */
export function named(words: Readonly<Record<string, string>>, name: string): string {
  return (Object.hasOwn(words, name) && words[name]) || name;
}

/** A group as people read it. */
export function groupName({ w }: Ink, name: string): string {
  return name.replaceAll(MISSING_GROUP, w.missingGroup).replaceAll(OTHER_GROUP, w.noise.otherGroup);
}

/** "sex*race" beside "sex" and "race"; a single column may have a star in its name. */
export function isCrossed({ input }: Ink, attribute: string): boolean {
  const parts = attribute.split('*');
  const { groups } = input.review;
  return parts.length > 1 && parts.every((part) => Object.hasOwn(groups, part));
}

/** What the words in place of a figure mean, and the mark behind one. */
export function marks({ input, w, f }: Ink): string[] {
  const { uncertain, asked } = input.review;
  const words = w.groups.marks(w.withheld, w.undefined, f.count(asked.min_denominator));
  if (uncertain === undefined) return [words];
  return [words, w.findings.uncertain(UNCERTAIN, f.count(SURE_RECORDS))];
}
