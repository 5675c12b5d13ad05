import type { Language } from '../contract/language.ts';
import { words, type Words } from '../words/index.ts';

export type ChartWords = Words['charts'];

/** The words of charts and the forms of their figures, in one language. */
export interface ChartInk {
  readonly w: ChartWords;
  readonly count: (value: number) => string;
  /** Up to six significant digits. */
  readonly number: (value: number) => string;
  /** The same in few characters, for an axis. */
  readonly short: (value: number) => string;
  /** A percentage with one decimal. */
  readonly share: (value: number) => string;
  /** A percentage with no more decimals than it needs. */
  readonly percent: (value: number) => string;
  readonly decimals: (value: number) => string;
  /** Three significant digits: the threshold of a point is somebody's score. */
  readonly rough: (value: number) => string;
  /** A number, or a day given as yyyy-mm-dd, which is written the same everywhere. */
  readonly edge: (value: number | string) => string;
  readonly duration: (seconds: number) => string;
}

export function chartInk(language: Language): ChartInk {
  const w = words(language).charts;
  const form = (options: Intl.NumberFormatOptions): ((value: number) => string) => {
    const format = new Intl.NumberFormat(language, options);
    return (value) => format.format(value === 0 ? 0 : value);
  };
  const plain = form({ maximumSignificantDigits: 6 });
  const compact = form({ notation: 'compact', maximumSignificantDigits: 4 });
  const tiny = form({ notation: 'scientific', maximumSignificantDigits: 4 });
  const isTiny = (value: number): boolean => value !== 0 && Math.abs(value) < 1e-4;
  const number = (value: number): string => (isTiny(value) ? tiny(value) : plain(value));
  return {
    w,
    count: form({ maximumFractionDigits: 0 }),
    number,
    short: (value) =>
      isTiny(value) ? tiny(value) : Math.abs(value) < 10_000 ? plain(value) : compact(value),
    share: form({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    percent: form({ style: 'percent', maximumFractionDigits: 2 }),
    decimals: form({ minimumFractionDigits: 3, maximumFractionDigits: 3 }),
    rough: form({ maximumSignificantDigits: 3 }),
    edge: (value) => (typeof value === 'string' ? value : number(value)),
    duration: (seconds) => {
      const whole = Math.floor(seconds);
      const minutes = Math.floor(whole / 60);
      return w.training.duration(Math.floor(minutes / 60), minutes % 60, whole % 60);
    },
  };
}

/** What stands beside a drawing; the first cell of a row is its heading. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A document prints about so many points of a curve. */
const PRINTED = 12;

/** The points of a curve that its table lists: the window all of them, a document some. */
export function listedPoints<P>(points: readonly P[], isAll: boolean): readonly P[] {
  if (isAll || points.length <= PRINTED) return points;
  const step = Math.ceil((points.length - 1) / (PRINTED - 1));
  return points.filter((_, at) => at % step === 0 || at === points.length - 1);
}

/** A Chinese character is about twice as wide as a Latin one. */
function widthOf(character: string): number {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|[\u{20000}-\u{3fffd}]/u.test(
    character,
  )
    ? 2
    : 1;
}

/** A name cut to so many Latin characters' width; the table has it whole. */
export function shortened(text: string, width: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += widthOf(character);
    if (used > width) return `${cut(kept, width - 1)}…`;
    kept += character;
  }
  return kept;
}

function cut(text: string, width: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += widthOf(character);
    if (used > width) break;
    kept += character;
  }
  return kept;
}

/** A place in a drawing to a tenth of a unit. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
