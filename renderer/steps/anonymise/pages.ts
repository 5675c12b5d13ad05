import type { Draft } from '../../drafts.svelte.ts';
import type { Problem } from '../../problem.ts';
import type { Session } from '../../session.svelte.ts';
import type { Answers, Columns } from './answers.ts';

/** A page beside the questions: it is opened from one of them, and leads back there. */
export type Aside =
  | { readonly ask: 'whole' }
  /** Conditions for one sensitive column, and what its distances go by. */
  | { readonly ask: 'further' | 'groups' | 'order'; readonly column: string };

/** The pages beside the questions on which conditions are asked for. */
export function asides({ sensitive }: Columns): readonly Aside[] {
  return [{ ask: 'whole' }, ...sensitive.map((column) => ({ ask: 'further' as const, column }))];
}

/** What every page of questions before the protection is given. */
export interface PageProps {
  session: Session;
  draft: Draft<Answers>;
  columns: Columns;
  /** The free text was looked through. */
  searched: boolean;
  problems: readonly Problem[];
  back: () => void;
  onward: () => void;
}

/** The same, from which pages beside the questions are opened. */
export interface QuestionProps extends PageProps {
  aside: (page: Aside) => void;
}
