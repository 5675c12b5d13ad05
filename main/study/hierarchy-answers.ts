import { basename } from 'node:path';
import type { Wording } from '../anonymise/hierarchies/build.ts';
import type { HierarchyRecipe } from '../contract/hierarchy.ts';
import type { Language } from '../contract/language.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { words } from '../words/index.ts';
import type { Context } from './context.ts';
import { buildHierarchy, suggestHierarchies, type AskedColumn } from './hierarchies.ts';
import { readHierarchyFile, valuesByHand } from './hierarchy-hands.ts';
import { loadTable, recordsOf } from './load.ts';
import { populationOf } from './population.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
  /** Records of everyone, whose values are to have a line as well. */
  readonly population?: string | undefined;
}

interface OfColumn extends Reference {
  readonly column: string;
  readonly language: Language;
}

/** Step 3: how columns may be made coarser. */
export const hierarchyAnswers = {
  suggest: (
    input: Reference & { columns: AskedColumn[]; language: Language },
    { vault }: Context,
  ) => ({
    columns: suggestHierarchies(
      loadTable(vault, recordsOf(vault, input)),
      input.columns,
      wordingOf(input.language),
      peopleOf(vault, input),
    ),
  }),
  hierarchy: (input: OfColumn & { recipe: HierarchyRecipe }, { vault }: Context) =>
    buildHierarchy(
      loadTable(vault, recordsOf(vault, input)),
      input.column,
      input.recipe,
      wordingOf(input.language),
      peopleOf(vault, input),
    ),
  byHand: (input: OfColumn & { recipe: HierarchyRecipe }, { vault }: Context) =>
    valuesByHand(
      loadTable(vault, recordsOf(vault, input)),
      input.column,
      input.recipe,
      wordingOf(input.language),
      peopleOf(vault, input),
    ),
  hierarchyFile: async (input: OfColumn & { ticket: string }, context: Context) => {
    const { column, language } = input;
    const path = context.file(input.ticket);
    const text = await readHierarchyFile(path, column, basename(path));
    const table = loadTable(context.vault, recordsOf(context.vault, input));
    const people = peopleOf(context.vault, input);
    return buildHierarchy(table, column, { kind: 'file', text }, wordingOf(language), people);
  },
};

function peopleOf(vault: Vault, { study, population }: Reference): Table | null {
  return population === undefined
    ? null
    : populationOf(vault, study, { population: { table: population } });
}

function wordingOf(language: Language): Wording {
  return { language, labels: words(language).protect.labels };
}
