import type { PresetKind } from '../../contract/hierarchy-kinds.ts';
import type { Language } from '../../contract/language.ts';
import { countries } from './countries.ts';
import { divisions } from './divisions.ts';
import { education } from './education.ts';
import { icd10, icd9 } from './icd.ts';
import { occupation } from './occupation.ts';
import type { Place, Preset } from './preset-type.ts';
import { missingLine, ROOT, type ColumnValues, type HierarchyLabels, type Line } from './values.ts';

/** In the order in which they are tried; `resources/presets` holds the lists and their sources. */
const PRESETS: Readonly<Record<PresetKind, Preset>> = {
  education,
  occupation,
  divisions,
  'icd-10': icd10,
  'icd-9': icd9,
  countries,
};

/** Fitting so well, a preset is proposed; fitting less, it is still among the choices. */
const PROPOSED = 0.9;
const OFFERED = 0.5;

/** How well a preset fits: the share of the rows with a value that it has a place for. */
export interface Fit {
  readonly kind: PresetKind;
  readonly share: number;
  readonly proposed: boolean;
}

const places = new Map<string, Place>();

/** The labels a preset has for a value, fine to coarse, without the root. */
export function placeOf(kind: PresetKind, language: Language): Place {
  const key = `${kind} ${language}`;
  const known = places.get(key) ?? PRESETS[kind].place(language);
  places.set(key, known);
  return known;
}

/** The presets that a column may use, the one that fits best first. */
export function fittingPresets(values: ColumnValues, language: Language): Fit[] {
  return Object.values(PRESETS)
    .map(({ kind, named, sure }) => {
      const share = 1 - unplacedBy(kind, values, language).rows / rowsWithValue(values);
      const isNamed = named.test(values.name);
      const believed = isNamed || sure(values);
      return { kind, share, proposed: believed && share >= PROPOSED, offered: believed };
    })
    .filter(({ share, offered }) => offered && share >= OFFERED)
    .sort((a, b) => b.share - a.share)
    .map(({ kind, share, proposed }) => ({ kind, share, proposed }));
}

function rowsWithValue({ rows, missing }: ColumnValues): number {
  return Math.max(1, rows - missing);
}

/** Different values, and rows, that a preset has no place for. */
export function unplacedBy(
  kind: PresetKind,
  { texts, counts }: ColumnValues,
  language: Language,
): { values: number; rows: number } {
  const place = placeOf(kind, language);
  const unknown = [...texts.keys()].filter((at) => place(texts[at] ?? '') === null);
  return {
    values: unknown.length,
    rows: unknown.reduce((sum, at) => sum + (counts[at] ?? 0), 0),
  };
}

/**
 * Lines of a preset; what it has no place for stands under 'other' on every level. Levels that
 * would tell these values apart just as the next one does are left out: they cost time and say
 * more than they need.
 */
export function presetLines(
  values: ColumnValues,
  kind: PresetKind,
  language: Language,
  labels: HierarchyLabels,
): Line[] {
  const place = placeOf(kind, language);
  const { levels } = PRESETS[kind];
  return withoutRepeats([
    ...values.texts.map((text) => [
      text,
      ...(place(text) ?? Array<string>(levels).fill(labels.other)),
      ROOT,
    ]),
    ...missingLine(values, labels, levels),
  ]);
}

/** Of neighbouring levels with as many labels the coarser stays, and always the values. */
function withoutRepeats(lines: readonly Line[]): Line[] {
  const height = lines[0]?.length ?? 0;
  const counts = Array.from(
    { length: height },
    (_, level) => new Set(lines.map((line) => line[level])).size,
  );
  const kept = counts.map(
    (count, level) =>
      level === 0 || level === height - 1 || (count !== counts[level + 1] && count !== counts[0]),
  );
  return lines.map((line) => line.filter((_, level) => kept[level]));
}
