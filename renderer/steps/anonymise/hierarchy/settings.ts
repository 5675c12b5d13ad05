import type { HierarchyRecipe } from '../../../../main/contract/hierarchy.ts';
import type { Problem } from '../../../problem.ts';
import type { Session } from '../../../session.svelte.ts';

/** What the settings of each way are given. `build` shows what comes of a recipe, or what is wrong. */
export interface SettingsProps<K extends HierarchyRecipe['kind']> {
  session: Session;
  recipe: Extract<HierarchyRecipe, { kind: K }>;
  problems: readonly Problem[];
  build: (recipe: HierarchyRecipe) => void;
  refuse: (problems: readonly Problem[]) => void;
}
