import type { HierarchyRecipe } from '../../../../main/contract/hierarchy.ts';
import type { Problem } from '../../../problem.ts';
import type { Session } from '../../../session.svelte.ts';

/** What a page for setting up a hierarchy by hand is given. */
export interface EditorProps<Start> {
  session: Session;
  column: string;
  /** The different values in their usual order, with the records of each. */
  values: readonly { readonly value: string; readonly rows: number }[];
  start: Start;
  problems: readonly Problem[];
  /** Keeps each change in the draft. */
  keep: (recipe: HierarchyRecipe) => void;
  /** Shows what comes of it on the page of the column. */
  done: (recipe: HierarchyRecipe) => void;
}
