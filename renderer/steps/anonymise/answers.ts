import type { AnonymisePlanInput, PrivacyModel } from '../../../main/contract/anonymise.ts';
import type { Client } from '../../../main/contract/index.ts';
import type { HierarchyKind, HierarchyRecipe } from '../../../main/contract/hierarchy.ts';
import { FILES_CHARACTERS } from '../../../main/contract/hierarchy-kinds.ts';
import type { Language } from '../../../main/contract/language.ts';
import type { RedactMode } from '../../../main/contract/text-calls.ts';
import type { ProposedColumn } from '../identify/evidence.ts';
import { modelsOfColumn, modelsOfWhole, needs, settingsOf } from './further/plan.ts';
import { noneOfColumn, noneOfWhole, type OfColumn, type OfWhole } from './further/settings.ts';

/** What a purpose demands: people who look alike, and the share of records that may be left out. */
export const PURPOSES = {
  inside: { k: 5, limit: 0.05 },
  partner: { k: 10, limit: 0.02 },
  publish: { k: 20, limit: 0.02 },
} as const;
export type Purpose = keyof typeof PURPOSES;
export const PURPOSE_NAMES = ['inside', 'partner', 'publish'] as const satisfies Purpose[];

/** Other numbers than those of the purpose; the limit is a share. */
export const OWN_K = ['2', '3', '5', '10', '20', '50'] as const;
export type OwnK = (typeof OWN_K)[number];
export const OWN_LIMITS = ['0', '0.01', '0.02', '0.05', '0.1', '0.2'] as const;
export type OwnLimit = (typeof OWN_LIMITS)[number];

/**
 * What each group must hold of a sensitive column: so many different values, or shares that lie
 * within so much of those of all records (t-closeness); '0' for no demand.
 */
export const DEMANDS = ['0', '2', '3', '4', 't0.3', 't0.2'] as const;
export type Demand = (typeof DEMANDS)[number];

/** The t of a demand; null where it asks for different values. */
export function closenessOf(demand: Demand): number | null {
  return demand.startsWith('t') ? Number(demand.slice(1)) : null;
}

/** What becomes of a column of free text. */
export const TEXT_WAYS = ['remove', 'tag', 'mask', 'pseudonym'] as const satisfies (
  RedactMode | 'remove'
)[];
export type TextWay = (typeof TEXT_WAYS)[number];

/** One page of questions; those on columns carry the place of the column among its like. */
export type Question =
  | { readonly ask: 'purpose' | 'texts' | 'removed' | 'sensitive' | 'check' }
  | { readonly ask: 'coarser'; readonly column: string };

/** Where in step 3 the person is. */
export type ProtectPage =
  | { readonly show: 'questions'; readonly check?: boolean }
  | {
      readonly show: 'result';
      readonly artefact: string;
      /** The protection before was just made the newest again. */
      readonly restored?: boolean;
      /** The search went on from these, and made the ones shown. */
      readonly from?: string;
    }
  | { readonly show: 'checklists' | 'certificate'; readonly artefact: string };

/** Everything the pages ask. */
export interface Answers {
  purpose: Purpose | null;
  /** Own numbers in place of the purpose's; '' for those of the purpose. */
  k?: OwnK | '';
  limit?: OwnLimit | '';
  /** How each column is made coarser, where another way than the proposed one was chosen. */
  kinds: Record<string, HierarchyKind>;
  /** Ways that the person set up, by column, one of a kind. */
  recipes: Record<string, HierarchyRecipe[]>;
  /** The steps between which a column is to end. */
  limits: Record<string, Limits>;
  demands: Record<string, Demand>;
  /** What is asked of sensitive columns beyond that, and of all records. */
  further: Record<string, OfColumn>;
  whole: OfWhole;
  /** Columns of free text that are not left out. */
  texts: Record<string, TextWay>;
  /** The page that was left, by its place among the pages. */
  page: number;
}

export interface Limits {
  readonly least: number;
  readonly most: number;
}

export function noAnswers(): Answers {
  return {
    ...{ purpose: null, kinds: {}, recipes: {}, limits: {}, demands: {}, texts: {}, page: 0 },
    ...{ further: {}, whole: noneOfWhole() },
  };
}

/** The conditions of a sensitive column, made when it is first looked at. */
export function furtherOf(answers: Answers, column: string): OfColumn {
  return answers.further[column] ?? noneOfColumn();
}

/** Sensitive columns whose hierarchy counts, so that one has to be suggested. */
export function groupedOf({ further }: Answers, { sensitive }: Columns): string[] {
  return sensitive.filter((name) => {
    const of = further[name];
    return of !== undefined && needs(of) === 'hierarchy';
  });
}

/** Records of everyone that the plan names. */
export function populationOf({ whole }: Answers): { population?: string } {
  return whole.population === 'table' && whole.table !== '' ? { population: whole.table } : {};
}

export type Suggested = Awaited<ReturnType<Client['anonymise']['suggest']>>['columns'];
export type Choice = Suggested[number]['choices'][number];

/** The columns by what becomes of them. */
export interface Columns {
  /** Free text is among them, whatever is chosen for it. */
  readonly removed: readonly { readonly name: string; readonly why: 'names' | 'freeText' }[];
  readonly coarser: readonly string[];
  readonly sensitive: readonly string[];
  /** Of the sensitive ones those whose values have an order by themselves. */
  readonly ordered?: readonly string[];
  readonly unchanged: readonly string[];
}

const ORDERED: ReadonlySet<string> = new Set(['integer', 'real', 'date']);

export function isOrdered({ ordered = [] }: Columns, column: string): boolean {
  return ordered.includes(column);
}

/**
 * By the roles a person decided. Free text that names somebody or may be sensitive is removed, unless
 * it was looked through and its findings are to be taken out of it.
 */
export function columnsOf(
  columns: readonly ProposedColumn[],
  decided: Readonly<Record<string, string>>,
): Columns {
  const roleOf = ({ name, role }: ProposedColumn): string => decided[name] ?? role;
  const of = (role: string): ProposedColumn[] =>
    columns.filter((column) => roleOf(column) === role);
  const isText = ({ type }: ProposedColumn): boolean => type === 'text';
  const names = (some: readonly ProposedColumn[]): string[] => some.map(({ name }) => name);
  const sensitive = of('sensitive');
  return {
    removed: [
      ...[...of('direct-identifier'), ...sensitive.filter(isText)].map((column) => ({
        name: column.name,
        why: isText(column) ? ('freeText' as const) : ('names' as const),
      })),
    ],
    coarser: names(of('quasi-identifier')),
    sensitive: names(sensitive.filter((column) => !isText(column))),
    ordered: names(sensitive.filter(({ type }) => ORDERED.has(type))),
    unchanged: names([...of('label'), ...of('other')]),
  };
}

export function textsOf({ removed }: Columns): readonly string[] {
  return removed.filter(({ why }) => why === 'freeText').map(({ name }) => name);
}

/** What becomes of free text: left out, unless a person chose otherwise and it was looked through. */
export function textWay(answers: Answers, searched: boolean, column: string): TextWay {
  return searched ? (answers.texts[column] ?? 'remove') : 'remove';
}

/** What is left out after all. */
export function leftOut(
  answers: Answers,
  searched: boolean,
  { removed }: Columns,
): Columns['removed'] {
  return removed.filter(
    ({ name, why }) => why !== 'freeText' || textWay(answers, searched, name) === 'remove',
  );
}

/** The pages these columns need, in order. */
export function questionsOf(columns: Columns): readonly Question[] {
  return [
    { ask: 'purpose' },
    ...(textsOf(columns).length > 0 ? [{ ask: 'texts' as const }] : []),
    { ask: 'removed' },
    ...columns.coarser.map((column) => ({ ask: 'coarser' as const, column })),
    ...(columns.sensitive.length > 0 ? [{ ask: 'sensitive' as const }] : []),
    { ask: 'check' },
  ];
}

function waysOf(suggested: Suggested, column: string): readonly Choice[] {
  return suggested.find(({ name }) => name === column)?.choices ?? [];
}

/**
 * The hierarchy of a column: the chosen one, else the proposed one. Null where there is none, a
 * file is still to be chosen, or what the person set up no longer fits the records: nothing else
 * is put in its place.
 */
export function choiceOf(answers: Answers, suggested: Suggested, column: string): Choice | null {
  const choices = waysOf(suggested, column);
  const kind = answers.kinds[column];
  const chosen = choices.find(({ recipe }) => recipe.kind === kind);
  if (chosen !== undefined) return chosen;
  const isOpen = kind === 'file' || refusedOf(suggested, column, kind) !== undefined;
  return isOpen ? null : (choices[0] ?? null);
}

/** Why a way that the person set up for a column does not fit the records any more. */
export function refusedOf(
  suggested: Suggested,
  column: string,
  kind: HierarchyKind | undefined,
): Suggested[number]['refused'][number] | undefined {
  const found = suggested.find(({ name }) => name === column);
  return found?.refused.find((each) => each.kind === kind);
}

/** With one way of a column built anew; it is what is shown from now on, and applied. */
export function withChoice(suggested: Suggested, column: string, choice: Choice): Suggested {
  const { kind } = choice.recipe;
  return suggested.map((ways) => {
    if (ways.name !== column) return ways;
    const isNew = ways.choices.every(({ recipe }) => recipe.kind !== kind);
    return {
      name: column,
      choices: isNew
        ? [...ways.choices, choice]
        : ways.choices.map((each) => (each.recipe.kind === kind ? choice : each)),
      refused: ways.refused.filter((each) => each.kind !== kind),
    };
  });
}

/** Keeps a way that the person set up, in the place of an earlier one of its kind. */
export function keepRecipe(answers: Answers, column: string, recipe: HierarchyRecipe): void {
  const others = (answers.recipes[column] ?? []).filter(({ kind }) => kind !== recipe.kind);
  answers.recipes[column] = [...others, recipe];
}

/** Whether the draft has room for the files of all columns, with this one. */
export function filesFit(answers: Answers, column: string, recipe: HierarchyRecipe): boolean {
  const kept = Object.entries(answers.recipes).flatMap(([name, recipes]) =>
    recipes.filter(({ kind }) => name !== column || kind !== recipe.kind),
  );
  const lengths = [...kept, recipe].map((one) => (one.kind === 'file' ? one.text.length : 0));
  return lengths.reduce((sum, length) => sum + length, 0) <= FILES_CHARACTERS;
}

/** The limits of a column, within the steps that its hierarchy has. */
export function limitsOf(answers: Answers, column: string, { levels }: Choice): Limits {
  const top = levels.length - 1;
  const { least, most } = answers.limits[column] ?? { least: 0, most: top };
  return { least: Math.min(least, top), most: Math.min(Math.max(most, Math.min(least, top)), top) };
}

/** What the plan says of a column: only limits that leave something out. */
function planned(
  answers: Answers,
  suggested: Suggested,
  column: string,
): { hierarchy: string; least?: number; most?: number } {
  const choice = choiceOf(answers, suggested, column);
  if (choice === null) return { hierarchy: column };
  const { least, most } = limitsOf(answers, column, choice);
  return {
    hierarchy: column,
    ...(least > 0 ? { least } : {}),
    ...(most < choice.levels.length - 1 ? { most } : {}),
  };
}

/** All hierarchies go in one message, and the shell lets a million characters through. */
const MOST_TEXT = 900_000;

export function fits({ hierarchies }: Request): boolean {
  const texts = Object.values(hierarchies);
  return texts.reduce((sum, text) => sum + text.length, 0) <= MOST_TEXT;
}

export interface Request {
  readonly plan: AnonymisePlanInput;
  readonly hierarchies: Record<string, string>;
  readonly remove: string[];
  readonly redact?: { columns: Record<string, RedactMode>; language: Language };
}

/** k and the limit that are asked for: the purpose's, but for what a person set. */
export function numbersOf({ purpose, k, limit }: Answers): { k: number; limit: number } | null {
  if (purpose === null) return null;
  const preset = PURPOSES[purpose];
  return {
    k: k === undefined || k === '' ? preset.k : Number(k),
    limit: limit === undefined || limit === '' ? preset.limit : Number(limit),
  };
}

function demandOn(attribute: string, demand: Demand): PrivacyModel[] {
  const t = closenessOf(demand);
  if (t !== null) return [{ type: 't-closeness-equal', attribute, t }];
  const l = Number(demand);
  return l < 2 ? [] : [{ type: 'distinct-l-diversity', attribute, l }];
}

/** What the distances between the values of a sensitive column go by; a missing value comes last. */
function distanceOf(answers: Answers, name: string): { hierarchy?: string; order?: string[] } {
  const of = furtherOf(answers, name);
  const lacks = needs(of);
  if (lacks === 'hierarchy') return { hierarchy: name };
  return lacks === 'order' && of.order.length > 0 ? { order: [...of.order, ''] } : {};
}

/** What is asked of the engine: the hierarchies' text is the one whose levels were shown. */
export function requestOf(
  answers: Answers,
  columns: Columns,
  suggested: Suggested,
  /** Whether the free text was looked through, and the language of the marks in it. */
  { searched, language }: { readonly searched: boolean; readonly language: Language },
): Request | null {
  const numbers = numbersOf(answers);
  if (numbers === null) return null;
  const redacted = Object.fromEntries(
    textsOf(columns).flatMap((name): [string, RedactMode][] => {
      const way = textWay(answers, searched, name);
      return way === 'remove' ? [] : [[name, way]];
    }),
  );
  const names = Object.keys(redacted);
  const { k, limit } = numbers;
  const demanded = columns.sensitive.flatMap((attribute) => [
    ...demandOn(attribute, answers.demands[attribute] ?? '0'),
    ...modelsOfColumn(furtherOf(answers, attribute), attribute),
  ]);
  const grouped = groupedOf(answers, columns);
  return {
    plan: {
      quasiIdentifiers: Object.fromEntries(
        columns.coarser.map((name) => [name, planned(answers, suggested, name)]),
      ),
      sensitive: Object.fromEntries(
        columns.sensitive.map((name) => [name, distanceOf(answers, name)]),
      ),
      insensitive: [...columns.unchanged, ...names],
      models: [...modelsOfWhole(answers.whole, k), ...demanded],
      suppressionLimit: limit,
      ...settingsOf(answers.whole),
    },
    hierarchies: Object.fromEntries(
      [...columns.coarser, ...grouped].map((name) => [
        name,
        choiceOf(answers, suggested, name)?.text ?? '',
      ]),
    ),
    remove: leftOut(answers, searched, columns).map(({ name }) => name),
    ...(names.length === 0 ? {} : { redact: { columns: redacted, language } }),
  };
}
